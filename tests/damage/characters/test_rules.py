"""The rules of single characters: each fires, and each leaves its near-misses alone."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from newsclean.damage.characters.rules import FIRST, LAST, RULES, Rule, apply_rules, has_entity

ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
BY_NAME = {rule.name: rule for rule in RULES}


def cases() -> Iterator[tuple[str, str, str, str]]:
    """Rule, - or +, text and what it becomes; of the files, in which \\uXXXX is a code unit."""
    for path in sorted((Path(__file__).parent / "cases").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            sign, *texts = line.split("\t")
            before, after = (ESCAPE.sub(lambda escape: chr(int(escape[1], 16)), text) for text in (texts[0], texts[-1]))
            yield path.stem, sign, before, after


CASES = list(cases())


@pytest.mark.parametrize(("name", "sign", "text", "expected"), CASES, ids=range(len(CASES)))
def test_case(name: str, sign: str, text: str, expected: str) -> None:
    after, edits = apply_rules(text, (BY_NAME[name],))
    assert after == expected
    assert {edit.rule for edit in edits} == ({name} if sign == "+" else set())


def test_every_rule_has_cases_both_ways() -> None:
    counts = Counter((name, sign) for name, sign, *_ in CASES)
    assert {(rule.name, sign) for rule in RULES for sign in "-+" if counts[rule.name, sign] < 5} == set()


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
