"""Slow references for the kernels, one character and one line at a time."""

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import COLUMNS, CharKind, LineColumn, Lines, lengths
from tests.boilerplate.lines.reference import MASK, MIX, scan, sentences, words


def share(texts: list[str], prose: list[bool], rarity: NDArray[np.uint8]) -> list[list[float]]:
    """What `newsclean.boilerplate.sharing.share` finds, with a dictionary from words to the paragraphs with them."""
    result: list[list[float]] = []
    at = 0
    for text in texts:
        lines = [_weighed(sentence, rarity) for sentence in sentences(text)]
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
    for line in sentences(text):
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
    size = lengths(Lines(np.array(lines, np.int32).reshape(-1, COLUMNS), *np.empty((2, 0)))).tolist()
    return [_manner(lines, size, row) for row in range(len(lines))]


def _manner(lines: list[list[int]], size: list[int], row: int) -> dict[str, float]:
    every, end = list(range(len(lines))), len(lines)
    above, below, own, near = every[:row], every[row:], [row], every[max(row - 4, 0) : row + 5]
    long = [length >= 60 for length in size]
    words = [line[LineColumn.WORDS] - line[LineColumn.NUMBERS] for line in lines]
    kinds = [
        LineColumn.KINDS + kind for kind in (CharKind.LETTER, CharKind.UPPER, CharKind.SYLLABLE, CharKind.UNSPACED)
    ]
    letters = [sum(line[kind] for kind in kinds) for line in lines]
    stamp = [not long[at] and lines[at][LineColumn.NUMBERS] >= 2 for at in every]
    name = [
        not (long[at] or lines[at][LineColumn.NUMBERS] or lines[at][LineColumn.LAST] == CharKind.STOP)
        and lines[at][LineColumn.WORDS] <= 3
        for at in every
    ]
    turn = [long[at] and at > 0 and (stamp[at - 1] or name[at - 1]) for at in every]

    def rate(rows: list[int], column: int, few: float) -> float:
        marks = sum(lines[at][column] for at in rows if long[at])
        return 100 * marks / (sum(words[at] for at in rows if long[at]) + few)

    def likeness(rows: list[int]) -> float:
        one, other = (
            np.array(
                [sum(lines[at][column] for at in part) for column in range(LineColumn.STRAIGHT, LineColumn.ANGLED + 1)]
            )
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
    for prefix, column in (("rough", LineColumn.ROUGH), ("calls", LineColumn.CALLS)):
        found[prefix] = rate(own, column, 20)
        for place, rows in (("above", above), ("below", below), ("near", near)):
            found[f"{prefix}_{place}"] = rate(rows, column, 60)
    for prefix, column, of in (("dashes", LineColumn.DASHES, words), ("wide", LineColumn.WIDE, letters)):
        for suffix, rows, few in (("", own, 10), ("_below", below, 50)):
            found[prefix + suffix] = share(rows, column, of, few) - share(above, column, of, 50)
    return found


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
