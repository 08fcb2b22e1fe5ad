"""The whole repair of a text: characters, mojibake, characters again, until nothing changes."""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import numpy as np

from newsclean.damage import mojibake, outside, recode, rules, search, transfer
from newsclean.damage.evidence import Context, Evidence, Tally, context
from newsclean.damage.signs import AMPERSAND, CONTROL, DEBRIS, MARK, PLUS, SURROGATE, Signs, Step, damaged, signs
from newsclean.edits import Cleaned, Edit, apply_edits, compose
from newsclean.kernels import encode, expect
from newsclean.settings import RepairSettings

LONG = 100_000  # code points of a text that gets two rounds only
TEXTS = 256  # texts learned from at once
BATCH = 1 << 18  # code points that are screened at once: they and their bytes stay in the processor's cache
ROUNDS = 6  # entities may hide mojibake that hides entities; two rounds are the most that was ever seen
WHOLE = tuple(rule for rule in rules.LAST if rule.family != "surrogates")  # for texts without half characters

Item = TypeVar("Item")


class Stage(NamedTuple):
    """One kind of repair: when it is worth a try, and what it makes of a text."""

    needed: Callable[[Signs], bool]
    repair: Callable[[str, Signs, Context], Step]


def _edited(text: str, edits: Sequence[Edit]) -> Step:
    return Step(apply_edits(text, edits), edits) if edits else Step(text)


def _before(text: str, seen: Signs, known: Context) -> Step:
    return Step(*rules.apply_rules(text, rules.FIRST))


def _utf16(text: str, seen: Signs, known: Context) -> Step:
    return _edited(text, [edit for edit in transfer.utf16(text) if edit.confidence >= known.threshold])


def _utf7(text: str, seen: Signs, known: Context) -> Step:
    return _edited(text, [edit for edit in transfer.utf7(text) if edit.confidence >= known.threshold])


def _misread(text: str, seen: Signs, known: Context) -> Step:
    return Step(*rules.apply_rules(text, rules.MISREAD))


def _decode(text: str, seen: Signs, known: Context) -> Step:
    if not seen.flags & MARK:
        return recode.repair(text, mojibake.repair(text, seen, known), seen, known)
    composed = rules.composed(text)
    decomposed = apply_edits(text, composed)
    seen = signs(decomposed) if composed else seen
    if not seen.misread:
        return Step(text)
    decoded = recode.repair(decomposed, mojibake.repair(decomposed, seen, known), seen, known)
    merged = (edit for edit in compose(composed, decoded.edits) if edit.rule != rules.COMPOSED)
    return _edited(text, [edit._replace(rule=edit.rule.removeprefix(rules.COMPOSED + " + ")) for edit in merged])


def _outside(text: str, seen: Signs, known: Context) -> Step:
    return _edited(text, outside.proposals(text)) if known.threshold <= outside.CONFIDENCE else Step(text)


def _after(text: str, seen: Signs, known: Context) -> Step:
    return Step(*rules.apply_rules(text, rules.LAST if seen.flags & SURROGATE else WHOLE))


STAGES = (
    Stage(lambda seen: bool(seen.flags & (AMPERSAND | CONTROL | SURROGATE)), _before),
    Stage(lambda seen: bool(seen.flags & CONTROL), _utf16),
    Stage(lambda seen: bool(seen.flags & PLUS), _utf7),
    Stage(lambda seen: seen.misread, _misread),
    Stage(lambda seen: seen.misread or bool(seen.flags & MARK), _decode),
    Stage(lambda seen: seen.suspicious, _outside),
    Stage(lambda seen: bool(seen.flags & (CONTROL | DEBRIS | SURROGATE)), _after),
)


def repair_batch(texts: Sequence[str], settings: RepairSettings, evidence: Evidence | None) -> list[Cleaned]:
    """Repaired texts with the edits that made them; only texts with signs of damage are looked at one by one."""
    expect(texts)
    known = context(settings, evidence)
    repaired = list(map(Cleaned, texts))
    plain: list[int] = []
    other: list[int] = []
    for number, text in enumerate(texts):
        (plain if text.isascii() else other).append(number)
    for some in parts(texts, plain):
        for number in _suspects(texts, some):
            repaired[number] = repair_text(texts[number], known)
    for some in parts(texts, other):
        for k, seen in damaged([texts[number] for number in some]):
            repaired[some[k]] = repair_text(texts[some[k]], known, seen)
    return repaired


def parts(texts: Sequence[str], numbers: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of texts in parts of about BATCH code points."""
    some: list[int] = []
    size = 0
    for number in numbers:
        some.append(number)
        size += len(texts[number])
        if size >= BATCH:
            yield some
            some, size = [], 0
    if some:
        yield some


def _suspects(texts: Sequence[str], plain: Sequence[int]) -> Iterator[int]:
    """The numbers of those of some ASCII texts that may be damaged."""
    data, offsets = encode([texts[number] for number in plain])
    found = np.empty(len(plain), np.int64)
    search.screen_bytes(data, offsets, found)
    for k in np.flatnonzero(found).tolist():
        text, flags = texts[plain[k]], int(found[k])
        if flags & CONTROL or (flags & AMPERSAND and rules.has_entity(text)) or (flags & PLUS and transfer.utf7(text)):
            yield plain[k]


def repair_text(text: str, known: Context, seen: Signs | None = None) -> Cleaned:
    """One text, repaired until nothing changes any more; `seen` are its signs, if they were looked at."""
    script: tuple[Edit, ...] = ()
    seen = seen or signs(text)
    quiet = 0  # stages in a row that found nothing to do: when all have, nothing will change any more
    for _ in range(ROUNDS if len(text) < LONG else 2):
        before = text
        for stage in STAGES:
            quiet += 1
            if stage.needed(seen):
                step = stage.repair(text, seen, known)
                if step.edits:
                    text, script, quiet = step.text, compose(script, step.edits), 0
                    seen = step.signs or signs(text)
            if quiet == len(STAGES):
                return Cleaned(text, script)
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
    while batch := list(itertools.islice(rest, TEXTS)):
        yield batch
