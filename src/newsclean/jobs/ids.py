"""Records that have the id of an earlier one."""

import itertools
from collections.abc import Sequence
from typing import NamedTuple

from newsclean.edits import Edit, revert
from newsclean.formats.base import Reject
from newsclean.formats.fields import value_at
from newsclean.formats.json_rows import loads
from newsclean.formats.writers import json_lines
from newsclean.jobs.options import RepeatedId
from newsclean.jobs.storage.workdir import Part


class Selection(NamedTuple):
    """The rows of one part, by what becomes of them."""

    rows: list[int]
    """Rows that are articles, the first with their id or with an id of their own."""
    ids: list[str]
    """Their ids."""
    repeated: list[int]
    """Rows that are dropped because an earlier record has their id."""
    rejected: list[int]
    """Rows that are rejected for that reason."""


def select(parts: Sequence[Part], policy: RepeatedId) -> tuple[list[Selection], list[Reject]]:
    """What becomes of each row, and a reject with its text for each row that is rejected."""
    seen: dict[str, tuple[str, int | None]] = {}
    taken = {identifier for part in parts for identifier in part.ids} if policy == "rename" else set()
    selections, rejects = [], []
    for part in parts:
        found = Selection([], [], [], [])
        for row, (identifier, place) in enumerate(zip(part.ids, part.places, strict=True)):
            first = seen.setdefault(identifier, place)
            if first is not place and policy == "rename":
                identifier = _other(identifier, taken)
            elif first is not place:
                (found.rejected if policy == "reject" else found.repeated).append(row)
                continue
            found.rows.append(row)
            found.ids.append(identifier)
        selections.append(found)
        rejects += _rejects(part, found.rejected, seen)
    return selections, rejects


def _other(identifier: str, taken: set[str]) -> str:
    """The first of `a#2`, `a#3` … that no record has."""
    new = next(name for number in itertools.count(2) if (name := f"{identifier}#{number}") not in taken)
    taken.add(new)
    return new


def _rejects(part: Part, rows: Sequence[int], seen: dict[str, tuple[str, int | None]]) -> list[Reject]:
    if not rows:
        return []
    lines = json_lines(part.directory)
    edits = (part.directory / "edits.jsonl").read_bytes().split(b"\n")
    rejects = []
    for row in rows:
        identifier, first = part.ids[row], seen[part.ids[row]]
        where = first[0] if first[1] is None else f"{first[0]} line {first[1]}"
        reason = f"id {identifier!r} is already that of {where}; name another id field with --field id=NAME"
        text = value_at(loads(lines[row]), part.text_field)
        if edits[row]:
            text = revert(text, [Edit(**edit) for edit in loads(edits[row])["edits"]])
        rejects.append(Reject(*part.places[row], reason, identifier, text))
    return rejects
