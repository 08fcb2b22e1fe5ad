"""Mojibake that was damaged further: straightened quotes, lost controls, spaces for no-break spaces, changed case.

A Viterbi search goes over the characters of a line. Each is either kept, or starts a UTF-8 unit some bytes of which
were changed or lost. What a lost byte was is decided by the plausibility of the decoded text.
"""

import functools
import itertools
import re
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.characters.replacements import C1
from newsclean.damage.codepoints import LAST_ASSIGNED, NEW_LINE, code_points
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.encodings.tables import byte_table
from newsclean.damage.lossy import _viterbi, lost_bytes
from newsclean.damage.lossy.byte_forms import reading
from newsclean.damage.lossy.columns import Absent, Beam, ByteForms, Chain, DecodedUnit, Form, Head, Hypothesis, Slot
from newsclean.damage.lossy.lost_bytes import unit_room
from newsclean.damage.models import bigrams, letter_pairs
from newsclean.damage.models.character_classes import script
from newsclean.damage.screening.screen import screen_text
from newsclean.edits import Edit, apply_edits

LONGEST_LINE = 2000  # code points of a line that are searched
CONFIDENCE = 0.8  # share of the lossy repairs of the development data that are right, roughly
LEAST_GAIN = 5.0  # nats a line must gain where the code page is known
LEAST_GAIN_UNKNOWN = 25.0
FEWEST_UNKNOWN = 3  # units a line should have where the code page is not known
SUSPICIOUS = 36  # excess in cost units of a repaired line that is not well repaired
CASED = 6.0  # nats more that it must gain if its case was changed
LEFT = 0.05  # of a line's excess may be left
MORE = 3.0  # nats more that it must gain for each that it has less
MOST_LOST = 0.25  # of the letters that are decoded may be lost for good
MOST_OF_ONE = 0.75  # of the letters that are made must be of one script
MOST_LEFT = 6  # such a share of the characters decoded may be left of what is not ASCII in the line
ROWS = {codepage.name: row for row, codepage in enumerate(CODEPAGES)}
COMMON = tuple(ROWS[name] for name in ("windows-1252", "latin-1", "windows-1251", "windows-1256"))
TWICE = tuple(  # code pages that text is misread in twice: mostly the same, or two that are taken for one another
    (ROWS[first], ROWS[second])
    for first, second in (
        *((name, name) for name in ("windows-1252", "latin-1", "windows-1250", "windows-1251", "mac-roman", "cp437")),
        ("latin-1", "windows-1252"), ("windows-1252", "latin-1"), ("windows-1254", "windows-1252"),
        ("cp437", "windows-1252"),
    )
)  # fmt: skip
CONTRACTED = re.compile(r"quel[ae]s?\b|quilo\b")  # Portuguese behind `à`; letter pairs cannot tell
MOST_CASED = 0.1  # of the characters of units may have case in a code page whose letters have none
JOINERS = (0x200C, 0x200D)
SORBIAN = "ńć"  # in `zhońće`; in Mac Latin 2, this is `č`
CONTROL = re.compile(f"[{C1}]")  # where some are left, windows-1252 fills none with what a code page has
BRAND = re.compile(r"[^\W\d_a-z][®™©]")
LETTERS = 0x1F000  # code points below may have case


@functools.cache
def byte_forms(codepages: tuple[int, ...], case: str, filled: bool = True) -> ByteForms:
    """How the bytes of some code pages look, for the kernels."""
    how = reading(codepages, case, filled)
    firsts = sorted({form[0] for form in (*how.leads, *how.continuations)})
    number, heads = np.zeros(65536, np.uint16), np.zeros((len(firsts) + 2, len(Head)), np.int64)
    tails: list[int] = []
    rows: tuple[list[tuple[float, ...]], list[tuple[float, ...]]] = ([], [])
    forms: tuple[dict[str, list[str]], dict[str, list[str]]] = ({}, {})
    for kind, known in enumerate((how.leads, how.continuations)):
        for form in sorted(known, key=lambda form: (len(form), form)):
            forms[kind].setdefault(form[0], []).append(form)
    for k, first in enumerate(firsts, 1):
        number[ord(first)] = k
        for kind, known in enumerate((how.leads, how.continuations)):
            for form in forms[kind].get(first, ()):
                mask = 0x3F if kind else 0xFF
                rows[kind].extend((len(form), len(tails), byte & mask, penalty) for byte, penalty in known[form])
                tails += map(ord, form[1:])
        heads[k + 1] = len(rows[0]), len(rows[1])
    absent = [(byte & 0x3F, penalty, byte in how.blanks) for byte, penalty in how.absent]
    leads, continuations = (np.array(found, np.float64).reshape(-1, len(Form)) for found in rows)
    vanished = np.array(absent, np.float64).reshape(-1, len(Absent))
    ends = np.array([*tails, 0], np.uint32)
    return ByteForms(number, heads, leads, continuations, ends, vanished, *changed(case), assigned())


@functools.cache
def changed(case: str) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """What a change of case makes of each character that it changes. Where that is more than one character, it is
    `_viterbi.STRINGS` and a row of the second array."""
    if not case:
        return np.zeros(0, np.uint32), np.zeros((0, 3), np.uint32)
    table = np.arange(LETTERS, dtype=np.uint32)
    strings: list[list[int]] = []
    for code in range(LETTERS):
        after = getattr(chr(code), case)()
        if len(after) > 1:
            table[code] = _viterbi.STRINGS + len(strings)
            strings.append([*map(ord, after), 0][:3])
        else:
            table[code] = ord(after)
    return table, np.array(strings, np.uint32).reshape(-1, 3)


# Ideographs, kana and Hangul. Of 13,521 development cases 63 were "repaired" into lone ones, none of them rightly.
_IDEOGRAPHS = "\u3005-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
IDEOGRAPH, WORD = re.compile(f"[{_IDEOGRAPHS}]"), re.compile(f"[{_IDEOGRAPHS}]{{2}}|^[{_IDEOGRAPHS}]$")


@functools.cache
def assigned() -> NDArray[np.uint8]:
    """Whether text may have a code point (1), or only where none of its bytes is lost (2). The latter are characters
    that cannot be seen: they fit everywhere, and would take `â€` from `codepage—more`."""
    table = np.zeros(0xE0200, np.uint8)
    for code in (*range(0x80, LAST_ASSIGNED), *range(0xE0000, 0xE0200)):
        category = unicodedata.category(chr(code))
        table[code] = 2 if category == "Cf" and code not in JOINERS else category not in ("Cc", "Cs", "Cn", "Co")
    return table


def forms_of(line: str, codepages: tuple[int, ...], case: str) -> ByteForms:
    """How the bytes of some code pages look in a line."""
    return byte_forms(codepages, case, CONTROL.search(line) is None)


def search_line(line: str, codepages: tuple[int, ...], case: str) -> tuple[float, NDArray[np.int64]]:
    """The cheapest explanation of a line: what it gains in nats over leaving it, and the units that it decodes
    (columns: `DecodedUnit`)."""
    forms, codes, room = forms_of(line, codepages, case), code_points(line), _KEPT.room
    units = np.empty((len(line), len(DecodedUnit)), np.int64)
    if not _viterbi.has_unit(codes, forms, room):
        return 0.0, units[:0]
    beam = _KEPT.beam._replace(ends=np.zeros((len(line) + 1, len(Chain)), np.int64))
    best = _viterbi.cheapest(codes, bigrams.model(), forms, beam, room)
    if best < 0:
        return 0.0, units[:0]
    last = bigrams.pair_cost(int(beam.states[best, Hypothesis.LAST]), NEW_LINE)
    gain = bigrams.cost_of(line + "\n") - float(beam.paid[best]) - last
    return gain, units[: _viterbi.decoded_units(beam.states, best, len(line), units)]


class _Scratch(threading.local):
    """Memory for the kernels to write to, kept by each thread: new memory is slow at first touch."""

    def __init__(self) -> None:
        states, slots = (np.empty((_viterbi.EFFORT + 1, len(kind)), np.int64) for kind in (Hypothesis, Slot))
        self.beam = Beam(states, np.empty(_viterbi.EFFORT + 1), slots, np.zeros((0, len(Chain)), np.int64))
        self.room = unit_room()


_KEPT = _Scratch()


def _edits(line: str, units: NDArray[np.int64], forms: ByteForms) -> list[Edit]:
    """The edits for decoded units, which come last first, their lost bytes guessed anew. Neighbouring ones are one edit
    (rule empty), unless one takes a space."""
    lost_bytes.settle(code_points(line), units, forms)
    if np.count_nonzero(units[:, DecodedUnit.READ] == 0xFFFD) > MOST_LOST * len(units):
        return []
    strings = forms.strings
    edits: list[Edit] = []
    texts: list[str] = []  # of the edit that grows towards the start of the line
    begin = stop = -1
    for new, start, end in units.tolist():
        if end != begin or line[end - 1] == " ":
            if texts:
                edits.append(Edit(begin, line[begin:stop], "".join(texts[::-1]), ""))
            texts, stop = [], end
        begin = start
        texts.append(
            chr(new) if new < _viterbi.STRINGS else "".join(map(chr, strings[new - _viterbi.STRINGS])).rstrip("\0")
        )
    if texts:
        edits.append(Edit(begin, line[begin:stop], "".join(texts[::-1]), ""))
    return edits[::-1]


def spaced(line: str, edits: list[Edit]) -> list[Edit]:
    """The edits, one that takes the space behind `à` leaving it where the line then fits its language better. The space
    stood for the no-break space of `à`. `Ã nos` is French for `à nos`, but `Ã quele` is Portuguese for `àquele`."""
    for number, edit in enumerate(edits):
        taken = edit.before[-1] == " " and len(edit.before) > 1
        if taken and not CONTRACTED.match(line, edit.end):
            kept = [*edits[:number], edit._replace(before=edit.before[:-1]), *edits[number + 1 :]]
            fit = letter_pairs.fit(apply_edits(line, edits), apply_edits(line, kept))
            edits = kept if fit.after < fit.before else edits
        elif not taken and edit.after[-1] == "à" and CONTRACTED.match(line, edit.end + 1):
            edits = [*edits[:number], edit._replace(before=edit.before + " "), *edits[number + 1 :]]
    return edits


@functools.lru_cache(maxsize=1 << 12)  # lines come again: in the next round, and in other texts of the site
def repair_line(line: str, codepages: tuple[int, ...], gained: float = 0.0) -> tuple[float, list[Edit]]:
    """The best explanation of a line by damaged mojibake, if it gains more than `gained`: gain in nats and edits.
    `codepages` are the code pages that are known to have been at work in the text. Without any, the common code pages
    are tried, and much more must be gained. Correct text in capitals is full of pairs that only miss a byte."""
    if len(line) > LONGEST_LINE:
        return 0.0, []
    cased = [any(c.isupper() for c in line), any(c.islower() for c in line)]
    cases = [""] if all(cased) else ["", "upper" if cased[0] else "lower"]
    least = max(gained, LEAST_GAIN if codepages else LEAST_GAIN_UNKNOWN)
    best: tuple[float, list[Edit]] = (0.0, [])
    for ways, case in itertools.product(readings(codepages), cases):
        if not begins(ways, case).search(line):
            continue
        gain, units = search_line(line, ways, case)
        gain -= CASED * bool(case) + (0.0 if codepages else CODEPAGES[ways[-1]].rarity)
        if gain <= max(best[0], least) or (case == "lower" and is_caseless(line, units, ways)):
            continue
        edits = of_one_script(_edits(line, units, forms_of(line, ways, case)))
        if believed(line, gain, edits, bool(codepages), all(cased)):
            name = ",".join(f"utf-8>{CODEPAGES[codepage].name}" for codepage in ways) + f"+{case or 'damaged'}"
            best = gain, [Edit(start, before, after, name, CONFIDENCE) for start, before, after, _, _ in edits]
    return best[0], spaced(line, best[1])


def is_caseless(line: str, units: NDArray[np.int64], codepages: tuple[int, ...]) -> bool:
    """Whether small letters would have changed nothing in units that were misread once: Arabic letters have no case."""
    if len(codepages) > 1 or not len(units):
        return False
    raw = "".join([line[start:end] for _, start, end in units.tolist()])
    if sum(c.lower() != c.upper() for c in raw) > MOST_CASED * len(raw):
        return False
    table = byte_table(CODEPAGES[codepages[0]].name)
    for _, start, end in units.tolist():
        try:
            bytes(table[code_points(line[start:end])].tolist()).decode()
        except (ValueError, IndexError):  # beyond the code page, or no UTF-8
            return False
    return True


def readings(codepages: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    """The code pages, one or two, that a line may have been misread in where some are known to have been at work."""
    yield from ((codepage,) for codepage in codepages or COMMON)
    yield from (ways for ways in TWICE if not codepages or set(codepages) & set(ways))


@functools.lru_cache(maxsize=256)
def begins(codepages: tuple[int, ...], case: str) -> "re.Pattern[str]":
    """The strings that may stand for a lead byte."""
    return re.compile("|".join(map(re.escape, sorted(reading(codepages, case).leads))))


def believed(line: str, gain: float, edits: Sequence[Edit], known: bool, cased: bool) -> bool:
    """Whether edits may be right.

    Where the code page is unknown, they must decode enough and leave little of what is not ASCII. If it is unknown, or
    the line is in one case (`cased` is false), they must leave nothing suspicious. Ideographs of which no two stand
    together are three bytes by chance, one of them lost.
    """
    if not edits or any(_drawn_alone(line, edit) for edit in edits) or all(_branded(line, edit) for edit in edits):
        return False
    kinds, spelt = {edit.before for edit in edits}, edits[0].before == SORBIAN
    if len(kinds) == 1 and (spelt or (len(edits) > 1 and not edits[0].after.isalpha())):  # `Â°lÂ°` is drawn
        return False
    if not known:
        units = sum(len(edit.after) for edit in edits)
        covered = sum(len(edit.before) for edit in edits)
        left = sum(c > "\x7f" for c in line) - sum(c > "\x7f" for edit in edits for c in edit.before)
        if gain < LEAST_GAIN_UNKNOWN + MORE * max(0, FEWEST_UNKNOWN - units) or left * MOST_LEFT > covered:
            return False
    if any(IDEOGRAPH.search(edit.after) for edit in edits) and not WORD.search(apply_edits(line, edits).strip()):
        return False
    return (known and cased) or reads(line, edits)


def of_one_script(edits: list[Edit]) -> list[Edit]:
    """The edits without those that make letters of another script than most do; none if no script has most letters.
    Ideographs and kana are of any script."""
    scripts = [
        {"LATIN" if c <= "\u024f" else script(c) for c in edit.after if c.isalpha() and not IDEOGRAPH.match(c)}
        for edit in edits
    ]
    counts = Counter(name for own, edit in zip(scripts, edits, strict=True) for name in own for _ in edit.after)
    if len(set().union(*scripts)) < 2:
        return edits
    main, count = counts.most_common(1)[0]
    if count < MOST_OF_ONE * counts.total():
        return []
    return [edit for edit, own in zip(edits, scripts, strict=True) if own <= {main}]


def _drawn_alone(line: str, edit: Edit) -> bool:
    """Whether an edit would make letters of lines and blocks that touch no word."""
    beside = line[edit.start - 1 : edit.start] + line[edit.end : edit.end + 1]
    return all("\u2500" <= c <= "\u259f" or c == " " for c in edit.before) and not any(map(str.isalpha, beside))


def _branded(line: str, edit: Edit) -> bool:
    """Whether an edit would take the last letter of a name in capitals and the sign behind it for a letter."""
    beside = line[edit.start - 1 : edit.start].isupper() and not line[edit.end : edit.end + 1].isalpha()
    return beside and BRAND.fullmatch(edit.before) is not None


def reads(line: str, edits: Sequence[Edit]) -> bool:
    """Whether hardly anything is suspicious in a line after `edits`."""
    return screen_text(apply_edits(line, edits)).excess < max(SUSPICIOUS, LEFT * screen_text(line).excess)
