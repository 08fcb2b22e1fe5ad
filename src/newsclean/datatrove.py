"""Steps for datatrove pipelines (Slurm, Ray, Hugging Face Jobs). Needs datatrove.

from newsclean.datatrove import Clean
LocalPipelineExecutor([JsonlReader("crawl/"), Clean(), JsonlWriter("cleaned/")]).run()
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from newsclean.duplicates import find_duplicates
from newsclean.errors import InputError
from newsclean.formats.dates import iso_date
from newsclean.pipeline import CLEANING, Step, clean_batch
from newsclean.settings import DuplicateSettings, Settings

try:
    from datatrove.data import Document
    from datatrove.pipeline.base import PipelineStep
except ImportError as error:
    raise InputError("newsclean.datatrove needs datatrove: pip install datatrove") from error

if TYPE_CHECKING:
    from newsclean.boilerplate import Templates
    from newsclean.damage import Evidence

__all__ = ["Clean", "Deduplicate"]
_BATCH = 1_000
_ROLES = ("title", "date", "source", "lang")


class Clean(PipelineStep):  # type: ignore[misc]  # datatrove has no types
    """Repairs each document and strips its boilerplate; `metadata` gets `edits` and `flags`."""

    type = "✂️ - FORMAT"
    name = "🧼 newsclean"

    def __init__(
        self,
        settings: Settings = Settings(),
        *,
        source: str = "source",
        steps: Sequence[Step] = CLEANING,
        templates: "Templates | None" = None,
        evidence: "Mapping[str, Evidence] | None" = None,
    ) -> None:
        super().__init__()
        self.settings, self.source, self.steps = settings, source, tuple(steps)
        self.templates, self.evidence = templates, evidence

    def run(self, data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        """The documents, cleaned, in their order. One without a text left is dropped, as datatrove expects."""
        waiting = iter(data)
        while batch := list(itertools.islice(waiting, _BATCH)):
            with self.track_time("batch"):
                sources = [document.metadata.get(self.source) for document in batch]
                results = clean_batch(
                    [document.text for document in batch],
                    self.settings,
                    steps=self.steps,
                    templates=self.templates,
                    sources=[source if isinstance(source, str) else None for source in sources],
                    evidence=self.evidence,
                )
            for document, result in zip(batch, results, strict=True):
                self.stat_update("total")
                self.stat_update("changed", value=int(bool(result.edits)))
                document.text = result.text
                document.metadata["edits"] = [edit._asdict() for edit in result.edits]
                document.metadata["flags"] = list(result.flags)
                self.update_doc_stats(document)
                yield document


class Deduplicate(PipelineStep):  # type: ignore[misc]  # datatrove has no types
    """Drops copies among the documents of one task; all of them are held in memory.

    datatrove gives each task its share of the files, so use one task, or bring copies together beforehand. The metadata
    of what stays gets `story`, the id of a group of reports on one event, or None.
    """

    type = "🫂 - DEDUPS"
    name = "🧼 newsclean"

    def __init__(self, settings: DuplicateSettings = DuplicateSettings(), exclusion_writer: Any = None) -> None:
        super().__init__()
        self.settings, self.exclusion_writer = settings, exclusion_writer

    def run(self, data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        """The documents that are kept; the others, with `kept` and `relation`, go to the exclusion writer."""
        documents = list(data)
        with self.track_time("batch"):
            found = find_duplicates([_described(n, each) for n, each in enumerate(documents)], self.settings)
        relation = {frozenset((pair.left, pair.right)): pair.relation for pair in found.pairs}
        story = {member: cluster.id for cluster in found.clusters("story") for member in cluster.members}
        for number, document in enumerate(documents):
            self.stat_update("total")
            kept = found.keep.get(str(number))
            if kept is None:
                group = story.get(str(number))
                document.metadata["story"] = None if group is None else documents[int(group)].id
                self.stat_update("forwarded")
                yield document
                continue
            document.metadata["kept"] = documents[int(kept)].id
            document.metadata["relation"] = relation.get(frozenset((str(number), kept)))
            self.stat_update("dropped")
            if self.exclusion_writer is not None:
                self.exclusion_writer.write(document, rank)


def _described(number: int, document: Document) -> dict[str, Any]:
    """What `find_duplicates` needs; ids of documents may repeat, so numbers stand for them."""
    known: dict[str, Any] = {"id": str(number), "text": document.text}
    for role in _ROLES:
        value = document.metadata.get(role)
        known[role] = iso_date(value) if role == "date" else value if isinstance(value, str) else None
    return known
