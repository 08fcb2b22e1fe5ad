"""From finished parts to the outputs of a run: duplicates resolved, rows sorted into kept and dropped, a summary."""

import dataclasses
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from newsclean import duplicates
from newsclean.duplicates import Duplicates, Pair
from newsclean.formats import jsonl
from newsclean.formats.base import Reject
from newsclean.formats.writers import Writer, open_writer
from newsclean.jobs.progress import Progress
from newsclean.jobs.workdir import Part, WorkDirectory, write_rejects
from newsclean.settings import DuplicateSettings

FAILED = "failed"  # begins the flag of an article that could not be cleaned
COPIES = ("identical", "near_duplicate", "contained")  # relations for which an article may be dropped


@dataclasses.dataclass(frozen=True)
class Summary:
    """What a run did, in numbers."""

    read: int
    """Records that were read as articles."""
    kept: int
    dropped: dict[str, int]
    """Articles dropped, by their relation to the one that was kept."""
    stories: int
    """Groups of articles on one event; all of them are kept."""
    boilerplate: int
    """Pairs that only the raw texts would have been: what they shared was boilerplate, and was removed."""
    rejected: int
    changed: int
    """Articles with at least one edit."""
    characters_removed: int
    """Code points deleted from articles."""
    characters_left: int
    rules: dict[str, int]
    """Edits by rule, most frequent first."""
    flags: dict[str, int]
    """Articles to look at, by flag: see `Cleaned.flags`."""
    skipped: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    """Files that were not read, by reason: pipes, devices, links to folders."""
    files: tuple[str, ...] = ()

    @property
    def incomplete(self) -> bool:
        """Whether some input was rejected, or could not be cleaned."""
        return self.rejected > 0 or any(flag.startswith(FAILED) for flag in self.flags)

    def to_dict(self) -> dict[str, Any]:
        """As `summary.json` holds it."""
        return dataclasses.asdict(self)


class Unread(NamedTuple):
    """What was not read: rejects that belong to no part, and files that were passed over."""

    rejects: Sequence[Reject]
    skipped: Sequence[Reject]


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What the duplicates say of each article, by id."""

    pairs: list[Pair]
    keep: dict[str, str]
    story: dict[str, str]
    relation: dict[tuple[str, str], Pair]


def write_results(
    work: WorkDirectory,
    parts: Sequence[Part],
    unread: Unread,
    settings: DuplicateSettings,
    format_name: str,
    text_field: str,
    progress: Progress,
) -> Summary:
    """Write all outputs of a run into `work.outputs`; the summary is returned, not written."""
    selected, repeated = _first_of_each_id(parts)
    progress.start("finding duplicates", None)
    found = _resolve(work, parts, selected, settings)
    outcome = _outcome(found)
    progress.start("writing", len(parts))
    outputs = _Outputs(work.outputs, parts, format_name, text_field)
    for part, rows in zip(parts, selected, strict=True):
        outputs.write(part, rows, outcome)
        progress.advance(1)
    outputs.close()
    everything = sorted(
        (*unread.rejects, *(reject for part in parts for reject in part.rejects), *repeated),
        key=lambda reject: (reject.file, reject.line or 0),
    )
    write_rejects(work.outputs / "rejects.jsonl", everything)
    _write_pairs(work.outputs, outcome.pairs)
    _write_clusters(work.outputs, found)
    files = tuple(sorted(path.name for path in work.outputs.iterdir()))
    summary = _summary(parts, selected, outcome, len(everything))
    return dataclasses.replace(summary, skipped=_skipped(unread.skipped), files=files)


def _skipped(files: Sequence[Reject]) -> dict[str, list[str]]:
    """Names of the files that were skipped, by reason."""
    found: dict[str, list[str]] = {}
    for file in files:
        found.setdefault(file.reason.removeprefix("skipped: "), []).append(file.file)
    return found


def _first_of_each_id(parts: Sequence[Part]) -> tuple[list[list[int]], list[Reject]]:
    """For each part the rows whose id no row before had, and a reject for each other row."""
    seen: dict[str, tuple[str, int | None]] = {}
    selected, repeated = [], []
    for part in parts:
        rows = []
        for index, (identifier, place) in enumerate(zip(part.ids, part.places, strict=True)):
            first = seen.setdefault(identifier, place)
            if first is place:
                rows.append(index)
            else:
                where = first[0] if first[1] is None else f"{first[0]} line {first[1]}"
                reason = f"id {identifier!r} is already that of {where}; name another id field with --field id=NAME"
                repeated.append(Reject(*place, reason, identifier))
        selected.append(rows)
    return selected, repeated


def _resolve(
    work: WorkDirectory, parts: Sequence[Part], selected: Sequence[Sequence[int]], settings: DuplicateSettings
) -> Duplicates | None:
    """The duplicates among the selected rows; nothing if the run does not look for them."""
    if not parts or not (parts[0].directory / "sketches").exists():
        return None

    def load(name: str) -> list[duplicates.Sketches]:
        sketches = []
        for part, rows in zip(parts, selected, strict=True):
            loaded = duplicates.Sketches.load(part.directory / name)
            sketches.append(loaded if len(rows) == len(part.ids) else loaded.take(rows))
        return sketches

    ids = [part.ids[row] for part, rows in zip(parts, selected, strict=True) for row in rows]
    return duplicates.resolve(load("sketches"), ids, settings, raw=load("raw_sketches"))


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

    def __init__(self, directory: Path, parts: Sequence[Part], format_name: str, text_field: str) -> None:
        self._text = format_name == "txt"
        # Reasons have no place in a plain text file, so dropped articles are JSON Lines there.
        dropped_format = "jsonl" if self._text else format_name
        rows = [part.directory for part in parts]
        name = "articles" if self._text else f"articles.{format_name}"
        self._articles: Writer = open_writer(directory / name, format_name, rows, text_field)
        self._dropped: Writer = open_writer(directory / f"dropped.{dropped_format}", dropped_format, rows, text_field)
        self._edits = (directory / "edits.jsonl").open("wb")
        names = {name for part in parts for name in part.names}
        self._names = {
            name: f"newsclean_{name}" if name in names else name for name in ("story", "kept", "relation", "similarity")
        }

    def write(self, part: Part, rows: Sequence[int], outcome: Outcome) -> None:
        """The selected rows of a part, each to where it belongs."""
        kept = [row for row in rows if part.ids[row] not in outcome.keep]
        dropped = [row for row in rows if part.ids[row] in outcome.keep]
        if self._text:
            added: dict[str, list[Any]] = {"id": [part.ids[row] for row in kept]}
        else:
            added = {self._names["story"]: [outcome.story.get(part.ids[row]) for row in kept]}
        self._articles.write(part.directory, kept, added)
        self._dropped.write(part.directory, dropped, self._reasons([part.ids[row] for row in dropped], outcome))
        edits = (part.directory / "edits.jsonl").read_bytes().split(b"\n")
        for row in rows:
            if edits[row]:
                self._edits.write(edits[row] + b"\n")

    def _reasons(self, ids: Sequence[str], outcome: Outcome) -> dict[str, list[Any]]:
        pairs = []
        for identifier in ids:
            kept = outcome.keep[identifier]
            pairs.append(outcome.relation.get((identifier, kept)) or outcome.relation[kept, identifier])
        return {
            self._names["kept"]: [outcome.keep[identifier] for identifier in ids],
            self._names["relation"]: [pair.relation for pair in pairs],
            self._names["similarity"]: [round(pair.similarity, 4) for pair in pairs],
        }

    def close(self) -> None:
        """Finish all files."""
        for file in (self._articles, self._dropped, self._edits):
            file.close()


def _write_pairs(directory: Path, pairs: Sequence[Pair]) -> None:
    with (directory / "pairs.jsonl").open("wb") as file:
        for left, right, relation, similarity, story in pairs:
            scores = {"similarity": round(similarity, 4), "story": round(story, 4)}
            file.write(jsonl.dumps({"left": left, "right": right, "relation": relation, **scores}) + b"\n")


def _write_clusters(directory: Path, found: Duplicates | None) -> None:
    with (directory / "clusters.jsonl").open("wb") as file:
        for kind in ("duplicate", "story") if found is not None else ():
            for cluster in found.clusters(kind) if found is not None else ():
                file.write(jsonl.dumps({"kind": kind, **cluster._asdict()}) + b"\n")


def _summary(parts: Sequence[Part], selected: Sequence[Sequence[int]], outcome: Outcome, rejected: int) -> Summary:
    counts: Counter[str] = Counter()
    for part in parts:
        counts.update(part.counts)
    dropped: Counter[str] = Counter()
    for identifier, kept in outcome.keep.items():
        pair = outcome.relation.get((identifier, kept)) or outcome.relation[kept, identifier]
        dropped[pair.relation] += 1
    read = sum(len(rows) for rows in selected)
    return Summary(
        read=read,
        kept=read - len(outcome.keep),
        dropped=dict(sorted(dropped.items())),
        stories=len(set(outcome.story.values())),
        boilerplate=sum(pair.relation == "shared_boilerplate" for pair in outcome.pairs),
        rejected=rejected,
        changed=counts["changed"],
        characters_removed=counts["removed"],
        characters_left=counts["letters"],
        rules=_named(counts, "rule:"),
        flags=_named(counts, "flag:"),
    )


def _named(counts: Counter[str], prefix: str) -> dict[str, int]:
    """Counts with this prefix, largest first, ties by name."""
    found = {name.removeprefix(prefix): count for name, count in counts.items() if name.startswith(prefix)}
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))
