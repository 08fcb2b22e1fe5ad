"""Letters and combining marks are composed before a text is decoded, so that decomposed mojibake can be read."""

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence

from newsclean.edits import Edit, compose

# Marks, whose base stands before them, or parts of Hangul; of either first, which is found seven times as fast.
DECOMPOSED = re.compile(
    "[\u0300-\u036f\u3099\u309a\u1100-\u11ff](?:(?<=[\u1100-\u11ff])[\u1100-\u11ff]+|"
    "(?<![\u1100-\u11ff])[\u0300-\u036f\u3099\u309a]*)"
)
LONGEST_COMPOSED = 256  # code points that are composed: marks are sorted, in quadratic time
JAMO = "\u1100\u11ff"
RULE = "nfc"  # rule of edits that only prepare a text for decoding


def compositions(text: str) -> Iterator[tuple[int, str, str]]:
    """Letters with combining marks that can be composed: where they begin, as they stand, and composed."""
    end = 0
    for match in DECOMPOSED.finditer(text):
        start, stop = match.span()
        start -= not JAMO[0] <= match[0][0] <= JAMO[1]
        if start >= end:  # else no base: at the start of the text, or behind Hangul
            end = stop
            before = text[start:end]
            after = _normalized(before) if end - start <= LONGEST_COMPOSED else before
            if after != before:
                yield start, before, after


@functools.lru_cache(maxsize=1 << 12)  # a language has some hundred letters with marks: in a third of the time
def _normalized(letters: str) -> str:
    return unicodedata.normalize("NFC", letters)


def composed(text: str) -> str:
    """The text with letters and combining marks composed.

    >>> len("e\\u0301"), len(composed("e\\u0301"))
    (2, 1)
    """
    pieces: list[str] = []
    position = 0
    for start, before, after in compositions(text):
        pieces += text[position:start], after
        position = start + len(before)
    return "".join([*pieces, text[position:]]) if pieces else text


def uncomposed(text: str, edits: Sequence[Edit]) -> list[Edit]:
    """Edits of the composed text as edits of `text` itself."""
    first = [Edit(start, before, after, RULE) for start, before, after in compositions(text)]
    merged = (edit for edit in compose(first, edits) if edit.rule != RULE)
    return [edit._replace(rule=edit.rule.removeprefix(RULE + " + ")) for edit in merged]
