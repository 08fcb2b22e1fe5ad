"""What a finished run keeps beside its parts, so that its thresholds can be changed without reading the input again."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from newsclean import duplicates
from newsclean._version import __version__
from newsclean.errors import InputError
from newsclean.formats.base import Reject
from newsclean.formats.json_rows import dumps, loads
from newsclean.jobs.storage.parts import Part
from newsclean.jobs.storage.workdir import FINISHED, SUMMARY, WorkDirectory

_REFERENCE = "reference"


class Run(NamedTuple):
    """A run without its parts."""

    format: str
    """Of the output."""
    on_repeated_id: str
    rejects: list[Reject]
    """Those that belong to no part."""
    skipped: list[Reject]
    fields: dict[str, int]
    """Files by the fields that were chosen."""
    parts: list[str]
    """Names of the parts in order."""
    reference: list[str]
    """Ids of the articles of the reference; their sketches lie beside."""
    version: str = __version__


class FinishedRun(NamedTuple):
    """A run that can be resolved again."""

    run: Run
    parts: list[Part]
    settings: Mapping[str, Any]
    """Tables of the settings that the outputs were made with."""
    reference: list[Path]
    """The sketches of the articles of the reference."""


def save_run(work: WorkDirectory, run: Run, reference: Sequence[duplicates.Sketches | Path]) -> None:
    """Keep a run and its parts; to be called before its outputs are published."""
    shutil.rmtree(work.path / _REFERENCE, ignore_errors=True)
    (work.path / _REFERENCE).mkdir()
    for place, sketches in enumerate(reference):
        path = work.path / _REFERENCE / f"{place:06d}"
        if isinstance(sketches, Path):
            shutil.copyfile(sketches, path)
        else:
            sketches.save(path)
    partial = work.path / f"{FINISHED}.partial"
    rows = {name: [list(each) for each in getattr(run, name)] for name in ("rejects", "skipped")}
    partial.write_bytes(dumps(run._asdict() | rows))
    partial.replace(work.path / FINISHED)
    work.stays = True


def load_run(out: Path) -> FinishedRun:
    """The run whose outputs are in `out`.

    Raises:
        InputError: there is none, it was not kept, or another version of newsclean made it.
    """
    work = WorkDirectory(out)
    advice = "run newsclean again with --border"
    if not (out / SUMMARY).is_file():
        raise InputError(f"{out} holds no finished run: summary.json is missing; {advice}")
    if not (work.path / FINISHED).is_file():
        raise InputError(f"{out} does not hold what thresholds are changed with; {advice}")
    try:
        values: dict[str, Any] = loads((work.path / FINISHED).read_bytes())
        rows = {name: [Reject(*each) for each in values[name]] for name in ("rejects", "skipped")}
        run = Run(**values | rows)
        settings: dict[str, Any] = loads((out / SUMMARY).read_bytes())["settings"]
    except (OSError, ValueError, TypeError, KeyError, msgspec.MsgspecError) as error:
        raise InputError(f"what {out} keeps of its run is damaged: {error}; {advice}") from error
    if run.version != __version__:
        raise InputError(f"{out} was made by newsclean {run.version}, this is {__version__}; {advice}")
    parts = [part for name in run.parts if (part := Part.load(work.parts / name)) is not None]
    if len(parts) != len(run.parts):
        raise InputError(f"{out} misses parts of its run; {advice}")
    return FinishedRun(run, parts, settings, sorted((work.path / _REFERENCE).iterdir()))
