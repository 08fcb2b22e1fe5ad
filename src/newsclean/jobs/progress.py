"""How long work tells how far it is."""

import logging
import time
from typing import Protocol

logger = logging.getLogger("newsclean")


class Progress(Protocol):
    """Told how far a run is."""

    def start(self, task: str, total: int | None) -> None:
        """A task begins; `total` units make it whole, if that is known."""

    def advance(self, amount: int) -> None:
        """So many more units are done."""


class Silence:
    """No progress is shown."""

    def start(self, task: str, total: int | None) -> None:
        """See `Progress`."""

    def advance(self, amount: int) -> None:
        """See `Progress`."""


class LogProgress:
    """A line in the log when a task begins, and one a minute while it goes on."""

    def __init__(self, every: float = 60.0) -> None:
        self._every = every
        self._task, self._total, self._done = "", 0, 0
        self._told = time.monotonic()

    def start(self, task: str, total: int | None) -> None:
        """See `Progress`."""
        self._task, self._total, self._done = task, total or 0, 0
        self._told = time.monotonic()
        logger.info("%s", task)

    def advance(self, amount: int) -> None:
        """See `Progress`."""
        self._done += amount
        if time.monotonic() - self._told >= self._every:
            self._told = time.monotonic()
            share = f" {min(1.0, self._done / self._total):.0%}" if self._total else ""
            logger.info("%s:%s done so far", self._task, share)
