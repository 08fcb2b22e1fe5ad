"""A run: inputs → parts (in parallel) → duplicates → outputs. What `newsclean run` calls."""

import dataclasses
import hashlib
import itertools
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from newsclean import duplicates, kernels
from newsclean._version import __version__
from newsclean.edits import Cleaned
from newsclean.errors import NewscleanError, SettingsError
from newsclean.formats import jsonl
from newsclean.formats.base import MAX_RECORD, Chunk, Document, Fields, Reject, Source
from newsclean.formats.inputs import find_inputs, read_chunks, reader, suffix, total_bytes
from newsclean.formats.writers import OUTPUT_FORMATS, output_names
from newsclean.jobs import learning
from newsclean.jobs.manifest import refuse_foreign
from newsclean.jobs.outputs import FAILED, Summary, Unread, write_results
from newsclean.jobs.progress import Progress, Silence
from newsclean.jobs.workdir import SUMMARY, Part, finish_part, new_part, work_directory
from newsclean.jobs.workers import map_ordered
from newsclean.pipeline import clean_batch
from newsclean.settings import Settings

if TYPE_CHECKING:
    from newsclean.boilerplate import Templates
    from newsclean.damage import Evidence

STEPS = ("repair", "strip", "dedup")


@dataclasses.dataclass(frozen=True)
class Job:
    """What a worker needs to know to process a chunk."""

    parts: Path
    settings: Settings
    steps: tuple[str, ...]
    fields: Fields
    templates: "Templates | None"
    evidence: "Mapping[str, Evidence]"

    def fingerprint(self) -> str:
        """A digest of everything that decides the output, apart from the input."""
        evidence = [(source, known.to_dict()) for source, known in sorted(self.evidence.items())]
        known = (__version__, self.settings, self.steps, self.fields, evidence)
        learned = b"" if self.templates is None else self.templates.repeated.tobytes() + self.templates.titles.tobytes()
        return hashlib.blake2b(repr(known).encode() + learned, digest_size=16).hexdigest()


def run(
    inputs: Sequence[str | os.PathLike[str]],
    out: str | os.PathLike[str],
    *,
    settings: Settings = Settings(),
    format: str | None = None,
    steps: Sequence[str] = STEPS,
    fields: Fields = Fields(),
    templates: "Templates | None" = None,
    evidence: "Mapping[str, Evidence] | None" = None,
    learn_templates: bool = False,
    learn_damage: bool = False,
    workers: int = 1,
    max_record: int = MAX_RECORD,
    force: bool = False,
    stdin: BinaryIO | None = None,
    progress: Progress = Silence(),
) -> Summary:
    """Clean and deduplicate all articles of `inputs` (directories, globs, files, "-") into the directory `out`.

    `out` gets the articles that are kept and those that are dropped, in the format of the input or `format`, and
    `edits.jsonl`, `pairs.jsonl`, `clusters.jsonl`, `rejects.jsonl`, `summary.json`. A run that was killed goes on
    where it was when it is called again with the same arguments, and ends with the same bytes. More than one worker
    starts processes: call it below `if __name__ == "__main__":` then. Records of more than `max_record` bytes are
    rejected. Files in `out` that newsclean did not write are replaced only by `force`.

    Raises:
        InputError: there is nothing to read.
        OutputError: `out` cannot be written, holds files of others, or the rows do not fit the output format.
        SettingsError: an argument has no such value.
    """
    _check(format, steps, workers, max_record)
    found = find_inputs(inputs, exclude=Path(out))
    sources, format_name = found.sources, format or _format_of(found.sources)
    if not force:
        refuse_foreign(Path(out), [*output_names(format_name), SUMMARY])
    with work_directory(Path(out)) as work:
        if learn_templates:
            templates = learning.templates_of(sources, fields, progress)
        if learn_damage:
            evidence = learning.evidence_of(sources, fields, settings.repair, progress)
        job = Job(work.parts, settings, tuple(steps), fields, templates, evidence or {})
        work.prepare(job.fingerprint())
        chunks = read_chunks(sources, stdin, max_record)
        progress.start("cleaning", total_bytes(sources))
        parts, rejects = _process(job, chunks, workers, progress)
        unread = Unread([*found.rejects, *rejects], found.skipped)
        summary = write_results(work, parts, unread, settings.duplicates, format_name, fields.text, progress)
        work.publish(summary.to_dict(), force)
    return summary


def _check(format_name: str | None, steps: Sequence[str], workers: int, max_record: int) -> None:
    if format_name is not None and format_name not in OUTPUT_FORMATS:
        raise SettingsError(f"format must be one of {', '.join(OUTPUT_FORMATS)}, got {format_name!r}")
    if not steps or set(steps) - set(STEPS):
        raise SettingsError(f"steps must be among {', '.join(STEPS)}, got {', '.join(steps) or 'none'}")
    if workers < 1:
        raise SettingsError(f"workers must be at least 1, got {workers}")
    if max_record < 1:
        raise SettingsError(f"max_record must be at least 1 byte, got {max_record}")


def _format_of(sources: Sequence[Source]) -> str:
    """The format of the inputs, if it is one; else JSON Lines, which can hold them all."""
    found = {suffix(source.path).removeprefix(".") for source in sources}
    return next(iter(found)) if len(found) == 1 and found <= set(OUTPUT_FORMATS) else "jsonl"


def _process(
    job: Job, found: Iterable[Chunk | Reject], workers: int, progress: Progress
) -> tuple[list[Part], list[Reject]]:
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
    if len(first) < 2:  # starting processes takes longer than a chunk
        workers = 1
    if workers > 1:
        _warm_up(job)
    parts: list[Part] = []
    for part in map_ordered(process_chunk, itertools.chain(first, waiting), job, workers):
        progress.advance(sizes[len(parts)])
        parts.append(part)
    return parts, rejects


def _warm_up(job: Job) -> None:
    """Compile all kernels here, once, so that no two workers do."""
    with kernels.tier(interprets=False):
        cleaned = clean_batch(["Share this\n\nThe cafÃ© is open."], job.settings, steps=job.steps)
        if "dedup" in job.steps:
            duplicates.sketch_batch([{"id": "a", "text": cleaned[0].text}], job.settings.duplicates)


def process_chunk(job: Job, numbered: tuple[int, Chunk]) -> Part:
    """Decode, clean and sketch one chunk and save what came of it; nothing to do if a killed run has done it."""
    number, chunk = numbered
    directory = job.parts / f"{number:06d}"
    digest = chunk.digest()
    done = Part.load(directory)
    if done is not None and done.digest == digest:
        return done
    rows, rejects = reader(chunk.source.format).decode(chunk, job.fields)
    documents = rows.documents
    texts, sources = [each["text"] for each in documents], [each["source"] for each in documents]
    cleaned = _cleaned(job, texts, sources)
    fresh = new_part(directory)
    rows.save(fresh, [each.text for each in cleaned])
    _save_edits(fresh, documents, cleaned)
    if "dedup" in job.steps:
        clean_documents = [
            each | {"text": result.text, "raw": text}
            for each, text, result in zip(documents, texts, cleaned, strict=True)
        ]
        duplicates.sketch_batch(clean_documents, job.settings.duplicates).save(fresh / "sketches")
        duplicates.sketch_raw(clean_documents, job.settings.duplicates).save(fresh / "raw_sketches")
    ids = [each["id"] for each in documents]
    part = Part(fresh, digest, ids, rows.places, sorted(rows.names), rejects, _counts(cleaned))
    part.save()
    finish_part(fresh, directory)
    return dataclasses.replace(part, directory=directory)


def _cleaned(job: Job, texts: Sequence[str], sources: Sequence[str | None]) -> list[Cleaned]:
    """The texts cleaned. One that a stage fails for stays as it is, flagged, so that the others of the dump go on."""
    try:
        return clean_batch(texts, job.settings, job.templates, sources, job.steps, job.evidence)
    except NewscleanError:
        raise
    except Exception as error:
        if len(texts) == 1:
            return [Cleaned(texts[0], (), (f"{FAILED} ({type(error).__name__}: {error})",))]
    half = len(texts) // 2
    return _cleaned(job, texts[:half], sources[:half]) + _cleaned(job, texts[half:], sources[half:])


def _save_edits(directory: Path, documents: Iterable[Document], cleaned: Iterable[Cleaned]) -> None:
    """`edits.jsonl`: a line for each row, empty where nothing was changed or flagged."""
    with (directory / "edits.jsonl").open("wb") as file:
        for document, result in zip(documents, cleaned, strict=True):
            if result.edits or result.flags:
                edits = [edit._asdict() for edit in result.edits]
                file.write(jsonl.dumps({"id": document["id"], "edits": edits, "flags": result.flags}))
            file.write(b"\n")


def _counts(cleaned: Sequence[Cleaned]) -> dict[str, int]:
    """How often each rule and flag occurs, and how many articles were changed."""
    counts = Counter({"changed": 0, "removed": 0, "letters": sum(len(result.text) for result in cleaned)})
    for result in cleaned:
        if result.edits or result.flags:  # a call of `update` takes as long as sketching an article
            counts.update(f"rule:{rule}" for edit in result.edits for rule in edit.rule.split(" + "))
            counts.update(f"flag:{flag}" for flag in result.flags)
            counts["changed"] += bool(result.edits)
            counts["removed"] += sum(len(edit.before) for edit in result.edits if not edit.after)
    return dict(sorted(counts.items()))
