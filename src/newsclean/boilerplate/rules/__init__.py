"""Named rules: the kinds of residue that are known by their words, in many languages."""

from newsclean.boilerplate.rules.captions import TAIL, caption_words, is_caption
from newsclean.boilerplate.rules.dates import date_before, is_stamp
from newsclean.boilerplate.rules.forms import agency_credits
from newsclean.boilerplate.rules.inside import Piece, cues_inside
from newsclean.boilerplate.rules.markup import markup
from newsclean.boilerplate.rules.matcher import rule_lines
from newsclean.boilerplate.rules.phrases import (
    Dictionary,
    Hit,
    Place,
    dictionary,
    look_up,
    look_up_phrases,
    with_ngrams,
)
from newsclean.boilerplate.rules.registry import HOWS, INSIDE, NUMBER, RULES, Phrase, Rule, month_names, phrases
from newsclean.boilerplate.rules.runs import Label, labels_in

__all__ = [
    "HOWS",
    "INSIDE",
    "NUMBER",
    "RULES",
    "TAIL",
    "Dictionary",
    "Hit",
    "Label",
    "Phrase",
    "Piece",
    "Place",
    "Rule",
    "agency_credits",
    "caption_words",
    "cues_inside",
    "date_before",
    "dictionary",
    "is_caption",
    "is_stamp",
    "labels_in",
    "look_up",
    "look_up_phrases",
    "markup",
    "month_names",
    "phrases",
    "rule_lines",
    "with_ngrams",
]
