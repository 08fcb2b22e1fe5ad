"""What the articles of a dump teach of its sources before they are cleaned; each lesson reads all inputs once."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsclean import boilerplate, damage
from newsclean.errors import InputError
from newsclean.formats.base import STDIN, Chunk, Document, Fields, Source
from newsclean.formats.inputs import read_chunks, reader, total_bytes
from newsclean.jobs.progress import Progress
from newsclean.settings import RepairSettings

if TYPE_CHECKING:
    from newsclean.boilerplate import Templates
    from newsclean.damage import Evidence


def templates_of(sources: Sequence[Source], fields: Fields, progress: Progress) -> "Templates":
    """What the sources of all documents repeat.

    Raises:
        InputError: an input can be read only once.
    """
    return boilerplate.learn_templates(_documents(sources, fields, "learning templates", progress))


def evidence_of(
    sources: Sequence[Source], fields: Fields, settings: RepairSettings, progress: Progress
) -> "dict[str, Evidence]":
    """How the sources of all documents were damaged.

    Raises:
        InputError: an input can be read only once.
    """
    return damage.learn_damage(_documents(sources, fields, "learning damage", progress), settings=settings)


def _documents(sources: Sequence[Source], fields: Fields, task: str, progress: Progress) -> Iterator[Document]:
    if any(source.path == STDIN for source in sources):
        raise InputError(f"{task} reads the input twice, so save standard input to a file first")
    progress.start(task, total_bytes(sources))
    return _decoded(sources, fields, progress)


def _decoded(sources: Sequence[Source], fields: Fields, progress: Progress) -> Iterator[Document]:
    for chunk in read_chunks(sources):
        if isinstance(chunk, Chunk):
            rows, _ = reader(chunk.source.format).decode(chunk, fields)
            yield from rows.documents
            progress.advance(chunk.consumed)
