"""Edit scripts: a cleaned text is the raw text plus a list of small, reversible changes.

Offsets are Unicode code points into the *raw* text. The edits of a script are sorted by `start` and do not overlap;
they may touch, so that neighbouring lines removed for different reasons stay two edits with two reasons.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsclean.errors import EditError


class Edit(NamedTuple):
    """One change of the raw text: `before`, which stands at code point `start`, becomes `after`.

    `rule` names who decided; `confidence` (0 to 1) is the decider's own estimate that the change is right, 1.0 where
    a rule is not probabilistic.
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


class Cleaned(NamedTuple):
    """A text and the edits that made it; `flags` name what was seen but deliberately left as it is.

    >>> from newsclean.edits import Cleaned, Edit
    >>> cleaned = Cleaned("Hello", (Edit(5, " [Ad]", "", "advert"),))
    >>> cleaned.original
    'Hello [Ad]'
    """

    text: str
    edits: tuple[Edit, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def original(self) -> str:
        """The raw text, byte for byte."""
        return revert(self.text, self.edits)


def edit_script(raw: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Sort `edits`, drop those that change nothing, and check that the rest is a valid script for `raw`.

    Raises:
        EditError: an edit's `before` is not what stands in `raw`, or two edits overlap.
    """
    script = tuple(sorted((edit for edit in edits if edit.before != edit.after), key=lambda edit: edit.start))
    apply_edits(raw, script)
    return script


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
        if edit.start < position:
            raise EditError(f"edits must be sorted and must not overlap, but {edit!r} starts before {position}")
        if not raw.startswith(edit.before, edit.start) or edit.end > len(raw):
            found = raw[edit.start : edit.end]
            raise EditError(f"{edit!r} does not fit this text, which has {found!r} there: made from another?")
        pieces += (raw[position : edit.start], edit.after)
        position = edit.end
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
    for edit in edits:
        inverse.append(Edit(edit.start + shift, edit.after, edit.before, edit.rule, edit.confidence))
        shift += len(edit.after) - len(edit.before)
    return apply_edits(text, inverse)


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> tuple[Edit, ...]:
    """One script for the raw text that does what `first` and then `second`, a script for its result, do.

    An edit of one stage that overlaps or touches an edit of the other stage is merged with it (their rules are joined
    by " + ", the lower confidence is kept); edits of the same stage stay apart unless such a merge joins them.

    >>> compose([Edit(0, "&lt;", "<", "html-entity")], [Edit(0, "<b>x", "x", "tag")])
    (Edit(start=0, before='&lt;b>x', after='x', rule='html-entity + tag', confidence=1.0),)
    """
    if not first or not second:
        return tuple(first or second)
    shift = 0  # middle text minus raw text, in code points, at the first edit not yet grouped
    script = []
    for early, late in _groups(first, second):
        script.append(_merge(early, late, shift))
        shift += sum(len(edit.after) - len(edit.before) for edit in early)
    return tuple(edit for edit in script if edit.before != edit.after)


def _groups(first: Sequence[Edit], second: Sequence[Edit]) -> Iterable[tuple[list[Edit], list[Edit]]]:
    """Edits linked by overlap or touch across the two stages, in order of the text between the stages.

    The edits of `first` come with `start` moved to the middle text.
    """
    items: list[tuple[int, int, int, Edit]] = []  # start and end in the middle text, stage, edit
    shift = 0
    for edit in first:
        start = edit.start + shift
        items.append((start, 0, start + len(edit.after), edit._replace(start=start)))
        shift += len(edit.after) - len(edit.before)
    items += ((edit.start, 1, edit.end, edit) for edit in second)
    items.sort(key=lambda item: item[:2])
    group: tuple[list[Edit], list[Edit]] = ([], [])
    reach = [-1, -1]  # how far in the middle text the group's edits of each stage go
    for start, stage, end, edit in items:
        if (group[0] or group[1]) and start > reach[1 - stage]:
            yield group
            group, reach = ([], []), [-1, -1]
        group[stage].append(edit)
        reach[stage] = max(reach[stage], end)
    yield group


def _merge(early: list[Edit], late: list[Edit], shift: int) -> Edit:
    """One edit of the raw text for linked edits, all in middle coordinates; `shift` is middle minus raw before them."""
    if not late and len(early) == 1:
        return early[0]._replace(start=early[0].start - shift)
    if not early and len(late) == 1:
        return late[0]._replace(start=late[0].start - shift)
    early_end = {id(edit): edit.start + len(edit.after) for edit in early}
    low = min(edit.start for edit in (*early, *late))
    high = max(*(early_end[id(edit)] for edit in early), *(edit.end for edit in late))
    middle = [""] * (high - low)  # every code point of the middle text that an edit touches
    for edit in early:
        middle[edit.start - low : early_end[id(edit)] - low] = edit.after
    for edit in late:
        middle[edit.start - low : edit.end - low] = edit.before
    text = "".join(middle)
    inverse = [Edit(edit.start - low, edit.after, edit.before, "") for edit in early]
    rules = dict.fromkeys(edit.rule for edit in (*early, *late))
    return Edit(
        low - shift,
        apply_edits(text, inverse),
        apply_edits(text, [edit._replace(start=edit.start - low) for edit in late]),
        " + ".join(rules),
        min(edit.confidence for edit in (*early, *late)),
    )
