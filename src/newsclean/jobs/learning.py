"""What the articles of a dump teach of its sources before they are cleaned; each lesson reads all inputs once."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from newsclean import boilerplate, damage
from newsclean.errors import InputError
from newsclean.formats.base import STDIN, Chunk, Document, Reject, Source
from newsclean.formats.inputs import read_chunks, total_bytes
from newsclean.jobs.encoding import read_documents
from newsclean.jobs.options import Options
from newsclean.jobs.progress import Progress

if TYPE_CHECKING:
    from newsclean.boilerplate import Templates


def with_learned(sources: Sequence[Source], options: Options) -> Options:
    """The options with what was to be learned from the sources.

    Raises:
        InputError: an input can be read only once.
    """
    if (options.learn_templates or options.learn_damage) and any(source.path == STDIN for source in sources):
        raise InputError("learning reads the input twice, so save standard input to a file first")
    if options.learn_templates:
        options = dataclasses.replace(options, templates=templates_of(sources, options))
    if options.learn_damage:
        documents = _documents(sources, options, "learning damage")
        evidence = damage.learn_damage(documents, settings=options.settings.repair)
        options = dataclasses.replace(options, evidence=evidence)
    return options


def templates_of(
    sources: Sequence[Source], options: Options, rejected: Callable[[Reject], object] | None = None
) -> "Templates":
    """What the sources of all documents repeat. `rejected` is told of what cannot be read."""
    return boilerplate.learn_templates(_documents(sources, options, "learning templates", rejected))


def _documents(
    sources: Sequence[Source], options: Options, task: str, rejected: Callable[[Reject], object] | None = None
) -> Iterator[Document]:
    """All documents; without `rejected`, what cannot be read is left to the run that follows, which rejects it."""
    options.progress.start(task, total_bytes(sources))
    chunks = read_chunks(sources, options.given, options.stdin, options.max_record)
    for each in read_documents(_advancing(chunks, options.progress), options.encoding):
        if not isinstance(each, Reject):
            yield each
        elif rejected is not None:
            rejected(each)


def _advancing(chunks: Iterable[Chunk | Reject], progress: Progress) -> Iterator[Chunk | Reject]:
    """The same chunks; what each took of its file counts once it has been used."""
    for chunk in chunks:
        yield chunk
        if isinstance(chunk, Chunk):
            progress.advance(chunk.consumed)
