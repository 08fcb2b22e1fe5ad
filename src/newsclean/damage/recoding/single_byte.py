"""One code page read as another: the stretch of a line that gains most in each code page."""

import functools
import re
from collections.abc import Iterator
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import Column, Table, kernel
from newsclean.damage.codepoints import NEW_LINE, Codes, code_points, text_of
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.encodings.tables import WRITTEN_IN, byte_table, codepage_table
from newsclean.damage.models import bigrams
from newsclean.damage.models.bigrams import Model, cost
from newsclean.damage.recoding.types import RARITY, Candidate, Line, Recoding, Stretch

READ_AS = (
    "windows-1252", "windows-1251", "windows-1250", "windows-1253", "windows-1254", "windows-1257", "mac-roman",
    "cp437", "cp850", "cp852", "cp866", "koi8-r", "iso-8859-2", "iso-8859-5", "iso-8859-7", "windows-1255",
    "windows-1256", "windows-874",
)  # fmt: skip
BESIDE_LATIN = (">windows-1255", ">windows-1256", ">windows-874")
"""Of Hebrew, Arabic and Thai: what was misread in them stands beside Latin letters, as their letters never do."""
EASTERN = "\u0590-\u06ff\u0e00-\u0e7f"
INSIDE = re.compile(
    f"(?<=[A-Za-z\xc0-\xff])[{EASTERN}]{{1,2}}(?![{EASTERN}])|(?<![{EASTERN}])[{EASTERN}]{{1,2}}(?=[A-Za-z\xc0-\xff])"
)
RUN = re.compile(f"[{EASTERN}]+")
MOST_INSIDE = 0.6  # of the runs of such letters that must stand so
SHORT_WORD = 6  # code points of a neighbouring word, its space included, that goes with a stretch


class Best(IntEnum):
    """The stretch of a line that gains most in a code page: what it gains (cost units), where it starts and ends."""

    GAIN = 0
    START = 1
    END = 2


@functools.cache
def rarities() -> NDArray[np.int64]:
    """Cost units that a text written in each code page must gain more than one written in windows-1252."""
    return np.array([RARITY[codepage.name] / bigrams.UNIT for codepage in CODEPAGES]).astype(np.int64)


@functools.cache
def _byte_tables() -> NDArray[np.int16]:
    """The byte of each character below 65536 in each code page of READ_AS, -1 where it has none."""
    return np.stack([byte_table(name) for name in READ_AS])


def to_bytes(codes: NDArray[np.uint32]) -> NDArray[np.int16]:
    """The byte of each character in each code page of READ_AS, -1 where it has none. Shape (code pages, characters)."""
    return np.where(codes < 65536, _byte_tables()[:, np.minimum(codes, 65535)], np.int16(-1))


@functools.lru_cache(maxsize=16)
def is_inside(text: str) -> bool:
    """Whether Hebrew, Arabic or Thai letters of a line mostly stand one by one beside Latin ones: `Prיsident`."""
    inside = sum(1 for _ in INSIDE.finditer(text))
    return inside > 0 and inside >= MOST_INSIDE * sum(1 for _ in RUN.finditer(text))


def single_byte(line: Line, model: Model, only: frozenset[str]) -> Iterator[Candidate]:
    """One code page read as another: the three that gain most of each that it may have been read in."""
    data = to_bytes(line.codes)
    some: list[bool] = np.any(data[:, line.codes > 0x7F] >= 0, axis=1).tolist()
    rows = [
        row
        for row, name in enumerate(READ_AS)
        if some[row]
        and (not only or any(chain.endswith(f">{name}") for chain in only))
        and (f">{name}" not in BESIDE_LATIN or is_inside(line.text))
    ]
    best = np.zeros((len(rows) * len(WRITTEN_IN), len(Best)), np.int64)
    _best_stretches(line.codes, line.costs, data[rows], codepage_table(), model, best)
    gains = best[:, Best.GAIN].reshape(len(rows), len(WRITTEN_IN)) - rarities()
    order = (-gains).argsort(axis=1, kind="stable")[:, :3]
    for k, (read_as, own) in enumerate(zip(rows, order.tolist(), strict=True)):
        for written in own:
            gain, start, end = best[k * len(WRITTEN_IN) + written].tolist()
            if gain > 0:
                chain, value = f"{WRITTEN_IN[written]}>{READ_AS[read_as]}", float(gains[k, written]) * bigrams.UNIT
                make = functools.partial(_recoding, line, chain, value, data[read_as], written, start, end)
                yield Candidate(chain, "codepage", value, make)


def _recoding(
    line: Line, chain: str, gain: float, data: NDArray[np.int16], written: int, start: int, end: int
) -> Recoding:
    """The recoding of a stretch whose bytes are `data`, written in a code page (row of WRITTEN_IN)."""
    table = codepage_table()[written]
    defined = np.where((line.codes >= 0x80) & (table[data] == 0), np.int16(-1), data)
    start, end = widened(line.text, defined, start, end)
    codes = line.codes[start:end]
    after = text_of(np.where(codes < 0x80, codes, table[data[start:end]]).astype("<u4"))
    return Recoding(chain, "codepage", (Stretch(start, end, line.text[start:end], after, gain),))


def reread(text: str, chain: str) -> str:
    """A text after one code page read as another, what has no byte left as it is.

    >>> reread("Íîâîñòè…", "windows-1251>latin-1")
    'Новости…'
    """
    written, read_as = chain.split(">")
    codes = code_points(text)
    data = np.where(codes < 65536, byte_table(read_as)[np.minimum(codes, 65535)], np.int16(-1))
    read = codepage_table()[WRITTEN_IN.index(written)][data]
    return text_of(np.where((codes < 0x80) | (data < 0) | (read == 0), codes, read).astype("<u4"))


def widened(text: str, data: NDArray[np.int16], start: int, end: int) -> tuple[int, int]:
    """A stretch with the words before and after it, as far as they are short and all of their characters have bytes.

    A word of one or two letters is often as plausible before as after; alone, it gains nothing and would be left out.
    """
    first, last = text.rfind(" ", 0, max(start - 1, 0)) + 1, text.find(" ", end + 1)
    last = len(text) if last < 0 else last
    if start > 0 and start - first <= SHORT_WORD and not text[first:start].isascii() and (data[first:start] >= 0).all():
        start = first
    if last - end <= SHORT_WORD and not text[end:last].isascii() and (data[end:last] >= 0).all():
        end = last
    return start, end


@kernel(entry=True, interpreted=True)
def _best_stretches(
    codes: Codes, paid: Column[np.int64], bytes_of: Table[np.int16], codepages: Table[np.uint32], model: Model,
    best: Table[np.int64],
) -> None:  # fmt: skip
    """For each row of bytes and each code page, the stretch of words that gains most when read in that code page.

    `paid` is what each character costs as it stands. A row of `bytes_of` holds the byte of each character in a code
    page it may have been read in, -1 where it has none. `codepages[p, byte]` is the code point of the byte in code page
    p, 0 where undefined. Fills `best` (columns: `Best`), all code pages of the first row first.
    """
    symbol, frequent = model.symbol, model.frequent
    for row in range(len(best)):
        read_as, p = row // len(codepages), row % len(codepages)
        gain, start, same, right = 0, 0, True, NEW_LINE
        best[row, Best.GAIN], best[row, Best.START], best[row, Best.END] = 0, 0, 0
        for i in range(len(codes)):
            before = codes[i]
            byte = bytes_of[read_as, i]
            after = before if before < 0x80 else codepages[p, byte] if byte >= 0 else 0
            if after == 0:
                gain, start, same, right = 0, i + 1, True, before
                continue
            if before == 32 or before == NEW_LINE:
                if gain > best[row, Best.GAIN]:
                    best[row, Best.GAIN], best[row, Best.START], best[row, Best.END] = gain, start, i
                if gain <= 0:
                    gain, start, same, right = 0, i + 1, True, before
            if not same or before != after:
                a, b = symbol[right], symbol[after]
                if a < len(frequent) and b < len(frequent):  # a call takes ten times as long
                    gain += paid[i] - frequent[a, b]
                else:
                    gain += paid[i] - cost(model, right, after)
            same, right = before == after, after
        if gain > best[row, Best.GAIN]:
            best[row, Best.GAIN], best[row, Best.START], best[row, Best.END] = gain, start, len(codes)
