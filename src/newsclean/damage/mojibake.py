"""UTF-8 that was read in single-byte code pages: which runs to decode, in which page, as often as it takes."""

import functools
import itertools
from collections.abc import Sequence
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from newsclean.damage import confidence, layers, plausibility, search, signs
from newsclean.damage.codepages import CODEPAGES
from newsclean.damage.evidence import Context
from newsclean.damage.signs import Signs
from newsclean.damage.tables import utf8_tables
from newsclean.edits import Edit, compose

LAYERS = 8  # how often a text may be decoded again; triple encoding takes three
EFFORT = 60_000  # runs that are thought about in one text, all layers and pages taken together
SAMPLE = 20_000  # code points, from ten places, that tell the two code pages worth a try in a long text
DENSE = 0.05  # nats per code point of the sample above which a text is full of mojibake of some kind
FAINT = 0.1  # pages that gain less than this share of what the best page gains are not looked at
SWITCH = 8.0  # nats by which a run must gain more in another code page than in the page of the rest of its text
WIDTHS = (3, 2, 1)  # code pages tried per layer
GAIN, PAGE = 3, 4  # columns of the runs of a layer
CLOSE = 0.6  # a page is tried if it gains this share of what the best page gains
NEW_EDIT: Any = functools.partial(tuple.__new__, Edit)  # a text has thousands of edits: a third of the time


class Layer(NamedTuple):
    """The runs of a text that were decoded, and the code points of the text before and after."""

    before: NDArray[np.uint32]
    after: NDArray[np.uint32]
    runs: NDArray[np.int64]
    """Start and end before, start and end after, code page, whether windows-1252 fills it. Shape (runs, 6)."""
    sure: NDArray[np.float64]


class Decoding(NamedTuple):
    """A text decoded over all layers, and what it gained (nats)."""

    gain: float
    layers: tuple[Layer, ...]


def repair(text: str, seen: Signs, context: Context) -> Sequence[Edit]:
    """Edits that decode mojibake, layer after layer while something is gained; `seen` are its signs."""
    if not seen.pages:
        return ()
    found = best_decoding(plausibility.code_points(text), seen, context, 0, [EFFORT]).layers
    if len(found) < 2:
        return [edit for layer in found for edit in edits_of(layer, "")]
    script: Sequence[Edit] = ()
    for number in range(len(found) - 1, -1, -1):
        script = compose(edits_of(found[number], f"{number} "), script)
    return [Edit(start, before, after, chain(rule), sure) for start, before, after, rule, sure in script]


def edits_of(layer: Layer, prefix: str) -> list[Edit]:
    """The edits of a layer; their rules begin with `prefix`."""
    before, after = text_of(layer.before), text_of(layer.after)
    names = _rules(prefix)
    rows = layer.runs.tolist()
    fields = (
        [row[0] for row in rows],
        [before[row[0] : row[1]] for row in rows],
        [after[row[2] : row[3]] for row in rows],
        [names[row[4]][row[5]] for row in rows],
        map(round, layer.sure.tolist(), itertools.repeat(3)),
    )
    return list(map(NEW_EDIT, zip(*fields, strict=True)))


@functools.cache
def _rules(prefix: str) -> list[tuple[str, str]]:
    """The rule of each code page, without and with bytes that windows-1252 fills."""
    return [(f"{prefix}utf-8>{page.name}", f"{prefix}utf-8>{page.name}+1252") for page in CODEPAGES]


def text_of(codes: NDArray[np.uint32]) -> str:
    """The text of some code points."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def best_decoding(codes: NDArray[np.uint32], seen: Signs, context: Context, layer: int, effort: list[int]) -> Decoding:
    """The decoding that gains most over all layers: what the layers below make of it chooses the page of a layer.

    `effort[0]` is the number of runs that may still be thought about; it bounds the time that hostile texts take.
    """
    best = Decoding(0.0, ())
    if layer == LAYERS or effort[0] <= 0:
        return best
    runs = candidates(codes, seen)
    width = WIDTHS[min(layer, len(WIDTHS) - 1)] if 4 * len(runs) < effort[0] else 1
    below: dict[bytes, tuple[Decoding, int]] = {}  # pages often agree on what is left to decode
    for page in main_pages(runs, context, width):
        effort[0] -= len(runs)
        decoded, gain = decode_layer(codes, choose(runs, page), context)
        if decoded:
            key, left = decoded.after.tobytes(), effort[0]
            if key in below:
                effort[0] -= below[key][1]
            else:
                seen = signs.signs_of_codes(decoded.after)
                below[key] = best_decoding(decoded.after, seen, context, layer + 1, effort), left - effort[0]
            further = below[key][0]
            total = gain + further.gain - CODEPAGES[page].rarity + context.support(page)
            if not best.layers or total > best.gain:
                best = Decoding(total, (decoded, *further.layers))
    return best


def decode_layer(codes: NDArray[np.uint32], runs: NDArray[np.int64], context: Context) -> tuple[Layer | None, float]:
    """One layer of mojibake decoded where that is sure enough, and what it gains; None: nowhere."""
    read = np.empty(int((runs[:, 1] - runs[:, 0]).sum()), np.uint32)
    spans = np.empty((len(runs), 3), np.int64)
    read = frozen(read[: layers.decode_runs(codes, runs, utf8_tables(), read, spans)])
    sure, _ = confidence.weigh(codes, runs, spans, read, context)
    accepted = np.flatnonzero(sure >= context.threshold)
    if not len(accepted):
        return None, 0.0
    after, places = np.empty(len(codes), np.uint32), np.empty(len(accepted) + 1, np.int64)
    gain = layers.splice(codes, runs, spans, read, accepted, after, places)
    low, rows, ends = places[:-1], runs[accepted], spans[accepted]
    table = np.column_stack((rows[:, :2], low, low + ends[:, 1] - ends[:, 0], rows[:, PAGE], ends[:, 2]))
    return Layer(codes, frozen(after[: places[-1]]), table, sure[accepted]), gain


def frozen(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Code points that are not changed any more."""
    codes.flags.writeable = False
    return codes


def main_pages(runs: NDArray[np.int64], context: Context, width: int) -> list[int]:
    """The code pages that gain most over the text, best first, as many as are worth a try."""
    if not len(runs):
        return []
    gains = page_gains(runs)
    total = [(context.support(page) - CODEPAGES[page].rarity, page) for page in sorted(set(runs[:, PAGE].tolist()))]
    best = sorted(total, key=lambda pair: (-pair[0] - gains[pair[1]], pair[1]))[:width]
    known, first = best[0]
    return [page for known_, page in best if known_ + gains[page] >= CLOSE * (known + gains[first])]


def page_gains(runs: NDArray[np.int64]) -> list[float]:
    """What the runs of each code page gain together (nats)."""
    gains = np.bincount(runs[:, PAGE], weights=runs[:, GAIN], minlength=len(CODEPAGES)) * plausibility.UNIT
    return cast(list[float], gains.tolist())


@functools.lru_cache(maxsize=1 << 10)
def chain(rule: str) -> str:
    """The name of a chain from the rules of its layers, which are numbered: the encoding that came first goes first.

    >>> chain("0 utf-8>latin-1 + 1 utf-8>windows-1251")
    'utf-8>windows-1251,utf-8>latin-1'
    """
    layers = {part.split(" ", 1)[0]: part.split(" ", 1)[1] for part in rule.split(" + ")}
    return ",".join(layers[number] for number in sorted(layers, reverse=True))


def candidates(codes: NDArray[np.uint32], seen: Signs) -> NDArray[np.int64]:
    """All likely runs of the code pages. Shape (runs, 5), columns as in `search.screen`."""
    if not seen.pages:
        return np.empty((0, 5), np.int64)
    runs, pages = seen.runs, seen.pages
    if len(codes) > 2 * SAMPLE:
        sample = np.concatenate([codes[i : i + SAMPLE // 10] for i in range(0, len(codes), len(codes) // 10)])
        total = page_gains(_strong(signs.runs_of(frozen(sample), pages)))
        if sum(total) > DENSE * SAMPLE:
            pages = sum(1 << page for page in sorted(range(len(total)), key=lambda page: -total[page])[:2])
            runs = None if runs is None else runs[pages >> runs[:, PAGE] & 1 > 0]
    runs = signs.runs_of(codes, pages) if runs is None else runs
    return _strong(runs)


def _strong(runs: NDArray[np.int64]) -> NDArray[np.int64]:
    """The runs of those pages whose runs together are not faint beside those of the best page."""
    gains = np.bincount(runs[:, PAGE], weights=runs[:, GAIN], minlength=len(CODEPAGES))
    loud: NDArray[np.bool_] = gains[runs[:, PAGE]] >= FAINT * gains.max()
    return runs[loud]


def choose(runs: NDArray[np.int64], main: int) -> NDArray[np.int64]:
    """The best runs that do not overlap, by start, those of the page `main` being preferred by SWITCH nats."""
    bonus, length = round(SWITCH / plausibility.UNIT), int(runs[:, 1].max())
    rows = np.empty((len(runs), 2), np.int64)
    count = search.distinct(runs, main, bonus, _rarities(), np.zeros(length, np.int64), rows)
    some = runs[rows[:count, 0]]  # of pages that agree on a run, the best one: a tenth of all
    start, end, _, gain, page = some.T
    order = np.lexsort((end, start, _rarities()[page], -gain - bonus * (page == main)))
    chosen = np.zeros(length, np.int64)
    search.pick(some, order, chosen)
    return some[chosen[chosen > 0] - 1]


@functools.cache
def _rarities() -> NDArray[np.float64]:
    return np.array([page.rarity for page in CODEPAGES], np.float64)


def decode(before: str, page: int) -> tuple[str, str]:
    """What a run means, and the name of the rule.

    >>> decode("Ã¼ÃŸ", 0)
    ('üß', 'utf-8>windows-1252')
    """
    runs = np.array([[0, len(before), 0, 0, page]], np.int64)
    read, spans = np.empty(len(before), np.uint32), np.empty((1, 3), np.int64)
    length = layers.decode_runs(plausibility.code_points(before), runs, utf8_tables(), read, spans)
    return text_of(read[:length]), f"utf-8>{CODEPAGES[page].name}{'+1252' * int(spans[0, 2])}"
