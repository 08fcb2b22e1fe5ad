"""How a cleaned text shows itself: a short line in a shell, marked removals and repairs in a notebook."""

import html
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newsclean.edits import Edit
    from newsclean.results import Cleaned

_TEXT = 60  # code points in a shell
_CONTEXT = 200  # code points around an edit in a notebook
_REMOVED = "background:#fdd;text-decoration:line-through"
_REPAIRED = "background:#dfd"


def short(cleaned: "Cleaned") -> str:
    """One line: the beginning of the text, how many edits, the flags.

    >>> from newsclean.results import Cleaned
    >>> short(Cleaned("The storm took the bridge."))
    "Cleaned('The storm took the bridge.', 0 edits)"
    """
    text = cleaned.text if len(cleaned.text) <= _TEXT else cleaned.text[: _TEXT - 1] + "…"
    count = len(cleaned.edits)
    flags = f", flags: {', '.join(cleaned.flags)}" if cleaned.flags else ""
    return f"Cleaned({text!r}, {count:,} edit{'' if count == 1 else 's'}{flags})"


def marked(cleaned: "Cleaned") -> str:
    """The raw text as HTML, with what was removed struck out and what was repaired beside it; far text is left out."""
    body = "".join(_pieces(cleaned))
    flags = f"<p><b>{html.escape(', '.join(cleaned.flags))}</b></p>" if cleaned.flags else ""
    return f'<div style="white-space:pre-wrap;font-family:inherit">{body}</div>{flags}'


def _pieces(cleaned: "Cleaned") -> Iterator[str]:
    raw, position = cleaned.original, 0
    for number, edit in enumerate(cleaned.edits):
        yield _between(raw[position : edit.start], first=number == 0)
        yield _edit(edit)
        position = edit.end
    rest = raw[position:]
    yield _between(rest, first=not cleaned.edits, last=True)


def _between(text: str, first: bool, last: bool = False) -> str:
    """Text without edits: its ends, where it is long."""
    if len(text) <= 2 * _CONTEXT:
        return html.escape(text)
    head = "" if first and not last else html.escape(text[:_CONTEXT])
    tail = "" if last else html.escape(text[-_CONTEXT:])
    return f"{head}<i> … </i>{tail}"


def _edit(edit: "Edit") -> str:
    title = html.escape(f"{edit.rule} {edit.confidence:.2f}", quote=True)
    shown = f'<span title="{title}" style="{_REMOVED}">{html.escape(edit.before)}</span>' if edit.before else ""
    if edit.after:
        shown += f'<span title="{title}" style="{_REPAIRED}">{html.escape(edit.after)}</span>'
    return shown
