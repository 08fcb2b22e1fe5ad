"""From finished parts to the outputs of a run: duplicates resolved, rows sorted into kept and dropped, all counted."""

import dataclasses
import itertools
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean import duplicates
from newsclean.edits import Cleaned, Edit
from newsclean.formats.base import Saved
from newsclean.formats.json_rows import dump_lines, dumps, loads
from newsclean.formats.writers import Writer, open_writer
from newsclean.jobs.ids import Selected, Selection, select
from newsclean.jobs.options import Options
from newsclean.jobs.outcome import Outcome, check_memory, resolved
from newsclean.jobs.reference import Reference
from newsclean.jobs.storage.workdir import Part, PartRows, WorkDirectory
from newsclean.jobs.summary import RejectFile, Summary, Unread, ranked, unread_dates
from newsclean.jobs.worker import rule_counts

REPEATED = "repeated_id"
"""The relation of a record that is dropped because an earlier one has its id."""
_REMOVED, _LEFT = "removed of repeated ids", "left of repeated ids"  # counted for the whole run only
_AT_ONCE = 1 << 12  # pairs
_ADDED = ("id", "story", "kept", "relation", "similarity", "origin", "agency")


def write_results(
    work: WorkDirectory,
    parts: Sequence[Part],
    unread: Unread,
    options: Options,
    format_name: str,
    reference: Reference | None = None,
) -> Summary:
    """Write all outputs of a run into `work.outputs`; the summary is returned, not written."""
    had = reference or Reference([], [])
    scratch = duplicates.Scratch(options.scratch or work.scratch, options.memory)
    if "dedup" in options.steps:
        check_memory(options.memory, had.size + sum(part.size for part in parts))
    options.progress.start("finding duplicates", None)
    selected = select(parts, options.on_repeated_id, had.names(), scratch)
    outcome = Outcome(_resolve(parts, selected, options, had, scratch), selected.names)
    options.progress.start("writing", len(parts))
    outputs = _Outputs(work.outputs, parts, format_name, options)
    sources: Counter[tuple[str | None, str]] = Counter()
    rejects = RejectFile(work.outputs / "rejects.jsonl")
    rejects.write(unread.rejects)
    for part, selection in zip(parts, selected.parts, strict=True):
        rows = part.rows()
        outputs.write(part, rows, selection, outcome)
        rejects.write([*part.rejects(), *selected.rejects(part, rows, selection)])
        _count_sources(sources, rows, selection, outcome)
        options.progress.advance(1)
    outputs.close()
    rejects.close()
    _write_pairs(work.outputs, outcome)
    _write_clusters(work.outputs, outcome)
    _write_sources(work.outputs, sources)
    summary = _summary(parts, selected, outcome, sources)
    return dataclasses.replace(
        summary,
        rejected=rejects.counts.total(),
        reasons=ranked(rejects.counts),
        skipped=unread.by_reason(),
        files=tuple(sorted(path.name for path in work.outputs.iterdir())),
        settings=dataclasses.asdict(options.settings),
    )


def _resolve(
    parts: Sequence[Part],
    selected: Selected,
    options: Options,
    reference: Reference,
    scratch: duplicates.Scratch,
) -> duplicates.Resolved | None:
    """The duplicates among the selected rows, and between them and the reference; nothing if a run looks for none."""
    if not parts or not (parts[0].directory / "sketches").exists():
        return None
    settings = options.settings.duplicates
    chosen = [
        (part.directory, None if len(selection.rows) == part.size else selection.rows)
        for part, selection in zip(parts, selected.parts, strict=True)
    ]
    if options.engine == "spark":
        from newsclean.jobs.engines import spark

        names = selected.names if options.on_repeated_id == "rename" else None
        return spark.resolved(spark.session(options.master), chosen, names, settings, scratch)
    return resolved(chosen, selected.names, settings, reference.sketches, scratch)


class _Outputs:
    """The files with rows, and the edits that belong to them."""

    def __init__(self, directory: Path, parts: Sequence[Part], format_name: str, options: Options) -> None:
        self._text = format_name == "txt"
        self._renames = options.on_repeated_id == "rename"
        self._finds_duplicates = "dedup" in options.steps
        names = {name for part in parts for name in part.names}
        self._names = {name: f"newsclean_{name}" if name in names else name for name in _ADDED}
        # Reasons have no place in a plain text file, so dropped articles are JSON Lines there.
        dropped = "jsonl" if self._text else format_name
        rows = [Saved(part.directory, part.names, part.text_field) for part in parts]
        articles = "articles" if self._text else f"articles.{format_name}"
        own_id = [self._own_id] if self._renames else []
        facts = [self._names["origin"], self._names["agency"]] if self._finds_duplicates else []
        why = [self._names[name] for name in ("kept", "relation", "similarity")]
        told = [self._names["story"], *facts, *own_id]
        self._articles = open_writer(directory / articles, format_name, rows, told)
        self._dropped = open_writer(directory / f"dropped.{dropped}", dropped, rows, [*why, *facts, *own_id])
        self._edits = (directory / "edits.jsonl").open("wb")

    @property
    def _own_id(self) -> str:
        return "newsclean_id"

    def write(self, part: Part, rows: PartRows, selection: Selection, outcome: Outcome) -> None:
        """The selected rows of a part, each to where it belongs."""
        articles, repeated = selection.rows.tolist(), set(selection.repeated.tolist())
        numbers = dict(zip(articles, range(selection.first, selection.first + len(articles)), strict=True))
        own = outcome.names[selection.first : selection.first + len(articles)]
        ids = dict(zip(articles, own, strict=True)) | {row: rows.ids[row] for row in repeated}
        kept = [row for row in articles if outcome.keep[numbers[row]] < 0]
        dropped = sorted({*ids} - {*kept})
        if self._text:
            added: dict[str, list[Any]] = {"id": [ids[row] for row in kept]}
        else:
            story = outcome.story[[numbers[row] for row in kept]]
            added = {self._names["story"]: _named(outcome, story)} | self._facts(rows, numbers, kept, outcome)
        reasons = self._reasons([None if row in repeated else numbers[row] for row in dropped], dropped, ids, outcome)
        reasons |= self._facts(rows, numbers, dropped, outcome)
        self._put(self._articles, part, kept, added, ids)
        self._put(self._dropped, part, dropped, reasons, ids)
        edits = part.edits()
        for row, identifier in sorted(ids.items()):
            if edits[row]:
                line = edits[row] if identifier == rows.ids[row] else dumps(loads(edits[row]) | {"id": identifier})
                self._edits.write(line + b"\n")

    def _facts(
        self, rows: PartRows, numbers: dict[int, int], chosen: Sequence[int], outcome: Outcome
    ) -> dict[str, list[Any]]:
        """The earliest copy and the agency of some rows, if duplicates are looked for."""
        if not self._finds_duplicates:
            return {}
        origins = np.array([outcome.origin[numbers[row]] if row in numbers else -1 for row in chosen], np.int64)
        agencies = [rows.agencies[row] for row in chosen]
        return {self._names["origin"]: _named(outcome, origins), self._names["agency"]: agencies}

    def _put(
        self, writer: Writer, part: Part, rows: Sequence[int], added: dict[str, list[Any]], ids: dict[int, str]
    ) -> None:
        if self._renames and not (self._text and writer is self._articles):
            added = added | {self._own_id: [ids[row] for row in rows]}
        writer.write(Saved(part.directory, part.names, part.text_field), rows, added)

    def _reasons(
        self, numbers: Sequence[int | None], rows: Sequence[int], ids: dict[int, str], outcome: Outcome
    ) -> dict[str, list[Any]]:
        """Why rows are dropped: for another document, or, without a number, for an earlier record with their id."""
        copies = np.array([number for number in numbers if number is not None], np.int64)
        why = zip(outcome.names.of(outcome.keep[copies]), *outcome.why(copies), strict=True)
        kept, relations, similarities = list[str](), list[str](), list[float | None]()
        for row, number in zip(rows, numbers, strict=True):
            name, relation, similarity = (ids[row], REPEATED, None) if number is None else next(why)
            kept.append(name)
            relations.append(relation)
            similarities.append(None if similarity is None else round(similarity, 4))
        values: dict[str, list[Any]] = {"kept": [*kept], "relation": [*relations], "similarity": [*similarities]}
        return {self._names[name]: column for name, column in values.items()}

    def close(self) -> None:
        """Finish all files."""
        for file in (self._articles, self._dropped, self._edits):
            file.close()


def _named(outcome: Outcome, documents: NDArray[np.int64]) -> list[str | None]:
    """Ids of documents, and None for -1."""
    names = iter(outcome.names.of(documents[documents >= 0]))
    return [next(names) if document >= 0 else None for document in documents.tolist()]


def _write_pairs(directory: Path, outcome: Outcome) -> None:
    with (directory / "pairs.jsonl").open("wb") as file:
        lines = map(_pair_line, outcome.pairs())
        while block := list(itertools.islice(lines, _AT_ONCE)):
            file.write(dump_lines(block))


def _pair_line(pair: tuple[str, str, str, float, float, float]) -> dict[str, Any]:
    left, right, relation, similarity, story, copy = pair
    scores = {"similarity": round(similarity, 4), "story": round(story, 4), "copy": round(copy, 4)}
    return {"left": left, "right": right, "relation": relation, **scores}


def _write_clusters(directory: Path, outcome: Outcome) -> None:
    with (directory / "clusters.jsonl").open("wb") as file:
        for kind, cluster in outcome.clusters():
            file.write(dumps({"kind": kind, **cluster._asdict()}) + b"\n")


def _count_sources(
    figures: Counter[tuple[str | None, str]], rows: PartRows, selection: Selection, outcome: Outcome
) -> None:
    """Add the figures of each source in a part."""
    for number, row in enumerate(selection.rows.tolist(), selection.first):
        source = rows.sources[row]
        figures[source, "read"] += 1
        figures[source, "dropped"] += int(outcome.keep[number] >= 0)
        figures[source, "characters_removed"] += rows.removed[row]
        figures[source, "characters_left"] += rows.left[row]
    for row in selection.repeated.tolist():
        source = rows.sources[row]
        figures.update(((source, "read"), (source, "dropped")))
        figures[None, _REMOVED] += rows.removed[row]
        figures[None, _LEFT] += rows.left[row]


def _write_sources(directory: Path, figures: Counter[tuple[str | None, str]]) -> None:
    """`sources.jsonl`: the figures of each source, those with most articles first."""
    names = ("read", "dropped", "characters_removed", "characters_left")
    sources = {source for source, name in figures if name in names}
    with (directory / "sources.jsonl").open("wb") as file:
        for source in sorted(sources, key=lambda source: (-figures[source, "read"], source or "")):
            file.write(dumps({"source": source, **{name: figures[source, name] for name in names}}) + b"\n")


def _summary(
    parts: Sequence[Part], selected: Selected, outcome: Outcome, sources: Counter[tuple[str | None, str]]
) -> Summary:
    counts: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for (_, name), count in sources.items():
        totals[name] += count
    for part, selection in zip(parts, selected.parts, strict=True):
        counts.update(part.counts)
        if len(selection.rejected):
            counts.subtract(_counts_of(part, selection.rejected.tolist()))
    dropped = Counter(outcome.why(np.flatnonzero(outcome.keep >= 0))[0])
    repeated = sum(len(selection.repeated) for selection in selected.parts)
    dropped.update({REPEATED: repeated} if repeated else {})
    read = sum(len(selection.rows) for selection in selected.parts) + repeated
    dates, examples = unread_dates(counts)
    boilerplate = duplicates.RELATIONS.index("shared_boilerplate")
    return Summary(
        read=read,
        kept=read - dropped.total(),
        dropped=dict(sorted(dropped.items())),
        stories=len(np.unique(outcome.story[outcome.story >= 0])),
        boilerplate=0 if outcome.found is None else int((outcome.found.pairs.relation == boilerplate).sum()),
        rejected=0,
        reasons={},
        changed=counts["changed"],
        characters_removed=totals["characters_removed"] + totals[_REMOVED],
        characters_left=totals["characters_left"] + totals[_LEFT],
        rules=ranked(counts, "rule:"),
        flags=ranked(counts, "flag:"),
        present=ranked(counts, "has:"),
        dates_unread=dates,
        unread_dates=examples,
        renamed=selected.renamed,
    )


def _counts_of(part: Part, rows: Sequence[int]) -> dict[str, int]:
    """What some rows of a part add to its counts of rules and flags."""
    edits = part.edits()
    found = [loads(edits[row]) for row in rows if edits[row]]
    return rule_counts(
        Cleaned("", tuple(Edit(**edit) for edit in each["edits"]), tuple(each["flags"])) for each in found
    )
