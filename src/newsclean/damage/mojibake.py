"""UTF-8 that was read in single-byte code pages: which runs to decode, in which page, as often as it takes."""

import functools
from collections.abc import Sequence
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from newsclean.damage import confidence, plausibility, search, signs
from newsclean.damage.codepages import CODEPAGES, characters
from newsclean.damage.evidence import Context
from newsclean.damage.signs import Signs
from newsclean.damage.tables import byte_maps, single_bytes
from newsclean.edits import Edit, apply_edits, compose

LAYERS = 8  # how often a text may be decoded again; triple encoding takes three
EFFORT = 60_000  # runs that are thought about in one text, all layers and pages taken together
SAMPLE = 20_000  # code points, from ten places, that tell the two code pages worth a try in a long text
DENSE = 0.05  # nats per code point of the sample above which a text is full of mojibake of some kind
CERTAIN_GAIN, CERTAIN_UNITS = 30.0, 3  # such a run needs no closer look
FAINT = 0.1  # pages that gain less than this share of what the best page gains are not looked at
MOST_DOUBTS = 2_000  # runs of a layer that get a closer look; those behind are left as they are
SWITCH = 8.0  # nats by which a run must gain more in another code page than in the page of the rest of its text
WIDTHS = (3, 2, 1)  # code pages tried per layer
GAIN, PAGE = 3, 4  # columns of the runs of a layer
CLOSE = 0.6  # a page is tried if it gains this share of what the best page gains


class Run(NamedTuple):
    """A stretch of text, in code points, that is valid UTF-8 in a code page, and what decoding it gains (nats)."""

    start: int
    end: int
    units: int
    gain: float
    page: int


class Decoding(NamedTuple):
    """A text decoded over all layers, what it gained (nats), and the edits."""

    gain: float
    text: str
    script: tuple[Edit, ...]


def repair(text: str, seen: Signs, context: Context) -> tuple[Edit, ...]:
    """Edits that decode mojibake, layer after layer while something is gained; `seen` are its signs."""
    script = best_decoding(text, seen, context, 0, [EFFORT]).script
    return tuple(Edit(start, before, after, chain(rule), sure) for start, before, after, rule, sure in script)


def best_decoding(text: str, seen: Signs, context: Context, layer: int, effort: list[int]) -> Decoding:
    """The decoding that gains most over all layers: what the layers below make of it chooses the page of a layer.

    `effort[0]` is the number of runs that may still be thought about; it bounds the time that hostile texts take.
    """
    best = Decoding(0.0, text, ())
    if layer == LAYERS or effort[0] <= 0:
        return best
    runs = candidates(plausibility.code_points(text), seen)
    width = WIDTHS[min(layer, len(WIDTHS) - 1)] if 4 * len(runs) < effort[0] else 1
    for page in main_pages(runs, context, width):
        effort[0] -= len(runs)
        edits, gain = decode_layer(text, choose(runs, page), context, layer)
        if edits:
            decoded = apply_edits(text, edits)
            below = best_decoding(decoded, signs.signs(decoded), context, layer + 1, effort)
            total = gain + below.gain - CODEPAGES[page].rarity + context.support(page)
            if best.text is text or total > best.gain:
                best = Decoding(total, below.text, compose(edits, below.script))
    return best


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


def decode_layer(text: str, chosen: Sequence[Run], context: Context, layer: int) -> tuple[list[Edit], float]:
    """Edits that decode one layer of mojibake, and what they gain."""
    total = [0.0] * len(CODEPAGES)
    outside = bytearray(confidence.letters(text))
    for run in chosen:
        total[run.page] += run.gain
        outside[run.start : run.end] = bytes(run.end - run.start)
    uncovered = bytes(outside)
    edits, gain, doubts = [], 0.0, 0
    for run in chosen:
        before = text[run.start : run.end]
        after, name = decode(before, run.page)
        if run.gain >= CERTAIN_GAIN and run.units >= CERTAIN_UNITS:
            sure = confidence.CEILING
        elif doubts < MOST_DOUBTS:
            doubts += 1
            support = total[run.page] - run.gain + context.support(run.page)
            values = confidence.features(text, run.start, run.end, after, run.units, run.gain, support, uncovered)
            if after[0].isalpha() and confidence.stray(before, values):
                continue
            sure = confidence.confidence(values, confidence.script(after[0]) in context.scripts)
        else:
            continue
        if sure >= context.threshold:
            edits.append(Edit(run.start, before, after, f"{layer} {name}", round(sure, 3)))
            gain += run.gain
    return edits, gain


def candidates(codes: NDArray[np.uint32], seen: Signs) -> NDArray[np.int64]:
    """All likely runs of the code pages, page by page. Shape (runs, 5), columns as in Run."""
    if not seen.pages:
        return np.empty((0, 5), np.int64)
    runs, pages = seen.runs, seen.pages
    if len(codes) > 2 * SAMPLE:
        sample = np.concatenate([codes[i : i + SAMPLE // 10] for i in range(0, len(codes), len(codes) // 10)])
        sample.flags.writeable = False
        total = page_gains(_strong(signs.runs_of(sample, pages)))
        if sum(total) > DENSE * SAMPLE:
            pages = sum(1 << page for page in sorted(range(len(total)), key=lambda page: -total[page])[:2])
            runs = None if runs is None else runs[pages >> runs[:, PAGE] & 1 > 0]
    runs = signs.runs_of(codes, pages) if runs is None else runs
    return _strong(runs[np.argsort(runs[:, PAGE], kind="stable")])


def _strong(runs: NDArray[np.int64]) -> NDArray[np.int64]:
    """The runs of those pages whose runs together are not faint beside those of the best page."""
    gains = np.bincount(runs[:, PAGE], weights=runs[:, GAIN], minlength=len(CODEPAGES))
    loud: NDArray[np.bool_] = gains[runs[:, PAGE]] >= FAINT * gains.max()
    return runs[loud]


def choose(runs: NDArray[np.int64], main: int) -> list[Run]:
    """The best runs that do not overlap, those of the page `main` being preferred by SWITCH nats."""
    start, end, _, gain, page = runs.T
    score = gain + round(SWITCH / plausibility.UNIT) * (page == main)
    order = np.lexsort((end, start, _rarities()[page], -score))
    chosen = np.zeros(int(end.max()), np.int64)
    search.pick(runs, order, chosen)
    rows = runs[chosen[chosen > 0] - 1].tolist()
    return [Run(low, high, units, value * plausibility.UNIT, number) for low, high, units, value, number in rows]


@functools.cache
def _rarities() -> NDArray[np.float64]:
    return np.array([page.rarity for page in CODEPAGES], np.float64)


@functools.lru_cache(maxsize=1 << 14)
def decode(before: str, page: int) -> tuple[str, str]:
    """What a run means, and the name of the rule. Nearly always each character stands for one byte: C code does that.

    >>> decode("Ã¼ÃŸ", 0)
    ('üß', 'utf-8>windows-1252')
    """
    single, filled = single_bytes(page)
    try:
        after = before.translate(single).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return _decode_slowly(before, page)
    return after, f"utf-8>{CODEPAGES[page].name}{'' if filled.isdisjoint(before) else '+1252'}"


def _decode_slowly(before: str, page: int) -> tuple[str, str]:
    leads, continuations = byte_maps(page)
    data = bytearray()
    while len(data) < len(before):
        lead = leads[ord(before[len(data)])]
        data.append(lead)
        for character in before[len(data) : len(data) + 1 + (lead >= 0xE0) + (lead >= 0xF0)]:
            data.append(continuations[ord(character)])
    after = data.decode("utf-8", "surrogatepass")
    after = after.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    own, windows = characters(CODEPAGES[page].name), characters("windows-1252")
    filled = any(own[byte] != c and windows[byte] == c for byte, c in zip(data, before, strict=True))
    return after, f"utf-8>{CODEPAGES[page].name}{'+1252' * filled}"
