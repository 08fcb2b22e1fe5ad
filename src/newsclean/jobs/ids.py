"""Which records are articles, and their ids: a record that has the id of an earlier one may be none."""

import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates import Scratch
from newsclean.edits import Edit, revert
from newsclean.formats.base import Reject
from newsclean.formats.fields import value_at
from newsclean.formats.json_rows import loads
from newsclean.formats.writers import json_lines
from newsclean.jobs.options import RepeatedId
from newsclean.jobs.outcome import Names
from newsclean.jobs.storage.parts import Part, PartRows

_ARTICLE, _REPEATED, _REJECTED = range(3)
Place = tuple[str, int | None]


class Selection(NamedTuple):
    """The rows of one part, by what becomes of them."""

    rows: NDArray[np.int64]
    """Rows that are articles, the first with their id or with an id of their own."""
    first: int
    """The number of the first of them among all documents; the others follow."""
    repeated: NDArray[np.int64]
    """Rows that are dropped because an earlier record has their id."""
    rejected: NDArray[np.int64]
    """Rows that are rejected for that reason."""


class Selected(NamedTuple):
    """What becomes of the rows of all parts."""

    parts: list[Selection]
    names: Names
    """The ids of all documents: those of the reference, then the articles."""
    firsts: dict[str, Place]
    """Where each id that several records have stands first."""
    renamed: int
    """Articles that got another id."""

    def rejects(self, part: Part, rows: PartRows, selection: Selection) -> list[Reject]:
        """One with its text for each row of a part that is rejected."""
        return _rejects(part, rows, selection.rejected.tolist(), self.firsts)


def select(parts: Sequence[Part], policy: RepeatedId, reference: Iterable[Sequence[str]], scratch: Scratch) -> Selected:
    """What becomes of each row; `reference` are the ids of articles that a run is compared with, piece by piece."""
    hashes = scratch.column(np.int64)
    for part in parts:
        hashes.add(np.fromiter(map(hash, part.ids()), np.int64, part.size))
    values = hashes.array()
    ordered = scratch.kept(values)
    ordered = ordered.copy() if ordered is values else ordered
    ordered.sort()
    chooser = _Chooser(policy, ordered)
    again = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    found, names, start = list[Selection](), Names(scratch), 0
    for piece in reference:
        names.add(piece)
    for part in parts:
        doubtful = np.flatnonzero(np.isin(values[start : start + part.size], again)) if len(again) else again
        rows = part.rows()
        kinds, ids = chooser.choose(rows, doubtful)
        articles = np.flatnonzero(kinds == _ARTICLE)
        selection = Selection(articles, len(names), *(np.flatnonzero(kinds == kind) for kind in (_REPEATED, _REJECTED)))
        names.add(ids if len(articles) == part.size else [ids[row] for row in articles.tolist()])
        found.append(selection)
        start += part.size
    return Selected(found, names, chooser.seen, chooser.renamed)


class _Chooser:
    """Decides about the rows whose id, or another one with its hash, stands in several records."""

    def __init__(self, policy: RepeatedId, hashes: NDArray[np.int64]) -> None:
        self._policy, self._hashes = policy, hashes
        self._new: set[str] = set()
        self.seen: dict[str, Place] = {}
        self.renamed = 0

    def choose(self, rows: PartRows, doubtful: NDArray[np.int64]) -> tuple[NDArray[np.uint8], list[str]]:
        """What each row of a part is, and the ids that the rows have then."""
        kinds, ids = np.full(len(rows.ids), _ARTICLE, np.uint8), rows.ids
        for row in doubtful.tolist():
            identifier = ids[row]
            if identifier not in self.seen:
                self.seen[identifier] = rows.place(row)
            elif self._policy == "rename":
                ids = list(ids) if ids is rows.ids else ids
                ids[row] = _free_id(identifier, self._is_taken)
                self._new.add(ids[row])
                self.renamed += 1
            else:
                kinds[row] = _REJECTED if self._policy == "reject" else _REPEATED
        return kinds, ids

    def _is_taken(self, name: str) -> bool:
        place = int(np.searchsorted(self._hashes, hash(name)))
        return name in self._new or (place < len(self._hashes) and int(self._hashes[place]) == hash(name))


def _free_id(identifier: str, is_taken: Callable[[str], bool]) -> str:
    """The first of `a#2`, `a#3` … that no record has."""
    return next(name for number in itertools.count(2) if not is_taken(name := f"{identifier}#{number}"))


def _rejects(part: Part, rows: PartRows, rejected: Sequence[int], seen: dict[str, Place]) -> list[Reject]:
    if not rejected:
        return []
    lines = json_lines(part.saved)
    edits = part.edits()
    rejects = []
    for row in rejected:
        identifier, first = rows.ids[row], seen[rows.ids[row]]
        where = first[0] if first[1] is None else f"{first[0]} line {first[1]}"
        reason = f"id {identifier!r} is already that of {where}; name another id field with --field id=NAME"
        text = value_at(loads(lines[row]), part.text_field)
        if edits[row]:
            text = revert(text, [Edit(**edit) for edit in loads(edits[row])["edits"]])
        rejects.append(Reject(*rows.place(row), reason, identifier, text))
    return rejects
