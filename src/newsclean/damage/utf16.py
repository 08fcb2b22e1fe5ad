"""Remains of UTF-16 that was read byte by byte."""

import collections
import itertools
import re

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import read_only
from newsclean.damage.codepoints import code_points
from newsclean.damage.models import bigrams
from newsclean.damage.models.bigrams import largest_sum
from newsclean.damage.models.character_classes import JAPANESE, script
from newsclean.edits import Edit

BYTES, CONTROLS = re.compile("[\x00-\xff]++"), re.compile("[\x00-\x08\x0e-\x1f]")
UNUSUAL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
LEAST_GAIN = 12.0  # nats; the least right repair of the development data gained 15
LEAST_UNITS = 3
MOST_STRETCHES = 2000  # with controls, of a text, that are looked at: a third of a second
FOREIGN_SHARE = 0.1  # of the letters beyond Latin ones that may be of another script than the most: chance mixes them
LEAST_CONTROLS = 0.1  # share of characters that are controls: a byte of any text in UTF-16 is one much more often
LEAST_OF_ONE = 0.4  # if all are the same, but for NUL: the upper bytes of an alphabet, and no marks of hot keys


def utf16(text: str) -> list[Edit]:
    """Edits that join bytes of UTF-16, shown as two characters each, to characters.

    >>> [edit.after for edit in utf16("n\\x00e\\x00w\\x00s\\x00")]
    ['news']
    """
    edits: list[Edit] = []
    stretches = (match for match in BYTES.finditer(text) if CONTROLS.search(match[0]))
    for match in itertools.islice(stretches, MOST_STRETCHES):
        codes = code_points(match[0])
        paid = bigrams.code_costs(codes)
        found = [_halves(codes, paid, phase, order) for phase in (0, 1) for order in ("le", "be")]
        gain, start, end, after, order = max(found)
        before = match[0][start:end]
        unusual = len(UNUSUAL.findall(before)) >= LEAST_CONTROLS * len(before)
        if gain >= LEAST_GAIN and unusual and not _marks(before) and not _jumbled(after):
            edits.append(Edit(match.start() + start, before, after, f"utf-16{order}>latin-1", 0.98))
    return edits


def _marks(text: str) -> bool:
    """Whether the controls of a text are rather marks in it: the same one again, too seldom for an upper byte.

    They are marks, too, if as upper bytes they would make letters that no text has alone (`œŐŃ`).

    >>> _marks("\\x07In:\\x07 "), _marks("\\x01S\\x01P\\x01C"), _marks("4\\x040\\x04"), _marks("n\\x00e\\x00")
    (True, True, False, False)
    """
    controls = CONTROLS.findall(text)
    if len(set(controls)) != 1 or controls[0] == "\0":
        return False
    return controls[0] == "\1" or len(controls) < LEAST_OF_ONE * len(text)


def _jumbled(text: str) -> bool:
    """Whether letters of several scripts beside Latin are mixed in a text.

    >>> _jumbled("氟ਬख"), _jumbled("東京タワー")
    (True, False)
    """
    counts = collections.Counter("HANI" if script(c) in JAPANESE else script(c) for c in text if c.isalpha())
    del counts["LATIN"], counts["letter"]  # letters that several scripts share, as Japanese `ー`
    return bool(counts) and counts.total() - max(counts.values()) > FOREIGN_SHARE * counts.total()


def _halves(
    codes: NDArray[np.uint32], paid: NDArray[np.int64], phase: int, order: str
) -> tuple[float, int, int, str, str]:
    """The best run of byte pairs that starts at an even or odd place of a stretch: gain in nats, start, end and text.
    `paid` is what each character costs as it stands."""
    pairs = (len(codes) - phase) // 2
    low, high = codes[phase : phase + 2 * pairs : 2], codes[phase + 1 : phase + 2 * pairs : 2]
    joined = read_only((low | high << 8 if order == "le" else high | low << 8).astype(np.uint32))
    before = paid[phase : phase + 2 * pairs]
    start, end, gain = largest_sum(before[::2] + before[1::2] - bigrams.code_costs(joined))
    if end - start < LEAST_UNITS:
        return 0.0, 0, 0, "", order
    text = joined[start:end].astype("<u2").tobytes().decode("utf-16-le", "replace")
    return gain * bigrams.UNIT, phase + 2 * start, phase + 2 * end, text, order
