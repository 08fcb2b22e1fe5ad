"""What known words say of a recoding: proof for it, or against it."""

import functools
import operator
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from newsclean.damage.encodings.codepages import characters, undefined
from newsclean.damage.models import letter_pairs
from newsclean.damage.models.character_classes import script
from newsclean.damage.models.words import WORD, languages_of, words
from newsclean.damage.recoding.single_byte import reread
from newsclean.damage.recoding.types import Recoding, Stretch

PROOF = 0.9  # how sure a recoding is whose words are known
LONG = 5  # letters of a single word that proves something
SHARE = 0.6  # of the changed words that must be known
FEW = 15  # changed letters of another script than Latin: fewer prove nothing but by a much better fit
FEWEST = 5  # letters that become letters of another script than Latin: fewer never prove anything
CLOSER = 0.6  # nats per letter pair by which their words must fit a language better
MUCH_CLOSER = 0.9  # by which they may fit any language
FITS = 2.7  # nats per letter pair that they may then take
FEW_WORDS = 3  # different words that change; fewer prove nothing if only symbols change, or lone letters
FEW_CHANGES = 2  # of a single word
PUNCTUATION = frozenset("‘’“”–—…\xad")  # other code pages have letters in their places
FEW_LETTERS = 6  # of a single word that all change; fewer prove nothing if it is not known then
SHORTEST = 3  # letters of a known word that counts
GERMAN = re.compile("[a-zäöü]*ß[a-zäöüß]*", re.IGNORECASE)  # `wordfreq` writes ss
AROUND = 4  # Latin letters around a lone one of another script, in a word


class Words(NamedTuple):
    """The words that a recoding changes, before and after."""

    before: tuple[str, ...]
    after: tuple[str, ...]


def changed_words(recoding: Recoding) -> Words:
    """The words of the text before in which letters change, and what stands in their places after."""
    pairs = [pair for stretch in recoding.stretches for pair in _pairs(stretch.before, stretch.after)]
    return Words(tuple(before for before, _ in pairs), tuple(after for _, after in pairs))


def _pairs(before: str, after: str) -> Iterator[tuple[str, str]]:
    if len(before) != len(after):
        return
    ends = [match.span() for match in WORD.finditer(after)]
    for start, end in ends:  # symbols become letters, so that the words after tell where words are
        if before[start:end] != after[start:end]:
            yield before[start:end], after[start:end]


def verdict(recoding: Recoding, sure: float, line: str = "") -> float:
    """How sure a recoding of one code page as another is, when its words and the rest of its line are looked up, too.

    Known words that it would destroy speak against it, known words that it makes for it. Few letters of another script
    than Latin are left alone unless they then fit a language much better: `ξανά`, `Among("αδεσ")`, `kΩ`.
    """
    written, read_as = recoding.chain.split(">", 1)
    if recoding.kind != "codepage" or written == read_as:  # the same code page: C1 controls that are characters
        return sure
    before, after = changed_words(recoding)
    made = [word for word in after if len(word) >= SHORTEST and languages_of(word)]
    known = [old for old, new in zip(before, after, strict=True) if known_before(old, new)]
    lost = sum(len(word) >= SHORTEST for word in known)
    if lost and lost >= len(made):
        return 0.0
    if known and max(map(len, after)) < SHORTEST:  # `(į/iš)` is Lithuanian
        return 0.0
    if not made and swaps_case(before, after):
        return 0.0
    if len({word.lower() for word in after}) == 1 and (
        has_other_letters(recoding, line) or destroys_others(recoding, line, before[0], made)
    ):
        return 0.0
    lone = len(set(after)) == 1 and (is_word_and_sign(before[0], after[0]) or is_stray(recoding, line, made))
    if not lost and proves(made, len(after)) and not lone:
        return max(sure, PROOF)
    return 0.0 if is_weak(recoding, before, after, len(made)) else sure


def known_before(old: str, new: str) -> int:
    """The languages (bits) that a word is known in as it stands, but not as it would become. The lists themselves have
    misread words (Romanian `existã`). -1 for a German word with `ß`."""
    return languages_of(old) & ~languages_of(new) or (-1 if GERMAN.fullmatch(old) else 0)


def completed(recoding: Recoding, line: str) -> Recoding:
    """A recoding with the words beside it that are known only then: at the ends of a line, they may gain too little.
    Where it makes several known words, others go with it that then fit the language of the line better."""
    after = reread(line, recoding.chain)
    if recoding.kind != "codepage" or len(after) != len(line):
        return recoding
    made = {word.lower() for word in changed_words(recoding).after if len(word) >= SHORTEST and languages_of(word)}
    more = []
    for match in WORD.finditer(after):
        start, end = match.span()
        old = line[start:end]
        apart = all(end <= stretch.start or start >= stretch.end for stretch in recoding.stretches)
        if apart and old != match[0] and len(old) >= SHORTEST and not known_before(old, match[0]):
            known = languages_of(match[0]) or (
                len(made) >= FEW_WORDS and not languages_of(old) and fits(line, after, match)
            )
            more += [Stretch(start, end, old, match[0], 0.0)] if known else []
    return recoding._replace(stretches=tuple(sorted([*recoding.stretches, *more])))


def fits(line: str, after: str, word: "re.Match[str]") -> bool:
    """Whether a word fits the language of the line `after` better than it does in `line`."""
    language, _ = letter_pairs.closest(after)
    old, new = (f" {text[word.start() : word.end()]} " for text in (line, after))
    cost, changed = (sum(letter_pairs.pair(ord(a), ord(b), language) for a, b in pairwise(text)) for text in (old, new))
    return changed < cost


def swaps_case(before: tuple[str, ...], after: tuple[str, ...]) -> bool:
    """Whether words in capitals of another script than Latin would become words of small letters, as KOI8 swaps them. A
    heading `ΕΠΙΛΟΓΕΣ` is more frequent than a line `епикоцес`."""
    letters = [(old, new) for old, new in zip("".join(before), "".join(after), strict=True) if old != new]
    return all(old > "\u0250" and old.isupper() and new.islower() for old, new in letters) and bool(letters)


def has_other_letters(recoding: Recoding, line: str) -> bool:
    """Whether a Latin letter that stays could not come from the code page that the line is said to be written in. The
    `ı` of a Turkish line says that its only `poçta` is no `pošta`. The `ü` of `Düňnder` says that its `ň` is no `å`."""
    written, read_as = recoding.chain.split(">")
    gaps = undefined(written)
    own = {c for byte, c in enumerate(characters(read_as)) if byte not in gaps}
    position, rest = 0, ""
    for stretch in recoding.stretches:
        rest += line[position : stretch.start]
        position = stretch.end
    return any("\x7f" < c < "\u0250" and c.isalpha() and c not in own for c in rest + line[position:])


def destroys_others(recoding: Recoding, line: str, old: str, made: list[str]) -> bool:
    """Whether the same code page would damage a word that is known, or one that is spelt as `old` is. It is asked where
    `old`, the only word that changes, has letters of the language of `made` already. Beside `nadrzędnego`, `Przejdź` is
    no `Przejdę`."""
    languages = functools.reduce(operator.and_, map(languages_of, made), ~0 if made else 0)
    after = reread(line, recoding.chain)
    if len(after) != len(line) or not old.isalpha() or not is_spelt(old, languages):
        return False
    for match in WORD.finditer(after):
        start, end = match.span()
        other = line[start:end]
        apart = all(end <= stretch.start or start >= stretch.end for stretch in recoding.stretches)
        stays = is_spelt(other, languages) or known_before(other, match[0])
        if apart and other != match[0] and len(other) >= SHORTEST and stays:
            return True
    return False


def is_spelt(word: str, languages: int) -> bool:
    """Whether all letters of a word beyond ASCII are letters of one of some languages (bits)."""
    letters = words().letters
    return all(letters.get(c, 0) & languages for c in word.lower() if c > "\x7f")


def proves(made: list[str], count: int) -> bool:
    """Whether known words that are made are proof: several, or a long one, most of those that change."""
    if not made or len(made) < SHARE * count:
        return False
    distinct = {word.lower() for word in made}
    if len(distinct) == 1 and len(made[0]) < LONG:
        return False
    shared = ~0
    for word in made:
        shared &= languages_of(word)
    return shared != 0


def is_word_and_sign(before: str, after: str) -> bool:
    """Whether only a sign at the end of a word would become a letter: `project€`."""
    return before[:-1] == after[:-1] and not before[-1].isalpha()


def is_in(line: str, languages: int) -> bool:
    """Whether a line fits one of some languages (bits) best."""
    name = letter_pairs.model().names[letter_pairs.closest(line)[0]].split(":")[0].split("-")[0]
    codes = words().codes
    return name in codes and bool(languages >> codes.index(name) & 1)


def is_stray(recoding: Recoding, line: str, made: list[str]) -> bool:
    """Whether one code page is of a Mac, one of DOS, and the line is in no language of the word that is
    made. Welsh `Copïo` is no Portuguese `Copão`."""
    written, read_as = recoding.chain.split(">")
    far = "mac" in (written[:3], read_as[:3]) and "cp" in (written[:2], read_as[:2])
    return far and not is_in(reread(line, recoding.chain), languages_of(made[0]) if made else 0)


def has_ascii(word: str) -> bool:
    """Whether a word has a letter of ASCII."""
    return any(c < "\x80" for c in word)


def is_weak(recoding: Recoding, before: tuple[str, ...], after: tuple[str, ...], made: int) -> bool:
    """Whether a recoding whose known words are no proof changes so little that it proves nothing."""
    changed = [c for stretch in recoding.stretches for c in stretch.before if c > "\x7f"]
    letters = [c for c in changed if c.isalpha()]
    distinct = {word.lower() for word in after}
    if not made and sum(c in PUNCTUATION for c in changed) > len(changed) / 2:  # `That’s in debt—nearly`, hyphenation
        return True
    if not letters:  # `f›rste`, but not `Ri¢hie` or `°·.¸.·°`
        in_words = sum(map(has_ascii, distinct))
        return in_words < FEW_WORDS and not (in_words and made) and made < FEW_WORDS
    differing = {old for a, b in zip(before, after, strict=True) for old, new in zip(a, b, strict=False) if old != new}
    if (
        min(len(set(letters)), len(differing)) == 1 and not made and len(distinct) < FEW_WORDS
    ):  # `bœf`, `ΞΞΞΞ`, `ќсинде`
        return True
    if len(distinct) == 1 and not made and len(changed) < FEW_LETTERS and not any(map(has_ascii, before)):
        return True  # `ãíôå`, `υδατο`
    foreign = [c for c in letters if script(c) not in ("LATIN", "letter", "")]
    if len(foreign) < len(letters) / 2:
        return len(distinct) <= 1 and len(letters) <= FEW_CHANGES
    if len(letters) >= FEW:
        return False
    if all(script(c) == "LATIN" for word in after for c in word if c.isalpha()):  # `Olнmpicos`, but not `kΩ`
        long = [sum(c < "\x80" for c in word) >= AROUND for word in before]
        inside = [word[0] < "\x80" and word[-1] < "\x80" for word in before]
        return len(distinct) < FEW_WORDS and not any(a and b for a, b in zip(long, inside, strict=True))
    if len(letters) < FEWEST:
        return True
    fit = letter_pairs.fit(" ".join(before), " ".join(after))
    pairs = max(fit.pairs, 1)
    gain = (fit.before - fit.after) / pairs
    return gain < CLOSER or (gain < MUCH_CLOSER and fit.after / pairs > FITS)
