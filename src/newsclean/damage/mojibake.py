"""UTF-8 that was read in single-byte code pages: which runs to decode, in which page, as often as it takes."""

import functools
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.damage import confidence, languages, layers, plausibility, selection, signs, twins
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
NEAR = 30.0  # nats that a page may gain less than the best one to be compared with it in one language
LONGEST = 4000  # code points of a text for which that is done
SWITCH = 8.0  # nats by which a run must gain more in another code page than in the page of the rest of its text
WIDTHS = (3, 2, 1)  # code pages tried per layer
PAGE = 4  # column of runs
CLOSE = 0.6  # a page is tried if it gains this share of what the best page gains


class Layer(NamedTuple):
    """The runs of a text that were decoded, and the code points of the text before and after."""

    before: NDArray[np.uint32]
    after: NDArray[np.uint32]
    runs: NDArray[np.int64]
    """Start and end before, start and end after, code page, whether windows-1252 fills it. Shape (runs, 6)."""
    sure: NDArray[np.float64]


class Candidates(NamedTuple):
    """All likely runs of a text, columns as in `screening.screen`; how many of them are in pages that are not faint,
    and what those of each such page gain together (nats), 0 for the others."""

    runs: NDArray[np.int64]
    loud: int
    gains: NDArray[np.float64]


class Decoding(NamedTuple):
    """A text decoded over all layers, what it gained (nats), and the signs of what came out."""

    gain: float
    layers: tuple[Layer, ...]
    signs: Signs


class Decoded(NamedTuple):
    """Edits that decode a text, the text that they make, its signs, and where each edit begins and ends before and
    after (the first four columns)."""

    edits: Sequence[Edit]
    text: str
    signs: Signs
    spans: NDArray[np.int64]


def repair(text: str, seen: Signs, context: Context) -> Decoded:
    """Decode mojibake, layer after layer while something is gained; `seen` are the signs of the text."""
    if not seen.pages or not confidence.possible(seen, context):
        return Decoded((), text, seen, np.empty((0, 4), np.int64))
    _, found, after = best_decoding(plausibility.code_points(text), seen, context, 0, [EFFORT])
    if not found:
        return Decoded((), text, after, np.empty((0, 4), np.int64))
    if len(found) == 1:
        return Decoded(edits_of(text, found[0], ""), text_of(found[0].after), after, found[0].runs)
    script: Sequence[Edit] = ()
    for number in range(len(found) - 1, -1, -1):
        script = compose(edits_of(text_of(found[number].before), found[number], f"{number} "), script)
    edits = [Edit(start, before, chars, chain(rule), sure) for start, before, chars, rule, sure in script]
    return Decoded(edits, text_of(found[-1].after), after, spans_of(edits))


def spans_of(edits: Sequence[Edit]) -> NDArray[np.int64]:
    """Where each edit starts and ends before and after. Shape (edits, 4)."""
    rows = np.array([(start, len(before), len(after)) for start, before, after, _, _ in edits], np.int64)
    start, before, after = rows.reshape(-1, 3).T
    grown = np.cumsum(after - before) - (after - before)
    return np.column_stack((start, start + before, start + grown, start + grown + after))


def edits_of(before: str, layer: Layer, prefix: str) -> list[Edit]:
    """The edits of a layer of the text `before`; their rules begin with `prefix`."""
    after, names, sure = text_of(layer.after), _rules(prefix), np.round(layer.sure, 3).tolist()
    new = tuple.__new__  # a text has thousands of edits: half of the time
    return [
        new(Edit, (start, before[start:end], after[low:high], names[page][filled], probability))
        for (start, end, low, high, page, filled), probability in zip(layer.runs.tolist(), sure, strict=True)
    ]


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
    options: list[Decoding] = []
    if layer == LAYERS or effort[0] <= 0 or not seen.pages or not confidence.possible(seen, context):
        return Decoding(0.0, (), seen)
    found = candidates(codes, seen)
    width = WIDTHS[min(layer, len(WIDTHS) - 1)] if 4 * found.loud < effort[0] else 1
    below: dict[bytes, tuple[Decoding, int]] = {}  # pages often agree on what is left to decode
    confidence.meet(codes)
    for page, decoded, gain in decodings(codes, found, main_pages(found.gains, context, width), context):
        effort[0] -= found.loud
        if decoded:
            key, left = decoded.after.tobytes(), effort[0]
            if key in below:
                effort[0] -= below[key][1]
            else:
                seen = signs.signs_of_codes(decoded.after)
                below[key] = best_decoding(decoded.after, seen, context, layer + 1, effort), left - effort[0]
            further = below[key][0]
            total = gain + further.gain - CODEPAGES[page].rarity + context.support(page)
            options.append(Decoding(total, (decoded, *further.layers), further.signs))
    return likeliest(options) if options else Decoding(0.0, (), seen)


def likeliest(options: list[Decoding]) -> Decoding:
    """The decoding that gains most; of those that gain about as much, the one that fits a language, too: `może` or
    `moşe`."""
    best = max(options, key=lambda option: option.gain)
    texts = {option.layers[-1].after.tobytes(): option for option in options[::-1] if option.gain >= best.gain - NEAR}
    if len(texts) == 1 or len(best.layers[-1].after) > LONGEST:
        return best
    return max(
        sorted(texts.values(), key=lambda option: -option.gain),
        key=lambda option: option.gain - languages.FIT * languages.cost(text_of(option.layers[-1].after)),
    )


def decode_layer(codes: NDArray[np.uint32], runs: NDArray[np.int64], context: Context) -> tuple[Layer | None, float]:
    """One layer of mojibake decoded where that is sure enough, and what it gains; None: nowhere."""
    read, spans = np.empty(len(codes), np.uint32), np.empty((len(runs), 3), np.int64)
    read = read[: layers.decode_runs(codes, runs, utf8_tables(), read, spans)]
    more = twins.settle(codes, runs, spans, read)
    sure, _ = confidence.weigh(codes, runs, spans, frozen(read), context)
    after, table = np.empty(len(codes), np.uint32), np.empty((len(runs), 6), np.int64)
    count, length, gain = layers.splice(codes, runs, spans, read, sure, context.threshold, after, table)
    if not count:
        return None, 0.0
    return Layer(codes, frozen(after[:length]), table[:count], sure[:count]), gain + more


def frozen(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Code points that are not changed any more."""
    codes.flags.writeable = False
    return codes


def main_pages(gains: NDArray[np.float64], context: Context, width: int) -> list[int]:
    """The code pages that gain most over the text, best first, as many as are worth a try; `gains` as of
    `candidates`."""
    total = [
        (context.support(page) - CODEPAGES[page].rarity, gain, page) for page, gain in enumerate(gains.tolist()) if gain
    ]
    best = sorted(total, key=lambda row: (-row[0] - row[1], row[2]))[:width]
    return [page for known, gain, page in best if known + gain >= CLOSE * (best[0][0] + best[0][1])]


def decodings(
    codes: NDArray[np.uint32], found: Candidates, pages: list[int], context: Context
) -> Iterator[tuple[int, Layer | None, float]]:
    """Each page, the layer decoded if most of a text was misread in it, if any, and what that gains. Half of the pages
    differ in name only from one before: then only that is changed."""
    known: list[tuple[int, NDArray[np.int64], Layer | None, float]] = []
    for page in pages:
        runs = choose(len(codes), found, page)
        for other, rows, layer, gained in known:
            alike = context.support(page) == context.support(other) and twins.twins()[page] == twins.twins()[other]
            if alike and selection.agree(codes, runs, rows, page, other, utf8_tables()):
                gain = gained
                if layer:
                    table = layer.runs.copy()
                    table[table[:, PAGE] == other, PAGE] = page
                    layer = layer._replace(runs=table)
                break
        else:
            layer, gain = decode_layer(codes, runs, context)
            known.append((page, runs, layer, gain))
        yield page, layer, gain


@functools.lru_cache(maxsize=1 << 10)
def chain(rule: str) -> str:
    """The name of a chain from the rules of its layers, which are numbered: the encoding that came first goes first.

    >>> chain("0 utf-8>latin-1 + 1 utf-8>windows-1251")
    'utf-8>windows-1251,utf-8>latin-1'
    """
    layers = {part.split(" ", 1)[0]: part.split(" ", 1)[1] for part in rule.split(" + ")}
    return ",".join(layers[number] for number in sorted(layers, reverse=True))


def candidates(codes: NDArray[np.uint32], seen: Signs) -> Candidates:
    """The likely runs of the code pages of a text."""
    runs, pages = seen.runs, seen.pages
    if len(codes) > 2 * SAMPLE:
        sample = np.concatenate([codes[i : i + SAMPLE // 10] for i in range(0, len(codes), len(codes) // 10)])
        _, total = _loud(signs.runs_of(frozen(sample), pages))
        if total.sum() > DENSE * SAMPLE:
            pages = sum(1 << page for page in sorted(range(len(total)), key=lambda page: -total[page])[:2])
            runs = None if runs is None else runs[pages >> runs[:, PAGE] & 1 > 0]
    runs = signs.runs_of(codes, pages) if runs is None else runs
    return Candidates(runs, *_loud(runs))


def _loud(runs: NDArray[np.int64]) -> tuple[int, NDArray[np.float64]]:
    """How many runs are of pages that are not faint beside the best page, and what those of each page gain (nats)."""
    total = np.empty((len(CODEPAGES), 2), np.int64)
    selection.tally(runs, total)
    total[total[:, 0] < FAINT * total[:, 0].max()] = 0
    return int(total[:, 1].sum()), np.multiply(total[:, 0], plausibility.UNIT, dtype=np.float64)


def choose(length: int, found: Candidates, main: int) -> NDArray[np.int64]:
    """The best runs, of pages with a gain, that do not overlap, by start, those of the page `main` being preferred by
    SWITCH nats; `length` is that of the text."""
    runs, value = found.runs, np.where(found.gains > 0, -_rarities(), selection.NEVER)
    value[main] += 8 * round(SWITCH / plausibility.UNIT)
    order, rows = np.empty((len(runs), 2), np.int64), np.empty((len(runs), 5), np.int64)
    return rows[: selection.choose(runs, value, order, np.zeros(length, np.int64), rows)]


@functools.cache
def _rarities() -> NDArray[np.int64]:
    return np.array([page.rarity for page in CODEPAGES], np.int64)  # below 8, so that they decide between equal gains


def decode(before: str, page: int) -> tuple[str, str]:
    """What a run means, and the name of the rule.

    >>> decode("Ã¼ÃŸ", 0)
    ('üß', 'utf-8>windows-1252')
    """
    runs = np.array([[0, len(before), 0, 0, page]], np.int64)
    read, spans = np.empty(len(before), np.uint32), np.empty((1, 3), np.int64)
    length = layers.decode_runs(plausibility.code_points(before), runs, utf8_tables(), read, spans)
    return text_of(read[:length]), f"utf-8>{CODEPAGES[page].name}{'+1252' * int(spans[0, 2])}"
