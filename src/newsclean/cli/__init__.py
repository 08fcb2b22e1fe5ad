"""The command line: parse, call, print, exit code (0 done, 1 some input rejected or failed, 2 wrong usage)."""

import sys


def main() -> None:
    """What the `newsclean` script calls. Ctrl-C ends it without a traceback, also while it starts."""
    try:
        from newsclean.cli.main import main as command

        command()
    except KeyboardInterrupt:
        sys.exit(130)


__all__ = ["main"]
