"""Which of the encodings that some lines are about equally plausible in fits the language of the text."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.decoding import language_fit
from newsclean.damage.decoding.costs import COLUMNS, Lines

CLOSE = 16  # encodings that are compared
GAP, GAP_BYTE, WIDEST = 12.0, 0.02, 60.0  # nats, and nats a byte, by which these may be less plausible than the best
RIVALS = 6  # of these, the lines in which they differ most from the best are looked at
LOOKED_AT = 4000  # bytes of lines by which they are compared
ALL = 0.5  # share of what a text costs in all languages together, beside what it costs in its own
FEWEST = 3  # different characters that are not ASCII in lines that read well
FITS = 2.8  # nats a byte that such lines cost at most in the language they fit best
GIBBERISH = 5.5  # nats a byte that no text costs (of short pieces in 68 languages: 5.0 at most); random bytes cost 6.5
DOUBT = 0.2  # by which the confidence in such a reading is multiplied
TEMPERATURE = 2.0  # by which differences in nats are divided before they become probabilities


class Group(NamedTuple):
    """Lines that are in one encoding: their costs in all COLUMNS, and what tells the language beside them."""

    lines: Lines
    own: NDArray[np.int64]
    costs: NDArray[np.float64]
    penalties: NDArray[np.float64]
    rest: bytes

    def close(self) -> list[int]:
        """The columns in which the lines are about as plausible as in the best, the best first."""
        totals = self.costs[self.own].sum(axis=0) + self.penalties
        order = np.argsort(totals, kind="stable")[:CLOSE]
        gap = GAP + min(GAP_BYTE * float(self.lines.sizes[self.own].sum()), WIDEST)
        return [int(column) for column in order[totals[order] <= totals[order[0]] + gap]]

    def sample(self, columns: list[int]) -> NDArray[np.int64]:
        """Lines by which columns are compared: those in which they differ most, and others, evenly spread."""
        sizes = self.lines.sizes[self.own]
        if sizes.sum() <= LOOKED_AT:
            return self.own
        costs = self.costs[self.own][:, columns[: RIVALS + 1]]
        differ = np.abs(costs - costs[:, :1]).max(axis=1)
        first = np.argsort(-differ, kind="stable")
        first = first[: 1 + int(np.searchsorted(np.cumsum(sizes[first]), LOOKED_AT // 2))]
        spread = np.arange(0, len(self.own), 1 + int(sizes.sum()) // (LOOKED_AT // 2))
        return self.own[np.union1d(first, spread)]

    def scores(self, columns: list[int], sample: NDArray[np.int64]) -> dict[str, tuple[float, int]]:
        """What the lines cost in each of some columns, by language too (nats), by the text that they become there. With
        it comes the first column of those that make the same text."""
        data = b"".join(self.lines.lines[i] for i in sample)[: 4 * LOOKED_AT]
        totals = ALL * self.costs[sample].sum(axis=0) + self.penalties
        found: dict[str, tuple[float, int]] = {}
        rest = self.rest.decode("ascii")
        for column in columns:
            text = data.decode(COLUMNS[column], "surrogateescape")
            if text not in found:
                found[text] = float(totals[column]) + language_fit.cost(text + rest, COLUMNS[column]), column
        return found


def closest(group: Group) -> tuple[int, float]:
    """The column of lines that are all in one encoding, and how likely it is that they are read right."""
    columns = group.close()
    best, share = columns[0], 1.0
    if len(columns) > 1:
        found = group.scores(columns, group.sample(columns))
        costs = np.array([cost for cost, _ in found.values()])
        shares = np.exp((costs.min() - costs) / TEMPERATURE)
        place = int(costs.argmin())
        best, share = list(found.values())[place][1], float(shares[place] / shares.sum())
    gibberish = group.costs[group.own, best].sum() > GIBBERISH * group.lines.sizes[group.own].sum()
    return best, share * (DOUBT if gibberish else 1.0)


def reads_well(group: Group, column: int) -> bool:
    """Whether lines are text of some language in a column, not symbols, alphabets or gibberish."""
    data = b"".join(group.lines.lines[i] for i in group.sample([column]))[: 4 * LOOKED_AT]
    text = data.decode(COLUMNS[column], "surrogateescape")
    kinds = len({character for character in text if character >= "\x80"})
    return kinds >= FEWEST and language_fit.cost(text, COLUMNS[column]) <= FITS * len(data)


def gain(group: Group, column: int, other: int) -> float:
    """By how much lines fit a language better in one column than in another (nats). What they cost in all languages
    together is left out. Words in capitals cost more in every encoding but a wrong one that reads them as small."""
    data = b"".join(group.lines.lines[i] for i in group.sample([column, other]))[: 4 * LOOKED_AT]
    texts = ((data.decode(COLUMNS[place], "surrogateescape"), COLUMNS[place]) for place in (other, column))
    before, after = (language_fit.cost(text, name) for text, name in texts)
    return before - after
