"""Each rule fires where its cases say, and nowhere else."""

from pathlib import Path

import pytest

from newsclean.boilerplate.lines import scan
from newsclean.boilerplate.phrases import LONGEST, LONGEST_WITHIN, _words, dictionary, look_up
from newsclean.boilerplate.rules import HOWS, NUMBER, RULES, phrases
from newsclean.boilerplate.verdicts import rule_lines

CASES = [
    tuple(row.split("\t"))
    for row in (Path(__file__).parent / "cases/rules.tsv").read_text(encoding="utf-8").splitlines()
    if not row.startswith("#")
]
LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "tr", "el", "ar", "zh", "ja", "ko", "vi"]


def fired(line: str) -> str:
    lines = scan([line])
    [rule] = rule_lines([line], lines, look_up(lines, dictionary()), dictionary())
    return RULES[rule].name if rule >= 0 else "-"


@pytest.mark.parametrize(("language", "rule", "line"), CASES, ids=lambda value: value[:40])
def test_case(language: str, rule: str, line: str) -> None:
    assert fired(line) == rule, language


def test_every_language_has_rules_and_cases_both_ways() -> None:
    spoken = {language for rule in RULES for language in rule.languages}
    assert set(LANGUAGES) <= spoken
    for language in LANGUAGES:
        assert {rule == "-" for spoken_in, rule, _ in CASES if spoken_in == language} >= {False}
        assert sum(spoken_in == language for spoken_in, _, _ in CASES) >= 4


def test_rows_are_complete() -> None:
    assert len(NUMBER) == len(RULES)
    for rule in RULES:
        assert all((rule.name, rule.family, rule.why, rule.source))
    for phrase in phrases():
        assert phrase.rule in NUMBER
        assert phrase.how in HOWS
    words = _words([phrase.words for phrase in phrases()])[1]
    for phrase, count in zip(phrases(), words.tolist(), strict=True):
        assert count <= (LONGEST_WITHIN if phrase.how == "any" else LONGEST), phrase
