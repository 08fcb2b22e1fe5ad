"""Damage to single characters: entities, control characters, byte order marks, zero-width debris, surrogates.

A rule is a row of `RULES`; their order is the order in which they run. Code pages of mojibake are rows of
`codepages.CODEPAGES` instead.
"""

import re
from collections.abc import Callable
from typing import NamedTuple

from newsclean.damage.characters import replacements
from newsclean.damage.characters.ranges import JOINERS
from newsclean.damage.characters.replacements import C1, compiled
from newsclean.edits import Edit, apply_edits, compose

ENTITY = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"


class Rule(NamedTuple):
    """One kind of damage: what it looks like, what it becomes, and why that is right."""

    name: str
    family: str
    why: str
    source: str
    sign: str | tuple[str, ...]
    """Characters, or strings, one of which a text must have for the rule to be tried; empty: try always."""
    pattern: str
    replacement: str | Callable[["re.Match[str]"], str]


FIRST = (
    Rule(
        name="terminal-escape",
        family="controls",
        why="colour codes of terminals that a log or a paste brought along",
        source="ECMA-48, control sequences",
        sign="\x1b",
        pattern=r"\x1b\[[0-9;]{0,32}[A-Za-z]",
        replacement="",
    ),
    Rule(
        name="surrogate-pair",
        family="surrogates",
        why="a character beyond U+FFFF written as two surrogates, by JSON or UTF-16 tools",
        source="Unicode 16, 3.8",
        sign="",
        pattern="[\ud800-\udbff][\udc00-\udfff]",
        replacement=replacements.pair,
    ),
    Rule(
        name="html-entity",
        family="entities",
        why="text that was escaped for HTML once more than it was unescaped",
        source="HTML Living Standard, named character references",
        sign="&",
        pattern=ENTITY,
        replacement=replacements.entity,
    ),
    Rule(
        name="leftover-byte",
        family="mojibake",
        why="the second byte of a letter that was decoded all the same (`DISEÑ` and a control)",
        source="RFC 3629, 3 (sequences of two bytes); seen in crawled text",
        sign=C1,
        pattern="[À-ß][\x80-\x9f](?<=[A-Za-z]..)(?![^\x00-\x7f])",
        replacement=replacements.without_leftover,
    ),
)
MISREAD = (
    Rule(
        name="lone-a-grave",
        family="mojibake",
        why="`à` whose no-break space became a space: no language ends a lower-case word with Ã",
        source="cases of ftfy 6.3.1 (voilà)",
        sign="Ã",
        pattern=r"Ã(?<=[a-z]{2}Ã)(?: (?= ))?(?= )",  # in this order a tenth of the time
        replacement="à",
    ),
    Rule(
        name="misread-micro-sign",
        family="mojibake",
        why="the micro sign, as UTF-8 read in windows-1252; decoding takes it for a word",
        source="seen in crawled text",
        sign=("Âµ",),
        pattern="(?<![A-Za-z\x80-\uffff])Âµ(?![A-Za-z]{4}|[\x80-\uffff])",
        replacement="µ",
    ),
    Rule(
        name="misread-byte-order-mark",
        family="mojibake",
        why="the byte order mark of a file, as UTF-8 read in windows-1252, windows-1251 or CP437",
        source="Unicode 16, 23.8",
        sign=("ï»¿", "п»ї", "∩╗┐"),
        pattern="(?m:^)(?:ï»¿|п»ї|∩╗┐)",
        replacement="",
    ),
    Rule(
        name="misread-replacement-character",
        family="mojibake",
        why="the replacement character, as UTF-8 read in windows-1252",
        source="Unicode 16, 3.9 (U+FFFD substitution)",
        sign=("ï¿½",),
        pattern="ï¿½",
        replacement="\ufffd",
    ),
)
LAST = (
    Rule(
        name="c1-as-windows-1252",
        family="controls",
        why="windows-1252 read as latin-1: C1 controls are not used in text",
        source="HTML Living Standard, numeric character reference end state",
        sign=C1,
        pattern=f"[{C1}]+",
        replacement=replacements.windows,
    ),
    Rule(
        name="control-character",
        family="controls",
        why="C0 controls and interlinear marks, invisible and not allowed in XML or HTML",
        source="HTML Living Standard, preprocessing the input stream",
        sign="".join(map(chr, (*range(9), 11, *range(14, 32), 127, *range(0x206A, 0x2070), *range(0xFFF9, 0xFFFC)))),
        pattern="[\x00-\x08\x0b\x0e-\x1f\x7f\u206a-\u206f\ufff9-\ufffb]+",
        replacement="",
    ),
    Rule(
        name="byte-order-mark",
        family="zero-width",
        why="files glued together, or a file read without removing its mark",
        source="Unicode 16, 23.8",
        sign="\ufeff",
        pattern="\ufeff+",
        replacement="",
    ),
    Rule(
        name="zero-width-space",
        family="zero-width",
        why="line-break hints of web pages; where words are not spaced they are spelling",
        source="Unicode 16, 23.2",
        sign="\u200b\u2060",
        pattern="[\u200b\u2060]+",
        replacement=replacements.unless_unspaced,
    ),
    Rule(
        name="zero-width-joiner",
        family="zero-width",
        why="joiners matter in joining scripts and in emoji, and nowhere else",
        source="Unicode 16, 23.2",
        sign="\u200c\u200d",
        pattern=f"[\u200c\u200d](?<![{JOINERS}\u200c\u200d].)[\u200c\u200d]*+(?![{JOINERS}])",
        replacement="",
    ),
    Rule(
        name="direction-mark",
        family="zero-width",
        why="left-to-right and right-to-left marks in a text without right-to-left letters",
        source="UAX #9, 2.6",
        sign="\u200e\u200f",
        pattern="[\u200e\u200f]+",
        replacement=replacements.direction,
    ),
    Rule(
        name="soft-hyphen",
        family="zero-width",
        why="a hyphenation hint beside a space, another hint or an end hints at nothing",
        source="Unicode 16, 5.4",
        sign="\xad",
        pattern="\xad+",
        replacement=replacements.unless_inside,
    ),
    Rule(
        name="lone-surrogate",
        family="surrogates",
        why="half a character; cannot be written as UTF-8",
        source="Unicode 16, 3.9 (U+FFFD substitution)",
        sign="",
        pattern="[\ud800-\udfff]",
        replacement="\ufffd",
    ),
    Rule(
        name="latin-ligature",
        family="compatibility",
        why="ligatures of a font that text extraction took for letters",
        source="Unicode 16, 22.1",
        sign="\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06",
        pattern="[\ufb00-\ufb06]",
        replacement=replacements.compatible,
    ),
)
MISREAD_SIGNS = tuple(sign for rule in MISREAD for sign in rule.sign)
RULES: tuple[Rule, ...] = (*FIRST, *MISREAD, *LAST)


def has_entity(text: str) -> bool:
    """Whether a text has anything that looks like an HTML entity."""
    return ";" in text and compiled(ENTITY).search(text) is not None


def has_sign(text: str, signs: str | tuple[str, ...]) -> bool:
    """Whether a text has one of some characters or strings. Strings are sought where all their characters are, the last
    and rarest first: those are found many times as fast."""
    if isinstance(signs, str):
        return any(map(text.__contains__, signs))
    return any(sign[-1] in text and all(map(text.__contains__, sign)) and sign in text for sign in signs)


def apply_rules(text: str, rules: tuple[Rule, ...]) -> tuple[str, tuple[Edit, ...]]:
    """The text after all `rules` in order, and the edits.

    >>> apply_rules("Q&amp;A\\ufeff", RULES)[0]
    'Q&A'
    """
    script: tuple[Edit, ...] = ()
    for rule in rules:
        if rule.sign and not has_sign(text, rule.sign):
            continue
        edits = []
        for match in compiled(rule.pattern).finditer(text):
            after = rule.replacement if isinstance(rule.replacement, str) else rule.replacement(match)
            if after != match[0]:
                edits.append(Edit(match.start(), match[0], after, rule.name))
        if edits:
            text = apply_edits(text, edits)
            script = compose(script, edits)
    return text, script
