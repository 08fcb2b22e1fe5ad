"""Leftovers of misread UTF-8 that decoding leaves alone: units that stand alone, that lost a byte, or were cut.

A unit alone proves no code page, so decoding leaves many of them. But some combinations of characters are in no text
(`atÂ a vigil`), and some can only be one thing in English (`Itâs`).
"""

import functools
import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from newsclean.damage.models import letter_pairs
from newsclean.damage.models.words import WORD, languages_of
from newsclean.edits import Edit

RULE = "leftover"
CONFIDENCE = 0.85
ENDS = re.compile(r"Ã(?<=[a-z][a-z]Ã)(?= [^ ])")  # before two spaces it is `à` and a no-break space
AROUND = 100  # code points on either side that tell the language of a word
LINE = 2000  # code points of a line whose language is told
LOWER = "a-zß-öø-ÿ"
ENDING = r"(?=(?:s|t|re|ve|ll|d|m)\b)"  # behind an apostrophe, in English
SHORT = 2  # letters before an apostrophe: Friulian has `stâs`
LEAST_ENGLISH = 15  # letters of a line that is said to be English
NEGATED = frozenset(
    [
        *("don", "doesn", "didn", "isn", "aren", "wasn", "weren", "won", "can", "couldn", "wouldn", "shouldn"),
        *("hasn", "haven", "hadn", "ain", "mustn", "needn"),
    ]
)
PRONOUNS = frozenset(("i", "you", "we", "they", "he", "she", "it"))
SUBJECTS = frozenset(("it", "he", "she", "that", "what", "there", "here", "let", "who", "how", "where"))
UNITS = "(?:[gmlLMsFVAWN]|mol|rad)"  # of measure, behind a Greek letter
NO_WORD = rf"(?=(?:{UNITS}(?![^\W\d_]))?(?![^\W\d_]))"
ASCII_END, LETTERS_END = re.compile("[A-Za-z]*\\Z"), re.compile(r"[^\W\d_]*\Z")


class Leftover(NamedTuple):
    """A leftover: the character that it begins with, what it looks like, what it becomes."""

    sign: str
    pattern: str
    """Begins with `sign`, so that what stands before is looked at only there: in a tenth of the time."""
    replacement: str | Callable[["re.Match[str]"], str]


def _decoded(match: "re.Match[str]") -> str:
    """The unit read in windows-1252, or in Latin-1 what that does not define."""
    data = b"".join(bytes([ord(c)]) if ord(c) < 0xA0 else c.encode("windows-1252") for c in match[0])
    return data.decode("utf-8")


def _apostrophe(match: "re.Match[str]") -> str:
    """An apostrophe in a contraction that only English has, or in a line of English."""
    text, (start, end) = match.string, match.span()
    before, after = _word_before(text, start).lower(), WORD.match(text, end)
    ending = after[0] if after else ""
    certain = (
        (ending == "t" and before in NEGATED)
        or (ending in ("re", "ve", "ll", "d") and before in PRONOUNS)
        or (ending == "m" and before == "i")
        or (ending == "s" and before in SUBJECTS)
    )
    likely = len(before) > SHORT and (ending == "s" or match[0] == "\ufffd")
    return "’" if certain or (likely and is_english(text, match)) else match[0]


def _i_or_a(match: "re.Match[str]") -> str:
    """The letter whose second byte, a soft hyphen or a no-break space, is gone: the one that makes a known word."""
    text, (start, end) = match.string, match.span()
    before, after = LETTERS_END.search(text, max(0, start - AROUND), start), WORD.match(text, end)
    ending = after[0] if after else ""
    known = [letter for letter in "íà" if before and languages_of(before[0] + letter + ending)]
    return known[0] if len(known) == 1 else match[0]


def _word_before(text: str, place: int) -> str:
    """The letters of ASCII before a place; empty behind another letter."""
    found = ASCII_END.search(text, max(0, place - AROUND), place)
    start = found.start() if found else place
    return text[start:place] if start == 0 or not text[start - 1].isalnum() else ""


LEFTOVERS = (
    # a no-break space that became a space: behind a small letter or the end of a sentence no text has a capital `Â`
    Leftover("Â", rf"Â(?:(?<=[{LOWER}]Â)(?= )|(?<=[.!?;)]Â)(?= +[^\W\d_])|(?<=[0-9]Â)(?= +[a-z]))", ""),
    Leftover("Â", r"Â(?:(?<=Â Â)(?= )|(?= Â ))", ""),
    # signs of Latin-1: behind a small letter, or with a number
    Leftover("Â", rf"Â(?<=[{LOWER}][{LOWER}]Â)(?=[¡-¿](?![¡-ÿ]))", ""),
    Leftover("Â", r"Â(?=[¢£¥§©®°±¶º¼½¾] ?[0-9])(?:(?<![^\W_]Â)|(?<=\b[Nn]Â)(?=[°º]))", ""),
    Leftover("Â", r"Â(?<=[0-9]Â)(?=[¢°±ª²³º¼½¾])", ""),
    Leftover("Ã", "Ã—(?<=[0-9]Ã—)(?=[0-9])", "×"),
    # punctuation: no text has the three together
    Leftover("â", "â(?:€[˜™œ“”¦¢\x9d]|„¢)", _decoded),
    # its first byte is gone: between two letters no text has the other two
    Leftover("€", r"€™(?<=[^\W\d_]€™)(?=[^\W\d_])", "’"),
    Leftover("€", r"€˜(?<=[^\W\d_]€˜)(?=[^\W\d_])", "‘"),
    Leftover("€", r"€œ(?<![\w€]€œ)(?=\w)", "“"),
    # its last bytes are gone, or are question marks
    Leftover("â", rf"â(?<=[A-Za-z]â)[?€]\?{ENDING}", "’"),
    Leftover("â", r"â€\?(?<= â€\?)(?=[^\W_]|[`\"'(\[])", "— "),  # the space behind a dash went with it
    Leftover("â", r"â(?:(?<=nâ)(?=t\b)|(?<=[A-Za-z]â)(?=(?:s|re|ve|ll|d|m)\b))", _apostrophe),
    Leftover("\ufffd", rf"\ufffd(?<=[A-Za-z]\ufffd){ENDING}", _apostrophe),
    # Greek letters that are symbols, but for those of quotation marks: Romanian `„Î”`
    Leftover("Î", rf"Î(?<![^\W\d_]Î)[±-³µ¶¸-º¼-¿£¦©]{NO_WORD}", _decoded),
    Leftover("Ï", rf"Ï(?<![^\W\d_]Ï)[€ƒ†‡ˆ‰]{NO_WORD}", _decoded),
    # letters in a word
    Leftover("Ã", rf"Ã(?<=[{LOWER}]Ã)(?![?\x80-\uffff])", _i_or_a),
)
SIGNS = {  # the characters that leftovers begin with, and what they are followed by: texts in which none is are many
    "Â": "Â[ ¡-¿]",
    "Ã": rf"Ã(?:—|(?<=[{LOWER}]Ã))",
    "â": r"â(?:[€„?]|(?:s|re|ve|ll|d|m)\b|(?<=nâ)t\b)",
    "€": "€[™˜œ]",
    "Î": "Î[±-³µ¶¸-º¼-¿£¦©]",
    "Ï": "Ï[€ƒ†‡ˆ‰]",
    "\ufffd": "\ufffd",
}


@functools.cache
def _compiled(pattern: str) -> "re.Pattern[str]":
    return re.compile(pattern)


def has_signs(text: str) -> bool:
    """Whether a text has a leftover.

    >>> has_signs("on Friday,Â 5 pm"), has_signs("on Friday.Â  At 5 pm"), has_signs("À la carte")
    (False, True, False)
    """
    return next(_found(text), None) is not None


def edits_of(text: str) -> list[Edit]:
    """Edits that repair the leftovers of a text.

    >>> [edit.after for edit in edits_of("Itâs a Make-A-WishÂ® of TNF-Î±")]
    ['’', '', 'α']
    """
    edits: list[Edit] = []
    done: set[int] = set()
    for edit in _found(text):
        places = set(range(edit.start, edit.start + len(edit.before)))
        if done.isdisjoint(places):
            done |= places
            edits.append(edit)
    return sorted(edits)


def acute(text: str) -> list[Edit]:
    """Edits of words that end in `í`, whose second byte was a soft hyphen.

    Either only `í` makes a known word (`aquí`), or `à` does, too, and the language of the line wants `í` (`allí`).

    >>> [edit.after for edit in acute("Vivo aquÃ con ellos, voilÃ tout")]
    ['í']
    """
    edits = []
    for match in ENDS.finditer(text):
        place, end = match.span()
        word = LETTERS_END.search(text, max(0, place - AROUND), place)
        if word and languages_of(f"{word[0]}í"):
            left, right = text[max(0, place - AROUND) : place], text[end : end + AROUND]
            grave = languages_of(f"{word[0]}à") > 0
            if not grave or letter_pairs.cost(f"{left}í{right}") < letter_pairs.cost(f"{left}à{right}"):
                edits.append(Edit(place, "Ã", "í", RULE, CONFIDENCE))
    return edits


def _found(text: str) -> Iterator[Edit]:
    """An edit for each leftover; some may overlap."""
    present = {sign for sign, often in SIGNS.items() if sign in text and _compiled(often).search(text)}
    if not present:
        return
    for leftover in LEFTOVERS:
        for match in _compiled(leftover.pattern).finditer(text) if leftover.sign in present else ():
            own = leftover.replacement
            after = own if isinstance(own, str) else own(match)
            if after != match[0]:
                yield Edit(match.start(), match[0], after, RULE, CONFIDENCE)


def is_english(text: str, match: "re.Match[str]") -> bool:
    """Whether a match is in no known word, and the line around it fits English best with an apostrophe in its place."""
    place, stop = match.span()
    word = WORD.search(text, text.rfind(" ", 0, place) + 1)
    if word and word.start() < place < word.end() and languages_of(word[0]):
        return False
    start = text.rfind("\n", max(0, place - LINE), place) + 1
    end = text.find("\n", place, place + LINE)
    line = f"{text[max(start, place - LINE) : place]}'{text[stop : end if end >= 0 else place + LINE]}"
    rest = re.sub(r"\S*[^\x00-\x7f]\S*", " ", line)
    best, _ = letter_pairs.closest(rest)
    return sum(map(str.isalpha, rest)) >= LEAST_ENGLISH and letter_pairs.model().names[best].split(":")[0] == "en"
