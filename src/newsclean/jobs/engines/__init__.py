"""Where the work of a run is done, if not by processes of this machine."""

__all__ = ["spark"]
