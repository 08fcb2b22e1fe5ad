"""How well a text fits a language: what tells encodings apart whose letters all are letters.

A reading is weighed by the language it fits best *and* by whether that language was written in the encoding. Danish is
read in a Baltic code page when an `ø` looks like an `æ` there, but nobody wrote it so.
"""

import functools

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.codepoints import code_points
from newsclean.damage.decoding import encodings
from newsclean.damage.decoding.costs import text_costs
from newsclean.damage.models import bigrams, character_classes, letter_pairs

SPOKEN = 5.0  # nats that a language must fit better which was not written in an encoding
LONE = 6.0  # nats of a letter that stands alone in a script of which there are no words
INSIDE = 6.0  # nats of a capital behind a small letter
MOST_COUNTED = 6  # of either that count


def cost(text: str, name: str) -> float:
    """What a text costs in the language that it fits best, of those that were written in an encoding (nats). Letters
    that no language has, such as ideographs, and symbols cost what they always cost."""
    if name in encodings.known():
        text = encodings.as_learned(text, name)
    codes = code_points(text)
    known = letter_pairs.model()
    letters = known.letter[np.minimum(np.concatenate(([32], codes, [32])), 65535)]
    left, right = letters[:-1], letters[1:]
    rows, counts = np.unique(known.row[left, right][(left > 0) | (right > 0)], return_counts=True)
    costs = (counts @ known.costs[rows].astype(np.int64)).astype(np.float64) * bigrams.UNIT
    foreign = (letters[1:-1] == 0) & (codes >= 0x80)
    if foreign.any():
        costs += float(text_costs(text)[foreign].sum()) * bigrams.UNIT
    return float((costs + SPOKEN * _unspoken(name)).min()) + _oddities(codes)


def _oddities(codes: NDArray[np.uint32]) -> float:
    """What a text costs for letters that correct text hardly has where they are: alone among those of other scripts,
    or capitals within a word."""
    known, (scripts, cases) = bigrams.model(), _classes()
    kind = known.symbols[known.symbol[codes], bigrams.Symbol.CLASS]
    script, case, high = scripts[kind], cases[kind], codes >= 0x80
    inside = (case[:-1] < 0) & (case[1:] > 0) & (high[:-1] | high[1:])
    around = np.concatenate(([0], script, [0]))
    joined = (around[:-2] == script) | (around[2:] == script)
    foreign = script > 1
    lone = 0 if (foreign & joined).any() else int(foreign.sum())
    return LONE * min(lone, MOST_COUNTED) + INSIDE * min(int(inside.sum()), MOST_COUNTED)


@functools.cache
def _classes() -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Of each class of characters: its script (1: Latin, 0: none), and its case (-1: small letters, 1: capitals)."""
    names = character_classes.class_names()
    scripts = [name.split(":")[0] if ":" in name and not name.startswith(("other", "letter")) else "" for name in names]
    order = ["", "LATIN", *sorted(set(scripts) - {"", "LATIN"})]
    cases = [("upper" in name) - ("lower" in name) for name in names]
    return np.array([order.index(script) for script in scripts]), np.array(cases)


@functools.cache
def _unspoken(name: str) -> NDArray[np.bool_]:
    """Whether each language of the model was not written in an encoding; some were written in all western ones."""
    found = encodings.known().get(name)
    columns = [column.split(":") for column in letter_pairs.model().names]
    if found is None or found.multibyte:
        return np.zeros(len(columns), np.bool_)
    western = encodings.known()["windows-1252"].languages.split()
    listed = {language for encoding in encodings.ENCODINGS for language in encoding.languages.split()}
    other = not set(western).isdisjoint(found.languages.split()) and "en" in found.languages.split()
    return np.array(
        [
            language not in found.languages.split() and not (other and script == "LATIN" and language not in listed)
            for language, script in columns
        ]
    )
