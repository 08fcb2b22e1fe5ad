"""What newsclean says while it works: messages of the logger `newsclean` on standard error."""

import json
import logging
import sys
from datetime import UTC, datetime

from newsclean.cli.terminal import visible


class _Plain(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return visible(f"newsclean: {record.getMessage()}", keep="\t")


class _Json(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        return json.dumps({"time": time, "level": record.levelname.lower(), "message": record.getMessage()})


def set_up(*, verbose: bool, quiet: bool, as_json: bool) -> None:
    """Show messages of the run on standard error: warnings, or all of them, or errors only."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if as_json else _Plain())
    logger = logging.getLogger("newsclean")
    logger.handlers[:] = [handler]
    logger.propagate = False
    logger.setLevel(logging.ERROR if quiet else logging.INFO if verbose or as_json else logging.WARNING)
