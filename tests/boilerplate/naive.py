"""Slow references for the kernels, one character and one line at a time."""

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import COLUMNS, Column, Kind, characters
from newsclean.boilerplate.tagger import GONE, KEPT, SLOPE, STEP

MASK = (1 << 64) - 1
SEED, PRIME, MIX = 0xCBF29CE484222325, 0x100000001B3, 0x9E3779B97F4A7C15
WORDLIKE = (Kind.LETTER, Kind.UPPER, Kind.DIGIT, Kind.MARK)


def entry(char: str) -> tuple[int, int]:
    """Kind and folded form of a character."""
    code = ord(char)
    if code < 0x10000:
        value = int(characters()[code])
        return value >> 16, value & 0xFFFF
    kind = Kind.PICTURE if 0x1F000 <= code < 0x1FB00 else Kind.UNSPACED if 0x20000 <= code < 0x40000 else Kind.LETTER
    return kind, code & 0xFFFF


def words(line: str) -> list[tuple[str, int]]:
    """The words of a line and their hashes."""
    found: list[tuple[str, int]] = []
    run = ""
    for char in [*line, "\n"]:
        kind, folded = entry(char)
        if kind in WORDLIKE:
            run += char
            continue
        if run:
            found.append((run, word_hash(run)))
            run = ""
        if kind == Kind.UNSPACED:
            value = (SEED ^ folded) * PRIME & MASK
            found.append((char, (value ^ value >> 29) & ~3 | 2))
    return found


def word_hash(word: str) -> int:
    value = SEED
    for char in word:
        kind, folded = entry(char)
        if kind != Kind.MARK:
            value = (value ^ folded) * PRIME & MASK
    only_digits = all(entry(char)[0] == Kind.DIGIT for char in word)
    return value & ~3 | (1 if only_digits else 3 if len(word) < 4 else 0)


def scan(text: str) -> tuple[list[list[int]], list[int]]:
    """The table of lines of one text, and the hashes of its words."""
    rows: list[list[int]] = []
    hashes: list[int] = []
    start = blanks = 0
    for line in text.split("\n"):
        kinds = [entry(char)[0] for char in line]
        inked = [at for at, kind in enumerate(kinds) if kind != Kind.SPACE]
        if not inked:
            blanks += 1
        else:
            row = _row(line, kinds, inked)
            row[Column.RAW], row[Column.BLANKS], row[Column.WORD] = start, blanks, len(hashes)
            row[Column.START] += start
            row[Column.END] += start
            hashes += [value for _, value in words(line)]
            rows.append(row)
            blanks = 0
        start += len(line) + 1
    return rows, hashes


def _row(line: str, kinds: list[int], inked: list[int]) -> list[int]:
    row = [0] * COLUMNS
    row[Column.START], row[Column.END] = inked[0], inked[-1] + 1
    row[Column.FIRST] = kinds[inked[0]]
    row[Column.LAST] = next((kinds[at] for at in reversed(inked) if kinds[at] != Kind.CLOSE), 0)
    row[Column.CLOSED] = kinds[inked[-1]] == Kind.CLOSE
    after = [*kinds[1:], Kind.SPACE]
    row[Column.SENTENCES] = sum(
        kind == Kind.STOP and behind in (Kind.SPACE, Kind.CLOSE) for kind, behind in zip(kinds, after, strict=True)
    )
    for kind in kinds:
        row[Column.KINDS + kind] += 1
    for word, value in words(line):
        row[Column.WORDS] += 1
        if value & 3 == 2:
            continue
        of = [entry(char)[0] for char in word]
        row[Column.CAPITALISED] += of[0] == Kind.UPPER
        row[Column.CAPITALS] += len(word) > 1 and all(kind in (Kind.UPPER, Kind.MARK) for kind in of)
        row[Column.NUMBERS] += all(kind == Kind.DIGIT for kind in of)
        row[Column.LONGEST] = max(row[Column.LONGEST], len(word))
    return row


def key(hashes: list[int], place: int) -> int:
    """Key of a sequence of words that stand at a place (`newsclean.boilerplate.phrases.Place`)."""
    value = MIX * (1 if place == 4 else place) & MASK
    for word in reversed(hashes) if place == 2 else hashes:
        value = (value ^ (1 if word & 3 == 1 else word)) * MIX & MASK
        value ^= value >> 29
    return value ^ MIX if place == 4 else value


def predict(
    line: NDArray[np.float32],
    feature: list[int],
    threshold: list[float],
    child: list[int],
    value: list[float],
    roots: list[int],
) -> float:
    """Sum of the leaves that a line falls into, in float32 and in order, until it is sure."""
    total = np.float32(0)
    for tree, root in enumerate(roots):
        node = root
        while feature[node] >= 0:
            node = child[node] + bool(line[feature[node]] > np.float32(threshold[node]))
        total += np.float32(value[node])
        if tree % STEP == STEP - 1 and not KEPT + SLOPE * (tree + 1) < total < GONE:
            break
    return float(total)
