"""Characters that stand for two bytes where windows-1252 fills a code page: one that the code page has, one that it
lacks.

In ISO-8859-7 the euro sign is byte A4, and byte 80 where windows-1252 fills it. So `Ο€` may be π or an old letter,
while `Ξ€` may only be Τ. Which it is, its neighbours say.
"""

import functools
import unicodedata

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.codepoints import NEW_LINE
from newsclean.damage.encodings.codepages import CODEPAGES, characters, undefined
from newsclean.damage.encodings.tables import utf8_tables
from newsclean.damage.models.bigrams import pair_cost
from newsclean.damage.mojibake.columns import DecodedRuns, Span
from newsclean.damage.screening.columns import Run


@functools.cache
def twins() -> tuple[dict[int, int], ...]:
    """Per code page, the code points that stand for two continuation bytes, and the bits in which these differ."""
    windows = characters("windows-1252")
    found = []
    for codepage in CODEPAGES:
        own = {character: byte for byte, character in enumerate(characters(codepage.name)) if 0xA0 <= byte < 0xC0}
        lacking = [byte for byte in undefined(codepage.name) if windows[byte] in own]
        found.append({ord(windows[byte]): own[windows[byte]] ^ byte for byte in lacking})
    return tuple(found)


@functools.cache
def bits() -> NDArray[np.int64]:
    """The code pages (bits) in which each character below 65536 is a twin."""
    table = np.zeros(65536, np.int64)
    for codepage, own in enumerate(twins()):
        table[[*own]] |= 1 << codepage
    return table


def settle(codes: NDArray[np.uint32], runs: DecodedRuns) -> float:
    """Read ambiguous bytes in runs as what is more plausible, where windows-1252 fills their code page in this text.
    Changes `runs.read` and returns what that gains (nats)."""
    gain, rows = 0.0, runs.rows
    for codepage in sorted(set(rows[runs.spans[:, Span.FILLED] > 0, Run.CODEPAGE].tolist())):
        own = twins()[codepage]
        if own:
            double = functools.reduce(np.logical_or, [codes == code for code in own])  # `isin` sorts all codes
            for k in np.flatnonzero(rows[:, Run.CODEPAGE] == codepage).tolist():
                if double[rows[k, Run.START] : rows[k, Run.END]].any():
                    gain += _settle_run(codes, rows[k], runs.spans[k], runs.read, own)
    return gain


def _settle_run(
    codes: NDArray[np.uint32],
    run: NDArray[np.int64],
    span: NDArray[np.int64],
    read: NDArray[np.uint32],
    own: dict[int, int],
) -> float:
    gain = 0.0
    i, end, codepage = int(run[Run.START]), int(run[Run.END]), int(run[Run.CODEPAGE])
    left = int(codes[i - 1]) if i else NEW_LINE
    behind = int(codes[end]) if end < len(codes) else NEW_LINE
    leads = utf8_tables()[:, codepage]
    for at in range(int(span[Span.START]), int(span[Span.END])):
        lead, value = int(leads[codes[i]]) & 0xFF, int(read[at])
        size = 2 + (lead >= 0xE0) + (lead >= 0xF0)
        if size == 3 and value > 0xFFFF:  # CESU-8
            size = 6
        right = int(read[at + 1]) if at + 1 < span[Span.END] else behind
        best = value
        for option in _options(codes[i : i + size].tolist(), value, own):
            if _cost(left, option, right) < _cost(left, best, right):
                best = option
        if best != value:
            gain += _cost(left, value, right) - _cost(left, best, right)
            read[at] = best
        left, i = best, i + size
    return gain


def _options(unit: list[int], value: int, own: dict[int, int]) -> list[int]:
    """What else a unit may mean that means `value`."""
    options = [value]
    for place, code in enumerate(unit[1:], 1):
        if code in own and len(unit) < 6:
            options += [option ^ own[code] << 6 * (len(unit) - 1 - place) for option in options]
    return [option for option in options[1:] if option > 0x7F and unicodedata.category(chr(option))[0] != "C"]


def _cost(left: int, middle: int, right: int) -> float:
    return pair_cost(left, middle) + pair_cost(middle, right)
