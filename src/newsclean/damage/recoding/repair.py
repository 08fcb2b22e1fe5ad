"""Which lines of a text, after mojibake was decoded, are better explained by another chain or by further damage."""

import functools
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.encodings.chains import MOST_CODEPAGES, bits
from newsclean.damage.evidence import RepairHints
from newsclean.damage.lossy import repair
from newsclean.damage.models import bigrams
from newsclean.damage.models.misread_words import has_misread_word
from newsclean.damage.mojibake.edits import Decoded, JoinedEdits, codepages_of, part_of
from newsclean.damage.recoding._lines import LineRow
from newsclean.damage.recoding.by_words import by_words
from newsclean.damage.recoding.classifier import judged
from newsclean.damage.recoding.lines import Lines, lines_of
from newsclean.damage.recoding.types import Recoding
from newsclean.damage.recoding.vetoes import contradicted
from newsclean.damage.screening.report import MISREAD_WORD, ScreeningReport, Step
from newsclean.damage.screening.screen import excesses
from newsclean.edits import Edit, apply_edits

BUDGET = 3000  # code points of a text for which all chains are tried; then only those that were right before
MOST_MISSES = 20  # suspicious lines more than lines repaired, after which a text is taken for noise
LONGEST_RUN = 20_000  # code points of one run of mojibake; a longer one is right, or noise
LOSSY_BUDGET = 1500  # code points of a text that are searched for damaged mojibake
LEFT_OVER = 36  # excess in cost units above which a line with mojibake in it is searched for damaged mojibake
FEW = 3  # edits of a line from which on it may be hopeless
HOPELESS = 0.6  # of a line's excess that is left after decoding it: half repaired is harder to repair later
LINE_SHARE = 0.75  # of the excess that is suspicious in the whole text is suspicious in one of its lines


class Explainer:
    """Chooses the edits of the lines of one text, within its budget."""

    def __init__(self, codepages: Sequence[int], least: float, context: RepairHints) -> None:
        self.calm: Callable[[], str] = str  # the lines that are not suspicious
        self.codepages = list(codepages)[:MOST_CODEPAGES]
        self.least = LINE_SHARE * least
        self.context = context
        self.tried = self.searched = self.hits = self.misses = 0
        self.chains: frozenset[str] = frozenset()
        self.doubtful = min(self.least, LEFT_OVER)

    def doubts(self, line: str, own: Sequence[int], excess: int, leads: int, worded: bool) -> bool:
        """Whether a line may be explained better than by its edits from the code pages `own`. It has much `excess`
        after them, or characters beside them that may start a unit in their code pages. `leads` are the code pages
        (bits) in which some may. A line is longer than PIECE only where one run of mojibake is."""
        least, near = (0, own) if own else (LEFT_OVER, self.codepages)
        if worded and len(line) <= LONGEST_RUN:
            return True
        return len(line) <= LONGEST_RUN and (excess >= self.least or (excess >= least and leads & bits(near) > 0))

    def better(self, line: str, decoded: list[Edit], after: str, excess: int, worded: bool) -> list[Edit]:
        """The edits of a line that there are doubts about: `decoded`, or those of a better explanation.

        A recoding or a lossy decoding is better if it is sure and gains more. `after` is the line decoded, `excess`
        what that has, and `worded` whether it has a misread word. A line in which mojibake was found is no code page
        read as another, unless a word says so.
        """
        near = codepages_of(decoded, 0, len(decoded)) or self.codepages
        others = self._recoded(line) if excess >= self.least else []
        if not others and (worded or not decoded):
            others = self._recoded_words(line)
        search = self.searched < LOSSY_BUDGET and self.context.threshold <= repair.CONFIDENCE
        best = decoded
        if others or search:
            gain = bigrams.cost_of(line) - bigrams.cost_of(after)
            if search:
                self.searched += len(line)
                others += [repair.repair_line(line, tuple(near), gain)]
            best = max([(gain, decoded), *others], key=lambda option: option[0])[1]
        if best is not decoded or len(decoded) < FEW:
            return best
        return [] if excess >= HOPELESS * excesses(line, np.array([len(line)]))[0] else decoded

    def _recoded_words(self, line: str) -> list[tuple[float, list[Edit]]]:
        found = by_words(line)
        if found is None or found[1] < self.context.threshold:
            return []
        return [(found[0].gain, edits_of(*found))]

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
        return [(recoding.gain, edits_of(recoding, sure))]


def edits_of(recoding: Recoding, sure: float) -> list[Edit]:
    """The edits of a recoding."""
    return [Edit(s.start, s.before, s.after, recoding.chain, round(sure, 3)) for s in recoding.stretches]


def repair_lines(
    texts: Sequence[str], decoded: Sequence[Decoded], seen: Sequence[ScreeningReport], context: RepairHints
) -> list[Step]:
    """What decoding made of some texts, or a recoding for each line that stays suspicious and gains more by it."""
    steps = list(map(Step, texts))
    some = [k for k, own in enumerate(seen) if decoded[k].edits or own.suspicious or own.flags & MISREAD_WORD]
    explainers = [Explainer([*context.codepages, *decoded[k].codepages], seen[k].least, context) for k in some]
    doubtful = [explainer.doubtful for explainer in explainers]
    lines = lines_of([texts[k] for k in some], [decoded[k] for k in some], doubtful, context.codepages)
    for k, explainer, own in zip(some, explainers, lines, strict=True):
        misread = bool((seen[k].flags | decoded[k].signs.flags) & MISREAD_WORD)
        steps[k] = explained(texts[k], decoded[k], explainer, own, misread)
    return steps


def explained(text: str, decoded: Decoded, explainer: Explainer, lines: Lines, misread: bool) -> Step:
    """What decoding made of a text, but for the lines that are explained better; `misread` if it has a misread word."""
    rows, numbers, excess = lines
    worded = frozenset(_worded(decoded.text, rows[:, LineRow.NEW_END]) if misread else ())
    explainer.calm = functools.partial(_calm, decoded.text, rows[:, LineRow.NEW_END], excess < explainer.doubtful)
    edits: list[Sequence[Edit]] = []
    parts: list[str] = []
    done = place = 0  # edits, and code points of the decoded text
    for k in sorted({*numbers, *worded}):
        (start, end), (low, high), (first, last), (_, leads) = rows[k : k + 2].T.tolist()
        line, codepages = text[start:end], codepages_of(decoded.edits, first, last)
        if not line.isascii() and explainer.doubts(line, codepages, int(excess[k]), leads, k in worded):
            own = shifted(decoded.edits[first:last], -start)
            better = explainer.better(line, own, decoded.text[low:high], int(excess[k]), k in worded)
            if better is not own:
                edits += part_of(decoded.edits, done, first), shifted(better, start)
                parts += decoded.text[place:low], apply_edits(line, better)
                done, place = last, high
    if not parts:
        return Step(decoded.text, decoded.edits, decoded.signs)
    edits.append(part_of(decoded.edits, done, len(decoded.edits)))
    return Step("".join([*parts, decoded.text[place:]]), JoinedEdits(edits))


def _worded(text: str, places: NDArray[np.int64]) -> list[int]:
    """The numbers of the lines that have a misread word."""
    ends = places.tolist()
    return [k for k, found in enumerate(has_misread_word([text[a:b] for a, b in pairwise(ends)])) if found]


def _calm(text: str, places: NDArray[np.int64], calm: NDArray[np.bool_]) -> str:
    return "".join(text[places[k] : places[k + 1]] for k in np.flatnonzero(calm).tolist())


def shifted(edits: Sequence[Edit], by: int) -> list[Edit]:
    """Edits whose places are moved by some code points."""
    return [Edit(start + by, before, after, rule, sure) for start, before, after, rule, sure in edits]
