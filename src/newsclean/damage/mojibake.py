"""UTF-8 that was read in single-byte code pages: which runs to decode, in which page, as often as it takes."""

import functools
import math
import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.damage import confidence, plausibility, search
from newsclean.damage.codepages import CODEPAGES, characters
from newsclean.edits import Edit, apply_edits, compose

LAYERS = 8  # how often a text may be decoded again; triple encoding takes three
EVEN_GAIN = 5.0  # gain in nats at which a run is as likely right as wrong
SLOPE = 1.5  # nats that multiply the odds by e
SUPPORT = 0.35  # of the gain of all other runs in the same page counts for a run, up to SUPPORT_LIMIT nats
SUPPORT_LIMIT = 3.0


SWITCH = 8.0  # nats by which a run must gain more in another code page than in the page of the rest of its text
WIDTHS = (3, 2, 1)  # code pages tried per layer
CLOSE = 0.6  # a page is tried if it gains this share of what the best page gains
PRIORS = tuple(page.rarity for page in CODEPAGES)


class Decoding(NamedTuple):
    """A text decoded over all layers, what it gained (nats), and the edits."""

    gain: float
    text: str
    script: tuple[Edit, ...]


class Run(NamedTuple):
    """A stretch of text, in code points, that is valid UTF-8 in a code page, and what decoding it gains (nats)."""

    start: int
    end: int
    units: int
    gain: float
    page: int


class Tables(NamedTuple):
    """What the kernels know of each code page."""

    masks: NDArray[np.uint64]
    """For each character below 65536, the pages in which it is a lead and a continuation byte. Shape (65536, 2)."""
    bytes_of: tuple[NDArray[np.uint16], ...]
    """Per page and character: continuation byte << 8 | lead byte."""


@functools.cache
def tables() -> Tables:
    """Tables of all code pages; characters stand for bytes of the page, for C1 and for windows-1252 where undefined."""
    masks = np.zeros((65536, 2), np.uint64)
    bytes_of = []
    windows = characters("windows-1252")
    for number, page in enumerate(CODEPAGES):
        table = np.zeros(65536, np.uint16)
        own = characters(page.name)
        for low, high, column, shift in ((0xC2, 0xF5, 0, 0), (0x80, 0xC0, 1, 8)):
            codes = {}
            for byte in range(low, high):
                if own[byte] == chr(byte):
                    codes[ord(windows[byte])] = byte
                    codes[byte] = byte
            codes.update((ord(unicodedata.normalize("NFC", own[byte])), byte) for byte in range(low, high))
            codes.update((ord(own[byte]), byte) for byte in range(low, high))
            for code, byte in codes.items():
                table[code] |= byte << shift
                masks[code, column] |= np.uint64(1 << number)
        bytes_of.append(table)
    return Tables(masks, tuple(bytes_of))


def repair(text: str, threshold: float) -> tuple[str, tuple[Edit, ...]]:
    """The text with mojibake decoded, and the edits; layer after layer while something is gained."""
    decoding = best_decoding(text, threshold, 0)
    return decoding.text, tuple(edit._replace(rule=chain(edit.rule)) for edit in decoding.script)


def best_decoding(text: str, threshold: float, layer: int) -> Decoding:
    """The decoding that gains most over all layers: the page of a layer is chosen by what the layers below make of it."""
    codes = search.code_points(text)
    runs = candidates(codes) if layer < LAYERS else []
    best = Decoding(0.0, text, ())
    for page in main_pages(runs, WIDTHS[min(layer, len(WIDTHS) - 1)]):
        edits, gain = decode_layer(text, choose(runs, page), threshold, layer)
        if edits:
            below = best_decoding(apply_edits(text, edits), threshold, layer + 1)
            total = gain + below.gain - PRIORS[page]
            if best.text is text or total > best.gain:
                best = Decoding(total, below.text, compose(edits, below.script))
    return best


def main_pages(runs: Sequence[Run], width: int) -> list[int]:
    """The code pages that gain most over the text, best first, as many as are worth a try."""
    total = [-prior for prior in PRIORS]
    for run in runs:
        total[run.page] += run.gain
    pages = sorted({run.page for run in runs}, key=lambda page: (-total[page], page))[:width]
    return [page for page in pages if total[page] >= CLOSE * total[pages[0]]]


def chain(rule: str) -> str:
    """The name of a chain from the rules of its layers, the encoding that came first going first.

    >>> chain("0 utf-8>latin-1 + 1 utf-8>windows-1251")
    'utf-8>windows-1251,utf-8>latin-1'
    """
    layers = sorted((part.split(" ", 1) for part in rule.split(" + ")), reverse=True)
    return ",".join(dict.fromkeys(name if len(layers) < 2 else f"{name}" for _, name in layers)) if len(
        {number for number, _ in layers}
    ) < 2 else ",".join(name for _, name in layers)


def decode_layer(text: str, chosen: Sequence[Run], threshold: float, layer: int) -> tuple[list[Edit], float]:
    """Edits that decode one layer of mojibake, and what they gain."""
    total = [0.0] * len(CODEPAGES)
    for run in chosen:
        total[run.page] += run.gain
    covered = bytearray(len(text))
    for run in chosen:
        covered[run.start : run.end] = b"\1" * (run.end - run.start)
    edits, gain = [], 0.0
    for run in chosen:
        before = text[run.start : run.end]
        after, name = decode(before, run.page)
        values = confidence.features(
            text, run.start, run.end, after, run.units, run.gain, total[run.page] - run.gain, covered
        )
        sure = confidence.confidence(values)
        if LOG is not None: LOG.append((values, sure))
        if sure >= threshold:
            edits.append(Edit(run.start, before, after, f"{layer} {name}", round(sure, 3)))
            gain += run.gain
    return edits, gain
LOG=None

def candidates(codes: NDArray[np.uint32]) -> list[Run]:
    """All runs of all code pages that gain by being decoded."""
    known = tables()
    hits = int(search.screen(codes, known.masks))
    if not hits:
        return []
    model: Any = tuple(plausibility.model())
    rows = np.empty((len(codes) // 2 + 1, 4), np.int64)
    runs = []
    for page in range(len(CODEPAGES)):
        if hits >> page & 1:
            found = search.find_runs(codes, known.bytes_of[page], model, rows)
            kept = rows[:found][rows[:found, 3] > 0]
            runs += [Run(s, e, u, gain * plausibility.UNIT, page) for s, e, u, gain in kept.tolist()]
    return runs


def choose(runs: Sequence[Run], main: int) -> list[Run]:
    """The best runs that do not overlap, those of the page `main` being preferred by SWITCH nats."""
    chosen: list[Run] = []
    taken = np.zeros(max(run.end for run in runs), np.bool_)
    for run in sorted(runs, key=lambda run: (-run.gain - SWITCH * (run.page == main), PRIORS[run.page], run)):
        if not taken[run.start : run.end].any():
            taken[run.start : run.end] = True
            chosen.append(run)
    return sorted(chosen)


def decode(before: str, page: int) -> tuple[str, str]:
    """What a run means, and the name of the rule."""
    table = tables().bytes_of[page]
    data = bytearray()
    while len(data) < len(before):
        lead = int(table[ord(before[len(data)])]) & 0xFF
        data.append(lead)
        for character in before[len(data) : len(data) + 1 + (lead >= 0xE0) + (lead >= 0xF0)]:
            data.append(int(table[ord(character)]) >> 8)
    after = data.decode("utf-8", "surrogatepass")
    after = after.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
    own, windows = characters(CODEPAGES[page].name), characters("windows-1252")
    filled = any(own[byte] != c and windows[byte] == c for byte, c in zip(data, before, strict=True))
    return after, f"utf-8>{CODEPAGES[page].name}{'+1252' * filled}"
