"""What newsclean says while it works, and the libraries that it uses: messages of `logging` on standard error."""

import json
import logging
import sys
from datetime import UTC, datetime

from newsclean.cli.terminal import visible


class _Plain(logging.Formatter):
    """One line a message, without tracebacks."""

    def format(self, record: logging.LogRecord) -> str:
        return visible(f"{record.name.partition('.')[0]}: {record.getMessage()}", keep="\t")


class _Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        said = {"level": record.levelname.lower(), "logger": record.name, "message": record.getMessage()}
        return json.dumps({"time": time, **said})


def set_up(*, verbose: bool, quiet: bool, as_json: bool) -> None:
    """Show messages of the run: warnings, or all of them, or errors only. Of other libraries warnings, or errors only.

    Without a handler of the root, Python would print what libraries say as it is, with tracebacks.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if as_json else _Plain())
    logger = logging.getLogger("newsclean")
    logger.handlers[:] = [handler]
    logger.propagate = False
    logger.setLevel(logging.ERROR if quiet else logging.INFO if verbose or as_json else logging.WARNING)
    others = logging.getLogger()
    if not others.handlers:
        others.addHandler(handler)
        others.setLevel(logging.ERROR if quiet else logging.WARNING)
