"""Where a run keeps its work and puts its results: the working directory, parts, the manifest, remote places."""

__all__ = ["finished", "manifest", "parts", "remote", "workdir"]
