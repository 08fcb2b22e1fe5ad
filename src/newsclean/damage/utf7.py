"""Shifted sequences of UTF-7 inside a text."""

import base64
import functools
import itertools
import re
import unicodedata

from newsclean.damage.models import bigrams
from newsclean.damage.models.character_classes import JAPANESE, script
from newsclean.edits import Edit

UTF7 = re.compile(r"\+([A-Za-z0-9+/]{2,})(-?)")
WORDS = re.compile(
    r"(?:[A-Za-z][a-z]+|[A-Z]+|[a-z\d]+)(?:\+(?:[A-Za-z][a-z]+|[A-Z]+|[a-z\d]+))*"
)  # `Alt+Del`, `1+0cd65`
KEY = "Alt|Cmd|Ctrl|Del|End|Enter|Esc|F[0-9]{1,2}|Fn|Home|Ins|Maj|Meta|Option|Return|Shift|Space|Strg|Super|Tab|Win"
KEYS = re.compile(rf"(?i:{KEY})(?:\+(?i:{KEY}|[A-Z0-9]))*")
BASE64 = re.compile(r"(?=\S*[a-z])(?=\S*[A-Z])(?=\S*[0-9])[A-Za-z0-9+/]{16,}\Z")
BEFORE = 64  # code points before a sequence that tell whether it is amid a file in base64
MARKS = set("\xa0«»°–—‘’“”„†•…€™\u200c\u200d\ufe0f")  # chance makes one of these of one word in 3,000
FREQUENT = {"HANI", "HANGUL"}
LONG_ENOUGH = 4  # characters of the frequent scripts
SHIFTED_GAIN = 6.0  # nats that a shifted sequence must gain


def utf7(text: str) -> list[Edit]:
    """Edits that decode the shifted sequences of UTF-7.

    >>> [edit.after for edit in utf7("caf+AOk- cr+AOg-me 1+1")]
    ['é', 'è']
    >>> utf7("+The dollar")
    []
    >>> utf7("irsVdirsVd3rsVdirxz8+Zzb6poMwUOY0nZQSy7hkoaoV")
    []
    """
    found, certain = [], False
    for match in UTF7.finditer(text):
        start, end = match.span()
        if BASE64.search(text, max(0, start - BEFORE), start):
            continue
        after, proof = _sequence(text[max(0, start - 1) : start], match[0], match[1], match[2], text[end : end + 1])
        if after:
            found.append(Edit(start, match[0], after, "utf-7>ascii", 0.95))
            certain |= proof
    return found if certain else []


@functools.lru_cache(maxsize=1 << 12)
def _sequence(left: str, whole: str, shifted: str, closed: str, right: str) -> tuple[str, bool]:
    """What a shifted sequence means, if that is plausible, and whether it makes it sure that a text is UTF-7."""
    after = "" if KEYS.fullmatch(shifted) else _base64_units(shifted)  # `Ctrl+Alt-del`
    if not after or after.isascii() or _gain(left, whole, right, after) < SHIFTED_GAIN:
        return "", False
    beside = left + right
    inside = bool(closed) and (beside + after).isalpha() and (beside + after).islower()
    inside = inside and len(set(map(script, beside + after)) - {"", "letter"}) == 1
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
    return sum(bigrams.pair_cost(ord(a), ord(b)) for a, b in itertools.pairwise(text))
