"""What the rules say of each line."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import PLACE, Column, Kind, Lines
from newsclean.boilerplate.phrases import Dictionary, Hit
from newsclean.boilerplate.rules import HOWS, NUMBER, RULES
from newsclean.kernels import kernel

PROSE = 90  # least length of a line that surely is text, if it ends like a sentence
LONGEST = 500  # length of a line that a rule can know
LONGEST_OF = tuple(rule.longest for rule in RULES)
LABEL = HOWS.index("label")
ONLY = NUMBER["share-prompt"]  # the rule of lines of which every word belongs to an `only` phrase
_LABEL = re.compile(r"[^\w\n]*([^\n:：=|/／]{1,40}?)\s*[:：=|/／]")
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def lengths(lines: Lines) -> NDArray[np.int32]:
    """Letters and digits of each line; a Hangul syllable counts two, a letter of a script without spaces three."""
    length = np.empty(len(lines.table), np.int32)
    _lengths(lines.table, length)
    return length


@kernel("void(int32[:, ::1], int32[::1])", interpreted=True)
def _lengths(lines: NDArray[np.int32], length: NDArray[np.int32]) -> None:
    for row in range(len(lines)):
        letters = lines[row, Column.KINDS + Kind.LETTER] + lines[row, Column.KINDS + Kind.UPPER]
        others = lines[row, Column.KINDS + Kind.DIGIT] + lines[row, Column.KINDS + Kind.MARK]
        wider = 2 * lines[row, Column.KINDS + Kind.SYLLABLE] + 3 * lines[row, Column.KINDS + Kind.UNSPACED]
        length[row] = letters + others + wider


def prose(lines: Lines, length: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Lines long enough to be paragraphs that end like sentences."""
    is_prose: NDArray[np.bool_] = (length >= PROSE) & (lines.table[:, Column.LAST] == Kind.STOP)
    return is_prose


def rule_lines(texts: Sequence[str], lines: Lines, hits: NDArray[np.int32], known: Dictionary) -> NDArray[np.int16]:
    """Number of the rule that each line falls under, or -1."""
    found, labels = np.empty(len(hits), np.int16), np.empty(len(hits), np.int32)
    _rule_lines(lines.table, hits, lengths(lines), known.rule, known.how, found, labels)
    rows = np.flatnonzero(labels)
    for row, (text, begin, end) in zip(rows.tolist(), lines.table[rows][:, PLACE].tolist(), strict=True):
        phrase = labels[row] - 1
        if _labelled(texts[text][begin:end], int(known.size[phrase])):
            found[row] = known.rule[phrase]
    return found


@kernel(
    "void(int32[:, ::1], int32[:, ::1], int32[::1], int16[::1], int8[::1], int16[::1], int32[::1])", interpreted=True
)
def _rule_lines(
    lines: NDArray[np.int32],
    hits: NDArray[np.int32],
    length: NDArray[np.int32],
    rule: NDArray[np.int16],
    how: NDArray[np.int8],
    found: NDArray[np.int16],
    labels: NDArray[np.int32],
) -> None:
    """Fill `found`, and in `labels` the number of a phrase plus one that counts before that if it is the line's label,
    which only the text can tell; 0 if there is none."""
    for row in range(len(lines)):
        found[row], labels[row] = -1, 0
        if length[row] > LONGEST:
            continue
        if 0 < lines[row, Column.WORDS] == hits[row, Hit.ONLY]:
            found[row] = ONLY
        for place in range(Hit.ANY + 1):  # the whole line, its beginning, its end, anywhere
            phrase = hits[row, place] - 1
            if phrase < 0 or length[row] > LONGEST_OF[rule[phrase]]:
                continue
            if how[phrase] == LABEL:
                labels[row] = phrase + 1
                continue
            found[row] = rule[phrase]
            break


def _labelled(text: str, words: int) -> bool:
    """Whether so many words stand before the line's first colon or bar."""
    match = _LABEL.match(text)
    if match is None:
        return False
    unspaced = len(_UNSPACED.findall(match[1]))
    return (unspaced or len(_WORD.findall(match[1]))) == words
