"""Which lines of a text, after mojibake was decoded, are better explained by another chain or by further damage."""

import collections
import functools
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.damage import lossy, plausibility
from newsclean.damage.codepages import CODEPAGES
from newsclean.damage.evidence import Context, misread_in
from newsclean.damage.habits import contradicted
from newsclean.damage.judge import judged
from newsclean.damage.mojibake import Decoded
from newsclean.damage.pieces import pieces
from newsclean.damage.readings import starting
from newsclean.damage.signs import Signs, Step, excesses
from newsclean.edits import Edit, apply_edits

PIECE = 1000  # code points of a line that are looked at together
BUDGET = 3000  # code points of a text for which all chains are tried; then only those that were right before
MOST_MISSES = 20  # suspicious lines more than lines repaired, after which a text is taken for noise
LONGEST = 20_000  # code points of one run of mojibake; a longer one is right, or noise
LOSSY_BUDGET = 1500  # code points of a text that are searched for damaged mojibake
LEFT_OVER = 36  # excess in cost units above which a line with mojibake in it is searched for damaged mojibake
FEW = 3  # edits of a line from which on it may be hopeless
HOPELESS = 0.6  # of a line's excess that is left after decoding it: half repaired is harder to repair later
LINE_SHARE = 0.75  # of the excess that is suspicious in the whole text is suspicious in one of its lines
MOST_PAGES = 2  # code pages in which a line is searched for damaged mojibake
LINE_FEED = 10
ROWS = {page.name: row for row, page in enumerate(CODEPAGES)}


class Explainer:
    """Chooses the edits of the lines of one text, within its budget."""

    def __init__(self, pages: Sequence[int], least: float, context: Context) -> None:
        self.calm: Callable[[], str] = str  # the lines that are not suspicious
        self.pages = list(pages)[:MOST_PAGES]
        self.least = LINE_SHARE * least
        self.context = context
        self.tried = self.searched = self.hits = self.misses = 0
        self.chains: frozenset[str] = frozenset()
        self.doubtful = min(self.least, LEFT_OVER)

    def better(self, line: str, decoded: list[Edit], after: str, excess: int) -> list[Edit]:
        """The edits `decoded` of a line, or those of a recoding or a lossy decoding if that is sure and gains more.

        `after` is the line decoded, `excess` what that has. A line is longer than PIECE only where one run of mojibake
        is.
        """
        if len(line) > LONGEST:
            return decoded
        own = main_pages(decoded)[:MOST_PAGES]
        near = own or self.pages
        least = 0 if own else LEFT_OVER
        if excess < self.least and not (excess >= least and lossy.leads_left(line, decoded, near)):
            return decoded
        others = self._recoded(line) if excess >= self.least else []
        if self.searched < LOSSY_BUDGET and self.context.threshold <= lossy.CONFIDENCE:
            self.searched += len(line)
            others += [lossy.repair(line, tuple(near))]
        gain = plausibility.cost_of(line) - plausibility.cost_of(after)
        best = max([(gain, decoded), *others], key=lambda option: option[0])[1]
        if best is not decoded or len(decoded) < FEW:
            return best
        return [] if excess >= HOPELESS * excesses(line, np.array([len(line)]))[0] else decoded

    def _recoded(self, line: str) -> list[tuple[float, list[Edit]]]:
        spent = self.tried >= BUDGET
        if spent and (not self.chains or self.misses > MOST_MISSES + self.hits):
            return []
        self.tried += len(line)
        found = judged(line, self.chains if spent else frozenset())
        if found is None or found[1] < self.context.threshold or contradicted(found[0], self.calm()):
            self.misses += 1
            return []
        recoding, sure = found
        self.hits += 1
        self.chains |= {recoding.chain}
        edits = [Edit(s.start, s.before, s.after, recoding.chain, round(sure, 3)) for s in recoding.stretches]
        return [(recoding.gain, edits)]


def repair(text: str, decoded: Decoded, seen: Signs, context: Context) -> Step:
    """What `decoded` made of a text, or a recoding for each line that stays suspicious and gains more by it."""
    if not decoded.edits and not seen.suspicious:
        return Step(text)
    explainer = Explainer([*context.pages, *main_pages(decoded.edits)], seen.least, context)
    rows, doubtful, excess = lines_of(text, decoded, explainer.doubtful)
    explainer.calm = functools.partial(_calm, decoded.text, rows[:, 1], excess < explainer.doubtful)
    edits: list[Edit] = []
    parts: list[str] = []
    done = place = 0  # edits, and code points of the decoded text
    for k in doubtful:
        (start, end), (low, high), (first, last) = rows[k : k + 2, :3].T.tolist()
        line = text[start:end]
        if not line.isascii():
            own = shifted(decoded.edits[first:last], -start)
            better = explainer.better(line, own, decoded.text[low:high], int(excess[k]))
            if better is not own:
                edits += decoded.edits[done:first]
                edits += shifted(better, start)
                parts += decoded.text[place:low], apply_edits(line, better)
                done, place = last, high
    if not parts:
        return Step(decoded.text, decoded.edits, decoded.signs)
    return Step("".join([*parts, decoded.text[place:]]), [*edits, *decoded.edits[done:]])


def lines_of(text: str, decoded: Decoded, least: float) -> tuple[NDArray[np.int64], list[int], NDArray[np.int64]]:
    """Where the lines of a text begin before and after decoding and the numbers of their first edits; which lines are
    to be looked at; and the excess of each after decoding.

    Those with at least `least` are, and those with a character beside their edits that may start a unit.
    """
    codes = plausibility.code_points(text)
    rows = np.empty((len(text) + 1, 4), np.int64)
    rows[0] = 0
    starts = starting(tuple(sorted(main_pages(decoded.edits))))
    rows = rows[: 1 + pieces(codes, decoded.spans, starts, PIECE, rows[1:])]
    bare = rows[1:, 3] > 0
    if decoded.signs.excess >= least or bare.any() or (codes[rows[1:-1, 0] - 1] != LINE_FEED).any():
        excess = excesses(decoded.text, np.diff(rows[:, 1]))
    else:  # what the whole text has not, none of its lines has
        excess = np.zeros(len(rows) - 1, np.int64)
    return rows, np.flatnonzero((excess >= least) | bare).tolist(), excess


def _calm(text: str, places: NDArray[np.int64], calm: NDArray[np.bool_]) -> str:
    return "".join(text[places[k] : places[k + 1]] for k in np.flatnonzero(calm).tolist())


def shifted(edits: Sequence[Edit], by: int) -> list[Edit]:
    """Edits whose places are moved by some code points."""
    return [Edit(start + by, before, after, rule, sure) for start, before, after, rule, sure in edits]


def main_pages(decoded: Sequence[Edit]) -> list[int]:
    """Rows of CODEPAGES that most was decoded from, most first."""
    rules = collections.Counter([edit[3] for edit in decoded])
    return list(_main_pages(tuple(rules.items()) if len(rules) > 1 else tuple((rule, 1) for rule in rules)))


@functools.lru_cache(maxsize=1 << 10)
def _main_pages(rules: tuple[tuple[str, int], ...]) -> list[int]:
    counts: collections.Counter[str] = collections.Counter()
    for rule, number in rules:
        for name in misread_in(rule):
            counts[name] += number
    return [ROWS[name] for name, _ in counts.most_common() if name in ROWS]
