"""The whole repair of a text: characters, mojibake, characters again, until nothing changes."""

from collections.abc import Callable, Sequence

from newsclean.damage import mojibake, recode, rules, transfer
from newsclean.edits import Cleaned, Edit, apply_edits, compose
from newsclean.settings import RepairSettings

ROUNDS = 6  # entities may hide mojibake that hides entities; two rounds are the most that was ever seen


Stage = Callable[[str, RepairSettings], Sequence[Edit]]


def _before(text: str, settings: RepairSettings) -> Sequence[Edit]:
    return rules.apply_rules(text, rules.FIRST)[1]


def _utf16(text: str, settings: RepairSettings) -> Sequence[Edit]:
    return transfer.utf16(text)


def _utf7(text: str, settings: RepairSettings) -> Sequence[Edit]:
    return transfer.utf7(text) if "+" in text else ()


def _decode(text: str, settings: RepairSettings) -> Sequence[Edit]:
    composed = rules.composed(text)
    if composed:
        return [
            edit._replace(rule=edit.rule.removeprefix("nfc + "))
            for edit in compose(composed, _decode_composed(apply_edits(text, composed), settings))
            if edit.rule != "nfc"
        ]
    return _decode_composed(text, settings)


def _decode_composed(text: str, settings: RepairSettings) -> Sequence[Edit]:
    decoded = mojibake.repair(text, settings.threshold)[1]
    return recode.repair(text, decoded, settings.threshold)


def _after(text: str, settings: RepairSettings) -> Sequence[Edit]:
    return rules.apply_rules(text, rules.LAST)[1]


STAGES: tuple[Stage, ...] = (_before, _utf16, _utf7, _decode, _after)


def repair_batch(texts: Sequence[str], settings: RepairSettings) -> list[Cleaned]:
    """Repaired texts with the edits that made them."""
    return [repair_text(text, settings) for text in texts]


def repair_text(text: str, settings: RepairSettings) -> Cleaned:
    """One text, repaired until nothing changes any more."""
    script: tuple[Edit, ...] = ()
    for _ in range(ROUNDS):
        before = text
        for stage in STAGES:
            edits = stage(text, settings)
            if edits:
                text = apply_edits(text, edits)
                script = compose(script, edits)
        if text == before:
            break
    return Cleaned(text, script)
