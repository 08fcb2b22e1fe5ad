"""A run: inputs → parts (in parallel) → duplicates → outputs. What `newsclean run` calls."""

import contextlib
import dataclasses
import itertools
import logging
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Unpack, cast

from newsclean.compilation.machine_code import STANDS_ALONE
from newsclean.errors import InputError, SettingsError, Stopped
from newsclean.formats.base import Chunk, Reject, Source, spread
from newsclean.formats.fields import ROLES, Choice
from newsclean.formats.inputs import Inputs, find_inputs, read_chunks, total_bytes
from newsclean.formats.places import is_remote
from newsclean.formats.writers import OUTPUT_FORMATS, output_names
from newsclean.jobs import learning
from newsclean.jobs.options import STEPS, Options, RepeatedId, RunOptions, Thresholds
from newsclean.jobs.outcome import check_space, estimate
from newsclean.jobs.outputs import write_results
from newsclean.jobs.pool import map_ordered, remembered_signals
from newsclean.jobs.progress import Progress, Silence
from newsclean.jobs.reference import Reference, read_reference
from newsclean.jobs.storage import remote
from newsclean.jobs.storage.finished import Run, load_run, save_run
from newsclean.jobs.storage.manifest import refuse_foreign
from newsclean.jobs.storage.parts import Part
from newsclean.jobs.storage.workdir import SUMMARY, WorkDirectory, work_directory
from newsclean.jobs.summary import Summary, Unread
from newsclean.jobs.worker import Job, process_chunk, rows_stay, warm_up
from newsclean.settings import Settings

__all__ = ["STEPS", "Options", "rethreshold", "run"]
logger = logging.getLogger("newsclean")


def run(
    inputs: Sequence[str | os.PathLike[str]], out: str | os.PathLike[str], **options: Unpack[RunOptions]
) -> Summary:
    """Clean and deduplicate all articles of `inputs` (directories, globs, files, addresses, "-") into `out`.

    `out` gets the articles that are kept and those that are dropped, in the format of the input or `format`. It also
    gets `edits.jsonl`, `pairs.jsonl`, `clusters.jsonl`, `sources.jsonl`, `rejects.jsonl`, `summary.json`. A run that
    was killed goes on where it was when it is called again with the same arguments, and ends with the same bytes. More
    than one worker starts processes: call it below `if __name__ == "__main__":` then. What the options mean is said at
    `newsclean.jobs.options.Options`.

    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("The cafÃ© is open.", encoding="utf-8")
    >>> summary = run([folder], folder / "out", steps=["repair"])
    >>> summary.read, summary.changed, (folder / "out" / "articles" / "a.txt").read_text(encoding="utf-8")
    (1, 1, 'The café is open.')

    Raises:
        InputError: there is nothing to read, or no record has a field that was named.
        OutputError: `out` cannot be written, holds files of others, or the rows do not fit the output format.
        SettingsError: an option has no such value.
        TypeError: there is no such option.
    """
    return run_with(inputs, os.fspath(out), Options(**options))


def run_with(inputs: Sequence[str | os.PathLike[str]], out: str, options: Options) -> Summary:
    """`run` with options that are made already."""
    if options.settings.duplicates.border and is_remote(out):
        raise SettingsError("border keeps a working directory in the output, which has to be a local one")
    if options.dry_run is not None:
        with tempfile.TemporaryDirectory(prefix="newsclean-dry-run-") as directory:
            found = find_inputs(inputs, Path(out), options.input_format)
            return _run_into(found, Path(directory) / "out", options)
    if is_remote(out):
        with remote.staged(out, options.force) as directory:
            found = find_inputs(inputs, None, options.input_format)
            return _run_into(found, directory, options)
    found = find_inputs(inputs, Path(out), options.input_format)
    return _run_into(found, Path(out), options)


def _run_into(found: Inputs, out: Path, options: Options) -> Summary:
    format_name = options.format or _format_of(found.sources)
    if not options.force:
        refuse_foreign(out, [*output_names(format_name), SUMMARY])
    for group in (found.rejects, found.skipped):
        for each in group:
            logger.info("%s: %s", each.file, each.reason)
    with work_directory(out) as work, _explained_stop(work):
        options = learning.with_learned(found.sources, options)
        work.prepare(options.fingerprint())
        need = estimate(found.sources, "dedup" in options.steps, rows_stay(options))
        check_space(need, work.path, Path(options.scratch or work.path))
        choices: Counter[str] = Counter()
        report = _ChoiceLog(choices)
        sources = found.sources if options.dry_run is None else _sources_to_sample(found.sources, options.dry_run)
        chunks = read_chunks(sources, options.given, options.stdin, options.max_record, report)
        options.progress.start("cleaning", total_bytes(sources))
        parts, rejects = _process(Job(work.parts, options), chunks)
        _check_fields(parts, options)
        unread = Unread([*found.rejects, *rejects], found.skipped)
        reference = None
        if options.against and "dedup" in options.steps:
            options.progress.start("reading what to compare with", None)
            aside = Job(work.against, dataclasses.replace(options, dry_run=None))
            reference = read_reference(options, lambda chunks: _process(aside, chunks)[0])
        summary = write_results(work, parts, unread, options, format_name, reference)
        summary = dataclasses.replace(summary, fields=dict(sorted(choices.items())))
        if options.settings.duplicates.border:
            _keep_for_rethreshold(work, parts, unread, options, format_name, reference, summary.fields)
        work.publish(summary.to_dict(), options.force)
    return summary


def _keep_for_rethreshold(
    work: WorkDirectory,
    parts: Sequence[Part],
    unread: Unread,
    options: Options,
    format_name: str,
    reference: Reference | None,
    fields: dict[str, int],
) -> None:
    """Keep what `rethreshold` needs."""
    known = reference or Reference([], [])
    ids = [name for piece in known.names() for name in piece]
    names = [part.directory.name for part in parts]
    rejects, skipped = list(unread.rejects), list(unread.skipped)
    of = Run(format_name, options.on_repeated_id, rejects, skipped, fields, names, ids)
    save_run(work, of, known.sketches)


def rethreshold(out: str | os.PathLike[str], force: bool = False, **thresholds: Unpack[Thresholds]) -> Summary:
    """Resolve a run that was made with `DuplicateSettings(border=True)` again, with other thresholds.

    `out` then holds, byte by byte, what a run with these thresholds would have written. What is not given stays as it
    is. The input is not read again, and nothing is cleaned again.

    >>> import tempfile, pathlib
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "a.txt").write_text("The port was closed on Monday.", encoding="utf-8")
    >>> from newsclean import DuplicateSettings, Settings
    >>> _ = run([folder], folder / "out", settings=Settings(duplicates=DuplicateSettings(border=True)))
    >>> rethreshold(folder / "out", copy_threshold=0.7).settings["duplicates"]["copy_threshold"]
    0.7

    Raises:
        InputError: `out` holds no run that was made so, or one of another version of newsclean.
        OutputError: files in `out` were changed since.
        SettingsError: a threshold has no such value.
    """
    progress = thresholds.pop("progress", Silence())
    kept = load_run(Path(out))
    settings = Settings.from_mapping(kept.settings).changed({"duplicates": thresholds})
    of = kept.run
    policy = cast("RepeatedId", of.on_repeated_id)
    options = Options(settings=settings, on_repeated_id=policy, progress=progress)
    with work_directory(Path(out)) as work:
        work.stays = True
        work.empty_outputs()
        unread, reference = Unread(of.rejects, of.skipped), Reference([of.reference], [*kept.reference])
        summary = write_results(work, kept.parts, unread, options, of.format, reference)
        summary = dataclasses.replace(summary, fields=of.fields)
        work.publish(summary.to_dict(), force)
    return summary


class _ChoiceLog:
    """Counts the choices of fields, and logs each that is new."""

    def __init__(self, choices: "Counter[str]") -> None:
        self.choices = choices

    def __call__(self, source: Source, choice: Choice) -> None:
        said = str(choice)
        if said not in self.choices:
            logger.info("%s: fields %s", source.name, said)
        self.choices[said] += 1


@contextlib.contextmanager
def _explained_stop(work: WorkDirectory) -> Iterator[None]:
    """Say, where somebody stops the run, what is done and how to go on."""
    try:
        yield
    except (KeyboardInterrupt, Stopped) as error:
        done = len(work.done())
        raise Stopped(
            f"stopped; {done:,} {'part' if done == 1 else 'parts'} of the input done and kept in {work.path}: "
            "run the same command again to go on",
            signal=getattr(error, "signal", 2),
        ) from error


def _format_of(sources: Sequence[Source]) -> str:
    """The format of the inputs, if it is one that can be written; else JSON Lines, which can hold them all."""
    found = {(source.format, source.compression) for source in sources}
    formats = {"jsonl" if name == "json" else name for name, _ in found}
    if len(formats) != 1:
        return "jsonl"
    [name] = formats
    compressions = {compression for _, compression in found}
    full = name + (next(iter(compressions)) if len(compressions) == 1 else "")
    if full in OUTPUT_FORMATS:
        return full
    return name if name in OUTPUT_FORMATS else "jsonl"


def _process(job: Job, found: Iterable[Chunk | Reject]) -> tuple[list[Part], list[Reject]]:
    """All chunks as parts, in order, and the rejects that belong to no chunk."""
    rejects: list[Reject] = []
    sizes: list[int] = []

    def chunks() -> Iterator[tuple[int, Chunk]]:
        for chunk in found:
            if isinstance(chunk, Reject):
                rejects.append(chunk)
                continue
            sizes.append(chunk.consumed)
            yield len(sizes) - 1, chunk

    waiting = chunks()
    first = list(itertools.islice(waiting, 2))
    if job.options.dry_run is not None:
        return _sampled(job, itertools.chain(first, waiting), job.options.dry_run), rejects
    workers = job.options.workers if len(first) == 2 else 1  # starting processes takes longer than a chunk
    if workers > 1 and not STANDS_ALONE:  # what numba keeps is not for two that write it at once
        warm_up(job.options)
    silent = dataclasses.replace(job, options=dataclasses.replace(job.options, progress=_SILENT, stdin=None))
    parts: list[Part] = []
    with remembered_signals() as came:
        for part in _parts_of(silent, itertools.chain(first, waiting), workers):
            job.options.progress.advance(sizes[len(parts)])
            parts.append(part)
            if came:
                raise Stopped("stopped", came[0])
    return parts, rejects


def _parts_of(job: Job, chunks: Iterable[tuple[int, Chunk]], workers: int) -> Iterator[Part]:
    """Each chunk as a part, in order."""
    if job.options.engine == "local":
        return map_ordered(process_chunk, chunks, job, workers)
    from newsclean.jobs.engines import spark

    return spark.parts_of(spark.session(job.options.master), job, chunks)


_SILENT: Progress = Options().progress
_SAMPLED = 16  # chunks, or files, that a sample is drawn from
_LOOKED_THROUGH = 256  # chunks, a gigabyte, that are read for it at most


def _sampled(job: Job, chunks: Iterable[tuple[int, Chunk]], most: int) -> list[Part]:
    """Parts of so many records, spread over all chunks, of a large input over the first ones."""
    kept: list[tuple[int, Chunk]] = []
    stride = 1
    for number, chunk in itertools.islice(chunks, _LOOKED_THROUGH):
        if number % stride == 0:
            kept.append((number, chunk))
        if len(kept) > _SAMPLED:
            kept, stride = kept[::2], 2 * stride
    parts: list[Part] = []
    for left, numbered in zip(range(len(kept), 0, -1), kept, strict=True):
        parts.append(process_chunk(job, numbered, -(-most // left)))
        most -= parts[-1].size
        if most <= 0:
            break
    return parts


def _sources_to_sample(sources: Sequence[Source], most: int) -> list[Source]:
    """The files of which a sample is drawn: all, if they are few; as many texts as records are wanted."""
    files = most if {source.format for source in sources} <= {"txt", "html"} else _SAMPLED
    return [sources[place] for place in spread(len(sources), files)]


def _check_fields(parts: Sequence[Part], options: Options) -> None:
    """Raise InputError for a field that was named and that no record has."""
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part.counts)
    for role in ROLES:
        name = getattr(options.given, role)
        if name is None or counts[f"has:{role}"]:
            continue
        if role == "text":
            if not any(part.size for part in parts):
                reasons = (reject.reason for part in parts for reject in part.rejects())
                if missing := next((reason for reason in reasons if reason.startswith("no field")), None):
                    raise InputError(f"no record has the field that was given for text: {missing}")
        elif any(part.size for part in parts):
            names = dict.fromkeys(each for part in parts for each in part.names)
            there = ", ".join([*names][:20])
            raise InputError(f"no record has the field {name!r} that was given for {role}; there are: {there}")
