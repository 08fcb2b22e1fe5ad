"""Each rule fires where its cases say, and nowhere else."""

from pathlib import Path

import pytest

from newsclean.boilerplate.evidence import describe
from newsclean.boilerplate.rules import NUMBER, RULES

CASES = [
    tuple(row.split("\t"))
    for row in (Path(__file__).parents[1] / "cases/rules.tsv").read_text(encoding="utf-8").splitlines()
    if not row.startswith("#")
]
BY_RULE = [
    (path.stem, *row.split("\t"))
    for path in sorted((Path(__file__).parent / "cases").glob("*.tsv"))
    if path.stem in NUMBER
    for row in path.read_text(encoding="utf-8").splitlines()
    if not row.startswith("#")
]
WITHOUT_PHRASES = {"template", "markup"}
LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "tr", "el", "ar", "zh", "ja", "ko", "vi"]


def fired(line: str) -> str:
    """The rule of the line, or of its first segment that has one."""
    found = describe([f"The bridge\n{line}"]).found[1:]
    return next((RULES[rule].name for rule in found.tolist() if rule >= 0), "-")


@pytest.mark.parametrize(("language", "rule", "line"), CASES, ids=lambda value: value[:40])
def test_case(language: str, rule: str, line: str) -> None:
    assert fired(line) == rule, language


@pytest.mark.parametrize(("rule", "fires", "language", "line"), BY_RULE, ids=lambda value: value[:40])
def test_case_of_rule(rule: str, fires: str, language: str, line: str) -> None:
    assert (fired(line) == rule) == (fires == "+"), language


def test_label_in_the_first_line_is_a_title() -> None:
    found = describe(["Video: Council votes on bridge\n\nThe council voted.\nVideo: The bridge at dawn"]).found
    assert [RULES[rule].name if rule >= 0 else "-" for rule in found.tolist()] == ["-", "-", "related-headlines"]


def test_every_rule_has_cases_both_ways() -> None:
    for name in set(NUMBER) - WITHOUT_PHRASES:
        for sign in "-+":
            assert sum(case[:2] == (name, sign) for case in BY_RULE) >= 5, name


def test_every_language_has_rules_and_cases_both_ways() -> None:
    spoken = {language for rule in RULES for language in rule.languages}
    assert set(LANGUAGES) <= spoken
    for language in LANGUAGES:
        assert {rule == "-" for spoken_in, rule, _ in CASES if spoken_in == language} >= {False}
        assert sum(spoken_in == language for spoken_in, _, _ in CASES) >= 4
