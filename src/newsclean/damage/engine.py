"""The whole repair of a text: characters, mojibake, characters again, until nothing changes."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import numpy as np

from newsclean.damage import mojibake, outside, recode, rules, search, transfer
from newsclean.damage.evidence import Context, Evidence, Tally, context
from newsclean.damage.signs import AMPERSAND, CONTROL, DEBRIS, MARK, PLUS, Signs, signs
from newsclean.edits import Cleaned, Edit, apply_edits, compose
from newsclean.kernels import encode, expect
from newsclean.settings import RepairSettings

LONG = 100_000  # code points of a text that gets two rounds only
CLEAN, AMPERSANDS = 0, 1  # a row of what `search.screen_bytes` finds, as one number (least byte first)
BATCH = 256  # texts learned from at once
ROUNDS = 6  # entities may hide mojibake that hides entities; two rounds are the most that was ever seen


Item = TypeVar("Item")


class Stage(NamedTuple):
    """One kind of repair: when it is worth a try, and the edits it makes."""

    needed: Callable[[Signs], bool]
    edits: Callable[[str, Signs, Context], Sequence[Edit]]


def _before(text: str, seen: Signs, known: Context) -> Sequence[Edit]:
    return rules.apply_rules(text, rules.FIRST)[1]


def _utf16(text: str, seen: Signs, known: Context) -> Sequence[Edit]:
    return [edit for edit in transfer.utf16(text) if edit.confidence >= known.threshold]


def _utf7(text: str, seen: Signs, known: Context) -> Sequence[Edit]:
    return [edit for edit in transfer.utf7(text) if edit.confidence >= known.threshold]


def _decode(text: str, seen: Signs, known: Context) -> Sequence[Edit]:
    if not seen.flags & MARK:
        return recode.repair(text, mojibake.repair(text, seen.pages, known), seen, known)
    composed = rules.composed(text)
    decomposed = apply_edits(text, composed)
    seen = signs(decomposed)
    decoded = recode.repair(decomposed, mojibake.repair(decomposed, seen.pages, known), seen, known)
    merged = (edit for edit in compose(composed, decoded) if edit.rule != rules.COMPOSED)
    return [edit._replace(rule=edit.rule.removeprefix(rules.COMPOSED + " + ")) for edit in merged]


def _outside(text: str, seen: Signs, known: Context) -> Sequence[Edit]:
    return outside.proposals(text) if known.threshold <= outside.CONFIDENCE else ()


def _after(text: str, seen: Signs, known: Context) -> Sequence[Edit]:
    return rules.apply_rules(text, rules.LAST)[1]


STAGES = (
    Stage(lambda seen: bool(seen.flags & (AMPERSAND | CONTROL | DEBRIS)), _before),
    Stage(lambda seen: bool(seen.flags & CONTROL), _utf16),
    Stage(lambda seen: bool(seen.flags & PLUS), _utf7),
    Stage(lambda seen: seen.misread or bool(seen.flags & MARK), _decode),
    Stage(lambda seen: seen.suspicious, _outside),
    Stage(lambda seen: bool(seen.flags & (CONTROL | DEBRIS)), _after),
)


def repair_batch(texts: Sequence[str], settings: RepairSettings, evidence: Evidence | None) -> list[Cleaned]:
    """Repaired texts with the edits that made them; plain ASCII is only looked at as bytes."""
    expect(texts)
    known = context(settings, evidence)
    data, offsets = encode(texts)
    found = np.empty((len(texts), 4), np.uint8)
    search.screen_bytes(data, offsets, found)
    return [
        Cleaned(text)
        if flags == CLEAN or (flags == AMPERSANDS and not rules.has_entity(text))
        else repair_text(text, known)
        for text, flags in zip(texts, found.view("<u4")[:, 0].tolist(), strict=True)
    ]


def repair_text(text: str, known: Context) -> Cleaned:
    """One text, repaired until nothing changes any more."""
    script: tuple[Edit, ...] = ()
    seen = signs(text)
    for _ in range(ROUNDS if len(text) < LONG else 2):
        before = text
        for stage in STAGES:
            edits = stage.edits(text, seen, known) if stage.needed(seen) else ()
            if edits:
                text = apply_edits(text, edits)
                script = compose(script, edits)
                seen = signs(text)
        if text == before:
            break
    return Cleaned(text, script)


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
    return {source: evidence for source, evidence in learned.items() if evidence.pages()}


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while batch := list(islice(rest, BATCH)):
        yield batch
