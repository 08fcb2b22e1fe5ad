"""Why two articles were paired: the passages and the telling terms that both have."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import regex
from numpy.typing import NDArray

from newsclean.duplicates.results import Pair
from newsclean.duplicates.sketching import sketch_batch
from newsclean.duplicates.tfidf import learn_weights, select_salient
from newsclean.duplicates.tokens import SHINGLE, split, term
from newsclean.settings import DuplicateSettings

_PASSAGES = 5
_TERMS = 12
_COMPARED = 20_000  # words of each text; a passage beyond them is not looked for
_WORD = regex.compile(r"\w+(?:[.,]\d+)*")  # `re` takes words apart at the vowel signs of Indic scripts


class Passage(NamedTuple):
    """A passage that both texts have, but for case and punctuation; offsets are code points."""

    left_start: int
    left_end: int
    right_start: int
    right_end: int
    text: str
    """As it stands in the left text."""


class Evidence(NamedTuple):
    """What speaks for a pair."""

    passages: tuple[Passage, ...]
    """The longest shared passages of five words and more, longest first."""
    terms: tuple[str, ...]
    """Salient terms that both have, as the left text writes them, most telling first."""


def evidence(
    left_text: str,
    right_text: str,
    pair: Pair | None = None,
    settings: DuplicateSettings = DuplicateSettings(),
) -> Evidence:
    """The longest passages and the most telling terms that two texts share.

    `pair` is the pair they are, if it is known: of identical texts nothing has to be searched for.

    >>> found = evidence("Storm shuts Lisbon harbour on Monday.", "On Monday a storm SHUTS LISBON HARBOUR on Monday")
    >>> found.passages[0].text
    'Storm shuts Lisbon harbour on Monday'
    """
    left, right = _Placed(left_text), _Placed(right_text)
    if pair is not None and pair.relation == "identical" and len(left.hashes):
        whole = Passage(0, len(left_text), 0, len(right_text), left_text)
        return Evidence((whole,), _shared_terms(left, right, settings))
    return Evidence(_shared_passages(left, right), _shared_terms(left, right, settings))


class _Placed:
    """A text with its words, each hashed, and where they stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        spans: list[tuple[int, int]] = []
        pieces: list[str] = []
        for match in _WORD.finditer(text):
            if len(pieces) == _COMPARED:
                break
            spans.append(match.span())
            pieces.append(match[0])
        # A piece of a script without spaces holds several words: each then gets its share of the piece.
        words, bounds = split(pieces)
        self.hashes: NDArray[np.uint32] = words
        self.spans: list[tuple[int, int]] = []
        for (start, end), count in zip(spans, np.diff(bounds).tolist(), strict=True):
            cuts = [start + (end - start) * part // count for part in range(count + 1)] if count else []
            self.spans += pairwise(cuts)


def _shared_passages(left: _Placed, right: _Placed) -> tuple[Passage, ...]:
    """The longest runs of equal words, at least a shingle long, that do not overlap in the left text."""
    places: dict[bytes, list[int]] = {}
    keys_left, keys_right = _shingles(left), _shingles(right)
    for at, key in enumerate(keys_right):
        places.setdefault(key, []).append(at)
    runs: list[tuple[int, int, int]] = []  # length in words, start in left, start in right
    at = 0
    while at < len(keys_left):
        best, start = 0, 0
        for other in places.get(keys_left[at], ())[:8]:
            length = 1
            while (
                at + length < len(keys_left)
                and other + length < len(keys_right)
                and keys_left[at + length] == keys_right[other + length]
            ):
                length += 1
            if length > best:
                best, start = length, other
        if best:
            runs.append((best + SHINGLE - 1, at, start))
        at += max(best, 1)
    found = []
    for length, one, two in sorted(runs, key=lambda run: (-run[0], run[1]))[:_PASSAGES]:
        start, end = left.spans[one][0], left.spans[one + length - 1][1]
        ends = right.spans[two][0], right.spans[two + length - 1][1]
        found.append(Passage(start, end, *ends, left.text[start:end]))
    return tuple(found)


def _shingles(placed: _Placed) -> list[bytes]:
    """Five words in a row, as bytes, one for each word that begins five."""
    data = (placed.hashes >> np.uint32(2)).astype("<u4").tobytes()
    return [data[4 * at : 4 * (at + SHINGLE)] for at in range(len(placed.hashes) - SHINGLE + 1)]


def _shared_terms(left: _Placed, right: _Placed, settings: DuplicateSettings) -> tuple[str, ...]:
    """Words of the left text that are salient in both."""
    sketches = sketch_batch([left.text, right.text], settings)
    weights = learn_weights(sketches.words, sketches.spans, sketches.languages)
    salient = select_salient(sketches.words, sketches.spans, sketches.languages, weights)
    other = dict(zip(salient.terms[1].tolist(), salient.weights[1].tolist(), strict=True))
    written: dict[int, tuple[int, int]] = {}
    for at, value in enumerate(_terms_in_place(left)):
        if value and value not in written:
            last = min(at + 1, len(left.spans) - 1) if left.hashes[at] & 3 == 3 else at  # two ideographs are a term
            written[value] = left.spans[at][0], left.spans[last][1]
    shared = [
        (-weight * other[value], value)
        for value, weight in zip(salient.terms[0].tolist(), salient.weights[0].tolist(), strict=True)
        if value and other.get(value) and value in written
    ]
    return tuple(left.text[slice(*written[value])] for _, value in sorted(shared)[:_TERMS])


def _terms_in_place(placed: _Placed) -> list[int]:
    """The term that begins at each word, 0 where none does."""
    words = placed.hashes
    return [int(term(words, at, len(words))) for at in range(len(words))]
