"""How long work tells how far it is."""

from typing import Protocol


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
