"""The whole repair of a text: characters, mojibake, characters again, until nothing changes."""

from collections.abc import Sequence

from newsclean.damage import mojibake, recode, rules
from newsclean.edits import Cleaned, Edit, compose
from newsclean.settings import RepairSettings

ROUNDS = 6  # entities may hide mojibake that hides entities; two rounds are the most that was ever seen


def repair_batch(texts: Sequence[str], settings: RepairSettings) -> list[Cleaned]:
    """Repaired texts with the edits that made them."""
    return [repair_text(text, settings) for text in texts]


def repair_text(text: str, settings: RepairSettings) -> Cleaned:
    """One text, repaired until nothing changes any more."""
    script: tuple[Edit, ...] = ()
    for _ in range(ROUNDS):
        before = text
        text, first = rules.apply_rules(text, rules.FIRST)
        text, decoded = mojibake.repair(text, settings.threshold)
        text, recoded = recode.repair(text, settings.threshold) 
        text, last = rules.apply_rules(text, rules.LAST)
        script = compose(compose(compose(compose(script, first), decoded), recoded), last)
        if text == before:
            break
    return Cleaned(text, script)
