"""The rules of single characters: each fires, and each leaves its near-misses alone."""

import pytest

from newsclean.damage.characters.rules import FIRST, LAST, RULES, Rule, apply_rules, has_entity

BY_NAME = {rule.name: rule for rule in RULES}


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("terminal-escape", "a\x1b[31mred\x1b[0m", "ared"),
        ("surrogate-pair", "\ud83d\ude00", "😀"),
        ("html-entity", "caf&eacute; &#8211; &#x41;", "café – A"),
        ("lone-a-grave", "voilÃ  le", "voilà le"),
        ("misread-replacement-character", "aï¿½b", "a\ufffdb"),
        ("leftover-byte", "DISEÑ\x91O", "DISEÑO"),
        ("c1-as-windows-1252", "it\x92s", "it’s"),
        ("control-character", "a\x00b\x7f", "ab"),
        ("byte-order-mark", "\ufeffNews", "News"),
        ("zero-width-space", "news\u200bpaper", "newspaper"),
        ("zero-width-joiner", "a\u200db", "ab"),
        ("direction-mark", "\u200eabc", "abc"),
        ("soft-hyphen", "co\xad op", "co op"),
        ("lone-surrogate", "a\ud800", "a\ufffd"),
        ("latin-ligature", "oﬀice", "office"),
    ],
)
def test_fires(name: str, text: str, expected: str) -> None:
    after, edits = apply_rules(text, (BY_NAME[name],))
    assert after == expected
    assert {edit.rule for edit in edits} == {name}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("terminal-escape", "[31m is text"),
        ("html-entity", "AT&T R&D; &c; ?x=1&copy=2"),
        ("html-entity", "&zzz;"),
        ("lone-a-grave", "SÃO PAULO"),
        ("lone-a-grave", "Ã bout"),
        ("misread-replacement-character", "¿ï½"),
        ("leftover-byte", "DISEÑ\x92O"),
        ("leftover-byte", "Ð²Ñ\x91Ð´"),
        ("c1-as-windows-1252", "中\x81文"),
        ("zero-width-space", "ព្រះ\u200bរាជា"),
        ("zero-width-joiner", "👩\u200d🚀"),
        ("zero-width-joiner", "می\u200cخواهم"),
        ("direction-mark", "שלום\u200e abc"),
        ("soft-hyphen", "co\xadoperation"),
        ("latin-ligature", "æœ"),
    ],
)
def test_leaves_alone(name: str, text: str) -> None:
    assert apply_rules(text, (BY_NAME[name],)) == (text, ())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_says_why_and_where_from(rule: Rule) -> None:
    assert rule.why
    assert rule.source
    assert rule.family


def test_entities_are_told_from_ampersands() -> None:
    assert has_entity("Q&amp;A")
    assert not has_entity("AT&T; R&D")


def test_rules_run_in_order() -> None:
    assert apply_rules("&#8211;\x00", (*FIRST, *LAST))[0] == "–"
