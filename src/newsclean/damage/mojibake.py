"""UTF-8 that was read in single-byte code pages: which runs to decode, in which page, as often as it takes."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.damage import confidence, plausibility, search, signs
from newsclean.damage.codepages import CODEPAGES, characters
from newsclean.damage.evidence import Context
from newsclean.damage.tables import byte_maps, utf8_tables
from newsclean.edits import Edit, apply_edits, compose

LEAST_GAIN = 24  # cost units (2 nats) that a run must gain to be thought about
LAYERS = 8  # how often a text may be decoded again; triple encoding takes three
EFFORT = 60_000  # runs that are thought about in one text, all layers and pages taken together
SAMPLE = 20_000  # code points, from ten places, that tell the two code pages worth a try in a long text
DENSE = 0.05  # nats per code point of the sample above which a text is full of mojibake of some kind
CERTAIN_GAIN, CERTAIN_UNITS = 30.0, 3  # such a run needs no closer look
FAINT = 0.1  # pages that gain less than this share of what the best page gains are not looked at
MOST_DOUBTS = 2_000  # runs of a layer that get a closer look; those behind are left as they are
SWITCH = 8.0  # nats by which a run must gain more in another code page than in the page of the rest of its text
WIDTHS = (3, 2, 1)  # code pages tried per layer
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


def repair(text: str, pages: int, context: Context) -> tuple[Edit, ...]:
    """Edits that decode mojibake, layer after layer while something is gained; `pages` has a bit per page to try."""
    script = best_decoding(text, pages, context, 0, [EFFORT]).script
    return tuple(edit._replace(rule=chain(edit.rule)) for edit in script)


def best_decoding(text: str, pages: int, context: Context, layer: int, effort: list[int]) -> Decoding:
    """The decoding that gains most over all layers: what the layers below make of it chooses the page of a layer.

    `effort[0]` is the number of runs that may still be thought about; it bounds the time that hostile texts take.
    """
    best = Decoding(0.0, text, ())
    if layer == LAYERS or effort[0] <= 0:
        return best
    runs = candidates(plausibility.code_points(text), pages)
    width = WIDTHS[min(layer, len(WIDTHS) - 1)] if 4 * len(runs) < effort[0] else 1
    for page in main_pages(runs, context, width):
        effort[0] -= len(runs)
        edits, gain = decode_layer(text, choose(runs, page), context, layer)
        if edits:
            decoded = apply_edits(text, edits)
            below = best_decoding(decoded, signs.signs(decoded).pages, context, layer + 1, effort)
            total = gain + below.gain - CODEPAGES[page].rarity + context.support(page)
            if best.text is text or total > best.gain:
                best = Decoding(total, below.text, compose(edits, below.script))
    return best


def main_pages(runs: Sequence[Run], context: Context, width: int) -> list[int]:
    """The code pages that gain most over the text, best first, as many as are worth a try."""
    if not runs:
        return []
    total = [context.support(number) - page.rarity for number, page in enumerate(CODEPAGES)]
    for run in runs:
        total[run.page] += run.gain
    pages = sorted({run.page for run in runs}, key=lambda page: (-total[page], page))[:width]
    return [page for page in pages if total[page] >= CLOSE * total[pages[0]]]


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
    covered = bytearray(len(text))
    for run in chosen:
        total[run.page] += run.gain
        covered[run.start : run.end] = b"\1" * (run.end - run.start)
    edits, gain, doubts = [], 0.0, 0
    for run in chosen:
        before = text[run.start : run.end]
        after, name = decode(before, run.page)
        if run.gain >= CERTAIN_GAIN and run.units >= CERTAIN_UNITS:
            sure = confidence.CEILING
        elif doubts < MOST_DOUBTS:
            doubts += 1
            support = total[run.page] - run.gain + context.support(run.page)
            values = confidence.features(text, run.start, run.end, after, run.units, run.gain, support, covered)
            if after[0].isalpha() and confidence.stray(before, values):
                continue
            sure = confidence.confidence(values, confidence.script(after[0]) in context.scripts)
        else:
            continue
        if sure >= context.threshold:
            edits.append(Edit(run.start, before, after, f"{layer} {name}", round(sure, 3)))
            gain += run.gain
    return edits, gain


def candidates(codes: NDArray[np.uint32], pages: int) -> list[Run]:
    """All runs of the code pages that gain by being decoded."""
    if not pages:
        return []
    if len(codes) > 2 * SAMPLE:
        sample = np.concatenate([codes[i : i + SAMPLE // 10] for i in range(0, len(codes), len(codes) // 10)])
        total = [0.0] * len(CODEPAGES)
        for run in _runs(_frozen(sample), pages):
            total[run.page] += run.gain
        if sum(total) > DENSE * SAMPLE:
            pages = sum(1 << page for page in sorted(range(len(total)), key=lambda page: -total[page])[:2])
    return _runs(codes, pages)


def _frozen(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    codes.flags.writeable = False
    return codes


def _runs(codes: NDArray[np.uint32], pages: int) -> list[Run]:
    model: Any = tuple(plausibility.model())
    rows = np.empty((len(codes) // 2 + 1, 4), np.int64)
    paid = np.zeros(len(codes) + 2, np.int64)
    search.costs(codes, model, paid[1:])
    np.cumsum(paid, out=paid)
    found: list[tuple[int, int, NDArray[np.int64]]] = []
    for page in range(len(CODEPAGES)):
        if pages >> page & 1:
            count = search.find_runs(codes, utf8_tables()[page], model, paid, LEAST_GAIN, rows)
            found.append((int(rows[:count, 3].sum()), page, rows[:count].copy()))
    least = FAINT * max((gain for gain, _, _ in found), default=0)
    return [
        Run(start, end, units, gain * plausibility.UNIT, page)
        for total, page, kept in found
        if total >= least
        for start, end, units, gain in kept.tolist()
    ]


def choose(runs: Sequence[Run], main: int) -> list[Run]:
    """The best runs that do not overlap, those of the page `main` being preferred by SWITCH nats."""
    chosen: list[Run] = []
    taken = bytearray(max(run.end for run in runs))
    for run in sorted(runs, key=lambda r: (-r.gain - SWITCH * (r.page == main), CODEPAGES[r.page].rarity, r)):
        if not any(taken[run.start : run.end]):
            taken[run.start : run.end] = b"\1" * (run.end - run.start)
            chosen.append(run)
    return sorted(chosen)


def decode(before: str, page: int) -> tuple[str, str]:
    """What a run means, and the name of the rule."""
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
