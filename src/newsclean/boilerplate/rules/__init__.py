"""Named rules: the kinds of residue that are known by their words, in many languages."""

from newsclean.boilerplate.rules.dates import is_stamp
from newsclean.boilerplate.rules.matcher import rule_lines
from newsclean.boilerplate.rules.phrases import Dictionary, Hit, Place, dictionary, look_up, with_ngrams
from newsclean.boilerplate.rules.registry import HOWS, NUMBER, RULES, Phrase, Rule, month_names, phrases

__all__ = [
    "HOWS",
    "NUMBER",
    "RULES",
    "Dictionary",
    "Hit",
    "Phrase",
    "Place",
    "Rule",
    "dictionary",
    "is_stamp",
    "look_up",
    "month_names",
    "phrases",
    "rule_lines",
    "with_ngrams",
]
