"""How sure the best recoding of a line is: a logistic model of a few features, as for mojibake (`confidence`)."""

import functools
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from newsclean.damage import plausibility, search
from newsclean.damage.chains import FEWEST_WIDE, RARITY, Line, Recoding, recodings
from newsclean.damage.confidence import CEILING, script
from newsclean.edits import Edit, apply_edits

FEATURES = (
    "constant", "gain", "gain_per_change", "log_changes", "lead", "before", "log_distinct", "inside", "crossing",
    "staying", "rarity",
)  # fmt: skip
WEIGHTS = {  # fitted by training/damage/fit_recoding.py; some by hand: there was nothing to confuse
    "page": (-8.8, 0.04, 0.36, -0.34, 0.11, -0.25, 1.65, 0.5, 1.64, 1.4, -4.1),
    "wide": (-1.47, 0.02, -0.42, -0.37, 0.42, -0.6, 1.83, 0.0, 0.0, 0.0, 0.0),
    "unread": (-0.26, 0.82, 0.82, 0.0, 0.82, -1.05, 0.0, 0.0, -0.8, 0.0, 0.0),
    "crossed": (-11.0, 0.12, 1.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
    "swapped": (-15.0, 0.3, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
}
TYPOGRAPHY = set("–—‘’“”„«»…•·´`°®©™")  # one such character between letters, again and again, is a habit


@functools.lru_cache(maxsize=1 << 12)  # lines come again: in the next round, and in other texts of the site
def judged(text: str, only: frozenset[str] = frozenset()) -> tuple[Recoding, float] | None:
    """The best recoding of a line, if any, and how sure it is; `only` limits the chains that are tried."""
    codes = plausibility.code_points(text)
    model: Any = tuple(plausibility.model())
    before = np.empty(len(codes), np.int64)
    search.costs(codes, model, before)
    line = Line(text, codes, before)
    found = sorted(recodings(line, model, only), key=lambda recoding: -recoding.gain)
    if not found or found[0].gain <= 0:
        return None
    best = found[0]
    result = outcome(text, best)
    second = max((other.gain for other in found[1:] if outcome(text, other) != result), default=0.0)
    return best, confidence(best, features(line, best, second))


def outcome(text: str, recoding: Recoding) -> str:
    """The text after a recoding."""
    return apply_edits(text, [Edit(s.start, s.before, s.after, "") for s in recoding.stretches])


def features(line: Line, recoding: Recoding, second: float) -> tuple[float, ...]:
    """Features of the best recoding of a line, in the order of FEATURES."""
    before = "".join(s.before for s in recoding.stretches)
    after = "".join(s.after for s in recoding.stretches)
    changed = [c for c in before if c > "\x7f"]
    cost = sum(int(line.costs[s.start : s.end][line.codes[s.start : s.end] > 0x7F].sum()) for s in recoding.stretches)
    count = max(len(changed), 1)
    per_change = recoding.gain / count
    inside = crossing = staying = 0
    if len(before) == len(after):
        for i, (old, new) in enumerate(zip(before, after, strict=True)):
            if old == new or not new.isalpha():
                continue
            if not old.isalpha():
                inside += before[i - 1 : i].isalpha() and before[i + 1 : i + 2].isalpha()
            elif script(old) == script(new):
                staying += 1
            else:
                crossing += 1
    return (
        1.0,
        min(recoding.gain, 60.0),
        min(per_change, 10.0),
        math.log(count),
        min(recoding.gain - max(second, 0.0), 20.0),
        min(cost * plausibility.UNIT / count, 15.0) - per_change,
        math.log(max(len(set(changed)), 1)),
        min(inside, 3.0),
        crossing / count,
        staying / count,
        sum(RARITY.get(name, 0.0) for name in recoding.chain.split(">")),
    )


def confidence(recoding: Recoding, values: Sequence[float]) -> float:
    """Probability that the recoding is right."""
    changed = {c for s in recoding.stretches for c in s.before if c > "\x7f"}
    if recoding.kind == "page" and len(changed) == 1 and changed <= TYPOGRAPHY:
        return 0.0
    if recoding.kind == "wide" and sum(c > "\x7f" for s in recoding.stretches for c in s.before) < FEWEST_WIDE:
        return 0.0
    score = sum(weight * value for weight, value in zip(WEIGHTS[recoding.kind], values, strict=True))
    return min(CEILING, 1 / (1 + math.exp(-max(-50.0, score))))
