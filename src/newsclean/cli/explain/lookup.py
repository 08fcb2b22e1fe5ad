"""Articles that a user names: a text, records of a dump, or what a run made of them."""

import itertools
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from newsclean.cli.explain.reading import read_text
from newsclean.cli.options import load_fields
from newsclean.cli.terminal import warn
from newsclean.edits import Edit
from newsclean.errors import InputError
from newsclean.formats.base import STDIN, Document, Reject
from newsclean.formats.inputs import find_inputs, read_chunks
from newsclean.formats.kinds import kind_of
from newsclean.jobs.encoding import check_encoding, read_documents
from newsclean.report import RunOutputs


class FoundArticle(NamedTuple):
    """An article that was found."""

    document: Document
    """Its text is raw, unless it is of a run."""
    edits: tuple[Edit, ...] | None = None
    """What a run changed in it; None: it is of no run."""
    settings: dict[str, Any] | None = None
    """Those of the run, as tables."""


def is_run(path: str) -> bool:
    """Whether the outputs of a finished run are there."""
    return (Path(path) / "summary.json").is_file()


def find_articles(path: str, ids: Sequence[str], options: Mapping[str, Any]) -> list[FoundArticle]:
    """The articles with these ids, in that order, of a dump in any format or of the outputs of a run.

    Raises:
        InputError: one of them is not there.
    """
    wanted = set(ids)
    found: dict[str, FoundArticle] = {}
    for each in _of_run(path, options) if is_run(path) else _of_dump(path, options):
        if each.document["id"] in wanted:
            found.setdefault(each.document["id"], each)
            if len(found) == len(wanted):
                break
    if missing := [name for name in ids if name not in found]:
        raise InputError(f"{path} has no article with the id {missing[0]!r}")
    return [found[name] for name in ids]


def only_article(path: str, options: Mapping[str, Any]) -> FoundArticle:
    """The one article of a path: a text file, standard input, or a dump of one record.

    Raises:
        InputError: it has many.
    """
    kind = None if path == STDIN else kind_of(path)
    is_file = path == STDIN or (Path(path).exists() and not Path(path).is_dir())
    if is_file and (kind.format if kind else options["input_format"] or "txt") == "txt":
        text = read_text(path, options["encoding"], options["input_format"], _limit(options))
        return FoundArticle({"id": path, "text": text, "title": None, "date": None, "source": None, "lang": None})
    first = list(itertools.islice(_of_run(path, options) if is_run(path) else _of_dump(path, options), 2))
    if len(first) != 1:
        raise InputError(f"{path} holds {'many articles: name one with --id ID' if first else 'no article'}")
    return first[0]


def _of_run(path: str, options: Mapping[str, Any]) -> Iterator[FoundArticle]:
    outputs = RunOutputs(Path(path), load_fields(options["field"]))
    for article in outputs.articles():
        yield FoundArticle(article.document, article.edits, outputs.summary.get("settings"))


def _of_dump(path: str, options: Mapping[str, Any]) -> Iterator[FoundArticle]:
    check_encoding(options["encoding"])
    found = find_inputs([path], input_format=options["input_format"])
    chunks = read_chunks(found.sources, load_fields(options["field"]), sys.stdin.buffer, _limit(options))
    for each in read_documents(itertools.chain(found.rejects, chunks), options["encoding"]):
        if isinstance(each, Reject):
            warn(str(each))
        else:
            yield FoundArticle(each)


def _limit(options: Mapping[str, Any]) -> int:
    """Bytes of the longest record."""
    megabytes: int = options["max_record"]
    return megabytes << 20
