"""How sure a mojibake repair is: a logistic model of a few features of a run and its surroundings.

The weights are fitted by `training/damage/fit_confidence.py`, wrong repairs weighing ten times as much as missed ones.
"""

import functools
import math
import unicodedata
from collections.abc import Sequence

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
    text: str, start: int, end: int, after: str, units: int, gain: float, support: float, covered: Sequence[int]
) -> tuple[float, ...]:
    """Features of one run, in the order of FEATURES; `covered[i]` is true where some run decodes text[i]."""
    before = text[start:end]
    left, right = text[start - 1 : start], text[end : end + 1]
    sides = ((left, before[0], after[0]), (right, before[-1], after[-1]))
    agrees = sum(script(side) == script(new) for side, _, new in sides if side and side.isalpha())
    disagrees = sum(
        script(side) != script(new) and script(side) == script(old)
        for side, old, new in sides
        if side and side.isalpha()
    )
    touches = sum(
        side > "\x7f" and side != "\ufffd" and unicodedata.category(side)[0] in "LMSN" for side in (left, right) if side
    )
    # CAPITALS followed by a symbol (PERCHÉ‰), unless the word goes on in lower case behind it (HÃ´tel).
    lowered = left.isupper() and not before[0].islower() and after[0].islower() and not right.islower()
    same = script(before[0])
    low, high = max(0, start - WINDOW), end + WINDOW
    near = zip(text[low:start] + text[end:high], (*covered[low:start], *covered[end:high]), strict=True)
    bare = sum(c > "\x7f" and not hit and c.isalpha() and script(c) == same for c, hit in near)
    return (
        1.0,
        min(gain, CAP),
        math.log(units),
        min(gain / units, 15.0),
        min(support, CAP),
        float(touches > 0),
        float(agrees > 0),
        float(disagrees > 0),
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
    score = sum(weight * value for weight, value in zip(WEIGHTS, values, strict=True)) + EXPECTED * expected
    return min(CEILING, 1 / (1 + math.exp(-max(-50.0, score))))


@functools.cache
def script(character: str) -> str:
    """The script of a character's class; punctuation and symbols have none."""
    name = plausibility.class_of(character)
    return name.split(":")[0] if ":" in name else ""
