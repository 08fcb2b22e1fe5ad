"""Where a run keeps its work and puts its results: the working directory, the manifest, places on other machines."""

__all__ = ["finished", "manifest", "remote", "workdir"]
