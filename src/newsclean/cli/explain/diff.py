"""A text before and after, line by line, with what changed marked inside the lines."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from newsclean.cli.explain.marks import Marks
from newsclean.cli.terminal import visible
from newsclean.edits import Edit

_CONTEXT = 2  # unchanged lines shown on each side of a change
_LONG = 200  # code points of an unchanged stretch of a line that are shown


class Piece(NamedTuple):
    """A stretch of a line. `kind` is `kept`, `cut` or `new`."""

    kind: str
    text: str


def lines_of(raw: str, edits: Sequence[Edit]) -> Iterator[list[Piece]]:
    """The lines of a raw text, each as what stays, goes and comes.

    >>> [[tuple(piece) for piece in line] for line in lines_of("ab\\ncd\\n", [Edit(1, "b\\nc", "x", "r")])]
    [[('kept', 'a'), ('new', 'x'), ('cut', 'b')], [('cut', 'c'), ('kept', 'd')]]
    """
    pieces: list[Piece] = []
    position = 0
    for edit in edits:  # what comes stands in the line in which what goes begins
        pieces += [Piece("kept", raw[position : edit.start]), Piece("new", edit.after), Piece("cut", edit.before)]
        position = edit.end
    line: list[Piece] = []
    for kind, text in (*pieces, Piece("kept", raw[position:])):
        first, *others = [text] if kind == "new" else text.split("\n")
        line += [Piece(kind, first)] if first else []
        for other in others:
            yield line
            line = [Piece(kind, other)] if other else []
    if line:
        yield line


def print_diff(console: Console, raw: str, edits: Sequence[Edit]) -> None:
    """Changed lines with a `-` as they were and, if anything is left, with a `+` as they are; a few lines around."""
    marks = Marks(console)
    lines = list(lines_of(raw, edits))
    changed = [any(piece.kind != "kept" for piece in line) for line in lines]
    near = {at + step for at, is_changed in enumerate(changed) if is_changed for step in range(-_CONTEXT, _CONTEXT + 1)}
    last = -2
    for at, line in enumerate(lines):
        if at not in near:
            continue
        if at != last + 1:
            console.print(Text(f"@@ line {at + 1:,} @@", style="cyan"))
        last = at
        if not changed[at]:
            console.print(_line(" ", line, marks, ("kept",), ""))
            continue
        console.print(_line("-", line, marks, ("kept", "cut"), "red"))
        if "".join(piece.text for piece in line if piece.kind != "cut").strip():
            console.print(_line("+", line, marks, ("kept", "new"), "green"))


def _line(sign: str, line: Sequence[Piece], marks: Marks, kinds: Sequence[str], style: str) -> Text:
    """One line of the diff; a piece that is not all of its line is marked."""
    shown = Text(sign, style=style)
    pieces = [piece for piece in line if piece.kind in kinds]
    for kind, text in pieces:
        if kind == "kept":
            long = len(text) > _LONG and style
            text = f"{text[: _LONG // 2]} … {text[-_LONG // 2 :]}" if long else text
            shown.append(visible(text.strip("\r")))
        elif len(pieces) == 1:
            shown.append(visible(text.strip("\r")))
        elif kind == "cut":
            shown.append(marks.removed(visible(text)), style="reverse strike")
        else:
            shown.append(marks.put(visible(text)), style="reverse")
    return shown
