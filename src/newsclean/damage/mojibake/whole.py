"""Texts of which whole words were misread alike: decided once for the text, and rewritten at once.

What comes out must have no mojibake left. Other texts are repaired run by run.
"""

import functools
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import read_only
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.encodings.tables import codepage_numbers, utf8_tables
from newsclean.damage.evidence import RepairHints
from newsclean.damage.models import bigrams
from newsclean.damage.mojibake import _whole, ambiguous_bytes
from newsclean.damage.mojibake.columns import Splice, UnitForms, Whole, WholeTexts
from newsclean.damage.mojibake.confidence import CEILING
from newsclean.damage.mojibake.edits import Layer
from newsclean.damage.screening.screen import alike_bytes

PATIENCE = 2  # words beyond ASCII that are not whole, beside two for each that is, before a text is given up


@functools.cache
def _forms() -> UnitForms:
    bits = np.zeros((65536, _whole.FORMS), np.int64)
    for codepage, table in enumerate(utf8_tables()[0x80:].T):  # ASCII is never a byte of a unit
        lead, continuation = table & 0xFF, table >> 8
        for column, own in enumerate((continuation > 0, (lead > 0) & (lead < 0xE0), lead & 0xF0 == 0xE0, lead >= 0xF0)):
            bits[0x80:, column][own] |= 1 << codepage
    return UnitForms(
        bits.reshape(-1), utf8_tables().reshape(-1), ambiguous_bytes.bits(), codepage_numbers(), *alike_bytes()
    )


@functools.lru_cache(maxsize=256)
def _order(hints: RepairHints) -> NDArray[np.int64]:
    known = [codepage.rarity - hints.support(number) for number, codepage in enumerate(CODEPAGES)]
    return read_only(np.argsort(known, kind="stable").astype(np.int64))


def decoded_whole(
    codes: NDArray[np.uint32], offsets: NDArray[np.int64], hints: RepairHints, patience: int = PATIENCE
) -> Iterator[tuple[int, Layer]]:
    """Those of some texts, text `t` from `offsets[t]` on, of which whole words may be decoded at once: numbers, and
    what that makes of them."""
    counts = np.empty((len(offsets) - 1, len(CODEPAGES)), np.int64)
    if hints.threshold > CEILING or not _whole.count_whole(codes, offsets, _forms(), patience, counts):
        return
    some = np.flatnonzero(counts.any(axis=1))
    parts = [codes[offsets[k] : offsets[k + 1]] for k in some.tolist()]
    ends = np.cumsum([0, *map(len, parts)])
    made = np.empty((len(some), len(Whole)), np.int64)
    out = WholeTexts(np.empty(ends[-1], np.uint32), np.empty((ends[-1] // 2 + 1, len(Splice)), np.int64), made)
    joined, model = read_only(np.concatenate([*parts, codes[:0]])), bigrams.model()
    count = _whole.decode_whole(joined, ends, counts[some], _order(hints), _forms(), model, out)
    runs, after, sure = out.runs[:count], read_only(out.codes), np.full(count, CEILING)
    for k, before, (first, last, start, end) in zip(some.tolist(), parts, made.tolist(), strict=True):
        if last > first:
            yield k, Layer(before, after[start:end], runs[first:last], sure[first:last])
