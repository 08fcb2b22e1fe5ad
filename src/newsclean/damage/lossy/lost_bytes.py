"""Lost bytes guessed anew once a line is decoded and tells its language: Turkish `sokağa`, not `sokača`.

Of guessed letters in words that are known then, 98 % are right. In words that are not, a fifth is if they are hardly
likelier than others, and nine tenths if they are much likelier.
"""

import bisect
import itertools
import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.codepoints import text_of
from newsclean.damage.lossy import _viterbi
from newsclean.damage.lossy.columns import ByteForms, DecodedUnit, Option, Partial, UnitRoom
from newsclean.damage.lossy.lost_letters import LINE, line_languages
from newsclean.damage.models import bigrams, letter_pairs
from newsclean.damage.models.words import WORD, languages_of

LOST = 2.0  # nats that a unit costs at least one byte of which was changed or lost
WEIGHT = 1.0  # of what a letter pair costs in the language of the line, beside its cost in all
SURE_NATS = 5.0  # nats that a letter must be likelier than the next one in a word that is not known
SURE_UNLISTED = 3.0  # in a script without lists of known words
SURE_ALONE = 2.0  # if it is a word of its own: `à`
MOST_GUESSED = 200  # words that are looked up for one
LISTED = "\u0530"  # code points below are of scripts with lists of known words
LOST_LETTER = "\ufffd"
ROUNDS = 2  # over a line: neighbours and its language may change


class Options(NamedTuple):
    """What a unit with a lost byte may mean: letters, each with the penalty of what must have happened to it. If it
    ends before its last character, it may also be one of some pieces (`í` and `a` for `Ãa`)."""

    letters: dict[int, float]
    cut: tuple[str, ...] = ()
    lost: bool = False
    """Whether a byte is gone, and not only changed."""

    def choices(self, best: str) -> list[str]:
        """The pieces to be tried in words, `best` first, small letters before capitals."""
        some = sorted(self.letters, key=lambda code: (self.letters[code], chr(code).isupper(), code))
        rest = [*self.cut, *map(chr, some)]
        first = [best] if best.islower() or best.lower() not in rest else [best.lower(), best]
        return list(dict.fromkeys([*first, *rest]))


def unit_room() -> UnitRoom:
    """Room for reading one unit."""
    return UnitRoom(
        np.empty((_viterbi.STACK, len(Partial)), np.int64),
        np.empty(_viterbi.STACK),
        np.empty((_viterbi.MOST_OPTIONS, len(Option)), np.int64),
        np.empty(_viterbi.MOST_OPTIONS),
    )


def settle(codes: NDArray[np.uint32], units: NDArray[np.int64], forms: ByteForms) -> None:
    """Change in `units` (columns: `DecodedUnit`, the last one first) what units with lost bytes mean. Their neighbours,
    the language of the line and known words decide; U+FFFD where none of them tells."""
    options = _options(codes, units, forms)
    if not any(own.letters for own in options):
        return
    pieces, places = _decoded(codes, units)
    margins = [0.0] * len(units)
    for _ in range(ROUNDS):
        language, _ = letter_pairs.closest("".join(pieces))
        for k, (own, place) in enumerate(zip(options, places, strict=True)):
            if own.letters:
                left, right = pieces[place - 1][-1:], pieces[place + 1][:1]
                price = {
                    code: lost + _cost(ord(left or "\n"), code, ord(right or "\n"), language)
                    for code, lost in own.letters.items()
                }
                first, *rest = sorted(price, key=lambda code: (price[code], code))
                margins[k] = price[rest[0]] - price[first] if rest else math.inf
                pieces[place] = chr(first)
    _, costs = letter_pairs.closest("".join(pieces))
    if costs > letter_pairs.FOREIGN:  # not asked before: what was guessed wrongly fits no language
        for unit, own, place in zip(units, options, places, strict=True):
            pieces[place] = chr(unit[DecodedUnit.READ]) if own.letters else pieces[place]
    _ask_words(pieces, places, options, margins)
    for unit, own, place in zip(units, options, places, strict=True):
        if own.letters:
            unit[DecodedUnit.READ] = ord(pieces[place][0])
            unit[DecodedUnit.END] -= len(pieces[place]) - 1


def _ask_words(pieces: list[str], places: Sequence[int], options: Sequence[Options], margins: Sequence[float]) -> None:
    """Change the letters that were guessed in words that are not known to those that make a known word. Without one
    they are lost, unless they are much likelier than others, and some word of the line with such a letter is known."""
    guessed = {place: k for k, place in enumerate(places) if options[k].letters}
    starts = list(itertools.accumulate(map(len, pieces), initial=0))
    text = "".join(pieces)
    wanted = line_languages(text[:LINE]) or -1
    unknown: list[list[int]] = []
    known = 0
    for match in WORD.finditer(text):
        first = bisect.bisect_right(starts, match.start()) - 1
        last = bisect.bisect_left(starts, match.end())
        own = [place for place in range(first, last) if place in guessed]
        if not own:
            continue
        ends = match.start() - starts[first], starts[last] - match.end()
        choices = [options[guessed[place]].choices(pieces[place]) for place in own]
        found = _known(pieces[first:last], [place - first for place in own], choices, ends, wanted)
        found = found or (pieces[first:last] if languages_of(match[0]) else [])
        known += bool(found)
        if found:
            pieces[first:last] = found
            continue
        unknown += [own] if any(options[guessed[place]].lost for place in own) else []
        least = SURE_ALONE if len(match[0]) == 1 else SURE_NATS if match[0] < LISTED else SURE_UNLISTED
        for place in own:
            before = pieces[place - 1][-1:] if pieces[place - 1] else pieces[place - 2][-1:]
            if margins[guessed[place]] < least or (before.islower() and pieces[place].isupper()):
                pieces[place] = LOST_LETTER
    if not known and len(unknown) > 1 and all(c < LISTED or c == LOST_LETTER for c in text):
        for place in itertools.chain(*unknown):
            pieces[place] = LOST_LETTER


def _known(
    parts: list[str], places: Sequence[int], choices: Sequence[Sequence[str]], ends: tuple[int, int], wanted: int
) -> list[str]:
    """The first choice of pieces in some places of a word that makes a known one. `ends` is how much of the outer
    pieces is not of the word."""
    for found in itertools.islice(itertools.product(*choices), MOST_GUESSED):
        for place, piece in zip(places, found, strict=True):
            parts[place] = piece
        word = "".join(parts)
        word = word[ends[0] : len(word) - ends[1]]
        if languages_of(word) & wanted and not any(a.islower() and b.isupper() for a, b in pairwise(word)):
            return parts
    return []


def _options(codes: NDArray[np.uint32], units: NDArray[np.int64], forms: ByteForms) -> list[Options]:
    """For each unit that lost a byte the letters that it may mean; none if it is whole or no letter."""
    room = unit_room()
    options = [Options({}) for _ in units]
    numbers = [k for k, (_, start, end) in enumerate(units.tolist()) if (codes[start:end] == ord(LOST_LETTER)).any()]
    number = -1
    while (number := _viterbi.lossy_unit(codes, units, forms, number + 1, LOST, room)) < len(units):
        numbers.append(number)
    for number in numbers:
        new, start, end = units[number].tolist()
        count = _viterbi.read_unit(codes, start, forms, room)
        least: dict[int, float] = {}
        cut: dict[str, float] = {}
        for (stop, code), price in zip(room.options[:count].tolist(), room.prices[:count].tolist(), strict=True):
            if code < _viterbi.STRINGS and chr(code).isalpha():
                if stop == end:
                    least[code] = min(price, least.get(code, price))
                elif stop < end:
                    cut[chr(code) + text_of(codes[stop:end])] = price
        if new in least:
            gone = len(least) > 1 or LOST_LETTER in text_of(codes[start:end])
            pieces = sorted(cut, key=lambda piece: (cut[piece], piece[0].isupper(), piece))
            options[number] = Options(least, tuple(pieces), gone)
    return options


def _decoded(codes: NDArray[np.uint32], units: NDArray[np.int64]) -> tuple[list[str], list[int]]:
    """A decoded line in pieces, strings left out, and which of them each unit is; there is one before and behind
    each."""
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    for new, start, end in units[::-1].tolist():
        pieces += text_of(codes[done:start]), chr(new) if new < _viterbi.STRINGS else " "
        places.append(len(pieces) - 1)
        done = end
    return [*pieces, text_of(codes[done:])], places[::-1]


def _cost(left: int, middle: int, right: int, language: int) -> float:
    shared = bigrams.pair_cost(left, middle) + bigrams.pair_cost(middle, right)
    return shared + WEIGHT * (letter_pairs.pair(left, middle, language) + letter_pairs.pair(middle, right, language))
