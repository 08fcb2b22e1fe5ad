"""What bytes cost under the plausibility model, read in each encoding: negated log probabilities by line.

In a single-byte encoding two bytes are always the same two characters. So a table of all pairs of bytes is made once.
What a text costs in all code pages follows from its pairs of bytes at once.
"""

import functools
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import kernels
from newsclean.damage.codepoints import code_points
from newsclean.damage.decoding import encodings
from newsclean.damage.models import bigrams

NO_CHARACTER = 255  # cost of a byte that an encoding has no character for: 21 nats
BROKEN = 144  # cost of a broken unit of a multibyte encoding: 12 nats; text is cut, or lost a byte, now and then
UTF8 = "utf-8"
COLUMNS = (UTF8, *(encoding.name for encoding in (*encodings.SINGLE, *encodings.MULTIBYTE)))
IMPOSSIBLE = 1e9
_ESCAPED = re.compile("[\udc80-\udcff]")
HARMED = 0.9  # share of lines with broken units from which on nothing can be in an encoding
BLOCK = 1 << 18  # pairs of bytes looked up at once


@functools.cache
def pair_table() -> NDArray[np.uint8]:
    """Cost of the second of two bytes in each single-byte encoding, in steps of the model. Shape (65536, encodings)."""
    texts = [
        encodings.as_learned("".join(encodings.characters(encoding.name)), encoding.name)
        for encoding in encodings.SINGLE
    ]
    codes = np.array([[ord(character) for character in text] for text in texts], np.int64)
    model = bigrams.model()
    symbols = model.symbol[codes].astype(np.int64)
    distinct = np.unique(symbols)
    dense = np.minimum(_dense(model, distinct), NO_CHARACTER).astype(np.uint8)
    places = np.searchsorted(distinct, symbols)
    table = np.empty((65536, len(texts)), np.uint8)
    for column, (place, own) in enumerate(zip(places, codes, strict=True)):
        costs = dense[place[:, None], place[None, :]]
        costs[:, (own >= 0xDC80) & (own < 0xDD00)] = NO_CHARACTER
        table[:, column] = costs.reshape(-1)
    return table


def _dense(model: bigrams.Model, distinct: NDArray[np.int64]) -> NDArray[np.int64]:
    """Cost of each of some symbols after each of them."""
    rows = model.symbols[distinct].astype(np.int64)
    classes = rows[:, bigrams.Symbol.CLASS]
    costs = model.transitions[classes[:, None], classes[None, :]].astype(np.int64)
    costs += rows[:, bigrams.Symbol.BACK][:, None] + rows[:, bigrams.Symbol.SINGLE][None, :]
    starts = model.symbols[:, bigrams.Symbol.START]
    for row, symbol in enumerate(distinct.tolist()):
        pairs = model.bigrams[starts[symbol] : starts[symbol + 1]]
        rights = (pairs >> 8).astype(np.int64)
        at = np.minimum(np.searchsorted(distinct, rights), len(distinct) - 1)
        there = distinct[at] == rights
        costs[row, at[there]] = pairs[there] & 0xFF
    return costs


class Lines:
    """Lines of some bytes that are not ASCII, and what they cost. All but the last end in a line feed or return."""

    def __init__(self, lines: list[bytes]) -> None:
        self.lines = lines
        self.data = b"".join(lines)
        if not self.data.count(b"\n"):
            self.data = self.data.replace(b"\r", b"\n")
        self.sizes = np.fromiter(map(len, lines), np.int64, len(lines))
        self.starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(self.sizes)))

    @functools.cached_property
    def single(self) -> NDArray[np.int64]:
        """Cost of each line in each single-byte encoding, in steps of the model. Shape (lines, SINGLE)."""
        table = pair_table()
        found = np.zeros((len(self.lines), table.shape[1]), np.int64)
        data = np.frombuffer(b"\n" + self.data, np.uint8)
        for first in range(0, len(self.data), BLOCK):
            block = data[first : first + BLOCK + 1]
            pairs = (block[:-1].astype(np.uint16) << 8 | block[1:]).astype(np.uint16)
            self._add(found, table, pairs, first)
        return found

    def _add(self, found: NDArray[np.int64], table: NDArray[np.uint8], pairs: NDArray[np.uint16], first: int) -> None:
        high = np.flatnonzero(pairs & 0x8080)
        low = np.flatnonzero(pairs & 0x8080 == 0)
        for places, wide in ((high, True), (low, False)):
            if not len(places):
                continue
            line = np.searchsorted(self.starts, places + first, "right") - 1
            bounds = np.flatnonzero(np.diff(line, prepend=-1))
            costs = table[pairs[places]] if wide else table[pairs[places], :1]
            found[line[bounds]] += np.add.reduceat(costs, bounds, axis=0, dtype=np.int64)

    def matrix(self, columns: Sequence[int] | None = None) -> NDArray[np.float64]:
        """Cost of each line in some of COLUMNS (all), in nats; IMPOSSIBLE where they can hardly be in one."""
        columns = range(len(COLUMNS)) if columns is None else columns
        found = np.full((len(self.lines), len(columns)), IMPOSSIBLE)
        for place, column in enumerate(columns):
            if 1 <= column <= len(encodings.SINGLE):
                found[:, place] = self.single[:, column - 1] * bigrams.UNIT
            else:
                own = self.decoded(COLUMNS[column])
                if own is not None:
                    found[:, place] = own * bigrams.UNIT
        return found

    def decoded(self, encoding: str) -> NDArray[np.int64] | None:
        """Cost of each line in an encoding of several bytes a character; nothing if too much of it is broken."""
        text = self.data.decode(encoding, "surrogateescape")
        if not self._likely(text, encoding):
            return None
        codes = code_points(text)
        broken = (codes >= 0xDC80) & (codes < 0xDD00)
        starts = np.concatenate((np.zeros(1, np.int64), np.flatnonzero(codes == 10)[: len(self.lines) - 1] + 1))
        costs = text_costs(text)
        costs[broken] = BROKEN
        if broken[-1]:
            costs[-1] = BROKEN // 4  # a text that was cut
        whole = np.logical_or.reduceat((codes >= 0x80) & ~broken, starts)
        costs[broken & np.repeat(~whole, np.diff(starts, append=len(codes)))] = 2 * BROKEN
        return np.add.reduceat(costs, starts)

    def _likely(self, text: str, encoding: str) -> bool:
        """Whether lines, read in an encoding, are whole for the most part."""
        broken = len(_ESCAPED.findall(text))
        if broken <= 2 + self.high // 20:
            return text.count("\n") == self.data.count(b"\n")
        harmed = sum(_ESCAPED.search(line) is not None for line in text.split("\n"))
        return harmed <= (HARMED if encoding != UTF8 else 0.999) * len(self.lines)

    @functools.cached_property
    def high(self) -> int:
        """The number of bytes that are not ASCII."""
        return len(self.data.translate(None, bytes(range(128))))


def text_costs(text: str) -> NDArray[np.int64]:
    """Cost of each character of a text after the one before it, in steps of the model."""
    kernels.expect([text])
    return bigrams.text_costs(text)
