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
    table, words, _ = found.lines
    parts = _parts(texts, table, pieces)
    strings = [texts[table[row, LineColumn.TEXT]][low:high].replace("\n", " ") for row, low, high, _ in parts]
    new, _, new_places = parted = scan(strings)
    new_hits = look_up(parted, known)
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
    lines = _with_words_together(_replaced(table, count, new), found.lines, parted)
    return Segments(lines, _replaced(found.hits, count, new_hits))


def _replaced(table: NDArray[np.int32], count: NDArray[np.int64], new: NDArray[np.int32]) -> NDArray[np.int32]:
    """A table with so many `new` rows in place of each row; where there are none, the row stays."""
    result = np.empty((int(np.maximum(count, 1).sum()), table.shape[1]), np.int32)
    _replace(table, count, new, result)
    return result


@kernel(entry=True, interpreted=True)
def _replace(table: Table[np.int32], count: Column[np.int64], new: Table[np.int32], result: Table[np.int32]) -> None:
    at = taken = 0
    for row in range(len(table)):
        for _ in range(count[row]):
            for column in range(result.shape[1]):
                result[at, column] = new[taken, column]
            at += 1
            taken += 1
        if count[row] == 0:
            for column in range(result.shape[1]):
                result[at, column] = table[row, column]
            at += 1


def _with_words_together(table: NDArray[np.int32], old: Lines, new: Lines) -> Lines:
    """Lines with the words of each cut block one after the other, so that its rows can be merged. In `table`, words are
    numbered through those of the `old` lines, then those of the `new` ones."""
    moved = np.zeros(len(table), np.bool_)
    count = _mark_cut_blocks(table, len(old.words), moved)
    there = len(old.words) + len(new.words)
    words, places = np.empty(there + count, np.uint64), np.empty((there + count, 2), np.int32)
    for part, into in ((old, slice(len(old.words))), (new, slice(len(old.words), there))):
        words[into], places[into] = part.words, part.places
    _move_words(table, moved, there, words, places)
    return Lines(table, words, places)


@kernel(entry=True, interpreted=True)
def _mark_cut_blocks(table: Table[np.int32], new: int, moved: Column[np.bool_]) -> int:
    """Mark the rows of blocks that have parts; return how many words they have."""
    count = row = 0
    while row < len(table):
        begin, is_cut = row, False
        while row < len(table) and (row == begin or table[row, LineColumn.INSIDE] & BEGINS):
            is_cut = is_cut or table[row, LineColumn.WORD] >= new
            row += 1
        if is_cut:
            for each in range(begin, row):
                moved[each] = True
                count += table[each, LineColumn.WORDS]
    return count


@kernel(entry=True, interpreted=True)
def _move_words(
    table: Table[np.int32], moved: Column[np.bool_], count: int, words: Column[np.uint64], places: Table[np.int32]
) -> None:
    """Copy the words of marked rows behind the `count` that there are."""
    for row in range(len(table)):
        if moved[row]:
            first = table[row, LineColumn.WORD]
            table[row, LineColumn.WORD] = count
            for at in range(first, first + table[row, LineColumn.WORDS]):
                words[count] = words[at]
                places[count, 0], places[count, 1] = places[at, 0], places[at, 1]
                count += 1


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
