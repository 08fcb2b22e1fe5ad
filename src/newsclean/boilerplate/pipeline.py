"""Strip batches of texts, again and again until nothing more goes: stripping a stripped text changes nothing.

A text that has lost line breaks is read with them and without them, in turn.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.breaks import restored, scanned_again
from newsclean.boilerplate.decision import RemovalEdits, Removals, decide, removals, rest
from newsclean.boilerplate.evidence import Context, Evidence, Flags, gather
from newsclean.boilerplate.lines import LineColumn, scan
from newsclean.boilerplate.rules import NUMBER
from newsclean.compilation import expect, uncollected
from newsclean.errors import SettingsError
from newsclean.results import Cleaned, cleaned_by

BATCH = 2_000_000  # code points, and LINE more for each line, judged at once: bounds memory, and fits caches
LINE = 20
LONGEST_ARTICLE = 4_000_000  # code points and line breaks of a text that can be an article
MOST_LINES = 100_000
MOST_CHANGES = 6  # rounds that change a text: nearly all are stable after the first or the second


class _Stripping:
    """What goes from texts. In each round the texts that are not done are read anew, a batch at a time.

    A text is done when no reading of it changes anything.
    """

    def __init__(self, texts: Sequence[str], context: Context) -> None:
        self.texts = texts
        self.context = context
        count = len(texts)
        self.left = list(texts)
        self.gone = [Removals.none()] * count  # of the raw texts
        self.letters, self.letters_gone = np.zeros((2, count))  # of the raw texts
        self.prose_left: Flags = np.zeros(count, np.bool_)
        self.changes, self.calm = np.zeros((2, count), np.int64)  # rounds that changed a text, and rounds since then
        self.nothing_else: Flags = np.zeros(count, np.bool_)  # texts of which a round would take what is left

    def results(self) -> list[Cleaned]:
        """Each text without what goes."""
        judged: NDArray[np.intp] = np.arange(len(self.texts))
        for number in range(2 * MOST_CHANGES):  # of two rounds that judge a text, one changes it, or it is done
            if not len(judged):
                break
            judged = np.concatenate([self._round(batch, number) for batch in self._batches(judged)])
        unstable = (self.changes >= MOST_CHANGES).tolist()
        return [self._result(number, unstable[number]) for number in range(len(self.texts))]

    def _batches(self, numbers: NDArray[np.intp]) -> Iterator[NDArray[np.intp]]:
        """Some texts in pieces that weigh about BATCH each."""
        begin = size = 0
        for place, number in enumerate(numbers.tolist()):
            left = self.left[number]
            weight = len(left) + LINE * left.count("\n")
            if size and size + weight > BATCH:
                yield numbers[begin:place]
                begin, size = place, 0
            size += weight
        yield numbers[begin:]

    def _round(self, numbers: NDArray[np.intp], number: int) -> NDArray[np.intp]:
        """Judge what is left of some texts, every other round with the line breaks that they lost; the numbers of those
        that are not done."""
        texts = [self.left[number] for number in numbers.tolist()]
        lines = scan(texts)
        broken = restored(texts, lines)
        read = texts if number % 2 else broken
        changed = np.array([one != other for one, other in zip(texts, read, strict=True)])
        sources = [self.context.sources[number] for number in numbers.tolist()]
        evidence = gather(read, self.context._replace(sources=sources), changed, scanned_again(lines, read, changed))
        text = evidence.lines.table[:, LineColumn.TEXT]
        if number == 0:
            self.letters[numbers] = np.bincount(text, evidence.length, len(texts))
        gone = decide(read, evidence, self.context.settings, changed)
        gone &= ~self._spared(numbers, evidence, gone)
        self.letters_gone[numbers] += np.bincount(text[gone], evidence.length[gone], len(texts))
        self.prose_left[numbers] = np.bincount(text[evidence.prose & ~gone], minlength=len(texts)) > 0
        self.calm[numbers] += 1
        for place, found in enumerate(removals(read, evidence, gone)):
            if len(found.starts):
                of = int(numbers[place])
                self.gone[of] = self.gone[of].then(found)
                self.left[of] = rest(self.texts[of], self.gone[of])
                self.changes[of] += 1
                self.calm[of] = 0
        readings = np.array([1 + (one != other) for one, other in zip(texts, broken, strict=True)])
        return numbers[(self.calm[numbers] < readings) & (self.changes[numbers] < MOST_CHANGES)]

    def _spared(self, numbers: NDArray[np.intp], evidence: Evidence, gone: Flags) -> Flags:
        """Segments of texts of which a round would leave next to nothing: more than `max_removed` goes, and no
        paragraph is left. Such a text stays as it stands. (Of 1,122 whole pages six have articles of 500 letters in
        25,000: their two paragraphs stayed, and were taken for nothing.)"""
        text, count = evidence.lines.table[:, LineColumn.TEXT], len(numbers)
        letters = np.bincount(text, evidence.length, count)
        mostly = np.bincount(text[gone], evidence.length[gone], count) > self.context.settings.max_removed * letters
        too_much = mostly & (np.bincount(text[evidence.prose & ~gone], minlength=count) == 0)
        self.nothing_else[numbers] |= too_much
        spared: Flags = too_much[text]
        return spared

    def _result(self, number: int, unstable: bool) -> Cleaned:
        raw = self.texts[number]
        if unstable:
            return Cleaned(raw, (), ("unstable",))
        mostly = self.letters_gone[number] > self.context.settings.max_removed * self.letters[number]
        if mostly and not self.prose_left[number]:
            return Cleaned(raw, (), ("all-residue",))
        flags: tuple[str, ...] = ("all-residue",) if self.nothing_else[number] else ()
        if not len(self.gone[number].starts):
            return Cleaned(raw, (), flags)
        if mostly:
            flags += ("mostly-residue",)
        return cleaned_by(self.left[number], [RemovalEdits(raw, self.gone[number])], flags)


@uncollected()
def strip_batch(texts: Sequence[str], context: Context) -> list[Cleaned]:
    """Each text without its residue.

    Raises:
        SettingsError: `disabled` names a rule that does not exist.
    """
    if unknown := set(context.settings.disabled) - NUMBER.keys():
        raise SettingsError(f"boilerplate.disabled names no rule: {', '.join(sorted(unknown))}")
    expect(texts)
    too_long = [
        len(text) > MOST_LINES and (len(text) > LONGEST_ARTICLE or text.count("\n") > MOST_LINES) for text in texts
    ]
    judged = ["" if long else text for text, long in zip(texts, too_long, strict=True)]
    results = _Stripping(judged, context).results()
    for number in np.flatnonzero(too_long).tolist():
        results[number] = Cleaned(texts[number], (), ("too-long",))
    return results
