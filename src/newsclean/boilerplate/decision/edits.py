"""From decided lines to edits: who decided, which white space goes along, and what is left of the text."""

import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from itertools import repeat
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.evidence import Evidence, Flags
from newsclean.boilerplate.features import Feature, Floats
from newsclean.boilerplate.lines import BEGINS, LineColumn, Lines, text_bounds
from newsclean.boilerplate.rules import NUMBER, RULES
from newsclean.compilation import Column, Table, kernel
from newsclean.edits import Edit

# Who removes a line: its rule, or what its source repeats, or the tagger because of where it stands.
WHO = (
    *(rule.name for rule in RULES),
    "tagger:paragraph",
    "tagger:trailing-run",
    "tagger:inner-run",
    "tagger:leading-run",
)
TEMPLATE = NUMBER["template"]
PARAGRAPH = len(RULES)
TEMPLATE_PRECISION = 0.96  # of what a source repeats, on whole pages: docs/lab-notes
_edit = cast(Callable[[tuple[Any, ...]], Edit], functools.partial(tuple.__new__, Edit))  # as `Edit(*values)`, in C


def deciders(evidence: Evidence) -> NDArray[np.int16]:
    """By whom each line would be removed: numbers of WHO."""
    who = np.empty(len(evidence.found), np.int16)
    _deciders(evidence.found, evidence.template, evidence.features, who)
    return who


@kernel(entry=True, interpreted=True)
def _deciders(
    found: Column[np.int16], template: Column[np.int8], table: Table[np.float32], who: Column[np.int16]
) -> None:
    for row in range(len(found)):
        if found[row] >= 0:
            who[row] = found[row]
        elif template[row] > 0:
            who[row] = TEMPLATE
        elif table[row, Feature.PROSE] > 0:
            who[row] = PARAGRAPH
        elif table[row, Feature.PROSE_AFTER] == 0:
            who[row] = PARAGRAPH + 1
        else:
            who[row] = PARAGRAPH + 2 + (table[row, Feature.PROSE_BEFORE] == 0)


def confidences(probability: Floats, who: NDArray[np.int16]) -> list[float]:
    """How sure each decider is, in thousandths."""
    sure = np.rint(probability.astype(np.float64) * 1000) / 1000
    confidence: list[float] = np.where(who == TEMPLATE, np.maximum(sure, TEMPLATE_PRECISION), sure).tolist()
    return confidence


class Ends(NamedTuple):
    """Where each text ends, and where its last line break begins."""

    text: Column[np.int64]
    last_break: Column[np.int64]


def spans(texts: Sequence[str], lines: Lines, gone: Flags) -> NDArray[np.int64]:
    """(segments, 2) the code points of its text at which the edit of each removed segment begins and ends.

    Of the line breaks around a removed run of lines the longer one stays: paragraphs stay apart, without ragged blank
    lines. At an end of the text they go. Where a run begins or ends inside a line, the spaces before it stay and those
    behind it go. At the line's end it is the other way round.
    """
    ends = Ends(np.array([*map(len, texts)], np.int64), np.array([*map(_end, texts)], np.int64))
    result = np.zeros((len(gone), 2), np.int64)
    _spans(text_bounds(lines), lines.table, gone, ends, result)
    return result


def _end(text: str) -> int:
    """The end of the text, before its last line break if it ends with one."""
    if text.endswith("\r\n"):
        return len(text) - 2
    return len(text) - text.endswith("\n")


@kernel(entry=True, interpreted=True)
def _spans(
    bounds: Column[np.int64],
    lines: Table[np.int32],
    gone: Column[np.bool_],
    ends: Ends,
    result: Table[np.int64],
) -> None:
    """A run of removed segments at a time."""
    for text in range(len(bounds) - 1):
        begin, end = bounds[text], bounds[text + 1]
        number = lines[begin, LineColumn.TEXT]
        row = begin
        while row < end:
            if not gone[row]:
                row += 1
                continue
            first = row
            while row < end and gone[row]:
                row += 1
            starts_inside = lines[first, LineColumn.INSIDE] & BEGINS > 0
            ends_inside = row < end and lines[row, LineColumn.INSIDE] & BEGINS > 0
            before = lines[first, LineColumn.BLANKS] if first > begin else 0
            after = lines[row, LineColumn.BLANKS] if row < end else -1
            takes_break_above = first > begin and (after > before or after < 0)
            if ends_inside:
                low, high = lines[first, LineColumn.START], lines[row, LineColumn.START]
            elif starts_inside:
                low, high = lines[first - 1, LineColumn.END], lines[row - 1, LineColumn.BREAK]
                if row == end:
                    high = ends.last_break[number]
            elif takes_break_above:
                low = lines[first - 1, LineColumn.BREAK]
                high = lines[row - 1, LineColumn.BREAK] if row < end else ends.last_break[number]
            else:
                low = lines[first, LineColumn.RAW] if first > begin else 0
                high = lines[row, LineColumn.RAW] if row < end else ends.text[number]
            for segment in range(first, row):
                result[segment, 0] = low
                inner = segment + 1 < row
                if inner and lines[segment + 1, LineColumn.INSIDE] & BEGINS == 0 and takes_break_above:
                    low = lines[segment, LineColumn.BREAK]
                elif inner:
                    low = lines[segment + 1, LineColumn.RAW]
                else:
                    low = high
                result[segment, 1] = low


class Removals(NamedTuple):
    """What goes from a text, in order: where each removal begins and ends (code points), by whom (numbers of WHO), and
    how sure that is."""

    starts: list[int]
    ends: list[int]
    who: list[int]
    confidence: list[float]

    @classmethod
    def none(cls) -> "Removals":
        return cls([], [], [], [])

    def then(self, later: "Removals") -> "Removals":
        """These, and `later` ones of what they leave of the text, all as removals of the text itself."""
        if not self.starts:
            return later
        removed = np.cumsum([0, *(end - start for start, end in zip(self.starts, self.ends, strict=True))])
        places = np.array(self.starts) - removed[:-1]  # where these would stand in what is left
        every = list(zip(*self, strict=True))
        for start, end, who, sure in zip(*later, strict=True):
            first = int(np.searchsorted(places, start, "right"))
            last = int(np.searchsorted(places, end, "left"))
            bounds = [start + int(removed[first])]
            for number in range(first, last):
                bounds += [self.starts[number], self.ends[number]]
            bounds.append(end + int(removed[last]))
            pairs = zip(bounds[::2], bounds[1::2], strict=True)
            every += [(low, high, who, sure) for low, high in pairs if low < high]
        every.sort()
        return Removals(*map(list, zip(*every, strict=True)))


def removals(texts: Sequence[str], evidence: Evidence, gone: Flags) -> list[Removals]:
    """What goes from each text, a removal a segment."""
    text = evidence.lines.table[:, LineColumn.TEXT]
    rows = np.flatnonzero(gone)
    bounds = np.searchsorted(text[rows], np.arange(len(texts) + 1)).tolist()
    starts, ends = spans(texts, evidence.lines, gone)[rows].T.tolist()
    who = deciders(evidence)[rows]
    confidence, numbers = confidences(evidence.probability[rows], who), who.tolist()
    parts = [slice(low, high) for low, high in itertools.pairwise(bounds)]
    return [Removals(starts[part], ends[part], numbers[part], confidence[part]) for part in parts]


class RemovalEdits(Sequence[Edit]):
    """The edits that make removals of a text. They are made when someone asks for one: of whole pages they take a
    twentieth of the time."""

    def __init__(self, text: str, gone: Removals) -> None:
        self._text = text
        self._gone = gone

    @functools.cached_property
    def _made(self) -> tuple[Edit, ...]:
        gone = self._gone
        before = [self._text[start:end] for start, end in zip(gone.starts, gone.ends, strict=True)]
        names = map(WHO.__getitem__, gone.who)
        return tuple(map(_edit, zip(gone.starts, before, repeat(""), names, gone.confidence, strict=False)))

    def __len__(self) -> int:
        return len(self._gone.starts)

    def __iter__(self) -> Iterator[Edit]:
        return iter(self._made)

    def __getitem__(self, place: Any) -> Any:
        return self._made[place]


def rest(text: str, gone: Removals) -> str:
    """What removals leave of a text."""
    return "".join([text[start:end] for start, end in zip([0, *gone.ends], [*gone.starts, len(text)], strict=True)])
