"""Classes of characters: what a character is, as far as telling text from mojibake is concerned.

A class is a name such as `Latin:lower-accent` or `currency`. Characters never seen in training are judged by the class.
"""

import functools
import unicodedata

import regex

SCRIPT_BLOCKS = 0x323B0  # no script letter lies above; the rest is private use, unassigned or a tag

SPECIAL: tuple[tuple[str, str], ...] = (  # class, the characters in it (ranges as in a regular expression)
    ("newline", r"\n\r"),
    ("space", r" "),
    ("tab", r"\t"),
    ("control", r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f"),
    ("c1", "\x80-\x9f"),
    ("digit", r"0-9"),
    ("stop", r".,;:!?"),
    ("straight-quote", r"'\""),
    ("ascii-bracket", r"()\[\]{}"),
    ("hyphen", r"\-/"),
    ("ascii-symbol", r"\x21-\x2f\x3a-\x40\x5b-\x60\x7b-\x7e"),
    ("nbsp", "\xa0\u202f"),
    ("quote", "\u2018\u2019\u201c\u201d\u201e"),
    ("guillemet", "\xab\xbb\u2039\u203a"),
    ("low-quote", "\u201a\u201b\u201f"),
    ("dash", "\u2013\u2014"),
    ("rare-dash", "\u2010-\u2012\u2015"),
    ("ellipsis", "\u2026\u2022\xb7"),
    ("inverted", "\xa1\xbf"),
    ("degree", "\xb0\xa3\u20ac\xa7\xa9\xae\u2122\xba\xaa"),
    ("soft-hyphen", "\xad"),
    ("superscript", "\xb9\xb2\xb3\u2070-\u209f"),
    ("fraction", "\xbc-\xbe\u2150-\u215f"),
    ("latin1-symbol", "\xa2\xa4\xa5\xa6\xac\xb1\xb5\xb6\xd7\xf7"),
    ("spacing-accent", "\xa8\xaf\xb4\xb8\u02c6\u02c7\u02d8-\u02dd"),
    ("joiner", "\u200c\u200d"),
    ("mark-sign", "\u2020\u2021\u2030"),
    ("bom", "\ufeff"),
    ("replacement", "\ufffd"),
    ("variation", "\ufe0e\ufe0f"),
    ("box", "\u2500-\u259f"),
    ("cjk-punctuation", "\u3000-\u303f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"),
    ("fullwidth", "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"),
    ("halfwidth-kana", "\uff66-\uff9f"),
    ("halfwidth-hangul", "\uffa0-\uffdc"),
    ("emoji-modifier", "\U0001f3fb-\U0001f3ff"),
    ("regional", "\U0001f1e6-\U0001f1ff"),
    ("presentation-forms", "\ufb00-\ufbff\ufc00-\ufdff\ufe70-\ufefc"),
)


@functools.cache
def classes() -> list[str]:
    """The class of every code point, 0 to 0x10FFFF."""
    found = [_general(code) for code in range(0x110000)]
    text = "".join(chr(code) for code in range(SCRIPT_BLOCKS) if not 0xD800 <= code < 0xE000)
    for script in _scripts():
        for match in regex.finditer(rf"\p{{Script={script}}}", text):
            code = ord(match[0])
            if found[code].startswith("letter:") or found[code].startswith("mark") or found[code] == "number":
                found[code] = f"{script}:{_kind(match[0])}"
    for match in regex.finditer(
        r"\p{Extended_Pictographic}", "".join(chr(c) for c in range(0x2190, 0x20000) if not 0xD800 <= c < 0xE000)
    ):
        found[ord(match[0])] = "emoji" if ord(match[0]) >= 0x1F000 else "pictograph"
    for name, members in reversed(SPECIAL):
        for match in regex.finditer(f"[{members}]", text):
            found[ord(match[0])] = name
    return found


def _scripts() -> list[str]:
    from regex import _regex_core

    names = _regex_core.PROPERTIES["SCRIPT"][1]
    longest: dict[int, str] = {}
    for name, number in names.items():
        if len(name) > len(longest.get(number, "")):
            longest[number] = name
    return sorted(name for name in longest.values() if name not in ("COMMON", "INHERITED", "UNKNOWN"))


def _general(code: int) -> str:
    character = chr(code)
    category = unicodedata.category(character)
    if category in ("Co", "Cs", "Cn"):
        return {"Co": "private", "Cs": "surrogate", "Cn": "unassigned"}[category]
    if category[0] == "L":
        return "letter:" + category
    if category[0] == "M":
        return "mark"
    if category == "Nd" or category[0] == "N":
        return "number"
    return "other:" + category


def _kind(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] == "M":
        return "mark"
    if category[0] == "N":
        return "number"
    case = {"Ll": "lower", "Lu": "upper", "Lt": "upper"}.get(category, "letter")
    if case in ("lower", "upper"):
        code = ord(character)
        case += "" if code < 0x80 else "-accent" if code < 0x100 else "-more" if _common_block(code) else "-rare"
    elif 0x3400 <= ord(character) < 0x4E00 or ord(character) >= 0x20000:
        case = "rare"
    return case


def _common_block(code: int) -> bool:
    return 0x100 <= code < 0x180 or 0x370 <= code < 0x400 or 0x410 <= code < 0x450 or 0x1EA0 <= code < 0x1F00
