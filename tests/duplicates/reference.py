"""Slow, obvious versions of the duplicate kernels, on Python strings and sets; the kernels must agree with them."""

import heapq
import math
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from newsclean.duplicates.clustering import _average_linkage as linkage
from newsclean.duplicates.sketching.minhash import permutations
from newsclean.duplicates.tokens import _tokenizer as fast
from newsclean.duplicates.tokens.hashing import SHINGLE
from newsclean.duplicates.tokens.tokenizer import character_table

_WRAP = 0xFFFFFFFF
_LONG = 0xFFFFFFFFFFFFFFFF
_FACTOR = 0x9E3779B97F4A7C15
_PRIMES = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1)


def mix(value: int) -> int:
    """MurmurHash3's finalizer."""
    value ^= value >> 16
    value = value * 0x85EBCA6B & _WRAP
    value ^= value >> 13
    value = value * 0xC2B2AE35 & _WRAP
    return value ^ value >> 16


def _entry(char: str) -> tuple[int, int]:
    """Folded code point and kind of a character."""
    code = ord(char)
    if code < 0x20000:
        entry = int(character_table()[code]) & 0x7FFFFFFF
        return entry >> 4, entry & 15
    return code, 4 if code < 0x40000 else 0


def hash_word(letters: list[int], number: bool) -> int:
    """The 30 hashed bits of a word of folded code points, as they stand in its upper bits."""
    low, rest, length = 0, 0, 0
    for letter in letters:
        if number:
            rest = (rest ^ letter) * _FACTOR & _LONG
        elif length < fast.STEM:
            low |= (letter & 0xFF) << 8 * length
            rest = (rest ^ letter >> 8) * _FACTOR & _LONG
        length += 2 if 0xAC00 <= letter < 0xD7A4 else 1
    value = (low ^ rest) * _FACTOR & _LONG
    value = (value ^ value >> 32) * 0xD6E8FEB86659FD93 & _LONG
    return value >> 32 & 0xFFFFFFFC


def whole_words(text: str) -> list[str]:
    """The words of a text, written out."""
    words: list[str] = []
    split(text, words)
    return words


def split(text: str, written: list[str] | None = None) -> list[int]:
    """The words of a text; written out, too, where that is asked for."""
    text = text if text.isascii() else unicodedata.normalize("NFC", text)
    found: list[int] = []
    letters: list[int] = []
    sort, fresh = 0, True

    def close() -> None:
        nonlocal letters, fresh
        if letters:
            found.append(hash_word(letters, sort == fast.NUMBER) | sort)
            if written is not None:
                written.append("".join(map(chr, letters)))
            letters, fresh = [], False

    for at, char in enumerate(text):
        folded, kind = _entry(char)
        if kind in (1, 2, 3, 5):
            length = sum(2 if 0xAC00 <= letter < 0xD7A4 else 1 for letter in letters)
            if kind == 5 and length > 1 and mix(letters[-1] * 31 + folded & _WRAP) % 4 == 0:
                close()
                sort = fast.PLAIN
            elif not letters:
                sort = fast.NUMBER if kind == 3 else fast.NAME if kind == 2 and not fresh else fast.PLAIN
            letters.append(folded)
        elif kind == 6:
            pass
        elif kind in (8, 9) and sort == fast.NUMBER and letters and text[at + 1 : at + 2] in tuple("0123456789"):
            letters += [folded] if kind == 8 else []
        else:
            close()
            if kind == 4:
                found.append(mix(folded) & 0xFFFFFFFC | fast.IDEOGRAPH)
                if written is not None:
                    written.append(chr(folded))
                fresh = False
            elif kind == 7 or (kind == 8 and sort != fast.NUMBER):
                fresh = True
    close()
    return found


def shingles(words: list[int]) -> list[int]:
    """32-bit hashes of the shingles of a text."""
    pieces = [words[at : at + SHINGLE] for at in range(max(1, len(words) - SHINGLE + 1))] if words else []
    return [
        sum((word >> 2) * prime for word, prime in zip(piece, _PRIMES, strict=False))
        + (SHINGLE - len(piece)) * 0x7F4A7C15
        & _WRAP
        for piece in pieces
    ]


def signature(text: str, size: int) -> list[int]:
    """The MinHash signature of a text."""
    factors, summands = (column.tolist() for column in permutations(size))
    values = [mix(value) for value in shingles(split(text))]
    return [
        min(((factor * value + summand) & _WRAP for value in values), default=_WRAP)
        for factor, summand in zip(factors, summands, strict=True)
    ]


def passages(text: str, size: int) -> set[tuple[int, ...]]:
    """All passages of so many words, or of all there are."""
    words = [word >> 2 for word in split(text)]
    return {tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1))}


def overlap(left: str, right: str, size: int) -> tuple[float, float]:
    """Containment and resemblance of two texts' passages of so many words."""
    one, two = passages(left, size), passages(right, size)
    return len(one & two) / min(len(one), len(two)), len(one & two) / len(one | two)


def stars(pairs: list[tuple[int, int]], order: list[int]) -> list[set[int]]:
    """Stars of nodes around the first in order that is not taken."""
    linked = {frozenset(pair) for pair in pairs}
    free, groups = list(order), []
    while free:
        centre = free[0]
        group = {node for node in free if node == centre or frozenset((node, centre)) in linked}
        free = [node for node in free if node not in group]
        if len(group) > 1:
            groups.append(group)
    return groups


def closest(signatures: np.ndarray, bands: int, rows: int) -> set[tuple[int, int]]:
    """All pairs that share a band."""
    found = set()
    for left in range(len(signatures)):
        for right in range(left + 1, len(signatures)):
            same = (signatures[left] == signatures[right]).reshape(bands, rows)
            if same.all(axis=1).any():
                found.add((left, right))
    return found


def average_link(scores: Iterable[tuple[int, int, float]], threshold: float) -> list[list[int]]:
    """Groups by average link; see linkage.py."""
    sums: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for left, right, score in scores:
        sums[left][right] = sums[right][left] = score
    members = {node: [node] for node in sums}
    within = dict.fromkeys(sums, 0.0)  # sums of scores of pairs
    norms = dict.fromkeys(sums, _norm(1, 0.0))
    heap = [(-score, left, right, 2) for left, row in sums.items() for right, score in row.items() if left < right]
    heapq.heapify(heap)
    while heap:
        alike, left, right, size = heapq.heappop(heap)
        if -alike < threshold:
            break
        if left not in members or right not in members or len(members[left]) + len(members[right]) != size:
            continue  # one of them has been merged since
        if len(sums[left]) < len(sums[right]):
            left, right = right, left
        within[left] += within.pop(right) + sums[left][right]
        members[left] += members.pop(right)
        norms[left] = _norm(len(members[left]), within[left])
        gone = sums.pop(right)
        del sums[left][right], gone[left]
        for other, score in gone.items():
            del sums[other][right]
            sums[left][other] = sums[other][left] = sums[left].get(other, 0.0) + score
        for other, score in sums[left].items():
            alike = linkage.EXPECTED * score / (norms[left] * norms[other])
            if alike >= threshold:
                low, high = (left, other) if left < other else (other, left)
                heapq.heappush(heap, (-alike, low, high, len(members[left]) + len(members[other])))
    return sorted(sorted(group) for group in members.values() if len(group) > 1)


def _norm(size: int, within: float) -> float:
    """The length of a group of `size` nodes whose pairs have scores of `within` altogether."""
    mean = (linkage.IMAGINED * linkage.EXPECTED + within) / (linkage.IMAGINED + size * (size - 1) / 2)
    return size * math.sqrt(mean)
