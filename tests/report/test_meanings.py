"""Rules have a meaning in words."""

from newsclean import boilerplate, damage
from newsclean.report.meanings import rule_meaning


def test_every_rule_has_one() -> None:
    assert all(rule_meaning(rule.name) for rule in (*damage.RULES, *boilerplate.RULES))


def test_joined_rules_have_both() -> None:
    assert rule_meaning("utf-8>windows-1252 + tagger:inner-run") == (
        "written as utf-8, read as windows-1252; the tagger takes it for residue (inner run)"
    )
