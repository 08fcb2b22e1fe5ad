"""Explanations name rules and features."""

from pathlib import Path

from newsclean.boilerplate import RULES, explain, strip_batch

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def test_explanations_name_rules_and_features() -> None:
    text = SEEDS[0].read_text(encoding="utf-8")
    explained = explain(text, strip_batch([text])[0].edits)
    assert len(explained) == 18
    by_rule = {edit.rule: reasons for edit, reasons in explained}
    assert by_rule["photo-credit"][0].startswith(next(rule.why for rule in RULES if rule.name == "photo-credit"))
    assert len(by_rule["tagger:trailing-run"]) == 3
