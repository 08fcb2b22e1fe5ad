"""How sure a mojibake repair is: a logistic model of a few features of a run and its surroundings.

The weights are fitted by `training/damage/fit_confidence.py`, wrong repairs weighing ten times as much as missed ones.
"""

import functools
import math
import operator
import sys
import unicodedata
from collections.abc import Sequence

import numpy as np

from newsclean.damage import plausibility

FEATURES = (
    "constant", "gain", "log_units", "gain_per_unit", "support", "touches", "agrees", "disagrees", "word", "lowered",
    "uncovered", "ends_blank",
)  # fmt: skip
WEIGHTS = (-7.56, 0.35, 3.48, 0.11, 0.15, -2.81, 1.69, -0.79, 2.53, -4.27, -7.7, -2.1)
EXPECTED = 1.0  # log odds for a run that decodes to the script of a language the texts are known to be in
WINDOW = 30  # code points on either side in which uncovered letters count against a run
CEILING = 0.999  # nothing is surer: a threshold of 1 leaves everything as it is
CAP = 40.0  # nats above which more gain means nothing


def features(
    text: str, start: int, end: int, after: str, units: int, gain: float, support: float, uncovered: bytes
) -> tuple[float, ...]:
    """Features of one run, in the order of FEATURES.

    `uncovered[i]` is the script number of a letter text[i] beyond ASCII that no run decodes, else 0.
    """
    before = text[start:end]
    left, right = text[start - 1 : start], text[end : end + 1]
    agrees = disagrees = touches = False
    for side, old, new in ((left, before[0], after[0]), (right, before[-1], after[-1])):
        if side.isalpha():
            beside = script(side)
            agrees |= beside == script(new)
            disagrees |= beside != script(new) and beside == script(old)
        touches |= side > "\x7f" and side != "\ufffd" and unicodedata.category(side)[0] in "LMSN"
    # CAPITALS followed by a symbol (PERCHÉ‰), unless the word goes on in lower case behind it (HÃ´tel).
    lowered = left.isupper() and not before[0].islower() and after[0].islower() and not right.islower()
    same = script_number(before[0])
    low, high = max(0, start - WINDOW), end + WINDOW
    bare = uncovered.count(same, low, start) + uncovered.count(same, end, high)
    return (
        1.0,
        min(gain, CAP),
        math.log(units),
        min(gain / units, 15.0),
        min(support, CAP),
        float(touches),
        float(agrees),
        float(disagrees),
        float(before.isalpha()),
        float(lowered),
        min(bare, 5) / 5,
        float(before[-1] in "\xa0 "),
    )


def stray(before: str, values: Sequence[float]) -> bool:
    """Whether a run is one unit, alone of its code page, that begins with a symbol and is no part of a word that its
    letter would fit into: `√π`, `∆°`, `(“×”)` and their like are correct in every language."""
    seen = dict(zip(FEATURES, values, strict=True))
    return not (before[0].isalpha() or seen["log_units"] or seen["support"] or seen["agrees"])


def confidence(values: Sequence[float], expected: bool = False) -> float:
    """Probability that a run with these features is mojibake; `expected`: it decodes to the script of the languages."""
    score = sum(map(operator.mul, WEIGHTS, values)) + EXPECTED * expected
    return min(CEILING, 1 / (1 + math.exp(-max(-50.0, score))))


UNKNOWN = 255
LETTERS = np.full(sys.maxunicode + 1, UNKNOWN, np.uint8)  # as characters are met, their script numbers or 0


def letters(text: str) -> bytes:
    """The script number of each letter of a text beyond ASCII, 0 elsewhere: one byte per character."""
    codes = plausibility.code_points(text)
    numbers = LETTERS[codes]
    if numbers.max(initial=0) == UNKNOWN:
        for code in np.unique(codes[numbers == UNKNOWN]).tolist():
            LETTERS[code] = script_number(chr(code)) if code > 0x7F and chr(code).isalpha() else 0
        numbers = LETTERS[codes]
    return numbers.tobytes()


@functools.cache
def script_number(character: str) -> int:
    """A number from 1 for the script of a character."""
    return _scripts().index(script(character)) + 1


@functools.cache
def _scripts() -> list[str]:
    return sorted({name.split(":")[0] if ":" in name else "" for name in plausibility.class_names()} | {""})


@functools.cache
def script(character: str) -> str:
    """The script of a character's class; punctuation and symbols have none."""
    name = plausibility.class_of(character)
    return name.split(":")[0] if ":" in name else ""
