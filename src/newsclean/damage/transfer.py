"""Remains of UTF-16 read byte by byte and of UTF-7: whole units of another transfer form inside a text."""

import base64
import collections
import functools
import itertools
import re
import unicodedata
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.damage import plausibility, search
from newsclean.damage.chains import largest_sum
from newsclean.damage.confidence import script
from newsclean.edits import Edit

BYTES, CONTROLS = re.compile("[\x00-\xff]++"), re.compile("[\x00-\x08\x0e-\x1f]")
UNUSUAL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")
UTF7 = re.compile(r"\+([A-Za-z0-9+/]{2,})(-?)")
WORDS = re.compile(
    r"(?:[A-Za-z][a-z]+|[A-Z]+|[a-z\d]+)(?:\+(?:[A-Za-z][a-z]+|[A-Z]+|[a-z\d]+))*"
)  # `Alt+Del`, `1+0cd65`
MARKS = set("\xa0«»°–—‘’“”„†•…€™\u200c\u200d\ufe0f")  # chance makes one of these of one word in 3,000
FREQUENT, JAPANESE = {"HANI", "HANGUL"}, {"HANI", "HIRAGANA", "KATAKANA"}
LONG_ENOUGH = 4  # characters of the frequent scripts
LEAST_GAIN = 12.0  # nats; the least right repair of the development data gained 15
LEAST_UNITS = 3
MOST_STRETCHES = 2000  # with controls, of a text, that are looked at: a third of a second
FOREIGN_SHARE = 0.1  # of the letters beyond Latin ones that may be of another script than the most: chance mixes them
LEAST_CONTROLS = 0.1  # share of characters that are controls: a byte of any text in UTF-16 is one much more often


def utf16(text: str) -> list[Edit]:
    """Edits that join bytes of UTF-16, shown as two characters each, to characters.

    >>> [edit.after for edit in utf16("n\\x00e\\x00w\\x00s\\x00")]
    ['news']
    """
    edits: list[Edit] = []
    stretches = (match for match in BYTES.finditer(text) if CONTROLS.search(match[0]))
    for match in itertools.islice(stretches, MOST_STRETCHES):
        codes = plausibility.code_points(match[0])
        paid = _costs(codes)
        found = [_halves(codes, paid, phase, order) for phase in (0, 1) for order in ("le", "be")]
        gain, start, end, after, order = max(found)
        before = match[0][start:end]
        unusual = len(UNUSUAL.findall(before)) >= LEAST_CONTROLS * len(before)
        if gain >= LEAST_GAIN and unusual and not _jumbled(after):
            edits.append(Edit(match.start() + start, before, after, f"utf-16{order}>latin-1", 0.98))
    return edits


def _jumbled(text: str) -> bool:
    """Whether letters of several scripts beside Latin are mixed in a text.

    >>> _jumbled("氟ਬख"), _jumbled("東京タワー")
    (True, False)
    """
    counts = collections.Counter("HANI" if script(c) in JAPANESE else script(c) for c in text if c.isalpha())
    del counts["LATIN"], counts["letter"]  # letters that several scripts share, as Japanese `ー`
    return bool(counts) and counts.total() - max(counts.values()) > FOREIGN_SHARE * counts.total()


def _costs(codes: NDArray[np.uint32]) -> NDArray[np.int64]:
    model: Any = tuple(plausibility.model())
    out = np.empty(len(codes), np.int64)
    search.costs(codes, model, out)
    return out


def _halves(
    codes: NDArray[np.uint32], paid: NDArray[np.int64], phase: int, order: str
) -> tuple[float, int, int, str, str]:
    """Gain in nats, start, end and text of the best run of byte pairs that starts at an even or odd place of a stretch;
    `paid` is what each character costs as it stands."""
    pairs = (len(codes) - phase) // 2
    low, high = codes[phase : phase + 2 * pairs : 2], codes[phase + 1 : phase + 2 * pairs : 2]
    joined = (low | high << 8 if order == "le" else high | low << 8).astype(np.uint32)
    joined.flags.writeable = False
    before = paid[phase : phase + 2 * pairs]
    start, end, gain = largest_sum(before[::2] + before[1::2] - _costs(joined))
    if end - start < LEAST_UNITS:
        return 0.0, 0, 0, "", order
    text = joined[start:end].astype("<u2").tobytes().decode("utf-16-le", "replace")
    return gain * plausibility.UNIT, phase + 2 * start, phase + 2 * end, text, order


def utf7(text: str) -> list[Edit]:
    """Edits that decode the shifted sequences of UTF-7.

    >>> [edit.after for edit in utf7("caf+AOk- cr+AOg-me 1+1")]
    ['é', 'è']
    >>> utf7("+The dollar")
    []
    """
    found, certain = [], False
    for match in UTF7.finditer(text):
        start, end = match.span()
        after, proof = _sequence(text[max(0, start - 1) : start], match[0], match[1], match[2], text[end : end + 1])
        if after:
            found.append(Edit(start, match[0], after, "utf-7>ascii", 0.95))
            certain |= proof
    return found if certain else []


@functools.lru_cache(maxsize=1 << 12)
def _sequence(left: str, whole: str, shifted: str, closed: str, right: str) -> tuple[str, bool]:
    """What a shifted sequence means, if that is plausible, and whether it makes it sure that a text is UTF-7."""
    after = _base64_units(shifted)
    if not after or after.isascii() or _gain(left, whole, right, after) < LEAST_GAIN / 2:
        return "", False
    beside = left + right
    inside = bool(closed) and (beside + after).isalpha() and (beside + after).islower()
    return after, (inside or not WORDS.fullmatch(shifted)) and _proves(beside, after)


def _proves(beside: str, after: str) -> bool:
    """Whether what a sequence means makes it sure that a text is UTF-7, unlike `+Joe` (U+2687) or `U+10FFFF`.

    `beside` are the characters before and behind it. In 31 MB of correct text 73 words were taken for UTF-7 without.
    """
    if any(c > "\uffff" or c in MARKS for c in after):
        return True
    scripts = set(map(script, after)) - {"", "letter"}
    if scripts <= FREQUENT:  # half of all numbers of 16 bits
        return len(after) >= LONG_ENOUGH and bool(scripts)
    if len(after) == 1:
        return scripts == {"LATIN"} and any(map(str.islower, beside))
    return len(scripts) == 1 or scripts <= JAPANESE


def _base64_units(shifted: str) -> str:
    """The text of a shifted sequence; empty if it is none."""
    bits = len(shifted) * 6 % 16
    if bits >= 6:
        return ""
    data = base64.b64decode(shifted + "=" * (-len(shifted) % 4) if len(shifted) % 4 != 1 else "")
    try:
        after = data[: len(data) // 2 * 2].decode("utf-16-be") if not any(data[len(data) // 2 * 2 :]) else ""
        return "" if any(unicodedata.category(c) in ("Co", "Cn") for c in after) else after
    except UnicodeDecodeError:
        return ""


def _gain(left: str, shifted: str, right: str, after: str) -> float:
    return _cost(left + shifted + right) - _cost(left + after + right)


def _cost(text: str) -> float:
    return sum(plausibility.pair_cost(ord(a), ord(b)) for a, b in itertools.pairwise(text))
