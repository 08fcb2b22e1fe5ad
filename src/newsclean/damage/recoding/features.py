"""Features of the best recoding of a line, for the trees that judge it."""

import math
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from newsclean.damage.models import bigrams, letter_pairs
from newsclean.damage.models.bigrams import text_costs
from newsclean.damage.models.character_classes import script
from newsclean.damage.recoding.types import RARITY, Line, Recoding
from newsclean.damage.recoding.vetoes import TYPOGRAPHY, mixed_words
from newsclean.damage.screening.screen import excesses

RECODING_FEATURES = (
    "gain", "gain_per_change", "log_changes", "lead", "cost_before", "cost_after", "log_distinct", "excess",
    "cover", "crossing", "staying", "inside", "edge", "symbols", "unlettered", "typography", "in_order",
    "case_before", "case_after", "mixed", "rarity", "western", "one_word", "fit_gain", "fit_per_change", "fit_before",
    "fit_after", "fit_was", "fit_stays", "alien_before", "alien_after",
)  # fmt: skip
PLAIN = RECODING_FEATURES.index("fit_gain")  # features of the trees that know no languages


def features(line: Line, recoding: Recoding, result: str, second: float) -> tuple[float, ...]:
    """Features of the best recoding of a line, in the order of RECODING_FEATURES; `result` is the line after it."""
    before = "".join(s.before for s in recoding.stretches)
    after = "".join(s.after for s in recoding.stretches)
    changed = [c for c in before if c > "\x7f"]
    count = max(len(changed), 1)
    per_change = recoding.gain / count
    spent = sum(int(line.costs[s.start : s.end][line.codes[s.start : s.end] > 0x7F].sum()) for s in recoding.stretches)
    first = recoding.stretches[0]
    fresh = text_costs(result)[first.start : first.start + len(first.after)]
    foreign = [cost for cost, character in zip(fresh.tolist(), first.after, strict=True) if character > "\x7f"]
    kinds = _replaced(before, after)
    return (
        min(recoding.gain, 60.0),
        min(per_change, 10.0),
        math.log(count),
        max(-20.0, min(recoding.gain - second, 20.0)),
        min(spent * bigrams.UNIT / count, 15.0) - min(per_change, 10.0),
        sum(foreign) * bigrams.UNIT / max(len(foreign), 1),
        math.log(max(len(set(changed)), 1)),
        min(int(excesses(line.text, np.array([len(line.text)]))[0]), 400.0),
        count / max(sum(c > "\x7f" for c in line.text), 1),
        kinds.crossing / count,
        kinds.staying / count,
        kinds.inside / count,
        kinds.edge / count,
        float(kinds.symbols),
        kinds.unlettered / count,
        sum(c in TYPOGRAPHY for c in changed) / count,
        sum(0 <= ord(b) - ord(a) <= 1 for a, b in pairwise(before) if b > "\x7f") / count,
        float(sum(a.islower() and b.isupper() for a, b in pairwise(before))),
        float(sum(a.islower() and b.isupper() for a, b in pairwise(after))),
        float(mixed_words(before)),
        sum(RARITY.get(name, 0.0) for name in recoding.chain.split(">")),
        float(recoding.chain.endswith(">windows-1252")),
        float(" " not in line.text),
        *_fitting(line.text, result, count, recoding.kind),
    )


def _fitting(before: str, after: str, count: int, kind: str) -> tuple[float, ...]:
    """The features from `fit_gain` on; ideographs and Hangul are no letters of the languages that are compared."""
    if kind != "codepage":
        return (0.0,) * (len(RECODING_FEATURES) - PLAIN)
    fit = letter_pairs.fit(before, after)
    gain = fit.before - fit.after
    return (
        max(-30.0, min(gain, 60.0)),
        max(-10.0, min(gain / count, 10.0)),
        fit.before / max(fit.pairs, 1),
        fit.after / max(fit.pairs, 1),
        min(fit.was - fit.before, 60.0),
        min(fit.stays - fit.after, 60.0),
        fit.alien_before / count,
        fit.alien_after / count,
    )


class _Replaced(NamedTuple):
    """How many characters became letters, and of what kind they were. They were letters of another script (`crossing`)
    or of the same (`staying`), or symbols between letters (`inside`) or beside one (`edge`). `symbols` are the
    different symbols. `unlettered` are letters that became symbols."""

    crossing: int = 0
    staying: int = 0
    inside: int = 0
    edge: int = 0
    symbols: int = 0
    unlettered: int = 0


def _replaced(before: str, after: str) -> _Replaced:
    if len(before) != len(after):
        return _Replaced()
    crossing = staying = inside = edge = unlettered = 0
    symbols = set()
    for i, (old, new) in enumerate(zip(before, after, strict=True)):
        if old == new:
            continue
        if not new.isalpha():
            unlettered += old.isalpha()
        elif not old.isalpha():
            beside = before[i - 1 : i].isalpha() + before[i + 1 : i + 2].isalpha()
            inside += beside == 2
            edge += beside == 1
            symbols.add(old)
        elif script(old) == script(new):
            staying += 1
        else:
            crossing += 1
    return _Replaced(crossing, staying, inside, edge, len(symbols), unlettered)
