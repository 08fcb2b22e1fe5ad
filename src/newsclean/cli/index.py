"""`newsclean index`: a persistent index of articles, for daily feeds."""

import itertools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsclean.cli.options import FieldOption, Inputs, SettingsOption, load_fields, load_settings
from newsclean.cli.terminal import warn, write_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newsclean.formats.base import Document, Fields

app = typer.Typer(help="Keep an index of articles and find duplicates of new ones in it.", no_args_is_help=True)
IndexPath = Annotated[Path, typer.Argument(metavar="INDEX", help="The index file.")]
_BATCH = 1_000  # articles that are added in one transaction


@app.command(epilog="Example: newsclean index add news.index today.jsonl > pairs.jsonl")
def add(
    path: IndexPath,
    inputs: Inputs,
    field: FieldOption = None,
    settings: SettingsOption = None,
) -> None:
    """Add articles; print their pairs with articles of the index, and with each other, as JSON Lines."""
    _match(path, inputs, field, settings, add=True)


@app.command(epilog="Example: newsclean index query news.index new.jsonl")
def query(
    path: IndexPath,
    inputs: Inputs,
    field: FieldOption = None,
    settings: SettingsOption = None,
) -> None:
    """Print the pairs that articles would have, without adding them."""
    _match(path, inputs, field, settings, add=False)


@app.command(epilog="Example: newsclean index evict news.index --before 2025-11-01")
def evict(
    path: IndexPath,
    before: Annotated[str, typer.Option(help="Date (YYYY-MM-DD); articles dated before it are forgotten.")],
) -> None:
    """Forget old articles."""
    from newsclean.duplicates import DuplicateIndex

    with DuplicateIndex(path) as index:
        print(f"{index.evict(before=before):,} articles forgotten")


@app.command()
def info(path: IndexPath) -> None:
    """Say what an index holds."""
    from newsclean.duplicates import DuplicateIndex
    from newsclean.formats.jsonl import dumps

    with DuplicateIndex(path) as index:
        print(dumps(index.info()._asdict()).decode())


def _match(path: Path, inputs: list[str], field: list[str] | None, settings_file: Path | None, *, add: bool) -> None:
    from newsclean.duplicates import DuplicateIndex
    from newsclean.formats.jsonl import dumps

    settings = load_settings(settings_file).duplicates
    rejected = 0
    with DuplicateIndex(path, settings) as index:
        for batch in _batches(inputs, load_fields(field)):
            if isinstance(batch, str):
                warn(batch)
                rejected += 1
                continue
            for pair in index.add(batch) if add else index.query(batch):
                write_json(dumps(pair._asdict()))
    if rejected:
        raise typer.Exit(1)


def _batches(inputs: list[str], fields: "Fields") -> "Iterator[list[Document] | str]":
    """Documents, some at a time, and a message for each record that is none."""
    from newsclean.formats.base import Reject
    from newsclean.formats.inputs import find_inputs, read_chunks, reader

    found = find_inputs(inputs)
    for chunk in itertools.chain(found.rejects, read_chunks(found.sources, sys.stdin.buffer)):
        if isinstance(chunk, Reject):
            yield f"{chunk.file}: {chunk.reason}"
            continue
        rows, rejects = reader(chunk.source.format).decode(chunk, fields)
        yield from (f"{reject.file}:{reject.line or ''}: {reject.reason}" for reject in rejects)
        for start in range(0, len(rows.documents), _BATCH):
            yield rows.documents[start : start + _BATCH]
