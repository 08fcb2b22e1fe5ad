"""Signs of damage: what a look at every character once says about which repairs are worth a try."""

import functools
import re
import threading
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.characters.ranges import JOINERS
from newsclean.damage.codepoints import code_points
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.encodings.tables import FILLED, codepage_numbers, utf8_tables
from newsclean.damage.models import bigrams
from newsclean.damage.models.misread_words import SWAPPED, with_misread_words
from newsclean.damage.screening import _context, _scan, tables
from newsclean.damage.screening.columns import (
    MARKS,
    Bounds,
    CodePageMaps,
    Found,
    Hit,
    LikelyRun,
    Mark,
    Progress,
    Room,
    Sign,
)
from newsclean.damage.screening.report import (
    DEBRIS,
    LOST,
    MARK,
    MISREAD_WORD,
    MOST_EXCESS,
    PER_CHARACTER,
    SURROGATE,
    SUSPICIOUS,
    ScreeningReport,
)

ROOM = 64  # likely runs beside one for each character that are kept
FLAGS = (  # flag, code points beyond ASCII that raise it
    (DEBRIS, (
        (0x80, 0x9F), (0xAD, 0xAD), (0x200B, 0x200B), (0x200E, 0x200F), (0x2060, 0x2060), (0x206A, 0x206F),
        (0xFB00, 0xFB06), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB),
    )),
    (_context.JOINER, ((0x200C, 0x200D),)),
    (SURROGATE, ((0xD800, 0xDFFF),)),
    (LOST, tuple((ord(letter), ord(letter)) for letter in "ÂÃâÎÏ€\ufffdïї∩")),  # as `_context` takes them
    (MISREAD_WORD, tuple((ord(letter), ord(letter)) for letter in SWAPPED)),
    (MARK, ((0x0300, 0x036F), (0x3099, 0x309A), (0x1100, 0x11FF))),
)  # fmt: skip

ALL = (1 << len(CODEPAGES)) - 1


@functools.cache
def _maps() -> CodePageMaps:
    marks = np.zeros((65536, MARKS), np.int64)
    for flag, ranges in FLAGS:
        for low, high in ranges:
            marks[low : high + 1, Mark.CONTINUATION] |= flag << _context.FLAGS
    for match in re.finditer(f"[{JOINERS}\u200c\u200d]+", "".join(map(chr, range(65536)))):
        marks[match.start() : match.end(), Mark.CONTINUATION] |= _context.JOINED << _context.FLAGS
    for codepage, table in enumerate(utf8_tables()[0x80:].T):  # ASCII is never a byte of a unit
        lead, continuation = table & 0xFF, table >> 8
        marks[0x80:, Mark.CONTINUATION][continuation > 0] |= 1 << codepage
        marks[0x80:, Mark.LEAD_OF_TWO][(lead > 0) & (lead < 0xE0)] |= 1 << codepage
        marks[0x80:, Mark.LEAD_OF_MORE][lead >= 0xE0] |= 1 << codepage
    return CodePageMaps(marks.reshape(-1), utf8_tables().reshape(-1), codepage_numbers(), *alike_bytes())


@functools.cache
def alike_bytes() -> tuple[NDArray[np.uint16], NDArray[np.int64]]:
    """`CodePageMaps.rows` and `CodePageMaps.alike`. Row 0 is that of characters that are no byte in any code page."""
    bytes_of = utf8_tables() & (0xFFFF ^ FILLED)
    some = np.flatnonzero(bytes_of.any(axis=1))
    kinds, which = np.unique(np.vstack((np.zeros_like(bytes_of[:1]), bytes_of[some])), axis=0, return_inverse=True)
    rows = np.zeros(65536, np.uint16)
    rows[some] = which.reshape(-1)[1:]
    bits = 1 << np.arange(len(CODEPAGES), dtype=np.int64)
    return rows, ((kinds[:, :, None] == kinds[:, None, :]) * bits).sum(axis=2).reshape(-1)


def screen_text(text: str) -> ScreeningReport:
    """The signs of damage in a text.

    >>> screen_text("Grüße").misread, screen_text("GrÃ¼ÃŸe").misread
    (False, True)
    """
    return screen_texts([text])[0]


def screen_texts(texts: Sequence[str]) -> list[ScreeningReport]:
    """The signs of damage in each of some texts; a batch takes a third of the time of its texts one by one."""
    return screen_codes(code_points("".join(texts)), [len(text) for text in texts])


def screen_codes(codes: NDArray[np.uint32], lengths: Sequence[int] | NDArray[np.int64]) -> list[ScreeningReport]:
    """The signs of damage in texts of some lengths, one after the other."""
    out, runs = look(codes, lengths, ALL, ROOM + len(codes))
    _confirm_words(codes, lengths, out)
    return [seen for _, seen in _signs(out, runs, np.asarray(lengths), np.arange(len(out)))]


def damaged_texts(codes: NDArray[np.uint32], lengths: NDArray[np.int64]) -> Iterator[tuple[int, ScreeningReport]]:
    """The numbers of those of some texts, one after the other, that have signs of damage, and the signs."""
    out, runs = look(codes, lengths, ALL, ROOM + len(codes))
    _confirm_words(codes, lengths, out)
    least = np.minimum(MOST_EXCESS, SUSPICIOUS + PER_CHARACTER * lengths)  # as `ScreeningReport.least`
    return _signs(
        out,
        runs,
        lengths,
        np.flatnonzero((out[:, Sign.FLAGS] | out[:, Sign.CODEPAGES] != 0) | (out[:, Sign.EXCESS] >= least)),
    )


def _confirm_words(
    codes: NDArray[np.uint32], lengths: Sequence[int] | NDArray[np.int64], out: NDArray[np.int64]
) -> None:
    """Take the sign of a misread word from texts that have only letters of such words."""
    flags = out[:, Sign.FLAGS]
    rows = np.flatnonzero(flags & MISREAD_WORD)
    if len(rows):
        offsets = np.zeros(len(lengths) + 1, np.int64)
        np.cumsum(lengths, out=offsets[1:])
        flags[rows[~with_misread_words(codes, offsets, rows)]] &= ~MISREAD_WORD


def _signs(
    out: NDArray[np.int64], runs: NDArray[np.int64], lengths: NDArray[np.int64], some: NDArray[np.int64]
) -> Iterator[tuple[int, ScreeningReport]]:
    """The numbers of some of the texts that were looked at, and their signs."""
    ends, rows = np.cumsum(out[:, Sign.RUNS])[some].tolist(), out[some].tolist()
    for number, length, end, row in zip(some.tolist(), lengths[some].tolist(), ends, rows, strict=True):
        flags, codepages, excess, count, gain, units = row
        own = runs[end - count : end] if end <= len(runs) else None
        yield number, ScreeningReport(flags, codepages, excess, length, gain * bigrams.UNIT, units, own)


def excesses(text: str, lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The excess of each of the parts of a text that have some lengths."""
    out: NDArray[np.int64] = look(code_points(text), lengths, 0, 0)[0][:, Sign.EXCESS]
    return out


def runs_of(codes: NDArray[np.uint32], codepages: int) -> NDArray[np.int64]:
    """The likely runs in `codepages`, in the order of their ends. Columns: `LikelyRun`."""
    out, runs = look(codes, [len(codes)], codepages, ROOM + len(codes))
    return runs if len(runs) == out[0, Sign.RUNS] else look(codes, [len(codes)], codepages, int(out[0, Sign.RUNS]))[1]


def look(
    codes: NDArray[np.uint32],
    lengths: Sequence[int] | NDArray[np.int64],
    codepages: int,
    room: int,
    least: int = _scan.LEAST_GAIN,
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """What `_scan.scan` finds in texts of some lengths, one after the other. There is a row of signs for each text, and
    a row for each of the first `room` likely runs in `codepages`."""
    signs = np.empty((len(lengths), len(Sign)), np.int64)
    offsets = np.zeros(len(lengths) + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    size = int(max(lengths, default=0)) + 1
    scratch = _KEPT if max(size, room) <= _KEPT.size else _Scratch(max(size, room))
    found = Found(signs, scratch.runs[:room])
    count = _scan.scan(
        codes, offsets, _maps(), bigrams.model(), tables.lookup(), Bounds(codepages, least), scratch.room, found
    )
    return signs, scratch.runs[:count].copy()


class _Scratch(threading.local):
    """Memory for the kernel to write to. New memory is slow at first touch, which was a sixth of the time that correct
    Latin takes. So each thread keeps its own. Only what was ever written to takes real memory."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.runs = np.empty((size, len(LikelyRun)), np.int64)
        self.room = Room(
            np.empty(2 * size, np.uint32), np.empty(size, np.int64), np.empty(size, np.uint32),
            np.empty(size, np.uint32), np.empty((size, len(Hit)), np.int64),
            np.empty((len(CODEPAGES), len(Progress)), np.int64),
        )  # fmt: skip


_KEPT = _Scratch(1 << 19)  # numbers a column: twice what the engine screens at once
