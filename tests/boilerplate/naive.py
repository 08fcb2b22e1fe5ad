"""Slow references for the kernels, one character and one line at a time."""

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import COLUMNS, Column, Kind, characters
from newsclean.boilerplate.tagger import GONE, KEPT, SLOPE, STEP

MASK = (1 << 64) - 1
SEED, PRIME, MIX = 0xCBF29CE484222325, 0x100000001B3, 0x9E3779B97F4A7C15
WORDLIKE = (Kind.LETTER, Kind.UPPER, Kind.DIGIT, Kind.SYLLABLE, Kind.MARK)


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
            row[Column.BREAK] = start + len(line) - line.endswith("\r")
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


def share(texts: list[str], prose: list[bool], rarity: NDArray[np.uint8]) -> list[list[float]]:
    """What `newsclean.boilerplate.sharing.share` finds, with a dictionary from words to the paragraphs with them."""
    result: list[list[float]] = []
    at = 0
    for text in texts:
        lines = [_weighed(line, rarity) for line in text.split("\n")]
        lines = [line for line, raw in zip(lines, text.split("\n"), strict=True) if scan(raw)[0]]
        is_prose = prose[at : at + len(lines)]
        at += len(lines)
        paragraphs = [row for row in range(len(lines)) if is_prose[row]]
        have: dict[int, list[int]] = {}
        for number, row in enumerate(paragraphs, 1):
            for key in dict.fromkeys(key for key, _ in lines[row]):
                have.setdefault(key, []).append(number)
        for row, line in enumerate(lines):
            own = paragraphs.index(row) + 1 if is_prose[row] else 0
            others = [len([number for number in have.get(key, []) if number != own]) for key, _ in line]
            first = [have[key][0] if others[place] else 0 for place, (key, _) in enumerate(line)]
            weights = [weight for _, weight in line]
            total = sum(weights)
            known = sum(weight for weight, other in zip(weights, others, strict=True) if other)
            lead = sum(weight for weight, one in zip(weights, first, strict=True) if 0 < one <= 5 and one != own)
            returns = [weight / 10 * np.log2(1 + other) for weight, other in zip(weights, others, strict=True)]
            shares = [known / total, lead / total] if total else [-1.0, -1.0]
            sums = [np.log2(1 + total / 10), np.log2(1 + sum(returns)), max(returns, default=0.0)]
            result.append([shares[0], sums[0], shares[1], sums[1], sums[2]])
    return result


def echo(text: str) -> list[float]:
    """What `newsclean.boilerplate.echoes.echo` finds, with a set of the three-word sequences of the lines above."""
    result: list[float] = []
    above: set[tuple[int, ...]] = set()
    for line in text.split("\n"):
        if not scan(line)[0]:
            continue
        found = [value for _, value in words(line)]
        threes = list(zip(found, found[1:], found[2:], strict=False))
        result.append(sum(three in above for three in threes) / len(threes) if threes else -1.0)
        above |= set(threes)
    return result


def since_heads(found: list[str], prose: list[bool]) -> list[tuple[int, int]]:
    """What `newsclean.boilerplate.heads.since_heads` finds in a text whose lines are under rules of these families."""
    result = []
    for row in range(len(found)):
        comments = [above for above in range(row) if found[above] == "comments"]
        heads = [above for above in range(row) if found[above] in ("comments", "related", "endings")]
        since = min(row - comments[-1], 60) if comments else 90
        result.append((since, min(sum(prose[heads[-1] : row]), 30) if heads else 40))
    return result


def _weighed(line: str, rarity: NDArray[np.uint8]) -> list[tuple[int, int]]:
    """Keys and weights of the words of a line that count."""
    found = []
    before = 0
    for number, (_, value) in enumerate(words(line)):
        if value & 3 == 2:
            if number:
                found.append(((before ^ value * 3) * MIX & MASK, 20))
            before = value
        elif value & 3 != 3 and rarity[value >> 44]:
            found.append((value, int(rarity[value >> 44])))
    return found


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
