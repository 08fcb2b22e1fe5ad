"""Slow references for the kernels, one character and one line at a time."""

import math

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.ends import (
    ARTICLE,
    KNOWN,
    LEAST_SURE,
    LONGEST,
    MOST_ODDS,
    MOST_SURE,
    RATHER,
    SUREST,
    UNIT,
)
from newsclean.boilerplate.lines import CASED, COLUMNS, Column, Kind, Lines, characters
from newsclean.boilerplate.tagger import ASKED_FROM, ASKED_TO, FIRST, GONE, KEPT, SLOPE, STEP
from newsclean.boilerplate.verdicts import lengths

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
    row[Column.ROUGH] = _rough(line, kinds, inked[0])
    row[Column.CALLS] = sum(line.count(char) for char in "!?！？؟")
    row[Column.STRAIGHT] = line.count('"')
    row[Column.CURLED] = sum(char in "‘’‚“”„" for char in line)
    row[Column.ANGLED] = line.count("«")
    row[Column.DASHES] = line.count("–") + line.count("—")
    wide = (Kind.LETTER, Kind.UPPER, Kind.DIGIT, Kind.SYLLABLE, Kind.UNSPACED)
    row[Column.WIDE] = sum(char > "\x7f" and kind in wide for char, kind in zip(line, kinds, strict=True))
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


def _rough(line: str, kinds: list[int], first: int) -> int:
    """Marks of careless writing, by pieces of the line: words, and single other characters."""
    found = kinds[first] == Kind.LETTER and ord(line[first]) < CASED
    pieces: list[str] = []
    for char, kind in zip(line, kinds, strict=True):
        if kind in WORDLIKE and pieces and entry(pieces[-1][0])[0] in WORDLIKE:
            pieces[-1] += char
        else:
            pieces.append(char)
    of = [[entry(char)[0] for char in piece] for piece in pieces]
    for before, mark, after in zip(pieces, of[1:], pieces[2:], strict=False):
        small = len(before) >= 3 and all(k in WORDLIKE and k not in (Kind.UPPER, Kind.DIGIT) for k in _kinds(before))
        word = len(after) > 3 and all(k in WORDLIKE and k != Kind.DIGIT for k in _kinds(after))
        found += small and word and mark[0] in (Kind.STOP, Kind.COMMA)
    for at in range(first + 1, len(line)):
        ends = at + 1 == len(line) or line[at + 1] <= " "
        found += line[at] in ",." and kinds[at - 1] == Kind.SPACE and ends
        found += line[at] == ")" and line[at - 1] in ")-:;="
    starts = [at for at in range(len(line)) if kinds[at] == Kind.STOP and (at == 0 or kinds[at - 1] != Kind.STOP)]
    second = [at + 1 for at in starts if kinds[at + 1 : at + 2] == [Kind.STOP]]
    return found + len({*second} | {at for at, char in enumerate(line) if char == "…"})


def _kinds(word: str) -> list[int]:
    return [entry(char)[0] for char in word]


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


def manner(text: str) -> list[dict[str, float]]:
    """What `newsclean.boilerplate.manner.manner` finds in a text, each stretch of lines looked at anew."""
    lines, _ = scan(text)
    size = lengths(Lines(np.array(lines, np.int32).reshape(-1, COLUMNS), np.empty(0, np.uint64))).tolist()
    return [_manner(lines, size, row) for row in range(len(lines))]


def _manner(lines: list[list[int]], size: list[int], row: int) -> dict[str, float]:
    every, end = list(range(len(lines))), len(lines)
    above, below, own, near = every[:row], every[row:], [row], every[max(row - 4, 0) : row + 5]
    long = [length >= 60 for length in size]
    words = [line[Column.WORDS] - line[Column.NUMBERS] for line in lines]
    kinds = [Column.KINDS + kind for kind in (Kind.LETTER, Kind.UPPER, Kind.SYLLABLE, Kind.UNSPACED)]
    letters = [sum(line[kind] for kind in kinds) for line in lines]
    stamp = [not long[at] and lines[at][Column.NUMBERS] >= 2 for at in every]
    name = [
        not (long[at] or lines[at][Column.NUMBERS] or lines[at][Column.LAST] == Kind.STOP)
        and lines[at][Column.WORDS] <= 3
        for at in every
    ]
    turn = [long[at] and at > 0 and (stamp[at - 1] or name[at - 1]) for at in every]

    def rate(rows: list[int], column: int, few: float) -> float:
        marks = sum(lines[at][column] for at in rows if long[at])
        return 100 * marks / (sum(words[at] for at in rows if long[at]) + few)

    def likeness(rows: list[int]) -> float:
        one, other = (
            np.array([sum(lines[at][column] for at in part) for column in range(Column.STRAIGHT, Column.ANGLED + 1)])
            for part in (above, rows)
        )
        return float(one @ other / np.sqrt((one @ one) * (other @ other))) if one.any() and other.any() else -1.0

    def share(rows: list[int], column: int, of: list[int], few: float) -> float:
        return sum(lines[at][column] for at in rows) / (sum(of[at] for at in rows) + few)

    found = {
        "marks": likeness(own),
        "marks_below": likeness(below),
        "stamps_near": float(sum(stamp[at] for at in near)),
        "names_below": float(min(sum(name[at] for at in below), 30)),
        "turns_below": sum(turn[at] for at in below) / (sum(long[row:end]) + 1),
    }
    for prefix, column in (("rough", Column.ROUGH), ("calls", Column.CALLS)):
        found[prefix] = rate(own, column, 20)
        for place, rows in (("above", above), ("below", below), ("near", near)):
            found[f"{prefix}_{place}"] = rate(rows, column, 60)
    for prefix, column, of in (("dashes", Column.DASHES, words), ("wide", Column.WIDE, letters)):
        for suffix, rows, few in (("", own, 10), ("_below", below, 50)):
            found[prefix + suffix] = share(rows, column, of, few) - share(above, column, of, 50)
    return found


def end_margins(probability: list[float], length: list[int], found: list[int]) -> list[float]:
    """How much rather a text ends above each line, and below one that is article, than below the line."""
    sure = [min(max(p, LEAST_SURE), MOST_SURE) for p in probability]
    odds = [min(max(math.log(p / (1 - p)), -SUREST), SUREST) for p in sure]
    evidence = [value * min(size, LONGEST) / UNIT for value, size in zip(odds, length, strict=True)]
    known = [KNOWN * (rule >= 0) for rule in [*found, -1]]
    ends = [sum(evidence[place:]) + known[place] for place in range(len(evidence) + 1)]
    first = next((row for row, p in enumerate(probability) if p < ARTICLE), len(evidence)) + 1
    return [max(ends[first : row + 1], default=-math.inf) - max(ends[row + 1 :]) for row in range(len(evidence))]


def outside(certain: list[float], length: list[int]) -> list[float]:
    """How much less the best stretch with each line is worth as article than the best one, or none."""
    odds = [min(max(math.log(p / (1 - p)), -MOST_ODDS), MOST_ODDS) for p in certain]
    worth = [size * (RATHER - value) for value, size in zip(odds, length, strict=True)]
    rows = range(len(worth))
    best = [max(sum(worth[a : b + 1]) for a in rows[: row + 1] for b in rows[row:]) for row in rows]
    return [max(0.0, *best) - value for value in best]


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
    """Mean of the committee's sums of the leaves that a line falls into, in float32 and in order; if the first is sure,
    its sum alone, and none of what follows once a line is quite sure."""
    first = others = np.float32(0)
    for tree, root in enumerate(roots):
        node = root
        while feature[node] >= 0:
            node = child[node] + bool(line[feature[node]] > np.float32(threshold[node]))
        if tree >= FIRST:
            others += np.float32(value[node])
            continue
        first += np.float32(value[node])
        if tree % STEP == STEP - 1 and not KEPT + SLOPE * (tree + 1) < first < GONE:
            return float(first)
    asked = ASKED_FROM < first < ASKED_TO
    return float((first + others) * np.float32(FIRST / len(roots)) if asked else first)
