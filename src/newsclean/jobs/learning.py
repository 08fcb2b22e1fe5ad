"""What the articles of a dump teach of its sources before they are cleaned; each lesson reads all inputs once."""

import dataclasses
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from newsclean import boilerplate, damage
from newsclean.errors import InputError
from newsclean.formats.base import STDIN, Chunk, Document, Source
from newsclean.formats.inputs import read_chunks, total_bytes
from newsclean.formats.kinds import reader
from newsclean.jobs.encoding import as_utf8
from newsclean.jobs.options import Options

if TYPE_CHECKING:
    from newsclean.boilerplate import Templates


def learned(sources: Sequence[Source], options: Options) -> Options:
    """The options with what was to be learned from the sources.

    Raises:
        InputError: an input can be read only once.
    """
    if options.learn_templates:
        options = dataclasses.replace(options, templates=templates_of(sources, options))
    if options.learn_damage:
        documents = _documents(sources, options, "learning damage")
        evidence = damage.learn_damage(documents, settings=options.settings.repair)
        options = dataclasses.replace(options, evidence=evidence)
    return options


def templates_of(sources: Sequence[Source], options: Options) -> "Templates":
    """What the sources of all documents repeat.

    Raises:
        InputError: an input can be read only once.
    """
    return boilerplate.learn_templates(_documents(sources, options, "learning templates"))


def _documents(sources: Sequence[Source], options: Options, task: str) -> Iterator[Document]:
    if any(source.path == STDIN for source in sources):
        raise InputError(f"{task} reads the input twice, so save standard input to a file first")
    options.progress.start(task, total_bytes(sources))
    return _decoded(sources, options)


def _decoded(sources: Sequence[Source], options: Options) -> Iterator[Document]:
    for chunk in read_chunks(sources, options.given, limit=options.max_record):
        if isinstance(chunk, Chunk):
            chunk = as_utf8(chunk, options.encoding).chunk
            yield from reader(chunk.source.format).decode(chunk).rows.documents
            options.progress.advance(chunk.consumed)
