"""Features of lines: what a line is made of, what stands around it, what it shares with paragraphs."""

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.context import context
from newsclean.boilerplate.lines import Column, Kind, Lines
from newsclean.boilerplate.phrases import Hit
from newsclean.boilerplate.sharing import share

Floats = NDArray[np.float32]

# The character that ends or begins a line, on a scale from residue to sentence.
_ENDS = {Kind.STOP: 4, Kind.COMMA: 2, Kind.COLON: 3, Kind.DASH: 1, Kind.SEPARATOR: -2, Kind.PICTURE: -2, Kind.DIGIT: -1}
_BEGINS = {Kind.UPPER: 3, Kind.OPEN: 4, Kind.DIGIT: 1, Kind.SEPARATOR: -2, Kind.DASH: -1, Kind.PICTURE: -3}
OWN = (
    *("length", "word_length", "end", "closed", "begin", "capitalised", "capitals", "digits", "numbers", "sentences"),
    *("commas", "separators", "colons", "quotes", "symbols", "share_words", "score", "rule", "blanks", "blanks_after"),
    *("indent", "prose", "shared", "content", "repeats", "grams", "lead", "themes", "theme"),
)
NEAR = ("length", "end", "capitalised", "score", "shared", "begin", "digits")
FLOW = (
    *("score_after", "score_before", "prose_share_after", "rules_after", "rules_before", "score_near", "length_near"),
    *("shared_near", "since_long", "until_long", "shared_after", "prose_near", "end_near", "lead_near", "lead_after"),
)
AROUND = (
    *("lines", "letters", "prose_lines", "prose_share", "text_score", "row", "row_from_end", "share_before"),
    *("prose_before", "prose_after", "since_prose", "until_prose", "run", "run_length", "run_score", "run_ends"),
    *("run_shared", "run_rules", "since_rule", "until_rule", "run_spread", "since_letters", "until_letters"),
    "run_caps",
)
NAMES = OWN + tuple(f"{name}{shift:+d}" for shift in (-2, -1, 1, 2) for name in NEAR) + FLOW + AROUND
O = {name: column for column, name in enumerate(OWN)}  # noqa: E741
SHARED = [O[name] for name in ("shared", "content", "lead", "themes", "theme")]
NEARBY = [O[name] for name in NEAR]


def features(
    lines: Lines,
    hits: NDArray[np.int32],
    length: NDArray[np.int32],
    is_prose: NDArray[np.bool_],
    found: NDArray[np.int16],
) -> Floats:
    """(lines, len(NAMES)) float32."""
    rows = len(lines.table)
    result = np.zeros((rows, len(NAMES)), np.float32)
    if rows == 0:
        return result
    text = lines.table[:, Column.TEXT]
    bounds = np.append(np.flatnonzero(np.diff(text, prepend=-1)), rows)
    own = result[:, : len(OWN)]
    _own(own, lines.table, hits, length, is_prose, found)
    own[:, SHARED] = share(lines, is_prose, bounds)
    own[:, O["repeats"]] = _repeats(lines)
    padded = np.full((rows + 4, len(NEAR)), -9, np.float32)
    padded[2:-2] = own[:, NEARBY]
    other = np.full((rows + 4), -1)
    other[2:-2] = text
    for number, shift in enumerate((-2, -1, 1, 2)):
        begin = len(OWN) + number * len(NEAR)
        near = np.where(
            (other[2 + shift : rows + 2 + shift] == text)[:, None], padded[2 + shift : rows + 2 + shift], -9
        )
        result[:, begin : begin + len(NEAR)] = near
    result[:, len(OWN) + 4 * len(NEAR) :] = context(bounds, own, length)
    return result


def _own(
    own: Floats,
    table: NDArray[np.int32],
    hits: NDArray[np.int32],
    length: NDArray[np.int32],
    is_prose: NDArray[np.bool_],
    found: NDArray[np.int16],
) -> None:
    counts = table[:, Column.KINDS :].astype(np.float32)
    words = np.maximum(table[:, Column.WORDS], 1).astype(np.float32)
    size = np.maximum(length, 1).astype(np.float32)
    blanks = np.minimum(table[:, Column.BLANKS], 4)
    columns = {
        "length": np.log2(1 + size),
        "word_length": size / words,
        "end": _END_SCALE[table[:, Column.LAST]],
        "closed": table[:, Column.CLOSED],
        "begin": _BEGIN_SCALE[table[:, Column.FIRST]],
        "capitalised": table[:, Column.CAPITALISED] / words,
        "capitals": table[:, Column.CAPITALS] / words,
        "digits": counts[:, Kind.DIGIT] / size,
        "numbers": np.minimum(table[:, Column.NUMBERS], 20),
        "sentences": np.minimum(table[:, Column.SENTENCES], 20),
        "commas": counts[:, Kind.COMMA] / size,
        "separators": np.minimum(counts[:, Kind.SEPARATOR], 20),
        "colons": np.minimum(counts[:, Kind.COLON], 10),
        "quotes": np.minimum(counts[:, Kind.OPEN] + counts[:, Kind.CLOSE], 10),
        "symbols": np.minimum(counts[:, Kind.PICTURE] + counts[:, Kind.OTHER], 10),
        "share_words": hits[:, Hit.ONLY] / words,
        "score": hits[:, Hit.SCORE] / (1024 * np.sqrt(np.maximum(hits[:, Hit.GRAMS], 1))),
        "grams": hits[:, Hit.GRAMS] / words,
        "rule": found >= 0,
        "blanks": blanks,
        "blanks_after": np.append(blanks[1:] * (table[1:, Column.TEXT] == table[:-1, Column.TEXT]), 0),
        "indent": np.minimum(table[:, Column.START] - table[:, Column.RAW], 10),
        "prose": is_prose,
    }
    for name, values in columns.items():
        own[:, O[name]] = values


def _repeats(lines: Lines) -> NDArray[np.int64]:
    """How many other lines of the text have the same words, up to 3."""
    sums = np.zeros(len(lines.words) + 1, np.uint64)
    np.cumsum(lines.words * (lines.words >> np.uint64(7)), out=sums[1:])
    first = lines.table[:, Column.WORD]
    total = sums[first + lines.table[:, Column.WORDS]] - sums[first]
    total += lines.table[:, Column.TEXT].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    order = np.argsort(total)
    ordered = total[order]
    number = np.zeros(len(total), np.int64)
    np.cumsum(ordered[1:] != ordered[:-1], out=number[1:])
    repeats = np.empty(len(total), np.int64)
    repeats[order] = np.minimum(np.bincount(number)[number] - 1, 3)
    return repeats


def _scale(values: dict[Kind, int]) -> Floats:
    return np.array([values.get(kind, 0) for kind in Kind] + [0], np.float32)


_END_SCALE, _BEGIN_SCALE = _scale(_ENDS), _scale(_BEGINS)
