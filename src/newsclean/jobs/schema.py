"""JSON Schemas of the settings and of every output file, made from the types that the code uses."""

import types
from typing import Any, Literal, NamedTuple

import msgspec

from newsclean.duplicates import Pair
from newsclean.edits import Edit
from newsclean.formats.base import Reject
from newsclean.formats.inputs import MANIFEST
from newsclean.jobs.storage.manifest import Entry
from newsclean.jobs.summary import Summary
from newsclean.settings import json_schema


class ChangedArticle(NamedTuple):
    """A line of `edits.jsonl`: the edits that made an article, and what a user should look at."""

    id: str
    edits: list[Edit]
    flags: list[str]


class FoundCluster(NamedTuple):
    """A line of `clusters.jsonl`: articles that are copies of each other, or report one event."""

    kind: Literal["duplicate", "story"]
    id: str
    keep: str
    members: list[str]
    origin: str | None
    agency: str | None


class SourceFigures(NamedTuple):
    """A line of `sources.jsonl`: what became of the articles of one source."""

    source: str | None
    read: int
    dropped: int
    characters_removed: int
    characters_left: int


LINES: dict[str, type[Any]] = {
    "edits.jsonl": ChangedArticle,
    "pairs.jsonl": Pair,
    "clusters.jsonl": FoundCluster,
    "rejects.jsonl": Reject,
    "sources.jsonl": SourceFigures,
    MANIFEST: Entry,
}
"""What a line of each file holds. `articles` and `dropped` hold the records of the input."""


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of `settings`, of `summary.json`, and of a line of each other file.

    >>> schemas()["pairs.jsonl"]["required"]
    ['left', 'right', 'relation', 'similarity', 'story']
    """
    found = {"settings": json_schema(), "summary.json": msgspec.json.schema(Summary)}
    return found | {name: _of_line(kind) for name, kind in LINES.items()}


def _of_line(kind: type[Any]) -> dict[str, Any]:
    """Named tuples are written as objects."""
    definitions: dict[str, dict[str, Any]] = msgspec.json.schema(as_object(kind))["$defs"]
    others = {name: each for name, each in definitions.items() if name != kind.__name__}
    return definitions[kind.__name__] | ({"$defs": others} if others else {})


def as_object(kind: type[Any]) -> Any:
    """A type of JSON objects with the fields of a named tuple."""
    fields = []
    for name, annotation in kind.__annotations__.items():
        annotation = types.GenericAlias(list, (as_object(Edit),)) if annotation == list[Edit] else annotation
        default = kind._field_defaults
        fields.append((name, annotation, default[name]) if name in default else (name, annotation))
    return msgspec.defstruct(kind.__name__, fields, forbid_unknown_fields=True)
