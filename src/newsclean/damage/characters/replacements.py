"""What rules for single characters make of what they find, where that is not always the same."""

import functools
import html.entities
import re
import unicodedata

from newsclean.damage.characters.ranges import EAST_ASIAN, RIGHT_TO_LEFT, UNSPACED_SCRIPTS
from newsclean.damage.encodings.codepages import characters

C1 = "\x80\x82\x83\x84\x85\x86\x87\x88\x89\x8a\x8b\x8c\x8e\x91\x92\x93\x94\x95\x96\x97\x98\x99\x9a\x9b\x9c\x9e\x9f"
OPENING = {"\x91": "\x92", "\x93": "\x94"}  # quotation marks of windows-1252, and those that close them
QUOTES = {*OPENING, *OPENING.values()}
QUOTED = 300  # code points between two quotation marks
SIGNS = "\x83\x86\x87\x88\x98"  # ƒ † ‡ ˆ ˜: beside a letter, they are letters of DOS or Mac more often
WITHIN = "\x82\x84\x89\x8b\x95\x9b"  # ‚ „ ‰ ‹ • ›: not between two letters
ALONE = "\x82\x84\x88\x98"  # ‚ „ ˆ ˜: not between two spaces
CAPITALS = "\x8a\x8c\x8e\x9f"  # Š Œ Ž Ÿ: in words they begin, or among other capitals


@functools.cache
def compiled(pattern: str) -> "re.Pattern[str]":
    """A pattern, compiled once."""
    return re.compile(pattern)


def entity(match: "re.Match[str]") -> str:
    """What an entity means; names in capitals (`&EACUTE;`) are those of capital letters. Unknown names stay."""
    name = match[0][1:]
    if name[0] == "#" or name in html.entities.html5:
        return html.unescape(match[0])
    capital = name[:-1].capitalize() + ";"
    return html.entities.html5[capital] if name[:-1].isupper() and capital in html.entities.html5 else match[0]


def without_leftover(match: "re.Match[str]") -> str:
    letter, control = match[0][0], match[0][1]
    return letter if ord(control) == 0x80 | ord(letter) & 0x3F else match[0]


def windows(match: "re.Match[str]") -> str:
    run, (start, end) = match[0], match.span()
    if run in QUOTES and _is_quoted(match):
        return run.translate(_from_c1())
    if len(run) == 1 and _is_other_letter(match):
        return run
    beside = compiled(f"[{EAST_ASIAN}]")  # there it is a byte that a multi-byte encoding left over
    first = 1 if start and beside.match(match.string, start - 1) else 0
    last = len(run) - 1 if beside.match(match.string, end) else len(run)
    return run[:first] + run[first:last].translate(_from_c1()) + run[max(first, last) :]


def _is_other_letter(match: "re.Match[str]") -> bool:
    """Whether a lone control stands where a letter does, and windows-1252 has none for it that could stand there."""
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    if match[0] in WITHIN and before.isalpha() and after.isalpha():
        return True
    if match[0] in ALONE and not before.strip() and not after.strip():
        return True
    if match[0] in SIGNS:
        return before.isalpha() or after.isalpha()
    return match[0] in CAPITALS and (before.islower() or not (before.isalpha() or after.isalpha()))


def _is_quoted(match: "re.Match[str]") -> bool:
    """Whether a quotation mark has its partner, with no other control or line feed between them."""
    text, (start, end) = match.string, match.span()
    if match[0] in OPENING:
        return compiled(f"[^\x80-\x9f\n]{{1,{QUOTED}}}{OPENING[match[0]]}").match(text, end) is not None
    opening = text.rfind(chr(ord(match[0]) - 1), max(0, start - QUOTED - 1), start)
    return 0 <= opening < start - 1 and compiled("[\x80-\x9f\n]").search(text, opening + 1, start) is None


@functools.cache
def _from_c1() -> dict[int, str]:
    return {ord(control): characters("windows-1252")[ord(control)] for control in C1}


def pair(match: "re.Match[str]") -> str:
    return match[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def compatible(match: "re.Match[str]") -> str:
    return unicodedata.normalize("NFKC", match[0])


@functools.lru_cache(maxsize=2)
def _has_right_to_left(text: str) -> bool:
    return RIGHT_TO_LEFT.search(text) is not None


def direction(match: "re.Match[str]") -> str:
    return match[0] if _has_right_to_left(match.string) else ""


def _beside(match: "re.Match[str]", characters: str) -> bool:
    """Whether a match touches one of some characters (ranges as in a regular expression)."""
    touching = compiled(f"[{characters}]")
    left = match.string[match.start() - 1] if match.start() else ""
    right = match.string[match.end() : match.end() + 1]
    return bool(touching.match(left) or touching.match(right))


def unless_unspaced(match: "re.Match[str]") -> str:
    return match[0] if _beside(match, UNSPACED_SCRIPTS) else ""


def unless_inside(match: "re.Match[str]") -> str:
    edge = match.start() == 0 or match.end() == len(match.string) or _beside(match, r"\s")
    return "" if edge else "\xad"
