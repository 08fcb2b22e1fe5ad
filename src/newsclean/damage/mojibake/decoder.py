"""UTF-8 that was read in single-byte code pages: which runs to decode, in which code page, as often as it takes.

All texts of a batch are decoded together, layer by layer. So the cost of calling kernels and of their arrays is paid
once a layer, and not for every text and code page.
"""

import functools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import read_only
from newsclean.damage.codepoints import code_points, text_of
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.encodings.tables import codepage_numbers, utf8_tables
from newsclean.damage.evidence import RepairHints
from newsclean.damage.models import bigrams, letter_pairs
from newsclean.damage.mojibake import _batch, _codepage_selection, _layer, ambiguous_bytes, confidence
from newsclean.damage.mojibake.columns import (
    Attempt,
    Attempts,
    Choice,
    CodePageTables,
    DecodedRuns,
    LikelyRuns,
    Made,
    Priors,
    Span,
    Splice,
    Spliced,
    Task,
    Texts,
)
from newsclean.damage.mojibake.edits import Decoded, Layer, decoded_texts
from newsclean.damage.screening import screen
from newsclean.damage.screening.columns import LikelyRun, Run
from newsclean.damage.screening.report import ScreeningReport

LAYERS = 8  # how often a text may be decoded again; triple encoding takes three
EFFORT = 60_000  # runs that are thought about in one text, all layers and code pages taken together
SAMPLE = 20_000  # code points, from ten places, that tell the two code pages worth a try in a long text
DENSE = 0.05  # nats per code point of the sample above which a text is full of mojibake of some kind
NEAR = 30.0  # nats that a code page may gain less than the best one to be compared with it in one language
LONGEST_TRIED = 4000  # code points of a text for which that is done
SWITCH = 8.0  # nats by which a run must gain more in another code page than in the code page of the rest of its text
WIDTHS = (3, 2, 1)  # code pages tried per layer


class Attempted(NamedTuple):
    """Tasks, the runs of each, and the nats that reading ambiguous bytes otherwise gained in each task."""

    attempts: Attempts
    runs: DecodedRuns
    settled: list[float]


class Decoding(NamedTuple):
    """A text decoded over all layers, what it gained (nats), and the signs of what came out."""

    gain: float
    layers: tuple[Layer, ...]
    signs: ScreeningReport


def decode_mojibake(texts: Sequence[str], seen: Sequence[ScreeningReport], hints: RepairHints) -> list[Decoded]:
    """Decode mojibake, layer after layer while something is gained; `seen` are the signs of the texts."""
    ends = np.cumsum([0, *map(len, texts)])
    batch = Texts(code_points("".join(texts)), np.column_stack((ends[:-1], ends[1:])))
    found = best_decodings(batch, seen, hints, range(len(texts)), [EFFORT] * len(texts))
    return decoded_texts(texts, [(decoding.layers, decoding.signs) for decoding in found])


def best_decodings(
    texts: Texts,
    seen: Sequence[ScreeningReport],
    hints: RepairHints,
    roots: Sequence[int],
    effort: list[int],
    layer: int = 0,
) -> list[Decoding]:
    """Of each text the decoding that gains most over all layers. What the layers below make of a text chooses the code
    page of a layer. `roots` are the numbers of the texts that these were decoded from. `effort` is how many runs may
    still be thought about in each of those. It bounds the time that hostile texts take."""
    best = [Decoding(0.0, (), own) for own in seen]
    some = [
        k for k, own in enumerate(seen) if effort[roots[k]] > 0 and own.codepages and confidence.possible(own, hints)
    ]
    if layer == LAYERS or not some:
        return best
    texts = Texts(texts.codes, texts.places[some])
    left = np.array([effort[roots[k]] for k in some], np.int64)
    attempted, loud = attempt(texts, [seen[k] for k in some], hints, left, WIDTHS[min(layer, len(WIDTHS) - 1)])
    for text in attempted.attempts.tasks[:, Task.TEXT].tolist():
        effort[roots[some[text]]] -= loud[text]
    made, origins, tried = spliced(texts, attempted, hints)
    if not origins:
        return best
    found = screen.screen_codes(made.codes, np.diff(made.places)[:, 0])
    below = best_decodings(made, found, hints, [roots[some[text]] for text in origins], effort, layer + 1)
    options: dict[int, list[Decoding]] = {}
    for text, codepage, own, number, gain in tried:
        further = below[number]
        total = gain + further.gain - CODEPAGES[codepage].rarity + hints.support(codepage)
        options.setdefault(some[text], []).append(Decoding(total, (own, *further.layers), further.signs))
    for k, decodings in options.items():
        best[k] = likeliest(decodings)
    return best


def likeliest(options: list[Decoding]) -> Decoding:
    """The decoding that gains most; of those that gain about as much, the one that fits a language, too: `może` or
    `moşe`."""
    best = max(options, key=lambda option: option.gain)
    near = [option for option in options[::-1] if option.gain >= best.gain - NEAR]
    same = len({id(option.layers[-1].after) for option in near}) == 1
    if same or len(best.layers[-1].after) > LONGEST_TRIED:
        return best
    texts = {option.layers[-1].after.tobytes(): option for option in near}
    if len(texts) == 1:
        return best
    return max(
        sorted(texts.values(), key=lambda option: -option.gain),
        key=lambda option: option.gain - letter_pairs.FIT * letter_pairs.cost(text_of(option.layers[-1].after)),
    )


def attempt(
    texts: Texts, seen: Sequence[ScreeningReport], hints: RepairHints, effort: NDArray[np.int64], width: int
) -> tuple[Attempted, list[int]]:
    """Texts decoded by one layer in the code pages that are worth a try, at most `width`. With them comes how many
    runs were thought about in each code page of a text."""
    places = zip(texts.places.tolist(), seen, strict=True)
    own = [likely_runs(texts.codes[start:end], report) for (start, end), report in places]
    likely = LikelyRuns(np.concatenate(own), np.cumsum([0, *map(len, own)]))
    values, loud = np.empty((len(own), len(CODEPAGES)), np.int64), np.empty(len(own), np.int64)
    tasks = np.empty((width * len(own), len(Task)), np.int64)
    rarity = _rarities()
    priors = Priors(np.array([hints.support(codepage) for codepage in range(len(CODEPAGES))]) - rarity, rarity)
    tasks = tasks[: _codepage_selection.worthwhile_codepages(likely, priors, effort, width, values, loud, tasks)]
    sizes, lengths = np.diff(likely.starts), np.diff(texts.places)[:, 0]
    most, longest = int(sizes[tasks[:, Task.TEXT]].sum()), int(lengths.max())
    read = np.empty(int(lengths[tasks[:, Task.TEXT]].sum()), np.uint32)
    runs = DecodedRuns(np.empty((most, len(Run)), np.int64), np.empty((most, len(Span)), np.int64), read)
    attempts = Attempts(tasks, np.empty((len(tasks), len(Attempt)), np.int64))
    order, picked = np.empty((2, int(sizes.max()), 2), np.int64)
    value, levels = np.empty((2, len(CODEPAGES)), np.int64)
    choice = Choice(order, np.zeros(longest, np.int64), value, picked, levels, codepage_numbers())
    codepages = CodePageTables(utf8_tables(), _alike(hints), ambiguous_bytes.bits())
    favour = 8 * round(SWITCH / bigrams.UNIT)
    _batch.read_runs(texts, likely, attempts, values, favour, codepages, choice, runs)
    runs = runs._replace(read=read[: attempts.found[-1, Attempt.READ_TO] if len(tasks) else 0])
    return Attempted(attempts, runs, _settled(texts, attempts, runs)), loud.tolist()


def _settled(texts: Texts, attempts: Attempts, runs: DecodedRuns) -> list[float]:
    """Read ambiguous bytes as what is more plausible; returns what that gains in each task (nats)."""
    more: list[float] = []
    for (text, _), row in zip(attempts.tasks.tolist(), attempts.found.tolist(), strict=True):
        begin, end, like = row[Attempt.FIRST], row[Attempt.LAST], row[Attempt.SAME_AS]
        if like >= 0:
            more.append(more[like])
        elif row[Attempt.AMBIGUOUS]:
            start, stop = texts.places[text].tolist()
            own = DecodedRuns(runs.rows[begin:end], runs.spans[begin:end], runs.read)
            more.append(ambiguous_bytes.settle(texts.codes[start:stop], own))
        else:
            more.append(0.0)
    return more


def spliced(
    texts: Texts, attempted: Attempted, hints: RepairHints
) -> tuple[Texts, list[int], list[tuple[int, int, Layer, int, float]]]:
    """The texts that tasks make where that is sure enough, the numbers of those they are made of, and what tasks
    decode. The last has a row for each task that decodes something: text and code page, the layer, the number of the
    text made, gain (nats)."""
    attempts, runs, settled = attempted
    sure = confidence.weigh(texts, attempts, runs, hints)[0]
    sizes = np.diff(texts.places)[attempts.tasks[:, Task.TEXT], 0]
    codes, ends = np.empty(int(sizes.sum()), np.uint32), np.empty(len(sizes) + 1, np.int64)
    table, made = np.empty((len(sure), len(Splice)), np.int64), np.empty((len(sizes), len(Made)), np.int64)
    count = _batch.splice_runs(texts, attempts, runs, sure, hints.threshold, Spliced(codes, ends, table, made))
    after, places = read_only(codes[: ends[count]]), np.column_stack((ends[:count], ends[1 : count + 1]))
    new = [after[start:end] for start, end in places.tolist()]
    before = [texts.codes[start:end] for start, end in texts.places.tolist()]
    origins = [0] * count
    tried: list[tuple[int, int, Layer, int, float]] = []
    for (text, codepage), row, more in zip(attempts.tasks.tolist(), made.tolist(), settled, strict=True):
        low, high, number, gain = row
        if number >= 0:
            origins[number] = text
            layer = Layer(before[text], new[number], table[low:high], sure[low:high])
            tried.append((text, codepage, layer, number, gain * bigrams.UNIT + more))
    return Texts(after, places), origins, tried


@functools.lru_cache(maxsize=256)
def _alike(hints: RepairHints) -> NDArray[np.int64]:
    """A number for each code page, the same for those of which as much is known and that share ambiguous bytes."""
    keys = [
        (hints.support(codepage), tuple(sorted(own.items()))) for codepage, own in enumerate(ambiguous_bytes.twins())
    ]
    return np.array([keys.index(key) for key in keys], np.int64)


def likely_runs(codes: NDArray[np.uint32], seen: ScreeningReport) -> NDArray[np.int64]:
    """The likely runs of the code pages of a text (columns: `LikelyRun`). Of a long text that is full of mojibake,
    they are those of the two code pages that gain most in a sample."""
    runs, codepages = seen.runs, seen.codepages
    if len(codes) > 2 * SAMPLE:
        sample = np.concatenate([codes[i : i + SAMPLE // 10] for i in range(0, len(codes), len(codes) // 10)])
        total = gains(screen.runs_of(read_only(sample), codepages))
        if sum(total) > DENSE * SAMPLE:
            codepages = sum(
                1 << codepage for codepage in sorted(range(len(total)), key=lambda codepage: -total[codepage])[:2]
            )
            runs = None if runs is None else _of_codepages(runs, codepages)
    return screen.runs_of(codes, codepages) if runs is None else runs


def _of_codepages(runs: NDArray[np.int64], codepages: int) -> NDArray[np.int64]:
    """Those of the likely runs that are in some code pages (bits)."""
    runs = runs.copy()
    runs[:, LikelyRun.CODEPAGES] &= codepages
    return runs[runs[:, LikelyRun.CODEPAGES] > 0]


def gains(runs: NDArray[np.int64]) -> list[float]:
    """What the runs of each code page gain together (nats), 0 for code pages that are faint beside the best one."""
    total = (runs[:, LikelyRun.CODEPAGES, None] >> np.arange(len(CODEPAGES)) & 1).T @ runs[:, LikelyRun.GAIN]
    least = _codepage_selection.FAINT * total.max()
    return [gain * bigrams.UNIT if gain >= least else 0.0 for gain in total.tolist()]


@functools.cache
def _rarities() -> NDArray[np.int64]:
    return np.array(
        [codepage.rarity for codepage in CODEPAGES], np.int64
    )  # below 8, so that they decide between equal gains


def decode_run(before: str, codepage: int) -> tuple[str, str]:
    """What a run means, and the name of the rule.

    >>> decode_run("Ã¼ÃŸ", 0)
    ('üß', 'utf-8>windows-1252')
    """
    rows = np.array([[0, len(before), 0, 0, codepage]], np.int64)
    runs = DecodedRuns(rows, np.empty((1, len(Span)), np.int64), np.empty(len(before), np.uint32))
    length = _layer.decode_runs(code_points(before), runs, 0, 1, utf8_tables(), 0)
    return text_of(runs.read[:length]), f"utf-8>{CODEPAGES[codepage].name}{'+1252' * int(runs.spans[0, Span.FILLED])}"
