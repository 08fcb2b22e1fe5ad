"""What a run is compared with: articles that are had already, in an index or in files. They are never changed."""

import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from newsclean import duplicates
from newsclean.duplicates import Cluster, Duplicates
from newsclean.errors import InputError
from newsclean.formats.base import Chunk, Reject
from newsclean.formats.inputs import find_inputs, read_chunks
from newsclean.jobs.options import Options
from newsclean.jobs.storage.workdir import Part

_MARK = "\0"  # begins the id of an article that is had, so that it is another one than that of a new article
_INDEX = b"SQLite format 3\0"


class Reference(NamedTuple):
    """Articles that are had already."""

    ids: list[str]
    sketches: list[duplicates.Sketches]


def read_reference(options: Options, process: Callable[[Iterable[Chunk | Reject]], Sequence[Part]]) -> Reference:
    """The articles of `options.against`: those of files are cleaned and sketched by `process`, as the new ones are.

    Raises:
        InputError: there is nothing to read, or a record is none, or an index was made with other settings.
    """
    reference = Reference([], [])
    files = [os.fspath(path) for path in options.against if not _is_index(path)]
    for path in options.against:
        if _is_index(path):
            with duplicates.DuplicateIndex(path, options.settings.duplicates) as index:
                names, sketches = index.sketches()
            reference.ids.extend(names)
            reference.sketches.append(sketches)
    if files:
        found = find_inputs(files, None, options.input_format)
        parts = process(read_chunks(found.sources, options.given, None, options.max_record))
        rejects = [*found.rejects, *(reject for part in parts for reject in part.rejects)]
        if rejects:
            raise InputError(f"cannot compare with {rejects[0].file}: {rejects[0].reason}")
        for part in parts:
            reference.ids.extend(part.ids)
            reference.sketches.append(duplicates.Sketches.load(part.directory / "sketches"))
    return reference._replace(ids=[f"{_MARK}{at}{_MARK}{name}" for at, name in enumerate(reference.ids)])


def _is_index(path: str | os.PathLike[str]) -> bool:
    try:
        with Path(path).open("rb") as file:
            return file.read(len(_INDEX)) == _INDEX
    except OSError:  # a directory, a glob or an address
        return False


def of_new_articles(found: Duplicates) -> Duplicates:
    """What was found of new articles, with those that are had under their own ids."""
    pairs = [
        pair._replace(left=_name(pair.left), right=_name(pair.right))
        for pair in found.pairs
        if not (_is_had(pair.left) and _is_had(pair.right))
    ]
    keep = {name: _name(kept) for name, kept in found.keep.items() if not _is_had(name)}
    return Duplicates(pairs, keep, _clusters(found.copies), _clusters(found.stories))


def _clusters(clusters: Sequence[Cluster]) -> list[Cluster]:
    return [
        Cluster(
            _name(cluster.id),
            _name(cluster.keep),
            tuple(map(_name, cluster.members)),
            None if cluster.origin is None else _name(cluster.origin),
        )
        for cluster in clusters
        if not all(map(_is_had, cluster.members))
    ]


def _is_had(name: str) -> bool:
    return name.startswith(_MARK)


def _name(name: str) -> str:
    return name.split(_MARK, 2)[2] if _is_had(name) else name
