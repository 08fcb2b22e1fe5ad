"""Rebuild `src/newsclean/duplicates/tokens/data/characters.npz`: what each code point means to the word splitter.

    python -m training.duplicates.characters

For each code point its kind, how far off its folded form is (NFKC and case folding where that is one code point), and
whether a text with it may be other than its NFC: three arrays that compress well. The table is shipped, not computed at
run time, so that sketches are the same under every Python and its Unicode version, and so that it loads in a
millisecond.
"""

import unicodedata
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

SEPARATOR, LETTER, CAPITAL, DIGIT, IDEOGRAPH, UNSPACED, SKIPPED, STOP, POINT, COMMA = range(10)
SIZE = 0x20000  # above are ideographs (planes 2 and 3), tags and private use: see words.py
STOPS = set("\n\r\u2028\u2029!?…。！？։؟۔।॥፧።៕༎⸮‼⁇⁈⁉")
JOINED_IDEOGRAPHS = ("CJK ", "HIRAGANA ", "HANGZHOU ", "YI ", "TANGUT ", "BOPOMOFO ")
UNSPACED_SCRIPTS = ("THAI ", "LAO ", "KHMER ", "MYANMAR ", "TAI ", "NEW TAI ", "JAVANESE ", "BALINESE ")
OPTIONAL_MARKS = ("ARABIC ", "HEBREW ", "SYRIAC ", "COMBINING ")  # vowel points and accents that writers may leave out


def kind(code: int) -> int:
    """What the splitter does at this code point."""
    char = chr(code)
    category, name = unicodedata.category(char), unicodedata.name(char, "")
    if char in STOPS:
        return STOP
    if char in ".．":
        return POINT
    if char in ",，":
        return COMMA
    if category == "Cf" or char == "\u0640" or (category == "Mn" and name.startswith(OPTIONAL_MARKS)):
        return SKIPPED
    if category == "Nd":
        return DIGIT
    if category[0] not in "LM" and category != "Nl":
        return SEPARATOR
    if name.startswith(JOINED_IDEOGRAPHS) and category in ("Lo", "Nl"):
        return IDEOGRAPH
    if name.startswith(UNSPACED_SCRIPTS):
        return UNSPACED
    return CAPITAL if category in ("Lu", "Lt") else LETTER


def fold(code: int) -> int:
    """The code point that stands for this one in word hashes."""
    char = chr(code)
    if unicodedata.category(char) == "Nd":
        return ord("0") + unicodedata.digit(char)
    for candidate in (unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", char).casefold()), char.lower()):
        if len(candidate) == 1:
            return ord(candidate)
    return code


def unstable() -> NDArray[np.bool_]:
    """Code points that NFC changes, that it may move (combining classes) or join with the one before."""
    found = np.zeros(SIZE, np.bool_)
    for code in range(SIZE):
        char = chr(code)
        found[code] |= unicodedata.combining(char) != 0 or unicodedata.normalize("NFC", char) != char
        parts = unicodedata.decomposition(char).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            found[int(parts[1], 16)] = True
    found[0x1160:0x1200] = True  # vowels and finals of Korean syllables: their composition is computed, not listed
    return found


def main() -> None:
    kinds = np.array([kind(code) for code in range(SIZE)], np.uint8)
    shifts = np.array([fold(code) - code for code in range(SIZE)], np.int32)
    out = Path(__file__).parents[2] / "src/newsclean/duplicates/tokens/data/characters.npz"
    np.savez_compressed(out, kinds=kinds, shifts=shifts, unstable=unstable())
    print(f"{out.name}: {out.stat().st_size} bytes, Unicode {unicodedata.unidata_version}")


if __name__ == "__main__":
    main()
