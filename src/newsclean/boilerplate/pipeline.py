"""Strip batches of texts, again and again until nothing more goes: stripping a stripped text changes nothing."""

import dataclasses
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.decision import PAGE, WHO, Glued, confidences, decide, deciders, line_edits, rest, spans
from newsclean.boilerplate.evidence import Context, Described, Evidence, Flags, describe, weigh
from newsclean.boilerplate.lines import PLACE, LineColumn
from newsclean.boilerplate.rules import NUMBER
from newsclean.edits import Cleaned, Edit
from newsclean.errors import SettingsError
from newsclean.kernels import expect

BATCH = 1_000_000  # code points, and LINE more for each line, judged at once: bounds memory, and fits caches
LINE = 20
LONGEST = 4_000_000  # code points and line breaks of a text that can be an article
MOST_LINES = 100_000
ROUNDS = 6  # nearly all texts are stable after the first or the second
Rows = NDArray[np.intp]


class _Removal:
    """What goes from the texts of a batch. Rows are those of all their lines, offsets code points of the raw texts.

    Later rounds look at the same lines as the first, without those that are gone, as if the texts had been written
    anew and read again: which lines are left and how many blank ones stand before each is all that changes.
    """

    def __init__(self, texts: Sequence[str], context: Context) -> None:
        self.texts = texts
        self.context = context
        self.raw = self.present = describe(texts, context.settings)
        count = len(self.raw.found)
        self.gone: Flags = np.zeros(count, np.bool_)
        self.who = np.zeros(count, np.int16)
        self.probability = np.zeros(count, np.float32)
        self.cuts: dict[tuple[int, bool], tuple[int, str]] = {}  # (line, at its end): where the cut is, rule
        self.nothing_else: Flags = np.zeros(len(texts), np.bool_)  # texts of which a round would take what is left

    def all_rounds(self) -> set[int]:
        """Judge until nothing changes; the numbers of texts that are not stable by then."""
        rows: Rows = np.arange(len(self.gone))
        for _ in range(ROUNDS):
            if not len(rows):
                break
            rows = self._round(rows)
        return set(self.raw.lines.table[rows, LineColumn.TEXT].tolist())

    def _round(self, rows: Rows) -> Rows:
        """Judge the lines that are left of some texts; the lines that are left of those that change."""
        evidence = weigh(self._left(rows), self.context)
        gone, pieces = self._decided(evidence)
        going = rows[gone]
        self.gone[going] = True
        self.who[going] = deciders(evidence)[gone]
        self.probability[going] = evidence.probability[gone]
        cut = self._cut({int(rows[row]): found for row, found in pieces.items()}) if pieces else going[:0]
        text = self.raw.lines.table[:, LineColumn.TEXT]
        changed = np.zeros(len(self.texts), np.bool_)
        changed[text[going]] = True
        changed[text[cut]] = True
        return np.flatnonzero(changed[text] & ~self.gone)

    def _decided(self, evidence: Evidence) -> tuple[Flags, dict[int, tuple[Glued, ...]]]:
        """What goes in a round, as `decide` gives it. A text of which next to nothing would be left stays as it stands;
        of a whole page goes what is sure enough for `safe`, if that is not nearly all as well. (On held-out domains no
        article is lost for it, and F1 of pages is .001 better, of `thorough` .006.)"""
        settings = self.context.settings
        gone, pieces = decide(self.texts, evidence, settings)
        spared = self._spared(evidence, gone)
        if not spared.any():
            return gone, pieces
        sure, sure_pieces = decide(self.texts, evidence, dataclasses.replace(settings, mode="safe"))
        text = evidence.lines.table[:, LineColumn.TEXT]
        lines = np.bincount(self.raw.lines.table[:, LineColumn.TEXT])  # of the page as it was, whatever is left of it
        sure &= (lines[text] >= PAGE) & ~self._spared(evidence, sure)
        kept = {row: found for row, found in pieces.items() if not spared[row]}
        return np.where(spared, sure, gone), kept | {row: found for row, found in sure_pieces.items() if spared[row]}

    def _spared(self, evidence: Evidence, gone: Flags) -> Flags:
        """Lines of texts of which a round would leave next to nothing."""
        text = evidence.lines.table[:, LineColumn.TEXT]
        too_much = self._too_much(text, evidence.length, evidence.prose, gone)
        self.nothing_else |= too_much
        spared: Flags = too_much[text]
        return spared

    def _mostly_gone(self, text: NDArray[np.int32], length: NDArray[np.int32], gone: Flags) -> Flags:
        """Texts of which more than `max_removed` is gone."""
        count, most = len(self.texts), self.context.settings.max_removed
        mostly: Flags = np.bincount(text[gone], length[gone], count) > most * np.bincount(text, length, count)
        return mostly

    def _too_much(self, text: NDArray[np.int32], length: NDArray[np.int32], is_prose: Flags, gone: Flags) -> Flags:
        """Texts of which more than `max_removed` is gone, and no paragraph is left. (Of 1,122 whole pages six have
        articles of 500 letters in 25,000: their two paragraphs stayed, and were taken for nothing.)"""
        left = np.bincount(text[is_prose & ~gone], minlength=len(self.texts))
        too_much: Flags = self._mostly_gone(text, length, gone) & (left == 0)
        return too_much

    def _left(self, rows: Rows) -> Described:
        """Lines `rows` of whole texts, from which all others are gone."""
        if len(rows) == len(self.gone):
            return self.present
        left = self.present.at(rows)
        blanks, texts = self.raw.lines.table[:, LineColumn.BLANKS], self.raw.lines.table[:, LineColumn.TEXT]
        text = texts[rows]
        above = np.append(-1, rows[:-1])  # the line above, and whether it is of the same text
        same = np.append(False, text[1:] == text[:-1])
        first = np.where(same, above + 1, np.searchsorted(texts, text))  # of the lines gone in between
        more = np.where(same, np.maximum(blanks[first], blanks[rows]), 0)
        left.lines.table[:, LineColumn.BLANKS] = np.where(first == rows, blanks[rows], more)
        return left

    def _cut(self, pieces: dict[int, tuple[Glued, ...]]) -> Rows:
        """Cut pieces from lines, which are then described anew; the lines of which something is left."""
        table = self.present.lines.table
        places = []
        for row, found in pieces.items():
            text, start, end = table[row, PLACE].tolist()
            begin = max((start + piece.end for piece in found if piece.start == 0), default=start)
            end = min((start + piece.start for piece in found if piece.start > 0), default=end)
            places.append((text, begin, end))
        described = describe([self.texts[text][begin:end] for text, begin, end in places], self.context.settings)
        number = described.lines.table[:, LineColumn.TEXT].tolist()
        cut: Rows = np.array(list(pieces), np.intp)[number]
        begins = np.array([begin for _, begin, _ in places], np.int32)[number]
        for row, (_, begin, end) in zip(cut.tolist(), (places[place] for place in number), strict=True):
            for piece in pieces[row]:
                self.cuts[row, piece.start > 0] = (begin if piece.start == 0 else end, piece.rule)
        new = described.lines.table
        new[:, [LineColumn.START, LineColumn.END]] += begins[:, None]
        new[:, LineColumn.RAW] = np.where(begins > table[cut, LineColumn.START], begins, table[cut, LineColumn.RAW])
        for column in (LineColumn.TEXT, LineColumn.BLANKS, LineColumn.BREAK):
            new[:, column] = table[cut, column]
        self.present = self.present.replaced(cut, described)
        return cut

    def results(self) -> list[Cleaned]:
        """Judge in rounds, and each text without what goes."""
        unstable = self.all_rounds()
        lines, count = self.raw.lines, len(self.texts)
        rows = np.flatnonzero(self.gone)
        text = lines.table[:, LineColumn.TEXT]
        too_much = self._too_much(text, self.raw.length, self.raw.prose, self.gone)
        mostly = self._mostly_gone(text, self.raw.length, self.gone)
        bounds = np.searchsorted(text[rows], np.arange(count + 1)).tolist()
        start, end = spans(self.texts, lines, self.gone)[rows].T.tolist()
        who = self.who[rows]
        names, confidence = [WHO[number] for number in who.tolist()], confidences(self.probability[rows], who)
        pieces = self._pieces()
        results = []
        for number, raw in enumerate(self.texts):
            part = slice(bounds[number], bounds[number + 1])
            if number in unstable:
                results.append(Cleaned(raw, (), ("unstable",)))
                continue
            edits = line_edits(raw, start[part], end[part], names[part], confidence[part])
            if too_much[number]:
                edits = []
            elif number in pieces:
                edits = sorted(edits + pieces[number])
            flags: tuple[str, ...] = ("all-residue",) if too_much[number] or self.nothing_else[number] else ()
            if edits and mostly[number]:
                flags += ("mostly-residue",)
            results.append(Cleaned(raw, (), flags) if not edits else Cleaned(rest(raw, edits), tuple(edits), flags))
        return results

    def _pieces(self) -> dict[int, list[Edit]]:
        """The edits that cut pieces from lines, by text."""
        pieces: dict[int, list[Edit]] = {}
        for (row, at_end), (place, rule) in self.cuts.items():
            if not self.gone[row]:
                text, raw, end = self.raw.lines.table[row, [LineColumn.TEXT, LineColumn.RAW, LineColumn.END]].tolist()
                start, end = (place, end) if at_end else (raw, place)
                pieces.setdefault(text, []).append(Edit(start, self.texts[text][start:end], "", rule))
        return pieces


def strip_batch(texts: Sequence[str], context: Context) -> list[Cleaned]:
    """Each text without its residue.

    Raises:
        SettingsError: `disabled` names a rule that does not exist.
    """
    if unknown := set(context.settings.disabled) - NUMBER.keys():
        raise SettingsError(f"boilerplate.disabled names no rule: {', '.join(sorted(unknown))}")
    expect(texts)
    breaks = [text.count("\n") for text in texts]
    too_long = [len(text) > LONGEST or count > MOST_LINES for text, count in zip(texts, breaks, strict=True)]
    judged = ["" if long else text for text, long in zip(texts, too_long, strict=True)]
    results: list[Cleaned] = []
    for part in _batches([len(text) + LINE * count for text, count in zip(judged, breaks, strict=True)]):
        results += _Removal(judged[part], context._replace(sources=context.sources[part])).results()
    for number in np.flatnonzero(too_long).tolist():
        results[number] = Cleaned(texts[number], (), ("too-long",))
    return results


def _batches(weights: Sequence[int]) -> Iterator[slice]:
    """The texts in pieces that weigh about BATCH each."""
    begin = size = 0
    for number, weight in enumerate(weights):
        if size and size + weight > BATCH:
            yield slice(begin, number)
            begin, size = number, 0
        size += weight
    if weights:
        yield slice(begin, len(weights))
