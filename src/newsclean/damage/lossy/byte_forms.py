"""How the bytes of UTF-8 look once they were read in a code page, or in two one after the other, and damaged further.

Quotes are straightened, controls lost or replaced, no-break spaces become spaces, case changes. So each byte has some
forms, and each form has a penalty (nats) for what must have happened to it.
"""

import functools
import itertools
import math
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.encodings.codepages import CODEPAGES, characters, undefined

QUOTES = {"'": "‘’‛′´", '"': "“”„‟", ",": "‚"}
CHANGED = 2.0  # nats for a byte that was changed
CASED = 0.3  # for one whose letter changed its case
FILLED = 0.5  # for an undefined byte that windows-1252 filled
UNFILLED = 4.0  # for one that stands for another byte, where other undefined bytes are controls
JOINED = 2.0  # for a no-break space that became a space and joined the one behind it
FORMS = 24  # forms of a byte that was misread twice, the likely ones
Forms = dict[str, float]


class Reading(NamedTuple):
    """What the bytes of UTF-8 look like after code pages and damage."""

    leads: dict[str, tuple[tuple[int, float], ...]]
    """Lead bytes that a string may stand for, each with a penalty in nats."""
    continuations: dict[str, tuple[tuple[int, float], ...]]
    """Continuation bytes that a string may stand for."""
    absent: tuple[tuple[int, float], ...]
    """Continuation bytes that may have vanished."""
    blanks: frozenset[int]
    """Of these, those that were no-break spaces: one may have become a space and joined the space behind it."""
    case: str
    """`upper` or `lower` if the text's case was changed after it was misread, else empty."""
    starts: frozenset[str]
    """First characters of `leads`."""


@functools.cache
def reading(codepages: tuple[int, ...], case: str, filled: bool = True) -> Reading:
    """The reading of one or two rows of CODEPAGES, the one that UTF-8 was first read in going first; `case` is "",
    "upper" or "lower". If not `filled`, windows-1252
    hardly fills what a code page lacks with what it has elsewhere."""
    own = characters(CODEPAGES[codepages[0]].name)
    if len(codepages) == 1:
        lost = undefined(CODEPAGES[codepages[0]].name)
        shown = _shown(codepages[0], case, filled)
        gone = [*lost, *(byte for byte in range(0x80, 0xC0) if own[byte] in "\xad\xa0")]
        absent = tuple((byte, CHANGED + math.log(len(gone))) for byte in gone)
    else:
        shown, absent = _twice(codepages[0], codepages[1], case), ()
    leads = _inverted(shown, range(0xC2, 0xF5))
    continuations = _inverted(shown, range(0x80, 0xC0))
    blanks = frozenset(byte for byte in range(0x80, 0xC0) if own[byte] == "\xa0")
    starts = frozenset(form[0] for form in leads)
    return Reading(leads, continuations, absent, blanks, case, starts)


@functools.lru_cache(maxsize=8)
def starting(codepages: tuple[int, ...]) -> NDArray[np.int64]:
    """In which of `codepages` (bits) each character below 65536 may start a unit."""
    table = np.zeros(65536, np.int64)
    for codepage in codepages:
        table[list(map(ord, reading((codepage,), "").starts))] |= 1 << codepage
    return table


def _inverted(shown: dict[int, Forms], wanted: Iterable[int]) -> dict[str, tuple[tuple[int, float], ...]]:
    found: dict[str, list[tuple[int, float]]] = {}
    for byte in wanted:
        for form, penalty in shown[byte].items():
            if form and (byte < 0xC0 or form[0] > "\x7f"):
                found.setdefault(form, []).append((byte, penalty))
    return {form: tuple(sorted(bytes_)) for form, bytes_ in found.items()}


def _shown(codepage: int, case: str, filled: bool = True) -> dict[int, Forms]:
    """The forms of each byte beyond ASCII that was misread once."""
    name = CODEPAGES[codepage].name
    own, windows, lost = characters(name), characters("windows-1252"), undefined(name)
    shown: dict[int, Forms] = {byte: {} for byte in range(0x80, 0x100)}

    def show(text: str, byte: int, penalty: float) -> None:
        for form, extra in ((text, 0.0), (getattr(text, case)() if case else text, CASED)):
            shown[byte][form] = min(shown[byte].get(form, 99.0), penalty + extra)

    for byte in range(0xC0, 0x100):
        for form in {own[byte], getattr(own[byte], case)() if case else own[byte]}:
            shown[byte][form] = 0.0
        shown[byte][unicodedata.normalize("NFC", own[byte])] = 0.0
        shown[byte] = {form: penalty for form, penalty in shown[byte].items() if len(form) == 1}
    for byte in range(0x80, 0xC0):
        character = own[byte]
        show(character, byte, 0.0)
        show(unicodedata.normalize("NFC", character), byte, 0.0)
        if byte in lost:
            show(windows[byte], byte, FILLED if filled or windows[byte] not in own else UNFILLED)
            show("\ufffd", byte, math.log(len(lost)) - 1)
            show("?", byte, math.log(len(lost)) + 1)
        compatible = unicodedata.normalize("NFKC", character)
        if compatible != character and len(compatible) <= 3:
            show(compatible, byte, CHANGED)
        for straight, curly in QUOTES.items():
            if character in curly or (byte in lost and windows[byte] in curly):
                show(straight, byte, CHANGED)
        if character == "\xa0":
            show(" ", byte, CHANGED)
    return shown


def _twice(first: int, second: int, case: str) -> dict[int, Forms]:
    """The forms of each byte that was misread in the code page `first`, encoded, and misread in the code page
    `second`."""
    once, lost = _shown(second, case), undefined(CODEPAGES[second].name)
    own, windows = characters(CODEPAGES[second].name), characters("windows-1252")
    forms = {byte: dict(shown) for byte, shown in once.items()}
    for byte in (*lost, *(byte for byte in range(0x80, 0xC0) if own[byte] in "\xad\xa0")):
        forms[byte][""] = CHANGED
    found: dict[int, Forms] = {}
    for byte, character in enumerate(characters(CODEPAGES[first].name)[0x80:], 0x80):
        shown: Forms = {}
        options = [(character, 0.0)]
        if character == chr(byte):
            options.append((windows[byte], FILLED))
        for middle, start in options:
            units = [forms[unit].items() for unit in middle.encode()] if middle > "\x7f" else []
            for parts in itertools.product(*units):
                form = "".join(text for text, _ in parts)
                penalty = start + max((cost for _, cost in parts), default=0.0)  # one damage does all of it
                shown[form] = min(shown.get(form, 99.0), penalty)
        found[byte] = dict(sorted(shown.items(), key=lambda item: (item[1], item[0]))[:FORMS])
    return found
