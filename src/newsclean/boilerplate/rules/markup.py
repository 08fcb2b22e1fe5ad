"""Leftover HTML, Markdown and scripts: pictures, players and frames that are not there."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import LineColumn, Lines
from newsclean.boilerplate.rules.inside import Piece
from newsclean.boilerplate.rules.registry import Phrase
from newsclean.boilerplate.rules.words import places_of

PHRASE = Phrase("markup", "any", "", "img")
# A picture's address is whole: `<img src="photo.png">` may be an example in a lesson.
_SOURCE = r"(?:src|srcset|data|href)\s*=\s*[\"']?\s*(?:https?:)?//"
_SHOWN = rf"<(?:img|iframe|embed|object|source|video|audio)\b[^<>]*?{_SOURCE}[^<>]*>"
_SHUT = r"<(script|style)\b[^<>]*>[^<]{0,5000}</\1\s*>"
_TAG = r"<(?:/?[a-zA-Z][\w:-]{0,20}(?:\s[^<>]*)?/?|!--[^<>]{0,2000}--)>"
_IMAGE = re.compile(
    r"\[?!\[[^\]\n]*\]\((?:https?:)?//[^()\n]*\)(?:\]\([^()\s]*\))?"
    r"|\[[^\s\[\]()]{1,120}\.(?:jpe?g|png|gif|webp|svg|avif)\]",
    re.IGNORECASE,
)  # of Markdown, of text browsers
_SHORTCODE = re.compile(  # of WordPress
    r"\[(video|audio|embed|gallery|playlist|caption)\b[^\]\n]{0,500}\](?:\s*\[/\1\])?|\[/(?:video|audio|embed|caption)\]"
)
_SHORTCODES = ("[video", "[audio", "[embed", "[gallery", "[playlist", "[caption", "[/caption")
_SCRIPT = re.compile(  # where scripts of advertisers, counters and players begin
    r"googletag\s?\.|\(?\badsbygoogle|\bwindow\.(?:_\w+|\w+\s*=)|_taboola|\bdocument\.write\(|\bdomready\(|\bjQuery\(|\bfbq\("
    r"|\bgtag\(|\$\(document\)|\bset(?:Interval|Timeout)\(|\(function\s?\(|\bvar \w+ ?= ?(?:document|window)\."
)
_BEGINNINGS = (  # of which each script has one
    *("googletag", "(adsbygoogle", "adsbygoogle", "window.", "_taboola", "document.write(", "domready(", "jQuery("),
    *("fbq(", "gtag(", "$(document)", "setInterval(", "setTimeout(", "(function", "var "),
)
_STATEMENT = re.compile(r"[^)};\n]{0,160}[)};]+\s*")
_PROSE = re.compile(r"(?:[^\W\d_]{2,}[,.]?\s+){4}|[\u3040-\u30ff\u4e00-\u9fff]{8}")  # no part of a script has such
_FILE_ENDS = (".jpg]", ".png]", ".jpeg]", ".gif]", ".webp]")
_NOTHING = re.compile(rf"{_SHOWN}|{_SHUT}", re.IGNORECASE)
_RUN = re.compile(rf"(?:(?:{_SHUT}|{_TAG})\s*)+", re.IGNORECASE)
_FRAME = re.compile(r"(?:</?(?:div|span|center|figure|section|article)\b[^<>]*>\s*)+", re.IGNORECASE)
_BREAK = re.compile(r"(?:<(?:/?p|br|/h\d|h\d|li|ul|b|i|em|strong|blockquote)\b[^<>]*>\s*)+$", re.IGNORECASE)


def markup(texts: Sequence[str], lines: Lines) -> list[Piece]:
    """The pieces of lines that are such HTML, in order.

    >>> from newsclean.boilerplate.lines import scan
    >>> text = '<a href=""><img src="https://example.org/a.jpg"></a>The bridge is closed.'
    >>> [text[piece.start : piece.end] for piece in markup([text], scan([text]))]
    ['<a href=""><img src="https://example.org/a.jpg"></a>']
    >>> text = "[![The bridge](https://example.org/a.jpg)](/bridge) The bridge is closed."
    >>> [text[piece.start : piece.end] for piece in markup([text], scan([text]))]
    ['[![The bridge](https://example.org/a.jpg)](/bridge)']
    """
    pieces: list[Piece] = []
    for number, text in enumerate(texts):
        if ";" in text and ");" in text and (scripts := list(_scripts(text))):
            pieces += _pieces(lines.table, number, scripts)
        elif "<" in text and any(_tags(_NOTHING, text)):
            pieces += _pieces(lines.table, number, _spans(text))
        elif "]" in text and ("![" in text or any(text.endswith(_FILE_ENDS, 0, at + 1) for at in places_of("]", text))):
            images = [image.span() for image in _IMAGE.finditer(text)]
            pieces += _pieces(lines.table, number, images)
        elif any(text.startswith(_SHORTCODES, at) for at in places_of("[", text)):
            pieces += _pieces(lines.table, number, [code.span() for code in _SHORTCODE.finditer(text)])
    return pieces


def _scripts(text: str) -> Iterator[tuple[int, int]]:
    """Where scripts stand: each from what begins one to the last of its statements.

    >>> text = "It is closed. domready(function() {show(1);}); googletag.display('a'); The bridge is old (1870)."
    >>> [text[start:end] for start, end in _scripts(text)]
    ["domready(function() {show(1);}); googletag.display('a');"]
    """
    end = 0
    for start in sorted(start for beginning in _BEGINNINGS for start in places_of(beginning, text)):
        begins = _SCRIPT.match(text, start) if start >= end else None
        if begins is None:
            continue
        end = begins.end()
        statement = _STATEMENT.match(text, end)
        while statement and not _PROSE.search(statement[0]):
            end = statement.end()
            statement = _STATEMENT.match(text, end)
        if text[:end].rstrip()[-1] in ")};":
            yield begins.start(), len(text[:end].rstrip())


def _spans(text: str) -> list[tuple[int, int]]:
    """Runs of tags that show nothing, and of those that frame them."""
    runs = []
    for run in _tags(_RUN, text):
        if _NOTHING.search(run[0]):
            breaks = _BREAK.search(run[0])  # of the article below
            runs.append((run.start(), run.start() + len(run[0][: breaks.start() if breaks else None].rstrip())))
    frames = [(frame.start(), frame.end()) for frame in _tags(_FRAME, text)]
    apart = [(low, high) for low, high in frames if not any(low < end and high > start for start, end in runs)]
    return sorted(runs + apart)


def _tags(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `finditer` finds of a pattern that begins with `<`. `finditer` itself tries it at every character."""
    end = 0
    for at in places_of("<", text):
        found = pattern.match(text, at) if at >= end else None
        if found:
            end = found.end()
            yield found


def _pieces(table: NDArray[np.int32], number: int, spans: list[tuple[int, int]]) -> Iterator[Piece]:
    """The parts of rows of a text that lie in spans of it."""
    low, high = np.searchsorted(table[:, LineColumn.TEXT], [number, number + 1]).tolist()
    starts, ends = table[low:high, LineColumn.START].tolist(), table[low:high, LineColumn.END].tolist()
    for begin, end in spans:
        row = max(bisect_right(starts, begin) - 1, 0)
        while row < len(starts) and starts[row] < end:
            first, last = max(begin, starts[row]), min(end, ends[row])
            if first < last:
                yield Piece(low + row, first, last, PHRASE)
            row += 1
