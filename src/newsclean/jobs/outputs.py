"""From finished parts to the outputs of a run: duplicates resolved, rows sorted into kept and dropped, all counted."""

import dataclasses
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean import duplicates
from newsclean.edits import Edit
from newsclean.formats.json_rows import dumps, loads
from newsclean.formats.writers import Writer, open_writer
from newsclean.jobs.ids import Selected, Selection, select
from newsclean.jobs.options import Options
from newsclean.jobs.outcome import Outcome, check_memory, resolved, write_clusters, write_pairs
from newsclean.jobs.reference import Reference
from newsclean.jobs.storage.parts import Part, PartRows
from newsclean.jobs.storage.workdir import WorkDirectory
from newsclean.jobs.summary import RejectFile, Summary, Unread, ranked, unread_dates
from newsclean.jobs.worker import rule_counts
from newsclean.results import Cleaned

REPEATED = "repeated_id"
"""The relation of a record that is dropped because an earlier one has its id."""
_REMOVED, _LEFT = "removed of repeated ids", "left of repeated ids"  # counted for the whole run only
_THREAD = 512 << 20  # bytes of memory for each thread that compares articles: tables and keys of its own
_ADDED = ("id", "story", "kept", "relation", "similarity", "origin", "agency")


def _threads(options: Options) -> int:
    """How many threads compare articles: as many as there are workers, if memory has room for so many."""
    return max(1, min(options.workers, options.memory // _THREAD))


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
    scratch = duplicates.Scratch(options.scratch or work.scratch, options.memory, _threads(options))
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
    write_pairs(work.outputs, outcome)
    write_clusters(work.outputs, outcome)
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
        rows = [part.saved for part in parts]
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
        numbers = np.full(part.size, -1)
        numbers[selection.rows] = np.arange(selection.first, selection.first + len(selection.rows))
        is_dropped = np.zeros(part.size, np.bool_)
        is_dropped[selection.rows] = outcome.keep[selection.first : selection.first + len(selection.rows)] >= 0
        kept = selection.rows[~is_dropped[selection.rows]]
        is_dropped[selection.repeated] = True
        dropped = np.flatnonzero(is_dropped)
        ids = self._ids(rows, selection, outcome)
        if self._text:
            added: dict[str, list[Any]] = {"id": [ids[row] for row in kept.tolist()]}
        else:
            added = {self._names["story"]: _named(outcome, outcome.story[numbers[kept]])}
            added |= self._facts(rows, kept, numbers, outcome)
        reasons = self._reasons(dropped, numbers, ids, outcome) | self._facts(rows, dropped, numbers, outcome)
        self._put(self._articles, part, kept.tolist(), added, ids)
        self._put(self._dropped, part, dropped.tolist(), reasons, ids)
        edits = part.edits()
        for row in np.sort(np.append(selection.rows, selection.repeated)).tolist() if any(edits) else ():
            if edits[row]:
                line = edits[row] if ids[row] == rows.ids[row] else dumps(loads(edits[row]) | {"id": ids[row]})
                self._edits.write(line + b"\n")

    def _ids(self, rows: PartRows, selection: Selection, outcome: Outcome) -> list[str]:
        """The ids of all rows of a part, in the outputs."""
        if not self._renames:
            return rows.ids
        ids = list(rows.ids)
        own = outcome.names[selection.first : selection.first + len(selection.rows)]
        for row, name in zip(selection.rows.tolist(), own, strict=True):
            ids[row] = name
        return ids

    def _facts(
        self, rows: PartRows, chosen: NDArray[np.int64], numbers: NDArray[np.int64], outcome: Outcome
    ) -> dict[str, list[Any]]:
        """The earliest copy and the agency of some rows, if duplicates are looked for."""
        if not self._finds_duplicates:
            return {}
        of = numbers[chosen]
        origins = np.full(len(of), -1)
        origins[of >= 0] = outcome.origin[of[of >= 0]]
        agencies = [rows.agencies[row] for row in chosen.tolist()]
        return {self._names["origin"]: _named(outcome, origins), self._names["agency"]: agencies}

    def _put(
        self, writer: Writer, part: Part, rows: Sequence[int], added: dict[str, list[Any]], ids: Sequence[str]
    ) -> None:
        if self._renames and not (self._text and writer is self._articles):
            added = added | {self._own_id: [ids[row] for row in rows]}
        writer.write(part.saved, rows, added)

    def _reasons(
        self, dropped: NDArray[np.int64], numbers: NDArray[np.int64], ids: Sequence[str], outcome: Outcome
    ) -> dict[str, list[Any]]:
        """Why rows are dropped: for another document, or, without a number, for an earlier record with their id."""
        copies = numbers[dropped]
        copies = copies[copies >= 0]
        why = zip(outcome.names.of(outcome.keep[copies]), *outcome.why(copies), strict=True)
        kept, relations, similarities = list[str](), list[str](), list[float | None]()
        for row, number in zip(dropped.tolist(), numbers[dropped].tolist(), strict=True):
            name, relation, similarity = (ids[row], REPEATED, None) if number < 0 else next(why)
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
    if not len(documents) or documents.max() < 0:
        return [None] * len(documents)
    names = iter(outcome.names.of(documents[documents >= 0]))
    return [next(names) if document >= 0 else None for document in documents.tolist()]


def _count_sources(
    figures: Counter[tuple[str | None, str]], rows: PartRows, selection: Selection, outcome: Outcome
) -> None:
    """Add the figures of each source in a part. Characters of repeated ids are counted for the whole run only."""
    codes: dict[str | None, int] = {}
    of = np.array([codes.setdefault(source, len(codes)) for source in rows.sources], np.int64)
    dropped = np.zeros(len(of), np.int64)
    dropped[selection.rows] = outcome.keep[selection.first : selection.first + len(selection.rows)] >= 0
    dropped[selection.repeated] = 1
    every = np.append(selection.rows, selection.repeated)
    removed, left = np.array(rows.removed, np.int64), np.array(rows.left, np.int64)
    columns = (
        ("read", np.ones(len(of), np.int64), every),
        ("dropped", dropped, every),
        ("characters_removed", removed, selection.rows),
        ("characters_left", left, selection.rows),
    )
    there, names = np.unique(of[every]).tolist(), list(codes)
    for name, values, chosen in columns:
        sums = np.zeros(len(codes), np.int64)
        np.add.at(sums, of[chosen], values[chosen])
        for code in there:
            figures[names[code], name] += int(sums[code])
    if len(selection.repeated):
        figures[None, _REMOVED] += int(removed[selection.repeated].sum())
        figures[None, _LEFT] += int(left[selection.repeated].sum())


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
