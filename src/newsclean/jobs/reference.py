"""What a run is compared with: articles of an index or of files, which are never changed."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newsclean import duplicates
from newsclean.errors import InputError
from newsclean.formats.base import Chunk, Reject
from newsclean.formats.inputs import find_inputs, read_chunks
from newsclean.jobs.options import Options
from newsclean.jobs.storage.parts import Part

_INDEX = b"SQLite format 3\0"


class Reference(NamedTuple):
    """Articles that a run is compared with, piece by piece: those of files stay on the disk until they are read."""

    ids: list[Sequence[str] | Part]
    sketches: list[duplicates.Sketches | Path]

    def names(self) -> Iterator[Sequence[str]]:
        """The ids of each piece."""
        return (each.ids() if isinstance(each, Part) else each for each in self.ids)

    @property
    def size(self) -> int:
        """Number of articles."""
        return sum(each.size if isinstance(each, Part) else len(each) for each in self.ids)


def read_reference(options: Options, process: Callable[[Iterable[Chunk | Reject]], Sequence[Part]]) -> Reference:
    """The articles of `options.against`: those of files are cleaned and sketched by `process`, as the new ones are.

    Raises:
        InputError: there is nothing to read, or a record is none, or an index was made with other settings.
    """
    reference = Reference([], [])
    files = [os.fspath(path) for path in options.against if not _is_index(path)]
    for path in options.against:
        if _is_index(path):
            with duplicates.DuplicateIndex(path, options.settings.duplicates, read_only=True) as index:
                names, sketches = index.sketches()
            reference.ids.append(names)
            reference.sketches.append(sketches)
    if files:
        found = find_inputs(files, None, options.input_format)
        parts = process(read_chunks(found.sources, options.given, None, options.max_record))
        for reject in (*found.rejects, *(reject for part in parts if part.rejected for reject in part.rejects())):
            raise InputError(f"cannot compare with {reject.file}: {reject.reason}")
        for part in parts:
            reference.ids.append(part)
            reference.sketches.append(part.directory / "sketches")
    return reference


def _is_index(path: str | os.PathLike[str]) -> bool:
    try:
        with Path(path).open("rb") as file:
            return file.read(len(_INDEX)) == _INDEX
    except OSError:  # a directory, a glob or an address
        return False
