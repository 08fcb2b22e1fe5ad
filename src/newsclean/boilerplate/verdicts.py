"""What the rules say of each line."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import Column, Kind, Lines
from newsclean.boilerplate.phrases import Dictionary, Hit
from newsclean.boilerplate.rules import HOWS, NUMBER, RULES

PROSE = 90  # least length of a line that surely is text, if it ends like a sentence
_LABEL = re.compile(r"[^\w\n]*([^\n:：=|/／]{1,40}?)\s*[:：=|/／]")
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


def lengths(lines: Lines) -> NDArray[np.int32]:
    """Letters and digits of each line; one of a script without spaces counts three."""
    counts = lines.table[:, Column.KINDS :]
    length: NDArray[np.int32] = counts[:, : Kind.UNSPACED].sum(1, dtype=np.int32) + 3 * counts[:, Kind.UNSPACED]
    return length


def prose(lines: Lines, length: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Lines long enough to be paragraphs that end like sentences."""
    is_prose: NDArray[np.bool_] = (length >= PROSE) & (lines.table[:, Column.LAST] == Kind.STOP)
    return is_prose


def rule_lines(texts: Sequence[str], lines: Lines, hits: NDArray[np.int32], known: Dictionary) -> NDArray[np.int16]:
    """Number of the rule that each line falls under, or -1."""
    table, length = lines.table, lengths(lines)
    found = np.full(len(table), -1, np.int16)
    whole_only = (hits[:, Hit.ONLY] == table[:, Column.WORDS]) & (table[:, Column.WORDS] > 0)
    candidates = np.flatnonzero(((hits[:, : Hit.ONLY] > 0).any(1) | whole_only) & (length <= 500))
    for row, hit, line, size in zip(
        candidates.tolist(),
        hits[candidates].tolist(),
        table[candidates].tolist(),
        length[candidates].tolist(),
        strict=True,
    ):
        if whole_only[row]:
            found[row] = NUMBER["share-prompt"]
        for place in (Hit.LINE, Hit.START, Hit.END, Hit.ANY):
            phrase = hit[place] - 1
            if phrase < 0 or size > RULES[known.rule[phrase]].longest:
                continue
            if HOWS[known.how[phrase]] == "label":
                text = texts[line[Column.TEXT]][line[Column.START] : line[Column.END]]
                if not _labelled(text, int(known.size[phrase])):
                    continue
            found[row] = known.rule[phrase]
            break
    return found


def _labelled(text: str, words: int) -> bool:
    """Whether so many words stand before the line's first colon or bar."""
    match = _LABEL.match(text)
    if match is None:
        return False
    unspaced = len(_UNSPACED.findall(match[1]))
    return (unspaced or len(_WORD.findall(match[1]))) == words
