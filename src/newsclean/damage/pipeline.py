"""The whole repair of a text: characters, mojibake, characters again, until nothing changes."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from newsclean.compilation import expect
from newsclean.damage import ftfy_fallback, utf7, utf16
from newsclean.damage.characters import rules
from newsclean.damage.characters.normalization import composed, uncomposed
from newsclean.damage.evidence import Evidence, RepairHints, hints_from
from newsclean.damage.lossy import leftovers, lost_letters
from newsclean.damage.mojibake import decoder
from newsclean.damage.recoding import repair
from newsclean.damage.screening.report import (
    AMPERSAND,
    CONTROL,
    DEBRIS,
    LOST,
    MARK,
    PLUS,
    SURROGATE,
    ScreeningReport,
    Step,
)
from newsclean.damage.screening.screen import screen_texts
from newsclean.damage.suspects import Texts, is_settled, suspects, unscreened
from newsclean.edits import Edit, apply_edits, compose, merged
from newsclean.results import Cleaned, cleaned_by, scripts_of
from newsclean.settings import RepairSettings

CHECKS = 3  # further repairs of a repaired text, until one leaves it as it is
LONG = 100_000  # code points of a text that gets two rounds only
ROUNDS = 6  # entities may hide mojibake that hides entities; two rounds are the most that was ever seen
WHOLE_FIRST, WHOLE_LAST = (  # for texts without half characters
    tuple(rule for rule in own if rule.family != "surrogates") for own in (rules.FIRST, rules.LAST)
)


class Stage(NamedTuple):
    """One kind of repair: when it is worth a try, and what it makes of texts."""

    needed: Callable[[ScreeningReport], bool]
    repair: Callable[[Sequence[str], Sequence[ScreeningReport], RepairHints], Sequence[Step]]


def _edited(text: str, edits: Sequence[Edit]) -> Step:
    return Step(apply_edits(text, edits), edits) if edits else Step(text)


def _each(repair: Callable[[str, ScreeningReport, RepairHints], Step]) -> Callable[..., Sequence[Step]]:
    """The repair of a text as that of several."""
    return lambda texts, seen, known: [repair(text, own, known) for text, own in zip(texts, seen, strict=True)]


def _before(text: str, seen: ScreeningReport, known: RepairHints) -> Step:
    return Step(*rules.apply_rules(text, rules.FIRST if seen.flags & SURROGATE else WHOLE_FIRST))


def _utf16(text: str, seen: ScreeningReport, known: RepairHints) -> Step:
    return _edited(text, [edit for edit in utf16.utf16(text) if edit.confidence >= known.threshold])


def _utf7(text: str, seen: ScreeningReport, known: RepairHints) -> Step:
    return _edited(text, [edit for edit in utf7.utf7(text) if edit.confidence >= known.threshold])


def _misread(text: str, seen: ScreeningReport, known: RepairHints) -> Step:
    edits = leftovers.acute(text) if known.threshold <= leftovers.CONFIDENCE else []
    after, script = rules.apply_rules(apply_edits(text, edits), rules.MISREAD)
    return Step(after, compose(tuple(edits), script))


def _decode(texts: Sequence[str], seen: Sequence[ScreeningReport], known: RepairHints) -> Sequence[Step]:
    ready = [composed(text) if own.flags & MARK else text for text, own in zip(texts, seen, strict=True)]
    changed = [k for k, text in enumerate(ready) if text is not texts[k]]
    again = dict(zip(changed, screen_texts([ready[k] for k in changed]), strict=True))
    seen = [again.get(k, own) for k, own in enumerate(seen)]
    some = [k for k, own in enumerate(seen) if own.misread]
    ready, seen = [ready[k] for k in some], [seen[k] for k in some]
    decoded = repair.repair_lines(ready, decoder.decode_mojibake(ready, seen, known), seen, known)
    steps = list(map(Step, texts))
    for k, step in zip(some, decoded, strict=True):
        if step.edits:
            steps[k] = _edited(texts[k], uncomposed(texts[k], tuple(step.edits))) if k in again else step
    return steps


def _outside(text: str, seen: ScreeningReport, known: RepairHints) -> Step:
    return _edited(text, ftfy_fallback.proposals(text)) if known.threshold <= ftfy_fallback.CONFIDENCE else Step(text)


def _after(text: str, seen: ScreeningReport, known: RepairHints) -> Step:
    return Step(*rules.apply_rules(text, rules.LAST if seen.flags & SURROGATE else WHOLE_LAST))


def _lost(text: str, seen: ScreeningReport, known: RepairHints) -> Step:
    script: Sequence[Edit] = ()
    after = text
    for way in (lost_letters, leftovers):
        if known.threshold <= way.CONFIDENCE and way.has_signs(after):
            edits = way.edits_of(after)
            after, script = apply_edits(after, edits), compose(script, edits)
    return Step(after, script)


STAGES = (
    Stage(lambda seen: bool(seen.flags & (AMPERSAND | CONTROL | DEBRIS | SURROGATE)), _each(_before)),
    Stage(lambda seen: bool(seen.flags & CONTROL), _each(_utf16)),
    Stage(lambda seen: bool(seen.flags & PLUS), _each(_utf7)),
    Stage(lambda seen: seen.misread, _each(_misread)),
    Stage(lambda seen: seen.misread or bool(seen.flags & MARK), _decode),
    Stage(lambda seen: seen.suspicious, _each(_outside)),
    Stage(lambda seen: bool(seen.flags & (CONTROL | DEBRIS | SURROGATE)), _each(_after)),
    Stage(lambda seen: bool(seen.flags & LOST), _each(_lost)),
)


def repair_batch(texts: Sequence[str], settings: RepairSettings, evidence: Evidence | None) -> list[Cleaned]:
    """Repaired texts with the edits that made them.

    A repaired text is one that a second repair leaves as it is: what changes again and again is not touched at all.
    """
    expect(texts)
    known = hints_from(settings, evidence)
    repaired = list(map(Cleaned, texts))
    changed = list(_changes(texts, known))
    for number, case in changed:
        repaired[number] = cleaned_by(case.text, case.scripts)
    for _ in range(CHECKS):
        numbers, cases = [number for number, _ in changed], [case for _, case in changed]
        settled = frozenset(k for k, case in enumerate(cases) if is_settled(case.text, case.seen, known))
        changed = [(numbers[k], case) for k, case in _changes([case.text for case in cases], known, settled)]
        for number, case in changed:
            repaired[number] = cleaned_by(case.text, [*scripts_of(repaired[number]), merged(case.scripts)])
    for number, _ in changed:
        repaired[number] = Cleaned(texts[number], ())
    return repaired


def _changes(
    texts: Sequence[str], known: RepairHints, settled: frozenset[int] = frozenset()
) -> Iterator[tuple[int, "Case"]]:
    """Of some texts those that a repair changes; `settled` are numbers of those whose signs speak against it."""
    for found in suspects(texts, known, settled):
        cases = {number: Case(Step(texts[number]), signs) for number, signs in found.signs.items()}
        for number, step in found.decoded.items():
            if step.signs:
                cases[number] = Case(step, step.signs)
            else:
                yield number, Case(step, unscreened(step.text))
        yield from _changed(texts, cases, known)


class Case:
    """A text under repair, from the step on that was made first."""

    def __init__(self, step: Step, seen: ScreeningReport) -> None:
        self.text = self.before = step.text
        self.seen = seen
        self.scripts = [step.edits] if step.edits else []  # of each stage that changed it
        self.rounds = ROUNDS if len(step.text) < LONG else 2
        self.quiet = 0  # stages in a row that found nothing to do: when all have, nothing will change any more

    @property
    def done(self) -> bool:
        return self.rounds == 0 or self.quiet >= len(STAGES)


def _changed(texts: Texts, cases: dict[int, Case], known: RepairHints) -> Iterator[tuple[int, Case]]:
    """Repair texts in which signs of damage were found, until nothing changes any more; gives those that change. One
    stage comes after the other, and each looks at all of the texts at once."""
    while rest := [case for case in cases.values() if not case.done]:
        for stage in STAGES:
            _run(stage, [case for case in rest if not case.done], known)
        for case in rest:
            case.rounds = case.rounds - 1 if case.text != case.before else 0
            case.before = case.text
    return ((number, case) for number, case in cases.items() if case.text != texts[number])


def _run(stage: Stage, cases: Sequence[Case], known: RepairHints) -> None:
    for case in cases:
        case.quiet += 1
    some = [case for case in cases if stage.needed(case.seen)]
    if not some:
        return
    unseen: list[Case] = []
    steps = stage.repair([case.text for case in some], [case.seen for case in some], known)
    for case, step in zip(some, steps, strict=True):
        if step.edits:
            case.text, case.quiet = step.text, 0
            case.scripts.append(step.edits)
            case.seen = step.signs or case.seen
            unseen += [] if step.signs else [case]
    for case, signs in zip(unseen, screen_texts([case.text for case in unseen]), strict=True):
        case.seen = signs
