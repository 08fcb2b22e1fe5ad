"""What a worker does: decode, clean and sketch one chunk, and save what came of it as a part."""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from newsclean import duplicates
from newsclean.compilation import kernels, uncollected
from newsclean.errors import NewscleanError
from newsclean.formats.base import Chunk, Document, Origin
from newsclean.formats.json_rows import dumps
from newsclean.formats.kinds import reader
from newsclean.jobs.encoding import as_utf8
from newsclean.jobs.options import Options
from newsclean.jobs.storage.parts import Part, PartRows, finish_part, new_part, save_edits
from newsclean.pipeline import clean_batch
from newsclean.results import Cleaned, cleaned_by, scripts_of

FAILED = "failed"
"""Begins the flag of an article that could not be cleaned."""


@dataclasses.dataclass(frozen=True)
class Job:
    """What a worker needs to know to process a chunk."""

    parts: Path
    options: Options


def warm_up(options: Options) -> None:
    """Compile all kernels in this process, once, so that no two workers do."""
    with kernels.tier(interprets=False):
        cleaned = clean_batch(["Share this\n\nThe cafÃ© is open."], options.settings, steps=options.steps)
        if "dedup" in options.steps:
            duplicates.sketch_batch([{"id": "a", "text": cleaned[0].text}], options.settings.duplicates)


@uncollected()
def process_chunk(job: Job, numbered: tuple[int, Chunk], most: int | None = None) -> Part:
    """One chunk, or `most` records spread over it, as a part; nothing to do if a killed run has done it."""
    number, chunk = numbered
    directory = job.parts / f"{number:06d}"
    options = job.options
    digest, origin = identified(chunk, options)
    if (done := Part.made_before(directory, digest, origin)) is not None:
        return done
    read = as_utf8(chunk._replace(origin=origin), options.encoding)
    rows, rejects, counts = reader(chunk.source.format).decode(read.chunk)
    if most is not None:
        rows.thin(most)
    documents = rows.documents
    texts, sources = [each["text"] for each in documents], [each["source"] for each in documents]
    cleaned = _cleaned(options, texts, sources)
    if read.flags:
        cleaned = [
            cleaned_by(result.text, scripts_of(result), (*result.flags, *read.flags.get(place, ())))
            for result, place in zip(cleaned, rows.places, strict=True)
        ]
    fresh = new_part(directory)
    rows.save(fresh, [each.text for each in cleaned])
    save_edits(fresh, _edit_lines(documents, cleaned))
    agencies: list[str | None] = [None] * len(documents)
    if "dedup" in options.steps:
        agencies = _save_sketches(fresh, documents, cleaned, options)
    part = Part(
        directory=fresh,
        digest=digest,
        size=len(documents),
        names=list(rows.names),
        text_field=rows.text_field,
        rejected=len(rejects),
        counts=counts | rule_counts(cleaned),
        origin=origin,
    )
    files, lines = [list(column) for column in zip(*rows.places, strict=True)] if documents else ([], [])
    part.save(
        PartRows(
            ids=[each["id"] for each in documents],
            files=files[:1] if len(set(files)) == 1 else files,
            lines=lines,
            sources=sources,
            removed=[
                sum(len(edit.before) for edit in each.edits if not edit.after) if each.edits else 0 for each in cleaned
            ],
            left=[len(each.text) for each in cleaned],
            agencies=agencies,
        ),
        rejects,
    )
    finish_part(fresh, directory)
    return dataclasses.replace(part, directory=directory)


def _save_sketches(
    fresh: Path, documents: Sequence[Document], cleaned: Sequence[Cleaned], options: Options
) -> list[str | None]:
    """Write sketches of the cleaned texts, and of the raw ones that were longer. Returns the agencies they name."""
    settings, changes = options.settings.duplicates, set(options.steps) != {"dedup"}
    given: Sequence[Mapping[str, Any]] = documents
    if changes:
        given = [
            each | {"text": result.text, "raw": each["text"]} for each, result in zip(documents, cleaned, strict=True)
        ]
    sketches = duplicates.sketch_batch(given, settings, signed=False)
    sketches.save(fresh / "sketches")
    raw = duplicates.sketch_raw(given if changes else (), settings)
    shorter = np.flatnonzero(raw.digests)
    if len(shorter):
        raw.take(shorter.tolist()).save(fresh / "raw_sketches")
        shorter.tofile(fresh / "raw_rows")
    from newsclean.duplicates.agencies import agency_names

    names = [None, *agency_names()]
    return [names[code] for code in sketches.agencies.tolist()]


def identified(chunk: Chunk, options: Options) -> tuple[str, Origin | None]:
    """The digest of a chunk, and where rows of it may stay."""
    data, origin = chunk.data_digest(), chunk.origin if rows_stay(options) else None
    return chunk.digest(data), origin and origin._replace(digest=data)


def rows_stay(options: Options) -> bool:
    """Whether rows that nothing changes may stay in the input.

    Not where thresholds can be changed later, when the input may be gone. Not where a row is more than its line: read
    in another encoding.
    """
    return options.encoding is None and not options.settings.duplicates.border


def _cleaned(options: Options, texts: Sequence[str], sources: Sequence[str | None]) -> list[Cleaned]:
    """The texts cleaned. One that a stage fails for stays as it is, flagged, so that the others of the dump go on."""
    try:
        return clean_batch(
            texts,
            options.settings,
            steps=options.steps,
            templates=options.templates,
            sources=sources,
            evidence=options.evidence,
        )
    except NewscleanError:
        raise
    except Exception as error:
        if len(texts) == 1:
            return [Cleaned(texts[0], (), (f"{FAILED} ({type(error).__name__}: {error})",))]
    half = len(texts) // 2
    return _cleaned(options, texts[:half], sources[:half]) + _cleaned(options, texts[half:], sources[half:])


def _edit_lines(documents: Iterable[Document], cleaned: Iterable[Cleaned]) -> list[bytes]:
    """A line of `edits.jsonl` for each row, empty where nothing was changed or flagged."""
    lines = []
    for document, result in zip(documents, cleaned, strict=True):
        line = b""
        if result.edits or result.flags:
            edits = [edit._asdict() for edit in result.edits]
            line = dumps({"id": document["id"], "edits": edits, "flags": result.flags})
        lines.append(line)
    return lines


def rule_counts(cleaned: Iterable[Cleaned]) -> dict[str, int]:
    """How often each rule and flag occurs, and how many articles were changed."""
    counts = Counter({"changed": 0})
    for result in cleaned:
        if result.edits or result.flags:  # a call of `update` takes as long as sketching an article
            counts.update(f"rule:{rule}" for edit in result.edits for rule in edit.rule.split(" + "))
            counts.update(f"flag:{flag}" for flag in result.flags)
            counts["changed"] += bool(result.edits)
    return dict(sorted(counts.items()))
