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
from newsclean.damage.recoding.types import RARITY, Line, Recoding, Stretch

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


def to_bytes(codes: NDArray[np.uint32], name: str) -> NDArray[np.int16]:
    """The byte of each character in the code page it was read in, -1 where it has none."""
    return np.where(codes < 65536, byte_table(name)[np.minimum(codes, 65535)], np.int16(-1))


@functools.lru_cache(maxsize=16)
def is_inside(text: str) -> bool:
    """Whether Hebrew, Arabic or Thai letters of a line mostly stand one by one beside Latin ones: `Prיsident`."""
    inside = sum(1 for _ in INSIDE.finditer(text))
    return inside > 0 and inside >= MOST_INSIDE * sum(1 for _ in RUN.finditer(text))


def single_byte(line: Line, model: Model, only: frozenset[str]) -> Iterator[Recoding]:
    """One code page read as another."""
    best = np.zeros((len(WRITTEN_IN), len(Best)), np.int64)
    for name in READ_AS:
        if only and not any(chain.endswith(f">{name}") for chain in only):
            continue
        if f">{name}" in BESIDE_LATIN and not is_inside(line.text):
            continue
        data = to_bytes(line.codes, name)
        if (data[line.codes > 0x7F] < 0).all():
            continue
        _best_stretches(line.codes, line.costs, data, codepage_table(), model, best)
        order = (rarities() - best[:, Best.GAIN]).argsort(kind="stable")[:3]
        for row in order.tolist():
            gain, start, end = best[row].tolist()
            if gain > 0:
                defined = np.where((line.codes >= 0x80) & (codepage_table()[row][data] == 0), np.int16(-1), data)
                start, end = widened(line.text, defined, start, end)
                codes = line.codes[start:end]
                read = np.where(codes < 0x80, codes, codepage_table()[row][data[start:end]])
                after = read.astype("<u4").tobytes().decode("utf-32-le")
                value = (gain - int(rarities()[row])) * bigrams.UNIT
                yield Recoding(
                    f"{WRITTEN_IN[row]}>{name}", "codepage", (Stretch(start, end, line.text[start:end], after, value),)
                )


def reread(text: str, chain: str) -> str:
    """A text after one code page read as another, what has no byte left as it is.

    >>> reread("Íîâîñòè…", "windows-1251>latin-1")
    'Новости…'
    """
    written, read_as = chain.split(">")
    codes = code_points(text)
    data = to_bytes(codes, read_as)
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
    codes: Codes, paid: Column[np.int64], data: Column[np.int16], codepages: Table[np.uint32], model: Model,
    best: Table[np.int64],
) -> None:  # fmt: skip
    """For each code page, the stretch of words that gains most when its bytes are read in that code page instead.

    `paid` is what each character costs as it stands. `data` holds the byte of each character in the code page it was
    read in, -1 where it has none. `codepages[p, byte]` is the code point of the byte in code page p, 0 where undefined.
    Fills `best` (columns: `Best`).
    """
    symbol, frequent = model.symbol, model.frequent
    for p in range(len(codepages)):
        gain, start, same, right = 0, 0, True, NEW_LINE
        best[p, Best.GAIN], best[p, Best.START], best[p, Best.END] = 0, 0, 0
        for i in range(len(codes)):
            before = codes[i]
            after = before if before < 0x80 else codepages[p, data[i]] if data[i] >= 0 else 0
            if after == 0:
                gain, start, same, right = 0, i + 1, True, before
                continue
            if before == 32 or before == NEW_LINE:
                if gain > best[p, Best.GAIN]:
                    best[p, Best.GAIN], best[p, Best.START], best[p, Best.END] = gain, start, i
                if gain <= 0:
                    gain, start, same, right = 0, i + 1, True, before
            if not same or before != after:
                a, b = symbol[right], symbol[after]
                if a < len(frequent) and b < len(frequent):  # a call takes ten times as long
                    gain += paid[i] - frequent[a, b]
                else:
                    gain += paid[i] - cost(model, right, after)
            same, right = before == after, after
        if gain > best[p, Best.GAIN]:
            best[p, Best.GAIN], best[p, Best.START], best[p, Best.END] = gain, start, len(codes)
