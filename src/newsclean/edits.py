"""Edit scripts: a cleaned text is the raw text plus a list of small, reversible changes.

Offsets are Unicode code points into the *raw* text. The edits of a script are sorted by `start` and do not overlap.
They may touch: neighbouring lines removed for different reasons stay two edits with two reasons.
"""

import bisect
import functools
import itertools
import sys
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsclean.errors import EditError


class Edit(NamedTuple):
    """One change of the raw text: `before`, which stands at code point `start`, becomes `after`.

    `rule` names who decided; `confidence` (0 to 1) is the decider's own estimate that the change is right, 1.0 where
    a rule is not probabilistic.

    >>> edit = Edit(start=4, before="old ", after="", rule="x")
    >>> edit.end, apply_edits("The old pier", [edit])
    (8, 'The pier')
    """

    start: int
    before: str
    after: str
    rule: str
    confidence: float = 1.0

    @property
    def end(self) -> int:
        """Code point in the raw text just behind `before`."""
        return self.start + len(self.before)


_NEW = tuple.__new__  # makes an edit in a third of the time, where a text has thousands


def merged(scripts: Iterable[Sequence[Edit]]) -> tuple[Edit, ...]:
    """One script that does what some do, one after the other."""
    return functools.reduce(compose, map(tuple, scripts), ())


def apply_edits(raw: str, edits: Sequence[Edit]) -> str:
    """The text that `edits` make of `raw`.

    >>> apply_edits("a &amp; b", [Edit(2, "&amp;", "&", "html-entity")])
    'a & b'

    Raises:
        EditError: the script is not one for `raw`.
    """
    pieces: list[str] = []
    position = 0
    for edit in edits:
        start, before, after = edit[:3]
        if start < position:
            raise EditError(f"edits must be sorted and must not overlap, but {edit!r} starts before {position}")
        if not raw.startswith(before, start):
            found = raw[start : edit.end]
            raise EditError(f"{edit!r} does not fit this text, which has {found!r} there: made from another?")
        pieces.append(raw[position:start])
        pieces.append(after)
        position = start + len(before)
    pieces.append(raw[position:])
    return "".join(pieces)


def revert(text: str, edits: Sequence[Edit]) -> str:
    """The raw text of which `edits` made `text`.

    >>> revert("a & b", [Edit(2, "&amp;", "&", "html-entity")])
    'a &amp; b'

    Raises:
        EditError: the script did not make `text`.
    """
    inverse = []
    shift = 0  # how far the text has moved, in code points, up to here
    for start, before, after, rule, confidence in edits:
        inverse.append(Edit(start + shift, after, before, rule, confidence))
        shift += len(after) - len(before)
    return apply_edits(text, inverse)


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """One script for the raw text that does what `first` and then `second`, a script for its result, do.

    An edit of one stage that overlaps or touches an edit of the other stage is merged with it. Their rules are joined
    by " + ", and the lower confidence is kept. Edits of the same stage stay apart unless such a merge joins them.

    >>> compose([Edit(0, "&lt;", "<", "html-entity")], [Edit(0, "<b>x", "x", "tag")])
    (Edit(start=0, before='&lt;b>x', after='x', rule='html-entity + tag', confidence=1.0),)
    """
    if not first or not second:
        return tuple(first or second)
    starts, ends, shifts = _middle(first)
    starts_2, ends_2 = [edit[0] for edit in second], [edit[0] + len(edit[1]) for edit in second]
    starts_2.append(sys.maxsize)
    i = j = 0
    script: list[Edit] = []
    while i < len(first) or j < len(second):
        # Of the edits that begin before the next one of the other stage, only the last one can meet it: those before
        # it are taken at once, unless both stages take turns.
        one, other = starts[i], starts_2[j]
        if one <= other and (ends[i] < other or starts[i + 1] <= other):
            last = i if starts[i + 1] > other else bisect.bisect_right(starts, other, i, len(first)) - 1
            last += ends[last] < other
            script += first[i:last]
            i = last
        elif other < one and (ends_2[j] < one or starts_2[j + 1] < one):
            last = j if starts_2[j + 1] >= one else bisect.bisect_left(starts_2, one, j, len(second)) - 1
            last += ends_2[last] < one
            script += _moved(second[j:last], -shifts[i])
            j = last
        else:
            early, late = _linked(starts, ends, i, starts_2, ends_2, j)
            script.append(_merge(first[i:early], second[j:late], starts[i:early], shifts[i]))
            i, j = early, late
    return tuple([edit for edit in script if edit[1] != edit[2]])


def _middle(first: Sequence[Edit]) -> tuple[list[int], list[int], list[int]]:
    """Where the edits of a first stage begin and end in the text they make. And how far that text has moved before each
    of them, and behind the last one."""
    sizes = [len(edit[2]) for edit in first]
    grown = [size - len(edit[1]) for size, edit in zip(sizes, first, strict=True)]
    shifts = [0, *itertools.accumulate(grown)]
    starts = [edit[0] + shift for edit, shift in zip(first, shifts, strict=False)]
    ends = [start + size for start, size in zip(starts, sizes, strict=True)]
    starts.append(sys.maxsize)
    return starts, ends, shifts


def _moved(edits: Sequence[Edit], by: int) -> Sequence[Edit]:
    if not by:
        return edits
    return [_NEW(Edit, (start + by, before, after, rule, sure)) for start, before, after, rule, sure in edits]


def _linked(
    starts: list[int], ends: list[int], i: int, starts_2: list[int], ends_2: list[int], j: int
) -> tuple[int, int]:
    """How far the edits go that are linked by overlap or touch across the stages, from numbers i and j on."""
    first = i + j
    reach = reach_2 = -1  # how far in the middle text the edits of each stage go
    while True:
        if starts[i] <= starts_2[j]:
            if starts[i] > reach_2 and i + j > first:
                return i, j
            reach = max(reach, ends[i])
            i += 1
        else:
            if starts_2[j] > reach and i + j > first:
                return i, j
            reach_2 = max(reach_2, ends_2[j])
            j += 1


def _merge(early: Sequence[Edit], late: Sequence[Edit], places: Sequence[int], shift: int) -> Edit:
    """One edit of the raw text for linked edits. `places` are the starts of `early` in the middle text. Before them,
    that text is `shift` code points longer than the raw text."""
    if len(early) == 1:
        return _merge_one(early[0], late, places[0], shift)
    low, text, at, at_2 = min(places[0], late[0][0]), "", 0, 0
    touched = [(place, edit[2]) for place, edit in zip(places, early, strict=True)]
    for start, part in sorted([*touched, *((edit[0], edit[1]) for edit in late)]):
        text += part[low + len(text) - start :]  # every code point of the middle text that an edit touches
    raw: list[str] = []
    new: list[str] = []
    for place, edit in zip(places, early, strict=True):
        raw += text[at : place - low], edit[1]
        at = place - low + len(edit[2])
    for start, before, after, _, _ in late:
        new += text[at_2 : start - low], after
        at_2 = start - low + len(before)
    rules = dict.fromkeys([edit[3] for edit in (*early, *late)])
    sure = min([edit[4] for edit in (*early, *late)])
    parts = "".join([*raw, text[at:]]), "".join([*new, text[at_2:]])
    return _NEW(Edit, (low - shift, *parts, " + ".join(rules), sure))


def _merge_one(early: Edit, late: Sequence[Edit], place: int, shift: int) -> Edit:
    """As `_merge`, in the most usual case: of several late edits all but the first and the last are within `early`."""
    _, before, after, rule, sure = early
    low, new, at = late[0][0], "", 0  # what is made of the middle text, and up to where in `after`
    left, right = late[0][1][: max(0, place - low)], late[-1][1]
    right = right[len(right) - max(0, late[-1][0] + len(right) - place - len(after)) :]
    rules = [rule]
    for start, part, made, rule_2, sure_2 in late:
        new += after[at : max(0, start - place)] + made
        at, sure = max(0, start + len(part) - place), min(sure, sure_2)
        rules += () if rule_2 in rules else (rule_2,)
    return _NEW(Edit, (min(low, place) - shift, left + before + right, new + after[at:], " + ".join(rules), sure))
