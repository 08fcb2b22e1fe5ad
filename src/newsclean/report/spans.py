"""Texts cut into spans that are kept, removed, repaired or shared, for a page to mark."""

from collections.abc import Sequence
from typing import NamedTuple

from newsclean.edits import Edit
from newsclean.report.meanings import rule_meaning

LONGEST_SHOWN = 1_500
"""Code points shown of one removed or repaired text."""
MOST_SHOWN = 120
"""Marks shown in one text."""
CONTEXT = 160
"""Code points shown on either side of a marked span."""
_CONTROLS = {code: chr(0x2400 + code) for code in range(32) if chr(code) not in "\n\t"} | {0x7F: "␡"}
_MARKED = "\u061c\u180e\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2028\u2029\ufeff\ufff9\ufffa\ufffb\xad"
_INVISIBLE = {*map(ord, _MARKED), *range(0x80, 0xA0), *range(0x2060, 0x2070), *range(0xD800, 0xE000)}


class Span(NamedTuple):
    """A piece of a text. `kind` is `kept`, `removed`, `repaired`, `shared` or `skipped` (then `text` counts what is
    left out)."""

    kind: str
    text: str
    after: str = ""
    """What a repair made of `text`."""
    rule: str = ""
    confidence: float = 1.0
    why: str = ""
    asked: bool = False
    """Whether this is the change that a sample is about."""


def printable(text: str) -> str:
    """The text with controls, direction marks and lone surrogates as visible signs.

    >>> printable("a\\x00b\\u202ec")
    'a␀b⟨U+202E⟩c'
    """
    if text.isprintable():
        return text
    marks = {code: f"⟨U+{code:04X}⟩" for code in _INVISIBLE & set(map(ord, text))}
    return text.translate(_CONTROLS | marks)


def edited(raw: str, edits: Sequence[Edit], context: int = CONTEXT, asked: Edit | None = None) -> list[Span]:
    """A raw text with its edits marked, one of them as asked for; long stretches that are kept are left out."""
    spans: list[Span] = []
    position = 0
    for edit in edits[:MOST_SHOWN]:
        spans += _kept(raw[position : edit.start], context, begins=position == 0, ends=False)
        kind = "repaired" if edit.after else "removed"
        before, after = _cut(edit.before), _cut(edit.after)
        why = rule_meaning(edit.rule)
        spans.append(Span(kind, before, after, edit.rule, edit.confidence, why, edit == asked))
        position = edit.end
    return [*spans, *_kept(raw[position:], context, begins=position == 0, ends=True)]


def _cut(text: str) -> str:
    """A marked text without its middle, if it is long."""
    if len(text) <= LONGEST_SHOWN:
        return printable(text)
    half = LONGEST_SHOWN // 2
    return printable(f"{text[:half]} … {len(text) - 2 * half:,} more … {text[-half:]}")


def shared(text: str, passages: Sequence[tuple[int, int]], context: int = CONTEXT) -> list[Span]:
    """A text with some passages, given by their bounds, marked as shared."""
    spans: list[Span] = []
    position = 0
    for start, end in sorted(passages):
        if start < position:
            continue
        spans += _kept(text[position:start], context, begins=position == 0, ends=False)
        spans.append(Span("shared", printable(text[start:end])))
        position = end
    return [*spans, *_kept(text[position:], context, begins=position == 0, ends=True)]


def _kept(text: str, context: int, begins: bool, ends: bool) -> list[Span]:
    """A stretch that stays, without its middle if that is far from any mark."""
    head, tail = (2 * context if begins else context), (2 * context if ends else context)
    if len(text) <= head + tail + context:
        return [Span("kept", printable(text))] if text else []
    left_out = len(text) - head - tail
    first, last = Span("kept", printable(text[:head])), Span("kept", printable(text[-tail:]))
    return [first, Span("skipped", f"{left_out:,}"), last]
