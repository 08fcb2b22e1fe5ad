"""How removed and added text is marked: by colour on a terminal, by brackets elsewhere, as `wdiff` does."""

from rich.console import Console


class Marks:
    """Marks for one console.

    >>> marks = Marks(Console(force_terminal=False))
    >>> marks.removed("old") + marks.put("new")
    '[-old-]{+new+}'
    """

    cut = "red strike"
    new = "green"

    def __init__(self, console: Console) -> None:
        self._coloured = console.is_terminal and not console.no_color

    def removed(self, text: str) -> str:
        """Text that goes."""
        return text if self._coloured else f"[-{text}-]"

    def put(self, text: str) -> str:
        """Text that comes."""
        return text if self._coloured else f"{{+{text}+}}"
