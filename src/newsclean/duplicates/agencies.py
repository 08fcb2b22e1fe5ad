"""The news agency that an article names as where it comes from: in its dateline, a credit line or its signature.

A name that is merely mentioned (`told Reuters`) says nothing. Abbreviations that are words elsewhere (`AA`, `TT`) are
believed in brackets and in lines of their own only, as they are set by newsrooms.
"""

import functools
import re
from collections.abc import Sequence
from importlib.resources import files
from itertools import pairwise
from typing import Any

import numpy as np
import regex
from numpy.typing import NDArray

from newsclean.duplicates._agencies import NameTable, find_names
from newsclean.duplicates.tokens import split

OPENING = 240  # code points in which a dateline stands
CLOSING = 160  # code points in which a signature stands
DATED = 70  # code points of a line that hold its date, if it is a dateline
LINES = 3  # lines at either end that may be a credit
LONGEST = 60  # code points of a credit line
_LOW = np.uint64(0xFFFFFFFF)
_BRACKET = re.compile(r"[(\[【〔（［〖《]")
_BRACKETS = re.compile(r"[(\[【〔（［〖《]([^()\[\]【】〔〕（）［］〖〗《》\n]{1,60})[)\]】〕）］〗》]")
_SLASHES = regex.compile(r"(?:^|\s)/([\p{L} .-]{2,24})/(?:\s|[.,–—-]|$)")
# Who made a picture says nothing of the text.
_PICTURE = regex.compile(
    r"\b(?:photos?|pictures?|images?|fotos?|fotografía|bild(?:er)?|symbol ?im\p{L}*|video|ảnh)\b|"
    r"\b(?:фото|видео|zdjęcie|fot)\b|"
    r"사진|영상|写真|图片|图源|圖|फोटो|ภาพ|صور|עכס|תמונה|צילום",
    regex.I,
)
_WORD = re.compile(r"\w+")
_SLOTS = 1 << 12  # of a hash table for some two hundred names: one word in twenty finds a full one
_BESIDE = 24  # code points beside a name that are looked at: the longest label and a space
_PARTS = regex.compile(r"\s*[/,;=+&·|]\s*|\s+-\s+|\s*–\s*|\s+(?:and|und|et|y|e)\s+")
_LABELS = (
    "source|sources|quelle|quellen|fuente|fonte|źródło|bron|kaynak|sumber|nguồn|источник|джерело|来源|來源|출처|"
    "المصدر|منبع|स्रोत|by|von|par|por|from"
)
_LABEL = regex.compile(rf"^(?:{_LABELS}|©|\(c\))\s*[:：]?\s*", regex.I)
_BEFORE = frozenset([*_LABELS.split("|"), "and", "und", "et", "y", "e"])
# `МОСКВА, 3 ноя - РИА Новости.`; `LONDON, May 1 Reuters -` has no mark and is not believed.
_AFTER_DASH = regex.compile(r"^[\"«“„]?[\p{Lu}\p{M}][^\n]{2,60}?[-–—]\s*([\p{Lu}][\p{L} .-]{1,24}?)\s*[.,:–—]")
# `新华社北京11月30日电`, `中新社上海5月1日电 (记者 …)`
_WIRED = regex.compile(r"^\W{0,3}(\p{Han}{2,4}社|\p{Han}{2}网)\p{Han}{2,12}\d{1,2}月\d{1,2}日[电電]")


@functools.cache
def agency_names() -> tuple[str, ...]:
    """All agencies; what has code n is called the n-th of them, counted from 1."""
    return tuple(name for name, _ in _table())


@functools.cache
def _agencies() -> dict[str, str]:
    """By form as it is written, the agency's name."""
    return {form: name for name, forms in _table() for form in forms.split(" | ")}


def _table() -> list[tuple[str, str]]:
    """Names and forms."""
    text = (files("newsclean.duplicates") / "data/agencies.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return [(name, forms) for name, _, _, forms in rows]


@functools.cache
def _first_words() -> frozenset[str]:
    """The words that forms begin with: most lines have none of them, and need no other look."""
    return frozenset(_WORD.findall(form)[0] for form in _agencies())


def agency_of(text: str) -> str | None:
    """The agency that a text says it comes from; the first one where it names several, none where it names none.

    >>> agency_of("LISBON, Nov 3 (Reuters) - A storm sank four boats.")
    'Reuters'
    >>> agency_of("A spokesman told Reuters that four boats had sunk.")
    """
    stripped = text.strip()
    opening = stripped[:OPENING]
    for pattern, has_mark in ((_WIRED, _has_month), (_AFTER_DASH, _has_dash)):
        for line in opening.split("\n") if has_mark(opening) else ():
            match = pattern.match(line) if has_mark(line[:DATED]) else None
            if match and match[1].strip() in _agencies():
                return _agencies()[match[1].strip()]
    return _in_brackets(opening) or _named(_credits(stripped)) or _in_brackets(stripped[-CLOSING:], last=True)


def agency_codes(
    texts: Sequence[str], raw: Sequence[Any] = (), likely: NDArray[np.bool_] | None = None
) -> NDArray[np.uint8]:
    """By text a code for the agency that its `raw` text names, or else itself; 0 for none.

    Texts that are not `likely` to name one (`have_names`) are not searched.

    >>> agency_codes(["A storm.", "(dpa) A storm."], ["(AP) A storm.", None]).tolist()
    [1, 4]
    """
    codes = {None: 0} | {name: code for code, name in enumerate(agency_names(), 1)}
    found = np.zeros(len(texts), np.uint8)
    searched = have_names(texts, *split(texts)) if likely is None else likely
    for row in np.flatnonzero(searched).tolist():
        found[row] = codes[agency_of(texts[row])]
    changed = [row for row, before in enumerate(raw) if isinstance(before, str) and before != texts[row]]
    if changed:
        before = [raw[row] for row in changed]
        for place in np.flatnonzero(have_names(before, *split(before))).tolist():
            found[changed[place]] = codes[agency_of(before[place])] or found[changed[place]]
    return found


def have_names(texts: Sequence[str], words: NDArray[np.uint32], bounds: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which texts hold a name of an agency where one that says where they come from may stand; others have none.

    `words` are those of the texts (`tokens.split`), perhaps with others before them. A name stands between marks, and
    so its words are words of the text. Nine of ten texts need no other look.
    """
    table, forms = _name_table()
    found = np.empty(2 * len(words), np.uint64)
    count = find_names(words, bounds, table, found)
    likely = np.zeros(len(texts), np.bool_)
    for text, slot in zip((found[:count] >> np.uint64(32)).tolist(), (found[:count] & _LOW).tolist(), strict=True):
        likely[text] = likely[text] or any(_stands_alone(texts[text], form) for form in forms[slot])
    return likely


@functools.cache
def _name_table() -> tuple[NameTable, dict[int, list[str]]]:
    """The first two words of all names, and the forms of each."""
    table = NameTable(np.zeros(_SLOTS, np.uint32), np.zeros(_SLOTS, np.uint32))
    forms: dict[int, list[str]] = {}
    words, bounds = split(list(_agencies()))
    for form, (start, end) in zip(_agencies(), pairwise(bounds.tolist()), strict=True):
        first, second = (words[at] >> 2 if at < end else np.uint32(0) for at in (start, start + 1))
        slot = int(first) & (_SLOTS - 1)
        while table.firsts[slot] and (table.firsts[slot], table.seconds[slot]) != (first, second):
            slot = (slot + 1) & (_SLOTS - 1)
        table.firsts[slot], table.seconds[slot] = first, second
        forms.setdefault(slot, []).append(form)
    return table, forms


def _stands_alone(text: str, form: str) -> bool:
    """Whether no other word stands beside a form somewhere, but perhaps a label or an `and`."""
    if not form.isascii():  # sets no spaces, perhaps
        return True
    at = text.find(form)
    while at >= 0:
        before, behind = text[max(0, at - _BESIDE) : at], text[at + len(form) : at + len(form) + _BESIDE]
        if _is_free(before, before.rstrip(), -1) and _is_free(behind, behind.lstrip(), 0):
            return True
        at = text.find(form, at + 1)
    return False


def _is_free(beside: str, shown: str, end: int) -> bool:
    """Whether what stands beside a form, and is shown without the spaces between, is no word of its sentence."""
    if not shown or not shown[end].isalnum():
        return True
    spaces = beside[len(shown) :] if end else beside[: len(beside) - len(shown)]
    return "\n" in spaces or (spaces != "" and shown.split()[end].casefold() in _BEFORE)


def agency_name(code: int) -> str | None:
    """The agency with a code; none for 0."""
    return agency_names()[code - 1] if code else None


def _has_month(text: str) -> bool:
    return "月" in text


def _has_slash(text: str) -> bool:
    return "/" in text


def _has_bracket(text: str) -> bool:
    if text.isascii():
        return "(" in text or "[" in text
    return _BRACKET.search(text) is not None


def _has_dash(text: str) -> bool:
    return "-" in text or "–" in text or "—" in text


def _credits(text: str) -> list[str]:
    """The first and the last lines of a text that has several, without blank ones and long ones."""
    every = text.split("\n")
    most = 2 * LINES + 2  # lines at an end among which enough are not blank, mostly
    first, last = _not_blank(every[:most]), _not_blank(every[-most:])
    if min(len(first), len(last)) <= LINES:
        first = last = _not_blank(every)
    lines = first if len(first) <= LINES else first[:LINES] + last[-LINES:]
    return [line for line in lines if len(line) <= LONGEST] if len(lines) > 1 else []


def _not_blank(lines: list[str]) -> list[str]:
    return [stripped for line in lines if (stripped := line.strip())]


def _in_brackets(text: str, last: bool = False) -> str | None:
    """The agency that stands in brackets or between slashes, alone, beside a place or beside other agencies.

    Of a text's end, only what nothing but marks follow.
    """
    for pattern, is_there in ((_BRACKETS, _has_bracket), (_SLASHES, _has_slash)):
        for match in pattern.finditer(text) if is_there(text) else ():
            if last and regex.search(r"\w", text[match.end() :]):
                continue
            found = _listed(match[1])
            if found:
                return found
    return None


def _named(lines: list[str]) -> str | None:
    """The agency that a line names and says nothing else, but perhaps that it is a source."""
    for line in lines:
        if not _first_words().isdisjoint(_WORD.findall(line)):
            found = _listed(_LABEL.sub("", line.strip(" \t—–-*•|")))
            if found:
                return found
    return None


def _listed(text: str) -> str | None:
    """The first agency of a list in which at least the first or the last is one."""
    found = _in_list(text.strip(" .:"))
    return None if found is None or _PICTURE.search(text) else found


def _in_list(whole: str) -> str | None:
    if whole in _agencies():
        return _agencies()[whole]
    last = whole.split()[-1] if whole else ""
    if not last.isascii() and last in _agencies():  # `東京 ３日 ロイター`
        return _agencies()[last]
    parts = [part.strip(" .:") for part in _PARTS.split(whole)]
    if not 1 < len(parts) <= 4:
        return None
    known = [part for part in parts if part in _agencies()]
    return _agencies()[known[0]] if known and (parts[0] in known or parts[-1] in known) else None
