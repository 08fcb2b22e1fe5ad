"""The version of newsclean, which decides whether a run may go on where another one was stopped."""

__version__ = "0.1.0"
