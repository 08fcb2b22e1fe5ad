"""Every rule and every phrase is complete."""

from newsclean.boilerplate.rules import HOWS, INSIDE, NUMBER, RULES, phrases
from newsclean.boilerplate.rules.phrases import LONGEST_PHRASE, LONGEST_WITHIN, word_hashes


def test_rows_are_complete() -> None:
    assert len(NUMBER) == len(RULES)
    for rule in RULES:
        assert all((rule.name, rule.family, rule.why, rule.source))
    for phrase in phrases():
        assert phrase.rule in NUMBER
        assert phrase.how in HOWS
        assert phrase.inside in INSIDE
    words = word_hashes([phrase.words for phrase in phrases()])[1]
    for phrase, count in zip(phrases(), words.tolist(), strict=True):
        assert count <= (LONGEST_WITHIN if phrase.how in ("any", "credited") else LONGEST_PHRASE), phrase
