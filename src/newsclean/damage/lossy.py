"""Mojibake that was damaged further: straightened quotes, lost controls, spaces for no-break spaces, changed case.

A Viterbi search over the characters of a line: each is either kept or starts a UTF-8 unit some bytes of which were
changed or lost. What a lost byte was is decided by the plausibility of the decoded text.
"""

import functools
import math
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from newsclean.damage import plausibility, trellis
from newsclean.damage.codepages import CODEPAGES, characters, undefined
from newsclean.damage.search import LAST_ASSIGNED
from newsclean.edits import Edit

LONGEST = 2000  # code points of a line that are searched
CONFIDENCE = 0.8  # share of the lossy repairs of the development data that are right, roughly
LEAST_GAIN = 5.0  # nats a line must gain where the code page is known
LEAST_GAIN_UNKNOWN = 25.0
FEWEST_UNKNOWN = 3  # units a line must have where the code page is not known
MOST_LEFT = 6  # such a share of the characters decoded may be left of what is not ASCII in the line
COMMON = (0, 1, 3, 7)  # rows of CODEPAGES: windows-1252, latin-1, windows-1251, windows-1256
CASED = 0x1F000  # code points below may have case


class Reading(NamedTuple):
    """How the bytes of a code page may look after the damage."""

    leads: dict[str, tuple[int, ...]]
    """Lead bytes a character may stand for."""
    continuations: dict[str, tuple[tuple[int, float], ...]]
    """Continuation bytes a string of one to three characters may stand for, each with a penalty in nats."""
    absent: tuple[tuple[int, float], ...]
    """Continuation bytes that may have vanished."""
    blanks: frozenset[int]
    """Of these, those that were no-break spaces: one may have become a space and joined the space behind it."""
    case: str
    """`upper` or `lower` if the text's case was changed after it was misread, else empty."""


QUOTES = {"'": "‘’‛′´", '"': "“”„‟", ",": "‚"}


@functools.cache
def reading(page: int, case: str) -> Reading:
    """The reading of a code page, `case` being "", "upper" or "lower"."""
    name = CODEPAGES[page].name
    own, windows, lost = characters(name), characters("windows-1252"), undefined(name)
    leads: dict[str, set[int]] = {}
    shown: dict[str, dict[int, float]] = {}

    def show(text: str, byte: int, penalty: float) -> None:
        for form, extra in ((text, 0.0), (getattr(text, case)() if case else text, 0.3)):
            known = shown.setdefault(form, {})
            known[byte] = min(known.get(byte, 99.0), penalty + extra)

    for byte in range(0xC2, 0xF5):
        for form in {
            own[byte],
            getattr(own[byte], case)() if case else own[byte],
            unicodedata.normalize("NFC", own[byte]),
        }:
            leads.setdefault(form, set()).add(byte)
    for byte in range(0x80, 0xC0):
        character = own[byte]
        show(character, byte, 0.0)
        show(unicodedata.normalize("NFC", character), byte, 0.0)
        if byte in lost:
            show(windows[byte], byte, 0.5)
            show("\ufffd", byte, math.log(len(lost)) - 1)
            show("?", byte, math.log(len(lost)) + 1)
        compatible = unicodedata.normalize("NFKC", character)
        if compatible != character and len(compatible) <= 3:
            show(compatible, byte, 2.0)
        for straight, curly in QUOTES.items():
            if character in curly or (byte in lost and windows[byte] in curly):
                show(straight, byte, 2.0)
        if character == "\xa0":
            show(" ", byte, 2.0)
    gone = [*lost, *(byte for byte in range(0x80, 0xC0) if own[byte] in "\xad\xa0")]
    absent = [(byte, 2.0 + math.log(len(gone))) for byte in gone]
    return Reading(
        {form: tuple(sorted(found)) for form, found in leads.items() if len(form) == 1 and form > "\x7f"},
        {form: tuple(sorted(known.items())) for form, known in shown.items()},
        tuple(absent),
        frozenset(byte for byte in range(0x80, 0xC0) if own[byte] == "\xa0"),
        case,
    )


@functools.cache
def arrays(page: int, case: str) -> tuple[NDArray[Any], ...]:
    """The reading of a code page for the kernels of `trellis`: the number of each character, where its lead bytes and
    its continuation bytes begin, lead bytes, continuation bytes (length, second and third character, six bits,
    penalty), bytes that may have vanished (six bits, penalty, whether they were blanks), and what `case` makes of a
    character, strings it makes, and which characters are assigned."""
    how = reading(page, case)
    firsts = sorted({form[0] for form in (*how.leads, *how.continuations)})
    number, heads = np.zeros(65536, np.uint16), np.zeros((len(firsts) + 2, 2), np.int64)
    leads: list[int] = []
    known: list[tuple[float, ...]] = []
    by_first: dict[str, list[str]] = {}
    for form in sorted(how.continuations, key=len):
        by_first.setdefault(form[0], []).append(form)
    for k, first in enumerate(firsts, 1):
        number[ord(first)] = k
        leads += how.leads.get(first, ())
        for form in by_first.get(first, ()):
            codes = [*map(ord, form[1:]), 0, 0]
            known += [(len(form), *codes[:2], byte & 0x3F, penalty) for byte, penalty in how.continuations[form]]
        heads[k + 1] = len(leads), len(known)
    absent = [(byte & 0x3F, penalty, byte in how.blanks) for byte, penalty in how.absent]
    rows = np.array(known, np.float64).reshape(-1, 5), np.array(absent, np.float64).reshape(-1, 3)
    return number, heads, np.array(leads, np.int64), *rows, *changed(case), assigned()


@functools.cache
def changed(case: str) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """What a change of case makes of each character that it changes, trellis.STRINGS + a row of the second array where
    that is more than one character."""
    if not case:
        return np.zeros(0, np.uint32), np.zeros((0, 3), np.uint32)
    table = np.arange(CASED, dtype=np.uint32)
    strings: list[list[int]] = []
    for code in range(CASED):
        after = getattr(chr(code), case)()
        if len(after) > 1:
            table[code] = trellis.STRINGS + len(strings)
            strings.append([*map(ord, after), 0][:3])
        else:
            table[code] = ord(after)
    return table, np.array(strings, np.uint32).reshape(-1, 3)


@functools.cache
def assigned() -> NDArray[np.uint8]:
    """Whether a code point is a character that text may have."""
    table = np.zeros(0xE0200, np.uint8)
    for code in (*range(0x80, LAST_ASSIGNED), *range(0xE0000, 0xE0200)):
        table[code] = unicodedata.category(chr(code)) not in ("Cc", "Cs", "Cn", "Co")
    return table


def search_line(line: str, page: int, case: str) -> tuple[float, list[Edit]]:
    """The cheapest explanation of a line: what it gains in nats over leaving it, and its edits (rule empty)."""
    how, model = arrays(page, case), cast(Any, tuple(plausibility.model()))
    states, paid = np.empty((trellis.EFFORT + 1, 5), np.int64), np.empty(trellis.EFFORT + 1)
    slots, ends = np.empty((trellis.EFFORT + 1, 3), np.int64), np.zeros((len(line) + 1, 2), np.int64)
    found, prices = np.empty((trellis.MOST_OPTIONS, 2), np.int64), np.empty(trellis.MOST_OPTIONS)
    stack, owed = np.empty((trellis.STACK, 4), np.int64), np.empty(trellis.STACK)
    codes = plausibility.code_points(line)
    best = trellis.cheapest(codes, model, how, states, paid, slots, ends, found, prices, stack, owed)
    if best < 0:
        return 0.0, []
    last = plausibility.pair_cost(int(states[best, 1]), 10)
    units = np.empty((len(line), 3), np.int64)
    units = units[: trellis.decoded(states, best, len(line), units)]
    return plausibility.cost_of(line + "\n") - float(paid[best]) - last, _edits(line, units, how[6])


def _edits(line: str, units: NDArray[np.int64], strings: NDArray[np.uint32]) -> list[Edit]:
    """The edits for decoded units, which come last first; neighbouring ones are one edit."""
    edits: list[Edit] = []
    for new, start, end in units.tolist():
        after = chr(new) if new < trellis.STRINGS else "".join(map(chr, strings[new - trellis.STRINGS])).rstrip("\0")
        edit = Edit(start, line[start:end], after, "")
        if edits and edits[-1].start == end:
            later = edits.pop()
            edit = edit._replace(before=edit.before + later.before, after=edit.after + later.after)
        edits.append(edit)
    return edits[::-1]


@functools.lru_cache(maxsize=1 << 12)  # lines come again: in the next round, and in other texts of the site
def repair(line: str, pages: tuple[int, ...]) -> tuple[float, list[Edit]]:
    """The best explanation of a line by damaged mojibake: gain in nats and edits.

    `pages` are the code pages that are known to have been at work in the text; without any, the common pages are
    tried and much more must be gained: correct text in capitals is full of pairs that only miss a byte.
    """
    if len(line) > LONGEST:
        return 0.0, []
    cased = [any(c.isupper() for c in line), any(c.islower() for c in line)]
    cases = [""] if all(cased) else ["", "upper" if cased[0] else "lower"]
    least, fewest = (LEAST_GAIN, 1) if pages else (LEAST_GAIN_UNKNOWN, FEWEST_UNKNOWN)
    best: tuple[float, list[Edit]] = (0.0, [])
    for page in pages or COMMON:
        for case in cases:
            how = reading(page, case)
            if sum(map(how.leads.__contains__, line)) < fewest:
                continue
            gain, edits = search_line(line, page, case)
            gain -= CODEPAGES[page].rarity
            if gain > max(best[0], least) and (pages or explains(line, edits)):
                name = f"utf-8>{CODEPAGES[page].name}+{case or 'damaged'}"
                best = gain, [edit._replace(rule=name, confidence=CONFIDENCE) for edit in edits]
    return best


def explains(line: str, edits: Sequence[Edit]) -> bool:
    """Whether edits decode enough units and leave little of what is not ASCII."""
    covered = sum(len(edit.before) for edit in edits)
    left = sum(c > "\x7f" for c in line) - sum(c > "\x7f" for edit in edits for c in edit.before)
    return sum(len(edit.after) for edit in edits) >= FEWEST_UNKNOWN and left * MOST_LEFT <= covered


def leads_left(line: str, decoded: Sequence[Edit], pages: Sequence[int]) -> bool:
    """Whether characters that start UTF-8 units in one of `pages` are left outside the edits `decoded`."""
    outside, end = [], 0
    for start, before, _, _, _ in decoded:
        outside.append(line[end:start])
        end = start + len(before)
    left = "".join([*outside, line[end:]])
    return any(not reading(page, "").leads.keys().isdisjoint(left) for page in pages)
