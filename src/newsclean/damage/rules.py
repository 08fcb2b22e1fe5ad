"""Damage to single characters: entities, control characters, byte order marks, zero-width debris, surrogates.

A rule is a row of `RULES`; their order is the order in which they run. Pages of mojibake are rows of
`codepages.CODEPAGES` instead.
"""

import functools
import html
import html.entities
import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from newsclean.damage.codepages import characters
from newsclean.edits import Edit, apply_edits, compose

JOINING_SCRIPTS = (  # scripts whose spelling needs zero-width joiners and non-joiners, by the ranges of their blocks
    "\u0600-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1700-\u18af\u1900-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefe"
    "\U00010a00-\U00011fff\U0001e900-\U0001e95f"
)
UNSPACED_SCRIPTS = "\u0e00-\u0fff\u1000-\u109f\u1700-\u17ff\u1900-\u1aff\ua900-\uaadf"  # Thai, Lao, Tibetan, Khmer …
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
EMOJI_PART = "\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0e\ufe0f\u20e3\U0001f000-\U0001ffff"


class Rule(NamedTuple):
    """One kind of damage: what it looks like, what it becomes, and why that is right."""

    name: str
    family: str
    why: str
    source: str
    pattern: str
    replacement: Callable[["re.Match[str]"], str]


def _entity(match: "re.Match[str]") -> str:
    return html.unescape(match[0])


def _nothing(match: "re.Match[str]") -> str:
    return ""


def _windows(match: "re.Match[str]") -> str:
    return characters("windows-1252")[ord(match[0])]


def _pair(match: "re.Match[str]") -> str:
    return match[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _replacement(match: "re.Match[str]") -> str:
    return "\ufffd"


def _compatible(match: "re.Match[str]") -> str:
    return unicodedata.normalize("NFKC", match[0])


@functools.lru_cache(maxsize=2)
def _has_right_to_left(text: str) -> bool:
    return RIGHT_TO_LEFT.search(text) is not None


def _direction(match: "re.Match[str]") -> str:
    return match[0] if _has_right_to_left(match.string) else ""


def _beside(match: "re.Match[str]", characters: str) -> bool:
    """Whether a match touches one of some characters (ranges as in a regular expression)."""
    touching = _compiled(f"[{characters}]")
    left = match.string[match.start() - 1] if match.start() else ""
    right = match.string[match.end() : match.end() + 1]
    return bool(touching.match(left) or touching.match(right))


def _unless_unspaced(match: "re.Match[str]") -> str:
    return match[0] if _beside(match, UNSPACED_SCRIPTS) else ""


def _unless_joining(match: "re.Match[str]") -> str:
    return match[0] if _beside(match, JOINING_SCRIPTS + EMOJI_PART) else ""


def _unless_inside(match: "re.Match[str]") -> str:
    edge = match.start() == 0 or match.end() == len(match.string) or _beside(match, r"\s")
    return "" if edge else "\xad"


@functools.cache
def _entity_pattern() -> str:
    return r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"


FIRST = (
    Rule(
        "terminal-escape", "controls", "colour codes of terminals that a log or a paste brought along",
        "ECMA-48, control sequences", r"\x1b\[[0-9;]{0,32}[A-Za-z]", _nothing,
    ),
    Rule(
        "surrogate-pair", "surrogates", "a character beyond U+FFFF written as two surrogates, by JSON or UTF-16 tools",
        "Unicode 16, 3.8", "[\ud800-\udbff][\udc00-\udfff]", _pair,
    ),
    Rule(
        "html-entity", "entities", "text that was escaped for HTML once more than it was unescaped",
        "HTML Living Standard, named character references", _entity_pattern(), _entity,
    ),
)  # fmt: skip
LAST = (
    Rule(
        "c1-as-windows-1252", "controls", "windows-1252 read as latin-1: C1 controls are not used in text",
        "HTML Living Standard, numeric character reference end state",
        "[\x80\x82-\x8c\x8e\x91-\x9c\x9e\x9f]", _windows,
    ),
    Rule(
        "control-character", "controls", "C0 controls and interlinear marks, invisible and not allowed in XML or HTML",
        "HTML Living Standard, preprocessing the input stream",
        "[\x00-\x08\x0b\x0e-\x1f\x7f\u206a-\u206f\ufff9-\ufffb]+", _nothing,
    ),
    Rule(
        "byte-order-mark", "zero-width", "files glued together, or a file read without removing its mark",
        "Unicode 16, 23.8", "\ufeff+", _nothing,
    ),
    Rule(
        "zero-width-space", "zero-width", "line-break hints of web pages; where words are not spaced they are spelling",
        "Unicode 16, 23.2", f"(?<![{UNSPACED_SCRIPTS}])[\u200b\u2060]+(?![{UNSPACED_SCRIPTS}\u200b\u2060])", _nothing,
    ),
    Rule(
        "zero-width-joiner", "zero-width", "joiners matter in joining scripts and in emoji, and nowhere else",
        "Unicode 16, 23.2",
        "[\u200c\u200d]+", _unless_joining,
    ),
    Rule(
        "direction-mark", "zero-width", "left-to-right and right-to-left marks in a text without right-to-left letters",
        "UAX #9, 2.6", "[\u200e\u200f]+", _direction,
    ),
    Rule(
        "soft-hyphen", "zero-width", "a hyphenation hint beside a space, another hint or an end hints at nothing",
        "Unicode 16, 5.4", "\xad+", _unless_inside,
    ),
    Rule(
        "lone-surrogate", "surrogates", "half a character; cannot be written as UTF-8",
        "Unicode 16, 3.9 (U+FFFD substitution)", "[\ud800-\udfff]", _replacement,
    ),
    Rule(
        "latin-ligature", "compatibility", "ligatures of a font that text extraction took for letters",
        "Unicode 16, 22.1", "[\ufb00-\ufb06]", _compatible,
    ),
)  # fmt: skip
RULES: tuple[Rule, ...] = (*FIRST, *LAST)


@functools.cache
def _compiled(pattern: str) -> "re.Pattern[str]":
    return re.compile(pattern)


def apply_rules(text: str, rules: tuple[Rule, ...]) -> tuple[str, tuple[Edit, ...]]:
    """The text after all `rules` in order, and the edits.

    >>> apply_rules("Q&amp;A\\ufeff", RULES)[0]
    'Q&A'
    """
    script: tuple[Edit, ...] = ()
    for rule in rules:
        edits = []
        for match in _compiled(rule.pattern).finditer(text):
            after = rule.replacement(match)
            if after != match[0]:
                edits.append(Edit(match.start(), match[0], after, rule.name))
        if edits:
            text = apply_edits(text, edits)
            script = compose(script, edits)
    return text, script


COMPOSED = "nfc"  # rule of edits that only prepare a text for decoding


def composed(text: str) -> list[Edit]:
    """Edits that compose letters and combining marks, so that decomposed mojibake can be read."""
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        edits = []
        for match in _compiled("[^\u0300-\u036f][\u0300-\u036f\u3099\u309a]+|[\u1100-\u11ff]{2,}").finditer(text):
            after = unicodedata.normalize("NFC", match[0])
            if after != match[0]:
                edits.append(Edit(match.start(), match[0], after, COMPOSED))
        return edits
    return []
