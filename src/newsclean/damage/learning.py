"""What the texts of a source teach of how it was damaged."""

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

from newsclean.damage.evidence import Evidence, Tally
from newsclean.damage.pipeline import repair_batch
from newsclean.settings import RepairSettings

TEXTS = 256  # texts learned from at once

Item = TypeVar("Item")


def learn(texts: Iterable[str], settings: RepairSettings) -> Evidence:
    """How the texts of a source were damaged."""
    seen = Tally()
    for batch in _batches(texts):
        for result in repair_batch(batch, settings, None):
            seen.add(result.edits)
    return seen.evidence()


def learn_damage(documents: Iterable[Mapping[str, Any]], by: str, settings: RepairSettings) -> dict[str, Evidence]:
    """How the texts of each source were damaged; sources that teach nothing are left out."""
    seen: dict[str, Tally] = {}
    for batch in _batches(document for document in documents if document.get(by)):
        results = repair_batch([document["text"] for document in batch], settings, None)
        for document, result in zip(batch, results, strict=True):
            seen.setdefault(document[by], Tally()).add(result.edits)
    learned = {source: tally.evidence() for source, tally in sorted(seen.items())}
    return {source: evidence for source, evidence in learned.items() if evidence.codepages()}


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(itertools.islice(rest, TEXTS)):
        yield batch
