"""Mojibake that was damaged further: straightened quotes, lost controls, spaces for no-break spaces, changed case.

A Viterbi search over the characters of a line: each is either kept or starts a UTF-8 unit some bytes of which were
changed or lost. What a lost byte was is decided by the plausibility of the decoded text.
"""

import functools
import math
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from newsclean.damage import plausibility
from newsclean.damage.codepages import CODEPAGES, characters, undefined
from newsclean.edits import Edit

BEAM = 8  # last characters kept at each place
LONGEST = 2000  # code points of a line that are searched
EFFORT = 25_000  # steps of one search, about 0.05 s; a line that needs more is left as it is
CONFIDENCE = 0.8  # share of the lossy repairs of the development data that are right, roughly
LEAST_GAIN = 5.0  # nats a line must gain where the code page is known
LEAST_GAIN_UNKNOWN = 25.0
FEWEST_UNKNOWN = 3  # units a line must have where the code page is not known
MOST_LEFT = 6  # such a share of the characters decoded may be left of what is not ASCII in the line
COMMON = (0, 1, 3, 7)  # rows of CODEPAGES: windows-1252, latin-1, windows-1251, windows-1256
JOINED = 2.0  # penalty in nats of a no-break space that became a space and joined the one behind it
MOST_OPTIONS = 96  # decodings of one unit that are considered


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


def units(line: str, i: int, how: Reading) -> Iterator[tuple[int, str, float]]:
    """Where a unit that starts at i may end, what character it may be, and the penalty in nats."""
    found = 0
    for lead in how.leads.get(line[i], ()):
        need = 1 + (lead >= 0xE0) + (lead >= 0xF0)
        stack = [(i + 1, need, lead & (0x3F >> need), 0.0, 0)]
        while stack and found < MOST_OPTIONS:
            at, left, value, penalty, absent = stack.pop()
            if not left:
                if valid(value, need):
                    found += 1
                    character = chr(value)
                    yield at, getattr(character, how.case)() if how.case else character, penalty
                continue
            for length in (1, 2, 3):
                for byte, cost in how.continuations.get(line[at : at + length], ()) if at + length <= len(line) else ():
                    stack.append((at + length, left - 1, value << 6 | byte & 0x3F, penalty + cost, absent))
            if absent < 1:
                for byte, cost in how.absent:
                    cost = JOINED if byte in how.blanks and line[at : at + 1] == " " else cost
                    stack.append((at, left - 1, value << 6 | byte & 0x3F, penalty + cost, absent + 1))


@functools.lru_cache(maxsize=1 << 14)
def valid(value: int, need: int) -> bool:
    """Whether a decoded number is a character that text may have, written in no more bytes than it needs."""
    if value < (0x80, 0x800, 0x10000)[need - 1] or value > 0x10FFFF:
        return False
    return unicodedata.category(chr(value)) not in ("Cc", "Cs", "Cn", "Co")


@functools.lru_cache(maxsize=1 << 17)
def step(left: str, right: str) -> float:
    """Cost in nats of `right`, one or more characters, after `left`."""
    if len(right) == 1:
        return plausibility.pair_cost(ord(left[-1]), ord(right))
    pairs = zip(left[-1] + right, right, strict=False)
    return sum(plausibility.pair_cost(ord(a), ord(b)) for a, b in pairs)


class State(NamedTuple):
    """The best way to some place with some last character."""

    cost: float
    last: str
    start: int
    decoded: bool
    before: "State | None"


def search_line(line: str, how: Reading) -> tuple[float, list[Edit]]:
    """The cheapest explanation of a line: what it gains in nats over leaving it, and its edits (rule empty)."""
    places: list[dict[str, State]] = [{} for _ in range(len(line) + 1)]
    places[0]["\n"] = State(0.0, "\n", 0, False, None)
    effort = EFFORT
    for i, character in enumerate(line):
        states = places[i]
        if len(states) > BEAM:
            states = dict(sorted(states.items(), key=lambda item: item[1].cost)[:BEAM])
        options = [(i + 1, character, 0.0, False)]
        if character in how.leads:
            options += [(end, new, penalty, True) for end, new, penalty in units(line, i, how)]
        effort -= len(states) * len(options)
        if effort < 0:
            return 0.0, []
        for state in states.values():
            for end, new, penalty, decoded in options:
                cost = state.cost + penalty + step(state.last, new)
                last = new[-1]
                old = places[end].get(last)
                if old is None or cost < old.cost:
                    places[end][last] = State(cost, last if len(new) == 1 else new, i, decoded, state)
        places[i] = {}
    best = min(places[-1].values(), key=lambda state: state.cost + step(state.last[-1], "\n"))
    gain = plausibility.cost_of(line + "\n") - best.cost - step(best.last[-1], "\n")
    return gain, _edits(line, best)


def _edits(line: str, state: State) -> list[Edit]:
    """The edits along the way to the last state; neighbouring units are one edit."""
    edits: list[Edit] = []
    end = len(line)
    while state.before is not None:
        if state.decoded:
            edit = Edit(state.start, line[state.start : end], state.last, "")
            if edits and edits[-1].start == end:
                later = edits.pop()
                edit = edit._replace(before=edit.before + later.before, after=edit.after + later.after)
            edits.append(edit)
        end, state = state.start, state.before
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
            if sum(character in how.leads for character in line) < fewest:
                continue
            gain, edits = search_line(line, how)
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
    covered = bytearray(len(line))
    for edit in decoded:
        covered[edit.start : edit.end] = b"\1" * len(edit.before)
    outside = {character for character, hit in zip(line, covered, strict=True) if not hit and character > "\x7f"}
    return any(character in reading(page, "").leads for page in pages for character in outside)
