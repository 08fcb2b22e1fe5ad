"""`newsclean index`: a persistent index of articles, for daily feeds."""

import itertools
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsclean.cli.options import Inputs, load_fields, load_settings, takes
from newsclean.cli.terminal import warn, write_json
from newsclean.errors import InputError

if TYPE_CHECKING:
    from newsclean.duplicates.index import Added

app = typer.Typer(help="Keep an index of articles and find duplicates of new ones in it.", no_args_is_help=True)
IndexPath = Annotated[Path, typer.Argument(metavar="INDEX", help="The index file.")]
_BATCH = 1_000  # articles that are added in one transaction


@app.command(epilog="Example: newsclean index add news.index today.jsonl > found.jsonl")
@takes("field", "input_format", "encoding", "settings", "max_record")
def add(path: IndexPath, inputs: Inputs, options: Mapping[str, Any]) -> None:
    """Add articles; print as JSON Lines their pairs with the index and each other, stories, origins and agencies."""
    _match(path, inputs, options, add=True)


@app.command(epilog="Example: newsclean index query news.index new.jsonl")
@takes("field", "input_format", "encoding", "settings", "max_record")
def query(path: IndexPath, inputs: Inputs, options: Mapping[str, Any]) -> None:
    """Print the pairs that articles would have, without adding them."""
    _match(_there(path), inputs, options, add=False)


@app.command(epilog="Example: newsclean index evict news.index --before 2025-11-01")
def evict(
    path: IndexPath,
    before: Annotated[str, typer.Option(help="Date (YYYY-MM-DD); articles dated before it are forgotten.")],
) -> None:
    """Forget old articles."""
    from newsclean.duplicates import DuplicateIndex

    with DuplicateIndex(_there(path)) as index:
        print(f"{index.evict(before=before):,} articles forgotten")


@app.command(epilog="Example: newsclean index stories news.index --since 2025-11-28")
def stories(
    path: IndexPath,
    since: Annotated[
        str | None, typer.Option(help="Date (YYYY-MM-DD); only stories with an article dated on or after it.")
    ] = None,
) -> None:
    """Print the stories of an index, with their articles, as JSON Lines."""
    from newsclean.duplicates import DuplicateIndex
    from newsclean.formats.json_rows import dumps

    with DuplicateIndex(_there(path), read_only=True) as index:
        for story in index.stories(since=since):
            write_json(dumps(story._asdict()))


@app.command()
def info(path: IndexPath) -> None:
    """Say what an index holds."""
    from newsclean.duplicates import DuplicateIndex
    from newsclean.formats.json_rows import dumps

    with DuplicateIndex(_there(path), read_only=True) as index:
        print(dumps(index.info()._asdict()).decode())


def _there(path: Path) -> Path:
    """An index that is read must be there: opening another name would make one."""
    if not path.is_file():
        raise InputError(f"{path}: no such index; newsclean index add makes one")
    return path


def _added(added: "Added") -> Iterator[dict[str, Any]]:
    """Lines of what was added: pairs, then what is known of each article, then events of stories, by their kind."""
    yield from (pair._asdict() for pair in added)
    known = {"story_id": added.stories, "origin": added.origins, "agency": added.agencies}
    for article in dict.fromkeys(itertools.chain(*known.values())):
        yield {"article": article} | {name: told.get(article) for name, told in known.items()}
    for event in added.events:
        yield {"event": event.kind, "story_id": event.story, "article": event.article or None, "into": event.into}


def _match(path: Path, inputs: list[str], options: Mapping[str, Any], *, add: bool) -> None:
    from newsclean.duplicates import DuplicateIndex
    from newsclean.formats.base import Reject
    from newsclean.formats.inputs import find_inputs, read_chunks
    from newsclean.formats.json_rows import dumps
    from newsclean.jobs.encoding import check_encoding, read_documents

    check_encoding(options["encoding"])
    found = find_inputs(inputs, input_format=options["input_format"])
    chunks = read_chunks(found.sources, load_fields(options["field"]), sys.stdin.buffer, options["max_record"] << 20)
    every = read_documents(itertools.chain(found.rejects, chunks), options["encoding"])
    rejected = 0
    given = load_settings(options).duplicates if options["settings"] is not None else None
    with DuplicateIndex(path, given, read_only=not add) as index:
        while batch := list(itertools.islice(every, _BATCH)):
            documents = [each for each in batch if not isinstance(each, Reject)]
            for reject in (each for each in batch if isinstance(each, Reject)):
                warn(str(reject))
                rejected += 1
            for line in _added(index.add(documents)) if add else (pair._asdict() for pair in index.query(documents)):
                write_json(dumps(line))
    if rejected:
        raise typer.Exit(1)
