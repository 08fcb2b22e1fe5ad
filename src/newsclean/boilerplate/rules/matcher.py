"""What the rules say of each line."""

import functools
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import PLACE, CharKind, LineColumn, Lines, lengths
from newsclean.boilerplate.rules.dates import is_stamp
from newsclean.boilerplate.rules.forms import formed
from newsclean.boilerplate.rules.phrases import Dictionary, Hit, word_hashes
from newsclean.boilerplate.rules.registry import HOWS, NUMBER, RULES, Phrase, phrases
from newsclean.compilation import Column, Table, kernel

LONGEST_KNOWN = 500  # length of a line that a rule can know
LONGEST_OF = tuple(rule.longest for rule in RULES)
END, LABEL, SIGNED, NAMED, CREDITED = (HOWS.index(how) for how in ("end", "label", "signed", "named", "credited"))
ONLY = NUMBER["share-prompt"]  # the rule of lines of which every word belongs to an `only` phrase
LEAST_ONLY = 4  # letters of such a line, unless it is but one: `.X..X.` is a drawing
SENTENCE = 40  # letters from which a line that ends with a stop is a sentence
# A label ends at a colon, bar or slash (`Credit/debit` is one word), or before a comma and initials; at `=` only behind
# a letter beyond ASCII (`.Text = "fish"` is code).
_LABEL = re.compile(r"[\s*_`~\])）]*(?:[:：|／]|(?<![ -~])=|/(?![a-z])|[,，](?=\W*\w{1,3}\W*$))")
_COLON = re.compile(r"[:：=|/／]")
_CREDITS = 8  # words of a credit at the end of a caption
_ENDED = re.compile(r"(?:\w{3}\.|\.{3}|…)[\s\])]*$")  # but for `Jr.`
_WORD = re.compile(r"[^\W_]+")
_SIGNS = frozenset("/／|,，、;©@([（【")  # what may stand before a signature
STAMP, RELATED = NUMBER["date-stamp"], NUMBER["related-headlines"]
LEAST_NUMBERS, MOST_OTHERS = 2, 6  # numbers and other words of a date with its time
_SHORT = 3  # letters of the small words amid names: `and`, `von`
_MOST_NAMES = 8
_LONGEST_LABEL = 80  # code points in which a label ends


def rule_lines(texts: Sequence[str], lines: Lines, hits: NDArray[np.int32], known: Dictionary) -> NDArray[np.int16]:
    """Number of the rule that each line falls under, or -1."""
    found, labels = np.empty(len(hits), np.int16), np.empty(len(hits), np.int32)
    _rule_lines(lines.table, hits, lengths(lines), known.rule, known.how, found, labels)
    text = lines.table[:, PLACE[0]]
    first = np.append(True, text[1:] != text[:-1])
    labels[first & (labels > 0) & (known.rule[labels - 1] == RELATED)] = 0
    rows = np.flatnonzero(labels)
    for row, (text, begin, end) in zip(rows.tolist(), lines.table[rows[:, None], PLACE].tolist(), strict=True):
        phrase = labels[row] - 1
        if _holds(texts[text][begin:end], lines.places_in(row), phrase, known):
            found[row] = known.rule[phrase]
    numbers, words = lines.table[:, LineColumn.NUMBERS], lines.table[:, LineColumn.WORDS]
    rows = np.flatnonzero((found < 0) & (numbers >= LEAST_NUMBERS) & (words - numbers <= MOST_OTHERS))
    for row, (text, begin, end) in zip(rows.tolist(), lines.table[rows[:, None], PLACE].tolist(), strict=True):
        if is_stamp(texts[text][begin:end]):
            found[row] = STAMP
    formed(texts, lines, hits, found)
    return found


def _holds(text: str, places: NDArray[np.int32], phrase: int, known: Dictionary) -> bool:
    """Whether the line is what its first or last words are taken for. `places` are those of its words."""
    how, words = int(known.how[phrase]), int(known.size[phrase])
    if how == LABEL:
        if words > len(places) or (known.rule[phrase] == RELATED and text.startswith("/", int(places[words - 1, 1]))):
            return False  # `Audio/Video's offer`
        return _labelled(text, int(places[words - 1, 1]))
    if how == CREDITED:
        return _credited(text, places, words, phrases()[phrase])
    return _signed(text, places, words) if how == SIGNED else _named(text, words)


@kernel(entry=True, interpreted=True)
def _rule_lines(
    lines: Table[np.int32],
    hits: Table[np.int32],
    length: Column[np.int32],
    rule: Column[np.int16],
    how: Column[np.int8],
    found: Column[np.int16],
    labels: Column[np.int32],
) -> None:
    """Fill `found` and `labels`. `labels` gets the number of a phrase, plus one, if it counts before the rule; 0 if
    there is none. It does where it is the line's label or signature, or begins its names, which only the text can tell.
    Sentences have no ends: who says `it rained two months ago.` has not dated the page."""
    for row in range(len(lines)):
        found[row], labels[row] = -1, 0
        if length[row] > LONGEST_KNOWN:
            continue
        size = lines[row, LineColumn.END] - lines[row, LineColumn.START]
        quoted = lines[row, LineColumn.STRAIGHT] + lines[row, LineColumn.CURLED] > 0  # `Press “Google”`, in lines
        only = 0 < lines[row, LineColumn.WORDS] == hits[row, Hit.ONLY] and not quoted
        if only and (length[row] >= LEAST_ONLY or size == 1):
            found[row] = ONLY
        sentence = lines[row, LineColumn.LAST] == CharKind.STOP and length[row] >= SENTENCE
        for place in range(Hit.ANY + 1):  # the whole line, its beginning, its end, anywhere
            phrase = hits[row, place] - 1
            if phrase < 0 or length[row] > LONGEST_OF[rule[phrase]]:
                continue
            if how[phrase] == LABEL or how[phrase] == SIGNED or how[phrase] == NAMED:
                labels[row] = phrase + 1
                continue
            if how[phrase] == CREDITED:
                labels[row] = labels[row] or phrase + 1
                continue
            if how[phrase] == END and sentence:
                continue
            found[row] = rule[phrase]
            break


def _labelled(text: str, end: int) -> bool:
    """Whether a label ends at `end`, before the line's first colon or bar."""
    near = end <= _LONGEST_LABEL
    return near and _LABEL.match(text, end) is not None and _COLON.search(text, 0, end) is None


def _credited(text: str, places: NDArray[np.int32], words: int, phrase: Phrase) -> bool:
    """Whether the line ends with the phrase as a label and a few words behind it: `The bridge. Photo: Dana Example`."""
    colon = max(text.rfind(":"), text.rfind("："))
    if colon < 0:
        return False
    before = int(np.count_nonzero(places[:, 1] <= colon))
    if before <= words or not 0 < len(places) - before <= _CREDITS:
        return False
    label = text[places[before - words, 0] : colon]
    return _hashes(label) == _hashes(phrase.words)


@functools.lru_cache(maxsize=10_000)
def _hashes(words: str) -> tuple[int, ...]:
    """The hashes of a label's words: most pages have few labels, again and again."""
    return tuple(word_hashes([words])[0].tolist())


def _signed(text: str, places: NDArray[np.int32], words: int) -> bool:
    """Whether the line's last words stand alone, or behind a mark or a number, and ask nothing."""
    if text.rstrip().endswith(("?", "!")):
        return False
    before = text[: places[-words, 0]].rstrip() if len(places) >= words else "-"
    return not before.strip("-–—•*+ ") or before[-1] in _SIGNS or before[-1].isdigit()


def _named(text: str, words: int) -> bool:
    """Whether a few names are all that stands behind the line's first words.

    >>> _named("Von Anna Beispiel und Jan van Muster", 1), _named("Von Rom nach Paris", 1), _named("By 2030", 1)
    (True, False, False)
    """
    if _ENDED.search(text):  # `Di Jakarta Selatan.` is a sentence of another language
        return False
    names = [word[0] for word in _WORD.finditer(text)][words:]
    small = sum(not name[0].isupper() for name in names)
    every = not text.isupper() and all(name[0].isupper() or (len(name) <= _SHORT and name.isalpha()) for name in names)
    return every and 2 * small < len(names) <= _MOST_NAMES
