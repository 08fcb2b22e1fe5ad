"""Which encodings the lines of some bytes are in: one for all, or several where each is much better for some."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.decoding import comparison
from newsclean.damage.decoding.comparison import Group
from newsclean.damage.decoding.costs import COLUMNS, UTF8, Lines

MOST_ENCODINGS = 4  # encodings in one file
ENTRY = 20.0  # nats by which a further encoding must make a file more plausible
ENTRY_UTF8 = 6.0  # the same, if it or the one of most lines is UTF-8: such files are frequent, and UTF-8 is sure
LEAST_SHARE = 0.1  # share of the bytes that must be in a further encoding that is not UTF-8
SWITCH = 6.0  # nats by which a line must be more plausible in another encoding than that of most lines
BLOCK = 1 << 18  # bytes of lines whose encodings are found at once


class Choice(NamedTuple):
    """The encodings of some lines, the one of most lines first; which each line is in; how likely it is that the
    reading is right."""

    names: tuple[str, ...]
    assigned: NDArray[np.int64]
    confidence: float


def choose(lines: Lines, rest: bytes, prior: dict[str, float]) -> Choice:
    """The encodings that lines are most plausible in. `rest` is text around them in ASCII, which tells the language;
    `prior` has the nats that an encoding must be better by."""
    costs = lines.matrix()
    penalties = np.array([prior.get(name, 0.0) for name in COLUMNS])
    every = Group(lines, np.arange(len(costs)), costs, penalties, rest)
    columns = _confirmed(every, _mixture(costs, penalties))
    assigned = _assign(costs, columns)
    found, confidences, weights = [], [], []
    for place, column in enumerate(columns):
        own = np.flatnonzero(assigned == place)
        best, confidence = comparison.closest(every._replace(own=own)) if len(own) else (column, 1.0)
        found.append(COLUMNS[best])
        confidences.append(confidence)
        weights.append(int(lines.sizes[own].sum()))
    return Choice(tuple(found), assigned, float(np.average(confidences, weights=weights)))


def assign(lines: list[bytes], names: tuple[str, ...]) -> NDArray[np.int64]:
    """For each line the place in `names` of its encoding."""
    found, first, size = [], 0, 0
    columns = [COLUMNS.index(name) for name in names]
    for last, line in enumerate(lines, 1):
        size += len(line)
        if size >= BLOCK or last == len(lines):
            costs = Lines(lines[first:last]).matrix(columns)
            found.append(_assign(costs, list(range(len(columns)))))
            first, size = last, 0
    return np.concatenate(found)


def _mixture(costs: NDArray[np.float64], penalties: NDArray[np.float64]) -> list[int]:
    """The columns that lines are in: the best one, then as long as it pays the one that gains most beside it."""
    columns = [int((costs.sum(axis=0) + penalties).argmin())]
    if len(costs) == 1:
        return columns
    utf8 = COLUMNS.index(UTF8)
    for _ in range(MOST_ENCODINGS - 1):
        lowest = costs[:, columns].min(axis=1)
        gains = np.maximum(lowest[:, None] - costs - SWITCH, 0.0).sum(axis=0) - penalties
        entry = np.where((np.arange(len(gains)) == utf8) | (utf8 in columns), ENTRY_UTF8, ENTRY)
        best = int((gains - entry).argmax())
        if gains[best] < entry[best]:
            break
        columns.append(best)
    sizes = np.bincount(costs[:, columns].argmin(axis=1), minlength=len(columns))
    return [columns[i] for i in np.argsort(-sizes, kind="stable")]


def _confirmed(every: Group, columns: list[int]) -> list[int]:
    """The columns without those that some lines are in by chance.

    Alphabets, line art, mojibake and words in capitals are often more plausible in an encoding that nobody wrote them
    in. UTF-8 and one other encoding are always taken: what is valid is no chance, and the rest has to be read in
    something.
    """
    kept, assigned = columns[:1], _assign(every.costs, columns)
    for place, column in enumerate(columns[1:], 1):
        own = np.flatnonzero(assigned == place)
        if not len(own):
            continue
        group = every._replace(own=own)
        others = [other for other in kept if COLUMNS[other] != UTF8]
        best = column if COLUMNS[column] == UTF8 else comparison.closest(group)[0]
        if best not in kept and (not others or _sure(group, best, others[0])):
            kept.append(best)
    return kept


def _sure(group: Group, column: int, other: int) -> bool:
    """Whether lines are in one encoding rather than in another, by language too."""
    gain = comparison.gain(group, column, other)
    if COLUMNS[column] == UTF8:
        return gain >= ENTRY_UTF8
    sizes = group.lines.sizes
    return bool(
        gain >= ENTRY and sizes[group.own].sum() >= LEAST_SHARE * sizes.sum() and comparison.reads_well(group, column)
    )


def _assign(costs: NDArray[np.float64], columns: list[int]) -> NDArray[np.int64]:
    """For each line the place in `columns` of its encoding; the first unless another is better by SWITCH."""
    own = costs[:, columns] + np.where(np.arange(len(columns)) > 0, SWITCH, 0.0)
    places: NDArray[np.int64] = own.argmin(axis=1)
    return places
