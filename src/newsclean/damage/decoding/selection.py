"""Which encodings the lines of some bytes are in: one for all of them, or several where each is much better for some."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.damage import plausibility
from newsclean.damage.decoding import encodings, language_fit
from newsclean.damage.decoding.costs import Lines

UTF8 = "utf-8"
COLUMNS = (UTF8, *(encoding.name for encoding in (*encodings.SINGLE, *encodings.MULTIBYTE)))
BLOCK = 1 << 18  # bytes of lines whose encodings are found at once
MOST = 4  # encodings in one file
ENTRY = 20.0  # nats by which a further encoding must make a file more plausible
SWITCH = 6.0  # nats by which a line must be more plausible in another encoding than that of most lines
CLOSE = 16  # encodings that are compared by language
LOOKED_AT = 4000  # bytes by which they are compared
ALL = 0.5  # share of what a text costs in all languages together, beside what it costs in its own
TEMPERATURE = 2.0  # by which differences in nats are divided before they become probabilities
NEVER = 1e9


class Choice(NamedTuple):
    """The encodings of some lines, the one of most lines first; which each line is in; how likely it is that the
    reading is right."""

    names: tuple[str, ...]
    assigned: NDArray[np.int64]
    confidence: float


def choose(lines: Lines, rest: bytes, prior: dict[str, float]) -> Choice:
    """The encodings that lines are most plausible in. `rest` is text around them in ASCII, which tells the language;
    `prior` has the nats that an encoding must be better by."""
    costs = matrix(lines)
    penalties = np.array([prior.get(name, 0.0) for name in COLUMNS])
    columns = _mixture(costs, penalties)
    assigned = _assign(costs, columns)
    names, confidences, weights = [], [], []
    for place, column in enumerate(columns):
        own = np.flatnonzero(assigned == place)
        if len(own):
            sample = _sample(lines, own)
            name, confidence = _closest(lines, sample, rest, costs[sample].sum(axis=0), penalties)
            weights.append(int(lines.sizes[own].sum()))
            confidences.append(confidence)
            names.append(name)
        else:
            names.append(COLUMNS[column])
    return Choice(tuple(names), assigned, float(np.average(confidences, weights=weights)))


def matrix(lines: Lines, columns: Sequence[int] = range(len(COLUMNS))) -> NDArray[np.float64]:
    """Cost of each line in some of COLUMNS, in nats; NEVER where the lines can hardly be in an encoding."""
    found = np.full((len(lines.lines), len(columns)), NEVER)
    single = len(encodings.SINGLE)
    for place, column in enumerate(columns):
        if 1 <= column <= single:
            found[:, place] = lines.single[:, column - 1] * plausibility.UNIT
        else:
            own = lines.decoded(COLUMNS[column])
            if own is not None:
                found[:, place] = own * plausibility.UNIT
    return found


def _mixture(costs: NDArray[np.float64], penalties: NDArray[np.float64]) -> list[int]:
    """The columns that lines are in: the best one, then as long as it pays the one that gains most beside it."""
    totals = costs.sum(axis=0) + penalties
    columns = [int(totals.argmin())]
    if len(costs) == 1:
        return columns
    for _ in range(MOST - 1):
        lowest = costs[:, columns].min(axis=1)
        gains = np.maximum(lowest[:, None] - costs - SWITCH, 0.0).sum(axis=0) - penalties
        best = int(gains.argmax())
        if gains[best] < ENTRY:
            break
        columns.append(best)
    sizes = np.bincount(costs[:, columns].argmin(axis=1), minlength=len(columns))
    return [columns[i] for i in np.argsort(-sizes, kind="stable")]


def assign(lines: list[bytes], names: tuple[str, ...]) -> NDArray[np.int64]:
    """For each line the place in `names` of its encoding."""
    found, first, size = [], 0, 0
    for last, line in enumerate(lines, 1):
        size += len(line)
        if size >= BLOCK or last == len(lines):
            block = Lines(lines[first:last])
            columns = [COLUMNS.index(name) for name in names]
            found.append(_assign(matrix(block, columns), list(range(len(columns)))))
            first, size = last, 0
    return np.concatenate(found)


def _assign(costs: NDArray[np.float64], columns: list[int]) -> NDArray[np.int64]:
    """For each line the place in `columns` of its encoding; the first unless another is better by SWITCH."""
    own = costs[:, columns] + np.where(np.arange(len(columns)) > 0, SWITCH, 0.0)
    return own.argmin(axis=1)


def _sample(lines: Lines, own: NDArray[np.int64]) -> NDArray[np.int64]:
    """Some of the lines, evenly spread, of LOOKED_AT bytes or a little more."""
    step = max(1, int(lines.sizes[own].sum()) // LOOKED_AT)
    return own[::step]


def _closest(
    lines: Lines, sample: NDArray[np.int64], rest: bytes, totals: NDArray[np.float64], penalties: NDArray[np.float64]
) -> tuple[str, float]:
    """The most plausible encoding of some lines, by language too, and how likely it is that they are read right."""
    data = b"".join(lines.lines[i] for i in sample)[: 4 * LOOKED_AT]
    order = np.argsort(totals + penalties, kind="stable")[:CLOSE]
    texts: dict[str, tuple[float, int]] = {}
    for column in order[totals[order] < NEVER].tolist():
        name = COLUMNS[column]
        text = data.decode(name, "surrogateescape")
        if text not in texts:
            around = text + rest.decode("ascii")
            score = ALL * totals[column] + penalties[column] + language_fit.cost(around, name)
            texts[text] = score, column
    scores = np.array([score for score, _ in texts.values()])
    shares = np.exp((scores.min() - scores) / TEMPERATURE)
    best = int(scores.argmin())
    return COLUMNS[list(texts.values())[best][1]], float(shares[best] / shares.sum())
