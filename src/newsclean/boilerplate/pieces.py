"""Pieces of sentences that a cue or a date sets off, and how sentences are cut at them."""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import BEGINS, CUE, ENDS, PLACE, SMALL, CharKind, LineColumn, Lines, scan
from newsclean.boilerplate.rules import NUMBER, Dictionary, Hit, Piece, date_before, look_up, phrases
from newsclean.compilation import Column, Table, kernel

DATE = NUMBER["date-stamp"]
SURE, STAYS = 0.95, 0.1  # probability from which parts of a sentence go, and that of parts that stay


class Segments(NamedTuple):
    """The segments of a batch and what is known of their words (`rules.look_up`)."""

    lines: Lines
    hits: NDArray[np.int32]


def dates_before(texts: Sequence[str], found: Segments, known: Dictionary) -> list[Piece]:
    """Dates with their label that ran into the first sentence of a line."""
    table, start = found.lines.table, found.hits[:, Hit.START]
    labelled = (start > 0) & (known.rule[start - 1] == DATE) & (table[:, LineColumn.INSIDE] & BEGINS == 0)
    pieces = []
    for row in np.flatnonzero(labelled).tolist():
        text, begin, end = table[row, PLACE].tolist()
        size = date_before(texts[text][begin:end])
        if size:
            pieces.append(Piece(row, begin, begin + size, phrases()[int(start[row]) - 1]))
    return pieces


def cut(texts: Sequence[str], found: Segments, known: Dictionary, pieces: Sequence[Piece]) -> Segments:
    """The segments with `pieces` (sorted, none overlaps another) as segments of their own."""
    table, words, places = found.lines
    parts = _parts(texts, table, pieces)
    strings = [texts[table[row, LineColumn.TEXT]][low:high].replace("\n", " ") for row, low, high, _ in parts]
    new, new_words, new_places = scan(strings)
    number = new[:, LineColumn.TEXT].copy()
    row, begin = np.array([part[:2] for part in parts])[number].T
    rule = np.array([part[3] for part in parts], np.int32)[number]
    for column in (LineColumn.RAW, LineColumn.START, LineColumn.END):
        new[:, column] += begin.astype(np.int32)
    new_places += np.repeat(begin, new[:, LineColumn.WORDS])[:, np.newaxis].astype(np.int32)
    first, last = np.append(True, row[1:] != row[:-1]), np.append(row[1:] != row[:-1], True)
    inherited = table[row]
    new[:, LineColumn.WORD] += len(words)
    new[:, LineColumn.TEXT], new[:, LineColumn.BREAK] = inherited[:, LineColumn.TEXT], inherited[:, LineColumn.BREAK]
    new[:, LineColumn.BLANKS] = first * inherited[:, LineColumn.BLANKS]
    new[:, LineColumn.RAW] = np.where(first, inherited[:, LineColumn.RAW], new[:, LineColumn.START])
    old = inherited[:, LineColumn.INSIDE]
    begins, ends = np.where(first, old & BEGINS, BEGINS), np.where(last, old & ENDS, ENDS)
    new[:, LineColumn.INSIDE] = new[:, LineColumn.INSIDE] & SMALL | begins | ends | CUE * (rule > 0)
    new[:, LineColumn.RULE] = rule
    count = np.bincount(row, minlength=len(table))
    untouched = count == 0
    ends = np.cumsum(np.maximum(count, 1))
    stays = np.zeros(int(ends[-1]), np.bool_)
    stays[ends[untouched] - 1] = True
    every, every_place = np.concatenate([words, new_words]), np.concatenate([places, new_places])
    hits = _merged(stays, found.hits[untouched], look_up(Lines(new, every, every_place), known))
    lines = Lines(_merged(stays, table[untouched], new), np.empty_like(every), np.empty_like(every_place))
    size = _put_words_in_order(lines.table, every, every_place, lines.words, lines.places)
    return Segments(Lines(lines.table, lines.words[:size], lines.places[:size]), hits)


def _merged(first: NDArray[np.bool_], some: NDArray[np.int32], others: NDArray[np.int32]) -> NDArray[np.int32]:
    """Rows of two tables in one: those marked are `some`."""
    result = np.empty((len(first), some.shape[1]), np.int32)
    result[first], result[~first] = some, others
    return result


@kernel(entry=True, interpreted=True)
def _put_words_in_order(
    table: Table[np.int32],
    words: Column[np.uint64],
    places: Table[np.int32],
    result: Column[np.uint64],
    resulting_places: Table[np.int32],
) -> int:
    """Copy the words of each row behind those of the row above, so that rows can be merged; return how many."""
    count = 0
    for row in range(len(table)):
        first = table[row, LineColumn.WORD]
        table[row, LineColumn.WORD] = count
        for at in range(first, first + table[row, LineColumn.WORDS]):
            result[count] = words[at]
            resulting_places[count, 0], resulting_places[count, 1] = places[at, 0], places[at, 1]
            count += 1
    return count


def judge_parted(table: NDArray[np.int32], probability: NDArray[np.float32]) -> None:
    """Let the parts of a sentence out of which brackets were cut go together, if all are sure, or stay together. All
    get the least probability of them. What stands between two brackets amid a sentence is no segment of its own."""
    inside = table[:, LineColumn.INSIDE]
    amid = (inside & CUE > 0) & (inside & BEGINS > 0) & (inside & ENDS > 0)
    amid &= (table[:, LineColumn.FIRST] == CharKind.OPEN) & (table[:, LineColumn.CLOSED] > 0)
    parts: list[int] = []
    for row in np.flatnonzero(amid).tolist():
        by_cue = (inside[row - 1] | inside[row + 1]) & CUE
        if by_cue or table[row - 1, LineColumn.LAST] == CharKind.STOP:
            continue
        if parts[-1:] != [row - 1]:
            probability[parts] = _of_all(probability[parts])
            parts = [row - 1]
        parts.append(row + 1)
    probability[parts] = _of_all(probability[parts])


def _of_all(parts: NDArray[np.float32]) -> float:
    least = float(parts.min(initial=1))
    return least if least >= SURE else min(least, STAYS)


def _parts(texts: Sequence[str], table: NDArray[np.int32], pieces: Sequence[Piece]) -> list[tuple[int, int, int, int]]:
    """What pieces cut their rows into: row, start, end, and of a piece the number of its rule plus one."""
    parts = []
    for row, of_row in itertools.groupby(pieces, key=lambda piece: piece.row):
        text, place, end = table[row, PLACE].tolist()
        cuts = []
        for piece in of_row:
            cuts += [(row, place, piece.start, 0), (row, piece.start, piece.end, 1 + NUMBER[piece.phrase.rule])]
            place = piece.end
        cuts.append((row, place, end, 0))
        parts += [cut for cut in cuts if texts[text][cut[1] : cut[2]].strip()]
    return parts
