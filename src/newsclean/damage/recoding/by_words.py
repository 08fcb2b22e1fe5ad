"""A code page read as windows-1252 in some words of a line, where known words prove it.

In code and in English, a few Czech, Turkish or Polish words are damaged and the rest is right. So the words that have
letters beyond ASCII are judged, not the line.
"""

import functools
from collections import Counter
from typing import NamedTuple

from newsclean.damage.models import letter_pairs
from newsclean.damage.models.bigrams import cost_of
from newsclean.damage.models.misread_words import READ_AS, READ_IN
from newsclean.damage.models.words import WORD, languages_of, words
from newsclean.damage.recoding.known_words import PROOF, is_in, known_before
from newsclean.damage.recoding.single_byte import reread
from newsclean.damage.recoding.types import Recoding, Stretch
from newsclean.damage.recoding.vetoes import in_addresses

WRITTEN = {"windows-1254": ("tr",), "windows-1250": ("cs", "hu", "pl", "ro", "sh", "sk", "sl")}
"""The languages that were written in each code page: that `dirbê` would be Lithuanian in another one tells nothing."""
SHORTEST = 3  # letters of a word that counts
LONG = 5  # letters of a single word that proves something, in a line of its language
LONG_LETTERS = 6  # if it was a word of letters before, as `diskù` is in Kashubian
LEAST_GAIN = 1.0  # nats that each word is taken to gain, whatever the letter pairs say
LATIN = "\u0250"  # characters before may be Latin letters
SHARE = 0.5  # of the words that change must be known after
LEAST_SHARE = 0.3  # of words that then fit a language better
MANY = 4  # different known words that need not fit a language better


class Change(NamedTuple):
    """A word that another code page makes of one: where it stands, both, and the languages (bits) that each is known
    in."""

    start: int
    before: str
    after: str
    known_before: int
    known_after: int


@functools.lru_cache(maxsize=1 << 12)  # lines come again in the next round
def by_words(line: str) -> tuple[Recoding, float] | None:
    """The recoding of words of a line that known words prove, if any, and how sure it is.

    >>> by_words('puts("deðerleri giriniz");')[0].stretches[0].after
    'değerleri'
    """
    best: tuple[int, Recoding] | None = None
    for codepage in READ_IN:
        chain = f"{codepage}>{READ_AS}"
        changes = proven(line, chain)
        if changes and (best is None or len(changes) > best[0]):
            gain = max(cost_of(line) - cost_of(changed(line, changes)), 0.0) / len(changes) + LEAST_GAIN
            stretches = (Stretch(c.start, c.start + len(c.before), c.before, c.after, gain) for c in changes)
            best = len(changes), Recoding(chain, "codepage", tuple(stretches))
    return (best[1], PROOF) if best and not in_addresses(line, best[1]) else None


def proven(line: str, chain: str) -> list[Change]:
    """The words of a line that are to change, none if too few of them are known."""
    after = reread(line, chain)
    found = changed_words(line, after) if len(after) == len(line) and after != line else []
    own = languages_written(chain.split(">")[0])
    made = [c for c in found if not c.known_before and c.known_after & own and len(c.before) >= SHORTEST]
    if not made:
        return []
    counts = Counter(bit for c in made for bit in range(len(words().codes)) if (c.known_after & own) >> bit & 1)
    most = max(counts.values())
    languages = sum(1 << bit for bit, count in counts.items() if count == most)
    made = [c for c in made if c.known_after & languages]
    kept = [c for c in found if c.known_before and len(c.before) >= SHORTEST and not c.known_after & languages]
    changes = [c for c in found if not c.known_before or c.known_after & languages]
    distinct = {c.before.lower() for c in made}
    count = sum(c.known_after & languages > 0 for c in changes)
    if count < LEAST_SHARE * len(changes) or len(kept) >= len(distinct):
        return []
    if len(distinct) == 1 and not convinces(line, changed(line, changes), made[0], languages):
        return []
    if (count < SHARE * len(changes) or 1 < len(distinct) < MANY) and not fits_better(changes):
        return []
    return changes


def convinces(line: str, after: str, word: Change, languages: int) -> bool:
    """Whether a single word proves something of a line. The line must be in one of the word's languages (bits), and
    have no letter that these have not. It must read better than before if the word was one of letters."""
    spelt = word.before.isalpha()
    if len(word.before) < (LONG_LETTERS if spelt else LONG) or not is_in(after, languages):
        return False
    letters = words().letters
    if any("\x7f" < c < LATIN and c.isalpha() and not letters.get(c, 0) & languages for c in after.lower()):
        return False
    return not spelt or letter_pairs.closest(after)[1] < letter_pairs.closest(line)[1]


def fits_better(changes: list[Change]) -> bool:
    """Whether the words fit some language better than they fitted any before, or were none."""
    if not any(c.before.isalpha() for c in changes):
        return True
    before, after = (" ".join(words) for words in zip(*((c.before, c.after) for c in changes), strict=True))
    return letter_pairs.cost(after) < letter_pairs.cost(before)


@functools.cache
def languages_written(codepage: str) -> int:
    """The languages (bits) that were written in a code page."""
    return sum(1 << words().codes.index(code) for code in WRITTEN[codepage])


def changed_words(before: str, after: str) -> list[Change]:
    """The words that differ."""
    found = []
    for match in WORD.finditer(after):
        start, end = match.span()
        old = before[start:end]
        if old != match[0]:
            found.append(Change(start, old, match[0], known_before(old, match[0]), languages_of(match[0])))
    return found


def changed(line: str, changes: list[Change]) -> str:
    """The line with the changes made."""
    parts = list(line)
    for change in changes:
        parts[change.start : change.start + len(change.before)] = change.after
    return "".join(parts)
