"""The command line: parse, call, print, exit code (0 done, 1 some input rejected or failed, 2 wrong usage)."""

from newsclean.cli.main import main

__all__ = ["main"]
