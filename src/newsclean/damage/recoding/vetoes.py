"""What correct text is often like although a recoding would gain something."""

import re
import unicodedata
from itertools import pairwise
from string import ascii_letters

from newsclean.damage.models.bigrams import cost_of
from newsclean.damage.models.character_classes import JAPANESE, script
from newsclean.damage.models.words import WORD
from newsclean.damage.recoding.single_byte import reread
from newsclean.damage.recoding.types import FEWEST_WIDE, Recoding, Stretch

CALM_LEAST, CALM_MOST = 20, 1000  # letters that tell the script of a text, code points of it that are looked at
FEW_LETTERS = 15  # of a line that its neighbours may overrule although it would stay in their script
FEW = 2  # characters that are too few to be judged unless they stand beside letters
DISTINCT = 20  # letters that are a list of letters if none comes twice, as in `ÀÈÌÒÙ ÁÉÍÓÚ ÂÊÎÔÛ`
ALPHABET = 6  # characters in the order of Unicode that are a list of characters
STEP, IN_ORDER = 3, 0.8  # from one to the next, mostly
TYPOGRAPHY = set("–—‘’“”„«»…•·´`°®©™")  # one such character between letters, again and again, is a habit
SIGNS = TYPOGRAPHY | set("×²³½¼¾≤≥")  # so are those of measures and formulas: `45 m²`
JOINING = set("–—‘’…·´`×")  # correct between two letters, too: `word—word`, `don’t`, Tzeltal `k´inal`, `X×Y`
NO_BREAK_SPACE = "\xa0"  # rows of it indent lines
ADDRESS = re.compile(r"(?i)(?:\b[a-z][a-z0-9+.-]*://|\bwww\.|(?<!\S)[a-z]:\\)\S*")
ESCAPE = re.compile(r"\\[abfnrtv]")  # in code: the `n` of `\nΟλες` is no letter of the word
TWINS = set("аеорсухіјѕАВЕКМНОРСТХІЈЅ")  # Cyrillic letters that look like Latin ones, and stand for them: `Exрlorer`


def habit(text: str, recoding: Recoding) -> bool:
    """Whether correct text is often like this, or words would become a mixture of scripts.

    Correct text has dashes and quotes where they belong, two symbols together, drawn tables, an alphabet, or Chinese
    around a foreign word.
    """
    if in_addresses(text, recoding):
        return True
    changed = [c for s in recoding.stretches for c in s.before if c > "\x7f" and c != NO_BREAK_SPACE]
    if recoding.kind == "wide":
        return len(changed) < FEWEST_WIDE or not any(map(str.isalpha, changed)) or any(map(_listed, recoding.stretches))
    if recoding.kind in ("unread", "crossed") and not any(map(str.isalpha, changed)):
        return True  # `①`
    if recoding.kind == "crossed":
        unlike = [pair for s in recoding.stretches for pair in _unlike(s)]
        if len(unlike) < FEWEST_WIDE or not any(old.isalpha() for old, _ in unlike):
            return True  # kana and Cyrillic are the same bytes in several encodings: `隠します`, `·директория:·`
    if recoding.kind == "unread":
        if len(set(changed)) == 1 and not any(_beside_a_letter(text, s) for s in recoding.stretches):
            return True  # a lone ideograph: `E: 乇`
        return sum(map(_is_wide, text)) - sum(map(_is_wide, changed)) > len(changed)
    if recoding.kind == "swapped":
        return any(map(_odd, recoding.stretches))
    if recoding.kind != "codepage":
        return False
    if set(changed) <= SIGNS and sum(map(_misplaced, recoding.stretches)) <= sum(c in JOINING for c in changed):
        return True  # 46 of 16,000 correct articles had `models—the LG’s` taken for `modelsóthe LGís`
    if sum(mixed_runs(s.after) - mixed_runs(s.before) for s in recoding.stretches) > 0:
        return True
    if not any(map(_joined, recoding.stretches)) and not any(unicodedata.category(c) == "So" for c in changed):
        return True
    if len(changed) <= FEW and not any(_beside_letters(s) for s in recoding.stretches):
        return True
    steps = sum(0 < ord(b) - ord(a) <= STEP for a, b in pairwise(changed))
    ordered = len(changed) >= ALPHABET and steps >= IN_ORDER * (len(changed) - 1)
    misquoted = sum(map(_misquoted, recoding.stretches))
    if misquoted and 2 * misquoted >= len(changed):
        return True
    return ordered or is_alphabet(changed) or set(changed) <= TWINS or all("\u2500" <= c <= "\u259f" for c in changed)


def in_addresses(text: str, recoding: Recoding) -> bool:
    """Whether all that a recoding changes stands in URLs and paths of files: their words prove no code page. Where the
    text around them is recoded, they go with it."""
    if not ADDRESS.search(text):
        return False
    rest = ADDRESS.sub(lambda match: " " * len(match[0]), text)
    return all(rest[s.start : s.end].isascii() for s in recoding.stretches)


def is_alphabet(changed: list[str]) -> bool:
    """Whether some characters are letters of which each comes once, in both cases (`ąčęėĄČĘĖ`), or of so many.

    >>> is_alphabet(list("ąčęĄČĘ")), is_alphabet(list("Привет"))
    (True, False)
    """
    small = [c for c in changed if c.islower()]
    if len(set(changed)) == len(changed) >= DISTINCT:
        return True
    return (
        len(changed) >= ALPHABET
        and len(set(changed)) == len(changed) == 2 * len(small)
        and {c.upper() for c in small} == set(changed) - set(small)
    )


def _listed(stretch: Stretch) -> bool:
    """Whether letters stand apart, one separator behind each, which would be the second bytes: `á|ä|e|é`."""
    before = stretch.before
    behind = [b for a, b in pairwise(before) if a > "\x7f"]
    separators = [c for c in behind if c < "\x80" and not c.isalnum()]
    return len(separators) >= FEWEST_WIDE and 2 * max(map(separators.count, separators)) > len(behind)


def _unlike(stretch: Stretch) -> list[tuple[str, str]]:
    """The characters that differ, before and after; all if there are more or fewer than before."""
    if len(stretch.before) != len(stretch.after):
        return [(old, "") for old in stretch.before]
    return [(old, new) for old, new in zip(stretch.before, stretch.after, strict=True) if old != new]


def _odd(stretch: Stretch) -> bool:
    """Whether UTF-16 with its bytes swapped becomes no words: ideographic spaces (`000`), or icons of private use."""
    words = ["".join(filter(str.isalpha, word)) for word in stretch.after.split()]
    scripts = [{script(c) for c in word} - JAPANESE for word in words]
    return not any(words) or len(set(stretch.before)) == 1 or any(len(found) > 1 for found in scripts)


def _joined(stretch: Stretch) -> bool:
    """Whether a changed character stands beside a letter or another changed one: `½ + ¼`, `Δ.Ο.Λ.` tell nothing."""
    return any(
        max(a, b) > "\x7f" and (a > "\x7f" or a.isalpha()) and (b > "\x7f" or b.isalpha())
        for a, b in pairwise(stretch.before)
        if NO_BREAK_SPACE not in (a, b)
    )


def _beside_a_letter(text: str, stretch: Stretch) -> bool:
    """Whether what is changed is a part of a word: `gr眉n`."""
    left, right = text[stretch.start - 1 : stretch.start], text[stretch.end : stretch.end + 1]
    return any(c and c in ascii_letters for c in (left, right, stretch.before[-1]))


def _is_wide(character: str) -> bool:
    return script(character) in ("HANI", "HANGUL", "HIRAGANA", "KATAKANA")


def _misplaced(stretch: Stretch) -> int:
    """How many quotation marks and symbols stand between two letters that are not both alone: `P(T≤t)` is a formula."""
    before = stretch.before
    return sum(
        c > NO_BREAK_SPACE
        and c not in JOINING
        and before[i - 1 : i].isalpha()
        and before[i + 1 : i + 2].isalpha()
        and (before[max(i - 2, 0) : max(i - 1, 0)].isalpha() or before[i + 2 : i + 3].isalpha())
        for i, c in enumerate(before)
    )


def _misquoted(stretch: Stretch) -> int:
    """How many letters become opening quotation marks behind a letter: `lunedì` is no `luned“`."""
    pairs = zip(stretch.before, stretch.after, strict=False)
    return sum(
        old.isalpha() and unicodedata.category(new) == "Pi" and stretch.before[i - 1 : i].isalpha()
        for i, (old, new) in enumerate(pairs)
    )


def _beside_letters(stretch: Stretch) -> bool:
    pairs = pairwise(stretch.before)
    return any((a > "\x7f" and b in ascii_letters) or (b > "\x7f" and a in ascii_letters) for a, b in pairs)


def contradicted(recoding: Recoding, calm: str) -> bool:
    """Whether the rest of a text, `calm`, speaks against a recoding.

    It does if it is in the script, other than Latin, of the letters that change, and would read worse after the
    recoding. A heading in capitals does not make a Greek code page a damaged Russian one. Many letters that would stay
    in their script are not overruled.
    """
    if recoding.kind != "codepage":
        return False
    letters = [script(c) for s in recoding.stretches for c in s.before if c > "\x7f" and c.isalpha()]
    if not letters:
        return False
    own, new = max(letters, key=letters.count), {script(c) for s in recoding.stretches for c in s.after}
    if own == "LATIN" or (own in new and len(letters) >= FEW_LETTERS):
        return False
    lines = [line for line in calm.splitlines(keepends=True) if any(script(c) == own for c in line)]
    rest = "".join(lines)[:CALM_MOST]
    if sum(script(c) == own for c in rest) < CALM_LEAST:
        return False
    return cost_of(rest) < cost_of(reread(rest, recoding.chain))


def mixed_runs(text: str) -> int:
    """How many runs of letters are of several scripts: in code, words of several scripts stand side by side.

    >>> mixed_runs("Olнmpicos"), mixed_runs(r"\\nΟλες")
    (1, 0)
    """
    return sum(len({script(c) for c in word}) > 1 for word in WORD.findall(ESCAPE.sub(" ", text)))


def mixed_words(text: str) -> int:
    """How many words have letters of several scripts."""
    return sum(len({script(c) for c in word if c.isalpha()}) > 1 for word in text.split())
