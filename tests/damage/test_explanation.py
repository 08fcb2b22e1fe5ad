"""The reasons that are given for an edit."""

from newsclean.damage import explain, repair_batch
from newsclean.damage.explanation import reasons
from newsclean.edits import Edit


def test_mojibake_names_codepage_plausibility_runner_up_and_confidence() -> None:
    ((edit, why),) = explain("cafÃ© au lait", repair_batch(["cafÃ© au lait"])[0].edits)
    assert (edit.before, edit.after, edit.rule) == ("Ã©", "é", "utf-8>windows-1252")
    assert any(reason.startswith("windows-1252: ") for reason in why)
    assert any("plausibility" in reason for reason in why)
    assert any("confidence" in reason for reason in why)


def test_a_rule_gives_its_reason_and_its_source() -> None:
    assert reasons("a\ufeff", Edit(1, "\ufeff", "", "byte-order-mark"))[1] == "source: Unicode 16, 23.8"


def test_ftfy_is_named() -> None:
    assert reasons("x", Edit(0, "x", "y", "ftfy", 0.9)) == ("ftfy proposes it; confidence 0.90",)
