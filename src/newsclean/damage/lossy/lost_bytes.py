"""Lost bytes guessed anew once a line is decoded and tells its language: Turkish `sokağa`, not `sokača`."""

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.lossy import _viterbi
from newsclean.damage.lossy.columns import ByteForms, DecodedUnit, Option, Partial, UnitRoom
from newsclean.damage.models import bigrams, letter_pairs

LOST = 2.0  # nats that a unit costs at least one byte of which was changed or lost
WEIGHT = 1.0  # of what a letter pair costs in the language of the line, beside its cost in all
ROUNDS = 2  # over a line: neighbours and its language may change


def unit_room() -> UnitRoom:
    """Room for reading one unit."""
    return UnitRoom(
        np.empty((_viterbi.STACK, len(Partial)), np.int64),
        np.empty(_viterbi.STACK),
        np.empty((_viterbi.MOST_OPTIONS, len(Option)), np.int64),
        np.empty(_viterbi.MOST_OPTIONS),
    )


def settle(codes: NDArray[np.uint32], units: NDArray[np.int64], forms: ByteForms) -> None:
    """Change in `units` (columns: `DecodedUnit`, the last one first) what units with lost bytes mean to what their
    neighbours and the language of the line want."""
    options = _options(codes, units, forms)
    if not any(options):
        return
    text, places = _decoded(codes, units)
    for _ in range(ROUNDS):
        language, _ = letter_pairs.closest("".join(map(chr, text)))
        for found, place in zip(options, places, strict=True):
            if found:
                left, right = text[place - 1] if place else 10, text[place + 1] if place + 1 < len(text) else 10
                price = {code: lost + _cost(left, code, right, language) for code, lost in found.items()}
                text[place] = min(price, key=lambda code: (price[code], code))
    _, costs = letter_pairs.closest("".join(map(chr, text)))
    if costs <= letter_pairs.UNKNOWN:  # not asked before: what was guessed wrongly fits no language
        for unit, found, place in zip(units, options, places, strict=True):
            unit[DecodedUnit.READ] = text[place] if found else unit[DecodedUnit.READ]


def _options(codes: NDArray[np.uint32], units: NDArray[np.int64], forms: ByteForms) -> list[dict[int, float]]:
    """For each unit that lost a byte the letters that it may mean, with the penalty of each; none if it is whole or no
    letter."""
    room = unit_room()
    options: list[dict[int, float]] = [{} for _ in units]
    number = 0
    while (number := _viterbi.lossy_unit(codes, units, forms, number, LOST, room)) < len(units):
        new, start, end = units[number].tolist()
        count = _viterbi.read_unit(codes, start, forms, room)
        least: dict[int, float] = {}
        for (stop, code), price in zip(room.options[:count].tolist(), room.prices[:count].tolist(), strict=True):
            if stop == end and code < _viterbi.STRINGS and chr(code).isalpha():
                least[code] = min(price, least.get(code, price))
        options[number] = least if new in least else {}
        number += 1
    return options


def _decoded(codes: NDArray[np.uint32], units: NDArray[np.int64]) -> tuple[list[int], list[int]]:
    """The code points of a decoded line, strings left out, and the place of each unit in it."""
    text: list[int] = []
    places: list[int] = []
    done = 0
    for new, start, end in units[::-1].tolist():
        text += codes[done:start].tolist()
        places.append(len(text))
        text.append(new if new < _viterbi.STRINGS else 32)
        done = end
    return text + codes[done:].tolist(), places[::-1]


def _cost(left: int, middle: int, right: int, language: int) -> float:
    shared = bigrams.pair_cost(left, middle) + bigrams.pair_cost(middle, right)
    return shared + WEIGHT * (letter_pairs.pair(left, middle, language) + letter_pairs.pair(middle, right, language))
