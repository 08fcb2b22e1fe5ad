"""From finished parts to the outputs of a run: duplicates resolved, rows sorted into kept and dropped, all counted."""

import dataclasses
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from newsclean import duplicates
from newsclean.duplicates import Duplicates, Pair
from newsclean.edits import Cleaned, Edit
from newsclean.formats.base import Saved
from newsclean.formats.json_rows import dumps, loads
from newsclean.formats.writers import Writer, open_writer
from newsclean.jobs.against import Reference, of_new_articles
from newsclean.jobs.ids import Selection, select
from newsclean.jobs.options import Options
from newsclean.jobs.process import rule_counts
from newsclean.jobs.storage.workdir import Part, WorkDirectory, write_rejects
from newsclean.jobs.summary import Summary, Unread, ranked, reasons, unread_dates
from newsclean.settings import DuplicateSettings

COPIES = ("identical", "near_duplicate", "contained")  # relations for which an article may be dropped
REPEATED = "repeated_id"
"""The relation of a record that is dropped because an earlier one has its id."""
_ADDED = ("id", "story", "kept", "relation", "similarity")


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What the duplicates say of each article, by id."""

    pairs: list[Pair]
    keep: dict[str, str]
    story: dict[str, str]
    relation: dict[tuple[str, str], Pair]

    def why(self, identifier: str) -> Pair:
        """The pair for which an article is dropped."""
        kept = self.keep[identifier]
        return self.relation.get((identifier, kept)) or self.relation[kept, identifier]


def write_results(
    work: WorkDirectory,
    parts: Sequence[Part],
    unread: Unread,
    options: Options,
    format_name: str,
    reference: Reference | None = None,
) -> Summary:
    """Write all outputs of a run into `work.outputs`; the summary is returned, not written."""
    selected, repeated = select(parts, options.on_repeated_id)
    options.progress.start("finding duplicates", None)
    found = _resolve(parts, selected, options.settings.duplicates, reference or Reference([], []))
    outcome = _outcome(found)
    options.progress.start("writing", len(parts))
    outputs = _Outputs(work.outputs, parts, format_name, options.on_repeated_id == "rename")
    for part, selection in zip(parts, selected, strict=True):
        outputs.write(part, selection, outcome)
        options.progress.advance(1)
    outputs.close()
    rejects = sorted(
        (*unread.rejects, *(reject for part in parts for reject in part.rejects), *repeated),
        key=lambda reject: (reject.file, reject.line or 0),
    )
    write_rejects(work.outputs / "rejects.jsonl", rejects)
    _write_pairs(work.outputs, outcome.pairs)
    _write_clusters(work.outputs, found)
    _write_sources(work.outputs, parts, selected, outcome)
    summary = _summary(parts, selected, outcome)
    return dataclasses.replace(
        summary,
        rejected=len(rejects),
        reasons=reasons(rejects),
        skipped=unread.by_reason(),
        files=tuple(sorted(path.name for path in work.outputs.iterdir())),
        settings=dataclasses.asdict(options.settings),
    )


def _resolve(
    parts: Sequence[Part], selected: Sequence[Selection], settings: DuplicateSettings, reference: Reference
) -> Duplicates | None:
    """The duplicates among the selected rows, and between them and the reference; nothing if a run looks for none."""
    if not parts or not (parts[0].directory / "sketches").exists():
        return None

    def load(name: str) -> list[duplicates.Sketches]:
        sketches = []
        for part, selection in zip(parts, selected, strict=True):
            loaded = duplicates.Sketches.load(part.directory / name)
            sketches.append(loaded if len(selection.rows) == len(part.ids) else loaded.take(selection.rows))
        return sketches

    ids = [identifier for selection in selected for identifier in selection.ids]
    had = len(reference.ids)
    raw = [*([duplicates.no_sketches(had, settings)] if had else []), *load("raw_sketches")]
    found = duplicates.resolve(
        [*reference.sketches, *load("sketches")], [*reference.ids, *ids], settings, raw=raw, reference=had
    )
    return of_new_articles(found) if had else found


def _outcome(found: Duplicates | None) -> Outcome:
    if found is None:
        return Outcome([], {}, {}, {})
    story = {}
    for cluster in found.clusters("story"):
        if sum(member not in found.keep for member in cluster.members) > 1:  # else it is one text and its copies
            story.update(dict.fromkeys(cluster.members, cluster.id))
    relation = {(pair.left, pair.right): pair for pair in found.pairs if pair.relation in COPIES}
    return Outcome(found.pairs, found.keep, story, relation)


class _Outputs:
    """The files with rows, and the edits that belong to them."""

    def __init__(self, directory: Path, parts: Sequence[Part], format_name: str, renames: bool) -> None:
        self._text = format_name == "txt"
        self._renames = renames
        names = {name for part in parts for name in part.names}
        self._names = {name: f"newsclean_{name}" if name in names else name for name in _ADDED}
        # Reasons have no place in a plain text file, so dropped articles are JSON Lines there.
        dropped = "jsonl" if self._text else format_name
        rows = [Saved(part.directory, part.names, part.text_field) for part in parts]
        articles = "articles" if self._text else f"articles.{format_name}"
        own_id = [self._own_id] if renames else []
        why = [self._names[name] for name in ("kept", "relation", "similarity")]
        self._articles = open_writer(directory / articles, format_name, rows, [self._names["story"], *own_id])
        self._dropped = open_writer(directory / f"dropped.{dropped}", dropped, rows, [*why, *own_id])
        self._edits = (directory / "edits.jsonl").open("wb")

    @property
    def _own_id(self) -> str:
        return "newsclean_id"

    def write(self, part: Part, selection: Selection, outcome: Outcome) -> None:
        """The selected rows of a part, each to where it belongs."""
        ids = dict(zip(selection.rows, selection.ids, strict=True))
        ids |= {row: part.ids[row] for row in selection.repeated}
        kept = [row for row in selection.rows if ids[row] not in outcome.keep]
        dropped = sorted({*ids} - {*kept})
        if self._text:
            added: dict[str, list[Any]] = {"id": [ids[row] for row in kept]}
        else:
            added = {self._names["story"]: [outcome.story.get(ids[row]) for row in kept]}
        reasons = self._reasons([ids[row] for row in dropped], {ids[row] for row in selection.repeated}, outcome)
        self._put(self._articles, part, kept, added, ids)
        self._put(self._dropped, part, dropped, reasons, ids)
        edits = (part.directory / "edits.jsonl").read_bytes().split(b"\n")
        for row, identifier in sorted(ids.items()):
            if edits[row]:
                line = edits[row] if identifier == part.ids[row] else dumps(loads(edits[row]) | {"id": identifier})
                self._edits.write(line + b"\n")

    def _put(
        self, writer: Writer, part: Part, rows: Sequence[int], added: dict[str, list[Any]], ids: dict[int, str]
    ) -> None:
        if self._renames and not (self._text and writer is self._articles):
            added = added | {self._own_id: [ids[row] for row in rows]}
        writer.write(Saved(part.directory, part.names, part.text_field), rows, added)

    def _reasons(self, ids: Sequence[str], repeated: set[str], outcome: Outcome) -> dict[str, list[Any]]:
        kept, relations, similarities = list[str](), list[str](), list[float | None]()
        for identifier in ids:
            if identifier in outcome.keep and identifier not in repeated:
                pair = outcome.why(identifier)
                kept.append(outcome.keep[identifier])
                relations.append(pair.relation)
                similarities.append(round(pair.similarity, 4))
            else:
                kept.append(identifier)
                relations.append(REPEATED)
                similarities.append(None)
        values: dict[str, list[Any]] = {"kept": [*kept], "relation": [*relations], "similarity": [*similarities]}
        return {self._names[name]: column for name, column in values.items()}

    def close(self) -> None:
        """Finish all files."""
        for file in (self._articles, self._dropped, self._edits):
            file.close()


def _write_pairs(directory: Path, pairs: Sequence[Pair]) -> None:
    with (directory / "pairs.jsonl").open("wb") as file:
        for left, right, relation, similarity, story, copy in pairs:
            scores = {"similarity": round(similarity, 4), "story": round(story, 4), "copy": round(copy, 4)}
            file.write(dumps({"left": left, "right": right, "relation": relation, **scores}) + b"\n")


def _write_clusters(directory: Path, found: Duplicates | None) -> None:
    with (directory / "clusters.jsonl").open("wb") as file:
        for kind in ("duplicate", "story") if found is not None else ():
            for cluster in found.clusters(kind) if found is not None else ():
                file.write(dumps({"kind": kind, **cluster._asdict()}) + b"\n")


def _write_sources(directory: Path, parts: Sequence[Part], selected: Sequence[Selection], outcome: Outcome) -> None:
    """`sources.jsonl`: the figures of each source, those with most articles first."""
    figures: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
    for part, selection in zip(parts, selected, strict=True):
        for row, identifier in zip(selection.rows, selection.ids, strict=True):
            of = figures[part.sources[row]]
            of["read"] += 1
            of["dropped"] += identifier in outcome.keep
            of["characters_removed"] += part.removed[row]
            of["characters_left"] += part.left[row]
        for row in selection.repeated:
            figures[part.sources[row]].update(("read", "dropped"))
    with (directory / "sources.jsonl").open("wb") as file:
        for source, of in sorted(figures.items(), key=lambda item: (-item[1]["read"], item[0] or "")):
            names = ("read", "dropped", "characters_removed", "characters_left")
            file.write(dumps({"source": source, **{name: of[name] for name in names}}) + b"\n")


def _summary(parts: Sequence[Part], selected: Sequence[Selection], outcome: Outcome) -> Summary:
    counts: Counter[str] = Counter()
    removed = left = renamed = repeated = 0
    for part, selection in zip(parts, selected, strict=True):
        counts.update(part.counts)
        if selection.rejected:
            counts.subtract(_counts_of(part, selection.rejected))
        rows = [*selection.rows, *selection.repeated]
        removed += sum(part.removed[row] for row in rows)
        left += sum(part.left[row] for row in rows)
        repeated += len(selection.repeated)
        renamed += sum(part.ids[row] != name for row, name in zip(selection.rows, selection.ids, strict=True))
    dropped = Counter(outcome.why(identifier).relation for identifier in outcome.keep)
    dropped.update({REPEATED: repeated} if repeated else {})
    read = sum(len(selection.rows) + len(selection.repeated) for selection in selected)
    dates, examples = unread_dates(counts)
    return Summary(
        read=read,
        kept=read - dropped.total(),
        dropped=dict(sorted(dropped.items())),
        stories=len(set(outcome.story.values())),
        boilerplate=sum(pair.relation == "shared_boilerplate" for pair in outcome.pairs),
        rejected=0,
        reasons={},
        changed=counts["changed"],
        characters_removed=removed,
        characters_left=left,
        rules=ranked(counts, "rule:"),
        flags=ranked(counts, "flag:"),
        present=ranked(counts, "has:"),
        dates_unread=dates,
        unread_dates=examples,
        renamed=renamed,
    )


def _counts_of(part: Part, rows: Sequence[int]) -> dict[str, int]:
    """What some rows of a part add to its counts of rules and flags."""
    edits = (part.directory / "edits.jsonl").read_bytes().split(b"\n")
    found = [loads(edits[row]) for row in rows if edits[row]]
    return rule_counts(
        Cleaned("", tuple(Edit(**edit) for edit in each["edits"]), tuple(each["flags"])) for each in found
    )
