"""Letters that were lost (U+FFFD, or `?` for a byte): filled in where exactly one known word of the language fits."""

import re

from newsclean.damage.models import letter_pairs
from newsclean.damage.models.words import LOST, WORD, filled, languages_of, words
from newsclean.edits import Edit

RULE = "lost-letter"
CONFIDENCE = 0.8
DAMAGED = re.compile(r"(?:[^\W\d_]|\ufffd)*(?:\ufffd|Ã\?)(?:[^\W\d_]|\ufffd|Ã\?)*")
HALF = "Ã?"  # a letter of Latin-1 whose second byte became a question mark
FIRST, LAST = re.compile(r"(?<![^\W\d_])\ufffd(?=[^\W\d_])"), re.compile(r"(?<=[^\W\d_])\ufffd(?![^\W\d_\ufffd])")
ROWS = re.compile("\ufffd{2,}")
MOST_LOOKED_UP = 200  # words of a text that are looked up
MOST_OF_LINE, FEW = 0.25, 3  # lost characters for each letter of a line that has more than a few: it is no text
LINE = 2000  # code points of a line whose language is told


def has_signs(text: str) -> bool:
    """Whether a text has a lost character, or a letter before a lost byte.

    >>> has_signs("GroÃ?en"), has_signs("10 €")
    (True, False)
    """
    return LOST in text or HALF in text


def edits_of(text: str) -> list[Edit]:
    """Edits that fill in lost letters.

    >>> [edit.after for edit in edits_of("Die Krawatte schn\ufffdrt, unabh\ufffdngig davon")]
    ['schnürt', 'unabhängig']
    >>> edits_of("x\ufffdy \ufffd")
    []
    """
    edits: list[Edit] = []
    start = count = 0
    for line in text.split("\n"):
        if (LOST in line or HALF in line) and count < MOST_LOOKED_UP and not is_noise(line):
            wanted, quoted = line_languages(line[:LINE]), is_quoted(line)
            for match in DAMAGED.finditer(line):
                count += 1
                after = filled(match[0].replace(HALF, LOST), wanted) if count <= MOST_LOOKED_UP else ""
                if after and quoted and LOST in (match[0][0], match[0][-1]):
                    continue
                if after and begins_no_sentence(line, match.start(), match[0].replace(HALF, LOST)):
                    edits.append(Edit(start + match.start(), match[0], after, RULE, CONFIDENCE))
        start += len(line) + 1
    return edits


def is_noise(line: str) -> bool:
    """Whether so many characters of a line are lost, most of them side by side, that it is rather a file of another
    kind."""
    lost = line.count(LOST)
    if lost <= FEW or lost <= MOST_OF_LINE * sum(map(str.isalpha, line)):
        return False
    return sum(len(match[0]) for match in ROWS.finditer(line)) > lost / 2


def is_quoted(line: str) -> bool:
    """Whether lost characters stand before words and behind words, as quotation marks do: none of them is a letter.

    >>> is_quoted("bermakna \ufffdtak jalan\ufffd."), is_quoted("\ufffdber die Stra\ufffden")
    (True, False)
    """
    return FIRST.search(line) is not None and LAST.search(line) is not None


def begins_no_sentence(line: str, start: int, word: str) -> bool:
    """Whether it is clear of which case a letter is that was lost: not where a sentence may begin with it."""
    if word[0] != LOST or (len(word) > 2 and word[1:].isupper()):
        return True
    before = line[:start].rstrip()
    return bool(before) and (before[-1].isalnum() or before[-1] in ",;")


def line_languages(line: str) -> int:
    """The languages (bits) that a line may be in, by its known words, or else by its letter pairs."""
    rest = DAMAGED.sub(" ", line)
    best, cost = letter_pairs.closest(rest)
    name = letter_pairs.model().names[best].split(":")[0].split("-")[0]
    codes = words().codes
    own = 1 << codes.index(name) if name in codes and cost <= letter_pairs.FOREIGN + 1 else 0
    for word in WORD.findall(rest):
        languages = 0 if word.isascii() else languages_of(word)
        if languages and languages & own:
            own &= languages
    return own
