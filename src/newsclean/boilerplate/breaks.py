"""Lost line breaks. Where a text in one line shows that lines were joined, they are put back before it is judged.

Two signs show it: a gap, and labels that are lines by themselves (`Print Share on Facebook Tweet`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import CharKind, LineColumn, Lines, scan
from newsclean.boilerplate.rules import labels_in
from newsclean.boilerplate.rules.words import kind_of

LEAST_LINE = 200  # code points of a line that may be several
LEAST_SHARE = 0.5  # of its text, and no less: then one line at most is long
MOST_SPACED = 0.8  # share of a line's sentences that gaps end where somebody types two spaces behind each sentence
LEAST_LABELS = 2  # in a row, one of which has several words
MANY_LABELS = 3  # in a row, whatever they are
LEAST_LAST = 4  # letters of the last word of a label that stands alone: `Also on` and `More in` go on
_GAP = re.compile(r"(?<=\S)(?: {2,}|[ \xa0]*\t[ \t\xa0]*)(?=\S)")
_SPACES = re.compile(r"  +")  # in a tenth of the time
_STOPS = frozenset('.!?…।؟۔。！？"”’»)]')
_SENTENCE_END = re.compile(r"[.!?…।؟۔。！？][\"”’»)\]]*(?=\s+\S)")
_BETWEEN = re.compile(r"[\s|·•/–—-]+")  # what stands between labels in a row
# A label that is not known, of at most four words, between two that are.
_OTHER = re.compile(r"\s+([^\W\d_][^\s.,:;!?()\"“”…]*(?:\s+[^\s.,:;!?()\"“”…]+){0,3})\s+")
_Span = tuple[int, int]


class _Label(NamedTuple):
    """A label that is known, in the long line of a text."""

    number: int  # of the text
    row: int  # of its sentence
    begin: int  # of the sentence, in the line
    start: int
    end: int
    words: int


def restored(texts: Sequence[str], lines: Lines | None = None) -> list[str]:
    """The texts with the line breaks that they lost. Each is as long as before: spaces become line breaks. `lines` are
    those of the texts, if they are known.

    >>> text = "The bridge after the flood  " + "The bridge is closed until May, the mayor said on Monday. " * 4
    >>> restored([text])[0].split("\\n")[0]
    'The bridge after the flood'
    """
    result = list(texts)
    found = [(number, span) for number, text in enumerate(texts) if (span := _long_line(text))]
    if not found:
        return result
    long = {number: texts[number][start:end] for number, (start, end) in found}
    spans = {number: _gaps(line) for number, line in long.items()}
    for number, span in _around_labels(long, _labels(lines or scan(texts), dict(found))):
        spans[number].append(span)
    for number, (start, _) in found:
        if spans[number]:
            result[number] = _with_breaks(result[number], start, spans[number])
    return result


def scanned_again(lines: Lines, texts: Sequence[str], changed: NDArray[np.bool_]) -> Lines:
    """The lines of texts of which some were changed since they were scanned."""
    numbers = np.flatnonzero(changed)
    if not len(numbers):
        return lines
    fresh = scan([texts[number] for number in numbers.tolist()])
    fresh.table[:, LineColumn.TEXT] = numbers[fresh.table[:, LineColumn.TEXT]]
    fresh.table[:, LineColumn.WORD] += len(lines.words)
    table = np.concatenate([lines.table[~changed[lines.table[:, LineColumn.TEXT]]], fresh.table])
    table = table[np.argsort(table[:, LineColumn.TEXT], kind="stable")]
    words, places = np.concatenate([lines.words, fresh.words]), np.concatenate([lines.places, fresh.places])
    return Lines(table, words, places)


def _long_line(text: str) -> _Span | None:
    """Where the line begins and ends that is half of the text or more, if one is: it reaches the middle."""
    least, middle = max(LEAST_LINE, LEAST_SHARE * len(text)), len(text) // 2
    if len(text) < least:
        return None
    start, end = text.rfind("\n", 0, middle) + 1, text.find("\n", middle)
    end = end if end >= 0 else len(text)
    return (start, end) if end - start >= least else None


def _gaps(line: str) -> list[_Span]:
    """The gaps that part lines: not those that end nearly all sentences, nor those amid one."""
    if "  " not in line and "\t" not in line:
        return []
    gaps = [match.span() for match in (_GAP if "\t" in line else _SPACES).finditer(line)]
    gaps = [(start, end) for start, end in gaps if line[start - 1 : start].strip() and line[end : end + 1].strip()]
    gaps = [(start, end) for start, end in gaps if line[start - 1] in _STOPS or not line[end].islower()]
    if not gaps:
        return []
    ended = [line[start - 1] in _STOPS for start, _ in gaps]
    typed = sum(ended) >= MOST_SPACED * len(_SENTENCE_END.findall(line))
    return [gap for gap, stop in zip(gaps, ended, strict=True) if not (typed and stop)]


def _labels(lines: Lines, long: Mapping[int, _Span]) -> list[_Label]:
    """The labels in the long line that each of some texts has."""
    table = lines.table
    bounds = np.full((table[-1:, LineColumn.TEXT].max(initial=max(long)) + 1, 2), -1)
    bounds[list(long)] = list(long.values())
    start, end = bounds[table[:, LineColumn.TEXT]].T
    rows = np.flatnonzero((start <= table[:, LineColumn.START]) & (table[:, LineColumn.END] <= end))
    row, first, behind = labels_in(lines._replace(table=table[rows])).T
    number, begin = table[rows[row]][:, [LineColumn.TEXT, LineColumn.START]].T
    line = bounds[number, 0]
    places = (begin - line, lines.places[first, 0] - line, lines.places[behind - 1, 1] - line)
    return list(map(_Label, *(column.tolist() for column in (number, row, *places, behind - first))))


def _around_labels(texts: Mapping[int, str], labels: Sequence[_Label]) -> Iterator[tuple[int, _Span]]:
    """The blanks before, between and behind labels in a row, each with the number of its text."""
    run: list[_Label] = []
    for label in [*labels, None]:
        if run and (
            label is None or label.row != run[0].row or not _in_a_row(texts[label.number][run[-1].end : label.start])
        ):
            text, spans = texts[run[0].number], [(each.start, each.end) for each in run]
            if _are_labels(text, spans, sum(each.words for each in run), run[0].begin):
                yield from ((run[0].number, span) for span in _parted(text, spans))
            run = []
        if label is not None and _may_be_label(texts[label.number], label.start, label.end):
            run.append(label)


def _in_a_row(between: str) -> bool:
    """Whether labels with this between them are in a row: blanks and signs, or another label."""
    other = _OTHER.fullmatch(between)
    return _BETWEEN.fullmatch(between) is not None or (other is not None and other[1][0].isupper())


def _are_labels(line: str, run: Sequence[_Span], words: int, begin: int) -> bool:
    """Whether labels in a row are lines by themselves: they have so many `words`, and their sentence begins at `begin`.

    Many are, and so are a few of which one has several words. A single one of several words is if it begins with a
    capital behind a sentence or a number.
    """
    if len(run) >= MANY_LABELS or words == len(run):
        return len(run) >= MANY_LABELS
    start, end = run[0]
    apart = line[start].isupper() and (start == begin or line[:start].rstrip()[-1:].isdigit())
    complete = len(line[start:end].split()[-1]) >= LEAST_LAST and not line[end : end + 1].strip()
    return len(run) >= LEAST_LABELS or (apart and complete)


def _may_be_label(line: str, start: int, end: int) -> bool:
    """Whether words may be a label: they begin with a capital, and are no part of a sentence in capitals. In scripts
    without spaces nothing tells."""
    if line[start].islower() or kind_of(line[start]) == CharKind.UNSPACED:
        return False
    before = line[:start].rstrip()[-1:]
    return not (before.isupper() and line[start:end].isupper())


def _parted(line: str, run: Sequence[_Span]) -> list[_Span]:
    """The blanks around labels in a row, if what follows begins a sentence."""
    behind = line[run[-1][1] :].lstrip()[:1]
    if behind.islower():
        return []
    places = [run[0][0], *(start for start, _ in run[1:]), len(line) - len(line[run[-1][1] :].lstrip())]
    spans = [(len(line[:place].rstrip()), place) for place in places]
    return [(start, end) for start, end in spans if 0 < start < end < len(line)]


def _with_breaks(text: str, start: int, blanks: Sequence[_Span]) -> str:
    """The text with line breaks for `blanks` of the line that begins at `start`."""
    parts, place = [], 0
    for low, high in sorted(blanks):
        if start + low >= place:
            parts += [text[place : start + low], "\n" * (high - low)]
            place = start + high
    return "".join([*parts, text[place:]])
