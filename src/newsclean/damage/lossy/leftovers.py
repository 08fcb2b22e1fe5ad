"""Leftovers of misread UTF-8 that decoding leaves alone: units that stand alone, that lost a byte, or were cut.

A unit alone proves no code page, so decoding leaves many of them. But some combinations of characters are in no text
(`atÂ a vigil`), and some can only be one thing in English (`Itâs`).
"""

import functools
import re
from collections.abc import Callable, Iterator
from string import ascii_lowercase
from typing import NamedTuple

from newsclean.damage.models import letter_pairs
from newsclean.damage.models.words import WORD, languages_of
from newsclean.edits import Edit

RULE = "leftover"
CONFIDENCE = 0.85
ENDS = re.compile(r"(?<![^\W_])[^\W\d_]*[a-z]{2}Ã(?= [^ ])")  # before two spaces it is `à` and a no-break space
AROUND = 100  # code points on either side that tell the language of a word
LINE = 2000  # code points of a line whose language is told
LOWER = "a-zß-öø-ÿ"
ENDING = r"(?:s|t|re|ve|ll|d|m)\b"  # behind an apostrophe, in English
LEAST_ENGLISH = 15  # letters of a line that is said to be English
NEGATED = "do|does|did|is|are|was|were|wo|ca|could|would|should|has|have|had|ai|must|need"
CONTRACTION = (  # with the apostrophe, {0}, lost
    rf"(?i:(?<![^\W_])(?:(?:{NEGATED})n{{0}}t|(?:i|you|we|they|he|she|it){{0}}(?:re|ve|ll|d)|i{{0}}m|"
    r"(?:it|he|she|that|what|there|here|let|who|how|where){0}s)(?![^\W_]))"
)
GREEK = "Î[±-³µ¶¸-º¼-¿£¦©]|Ï[€ƒ†‡ˆ‰]"  # what a quotation mark ends or begins with is left out: Romanian `„Î”`
UNITS = "(?:[gmlLMsFVAWN]|mol|rad)"  # of measure, behind a Greek letter


class Leftover(NamedTuple):
    """A leftover: strings one of which a text has if it has one, what it looks like, what it becomes."""

    signs: tuple[str, ...]
    pattern: str
    replacement: str | Callable[["re.Match[str]"], str]
    english: bool = False
    """Whether only a line of English has it."""


def _decoded(match: "re.Match[str]") -> str:
    """The unit read in windows-1252, or in Latin-1 what that does not define."""
    data = b"".join(bytes([ord(c)]) if ord(c) < 0xA0 else c.encode("windows-1252") for c in match[0])
    return data.decode("utf-8")


def _with_apostrophe(match: "re.Match[str]") -> str:
    return re.sub("[^A-Za-z]", "’", match[0])


def _i_or_a(match: "re.Match[str]") -> str:
    """The letter whose second byte, a soft hyphen or a no-break space, is gone: the one that makes a known word."""
    known = [letter for letter in "íà" if languages_of(match["before"] + letter + match["after"])]
    return match["before"] + known[0] + match["after"] if len(known) == 1 else match[0]


LEFTOVERS = (
    # a no-break space that became a space: behind a small letter or the end of a sentence no text has a capital `Â`
    Leftover(("Â ",), rf"(?<=[{LOWER}])Â(?= )|(?<=[.!?;)])Â(?= +[^\W\d_])|(?<=[0-9])Â(?= +[a-z])", ""),
    Leftover(("Â Â",), r"(?<=Â )Â(?= )|Â(?= Â )", ""),
    # signs of Latin-1: behind a small letter, or with a number
    Leftover(tuple(f"Â{chr(code)}" for code in range(0xA1, 0xC0)), rf"(?<=[{LOWER}][{LOWER}])Â(?=[¡-¿](?![¡-ÿ]))", ""),
    Leftover(
        tuple(f"Â{sign}" for sign in "¢£¥§©®°±¶º¼½¾"),
        r"(?<![^\W_])Â(?=[¢£¥§©®°±¶º¼½¾] ?[0-9])|(?<=[0-9])Â(?=[¢°±ª²³º¼½¾])|(?<=\b[Nn])Â(?=[°º] ?[0-9])",
        "",
    ),
    Leftover(("Ã—",), "(?<=[0-9])Ã—(?=[0-9])", "×"),
    # punctuation: no text has the three together
    Leftover(("â€", "â„¢"), "â(?:€[˜™œ“”¦¢\x9d]|„¢)", _decoded),
    # its first byte is gone: between two letters no text has the other two
    Leftover(("€™",), r"(?<=[^\W\d_])€™(?=[^\W\d_])", "’"),
    Leftover(("€˜",), r"(?<=[^\W\d_])€˜(?=[^\W\d_])", "‘"),
    Leftover(("€œ",), r"(?<![\w€])€œ(?=\w)", "“"),
    # its last bytes are gone, or are question marks
    Leftover(("â??", "â€?"), rf"(?<=[A-Za-z])â(?:\?|€)\?(?={ENDING})", "’"),
    Leftover(("â€?",), r"(?<= )â€\?(?=[^\W_]|[`\"'(\[])", "— "),  # the space behind a dash went with it
    Leftover(("nât", *(f"{a}â{b}" for a in "eituyI" for b in "rvldms")), CONTRACTION.format("â"), _with_apostrophe),
    Leftover(("âs",), r"(?<=[A-Za-z][A-Za-z])â(?=s\b)", "’", english=True),
    Leftover(("\ufffd",), CONTRACTION.format("\ufffd"), _with_apostrophe),
    Leftover(("\ufffd",), rf"(?i:(?<=[a-z][a-z])\ufffd(?={ENDING}))", "’", english=True),
    # Greek letters that are symbols
    Leftover(("Î", "Ï"), rf"(?<![^\W\d_])(?:{GREEK})(?=(?:{UNITS}(?![^\W\d_]))?(?![^\W\d_]))", _decoded),
    # letters in a word
    Leftover(
        tuple(f"{c}Ã" for c in ascii_lowercase),
        rf"(?<![^\W_])(?P<before>[^\W\d_]*[{LOWER}])Ã(?P<after>[a-z]*)(?![^\W_])",
        _i_or_a,
    ),
)  # fmt: skip
SIGNS = {
    letter: tuple(sorted({sign for leftover in LEFTOVERS for sign in leftover.signs if letter in sign}))
    for letter in "ÂâÃ€ÎÏ\ufffd"
}
"""The signs that each of some characters is in."""


@functools.cache
def _compiled(pattern: str) -> "re.Pattern[str]":
    return re.compile(pattern)


def has_signs(text: str) -> bool:
    """Whether a text may have a leftover.

    >>> has_signs("on Friday,Â 5 pm"), has_signs("À la carte")
    (True, False)
    """
    return any(letter in text and any(map(text.__contains__, signs)) for letter, signs in SIGNS.items())


def edits_of(text: str) -> list[Edit]:
    """Edits that repair the leftovers of a text.

    >>> [edit.after for edit in edits_of("Itâs a Make-A-WishÂ® of TNF-Î±")]
    ['It’s', '', 'α']
    """
    edits: list[Edit] = []
    done: set[int] = set()
    for leftover in LEFTOVERS:
        if any(map(text.__contains__, leftover.signs)):
            for edit in _edits(text, leftover):
                places = set(range(edit.start, edit.start + len(edit.before)))
                if done.isdisjoint(places):
                    done |= places
                    edits.append(edit)
    return sorted(edits)


def acute(text: str) -> list[Edit]:
    """Edits of words that end in `í`, whose second byte was a soft hyphen: where only that makes a known word (`aquí`),
    or `à` does, too, and the language of the line wants `í` (`allí`).

    >>> [edit.after for edit in acute("Vivo aquÃ con ellos, voilÃ tout")]
    ['í']
    """
    edits = []
    for match in ENDS.finditer(text) if "Ã " in text else ():
        if languages_of(f"{match[0][:-1]}í"):
            left, right = text[max(0, match.start() - AROUND) : match.end() - 1], text[match.end() :][:AROUND]
            grave = languages_of(f"{match[0][:-1]}à") > 0
            if not grave or letter_pairs.cost(f"{left}í{right}") < letter_pairs.cost(f"{left}à{right}"):
                edits.append(Edit(match.end() - 1, "Ã", "í", RULE, CONFIDENCE))
    return edits


def _edits(text: str, leftover: Leftover) -> Iterator[Edit]:
    for match in _compiled(leftover.pattern).finditer(text):
        own = leftover.replacement
        after = own if isinstance(own, str) else own(match)
        if after != match[0] and not (leftover.english and not is_english(text, match)):
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
