"""Build `characters.npy`: the kind (`newsclean.boilerplate.lines.CharKind`) and folded form of each BMP code point.

Run from the checkout: `python -m training.boilerplate.characters`. Deterministic for one version of Unicode (Python's).
"""

import unicodedata
from pathlib import Path

import numpy as np

from newsclean.boilerplate.lines import CharKind

DATA = Path(__file__).parents[2] / "src/newsclean/boilerplate/lines/data"
# Scripts written without spaces: every character counts as a word.
UNSPACED = ((0x0E00, 0x0E80), (0x0E80, 0x0F00), (0x1000, 0x10A0), (0x1780, 0x1800), (0x3040, 0x3100), (0x31F0, 0x3200))
UNSPACED += ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00), (0xFF66, 0xFFA0))
# Vowel signs of India and South East Asia make words (`फोटो`, `ภาพ`); dots and stress marks, often left out, do not.
VOWELS = ((0x0900, 0x0E00), (0x0E00, 0x0F00), (0x1000, 0x10A0), (0x1780, 0x1800))
LEFT_OUT = ("NUKTA", "CANDRABINDU", "ANUSVARA", "TONE", "UDATTA", "ANUDATTA", "ACCENT")
# Letters that keyboards of Arabic, Persian, Urdu and Kurdish write in several ways.
ARABIC = {"أإآٱ": "ا", "ىیئې": "ي", "ک": "ك", "ةۀەہۃھ": "ه", "ؤ": "و"}
SAME = {char: plain for chars, plain in ARABIC.items() for char in chars}
TATWEEL = "\u0640"  # stretches a word
FOLDED = ("LATIN", "GREEK", "CYRILLIC", "FULLWIDTH")
BY_CHARACTER = {
    CharKind.STOP: ".!?…。！？।॥؟۔։።;｡‽",
    CharKind.CLOSE: ")\"'”’»›」』】）]}〉》＂",
    CharKind.OPEN: "(“‘«‹「『【（[{〈《„‚",
    CharKind.COMMA: ",;、，；،؛",
    CharKind.COLON: ":：",
    CharKind.SEPARATOR: "|•·/\\>→▸►■▪●◆◦‣∙→←↑↓»›‹<*#~_+=｜／＞★☆✓✔▶▼▲©®™@",
    CharKind.DASH: "-‐‑‒–—―−~～",
}
PUNCTUATION = {char: kind for kind, chars in BY_CHARACTER.items() for char in reversed(chars)}


def kind(char: str) -> int:
    category = unicodedata.category(char)
    if char.isspace() or category in ("Cc", "Cf", "Zs"):
        return CharKind.SPACE
    if char == TATWEEL or (category.startswith("M") and not vowel(char)):
        return CharKind.MARK
    if category.startswith("M"):
        return CharKind.LETTER
    if any(low <= ord(char) < high for low, high in UNSPACED) and category[0] == "L":
        return CharKind.UNSPACED
    if 0xAC00 <= ord(char) < 0xD7A4:
        return CharKind.SYLLABLE
    if category in ("Lu", "Lt"):
        return CharKind.UPPER
    if category[0] == "L":
        return CharKind.LETTER
    if category[0] == "N":
        return CharKind.DIGIT
    if char in PUNCTUATION:
        return PUNCTUATION[char]
    return CharKind.PICTURE if category in ("So", "Cs", "Co", "Cn") else CharKind.OTHER


def vowel(char: str) -> bool:
    """Whether a mark tells words apart.

    >>> vowel("\u093f"), vowel("\u0301")
    (True, False)
    """
    within = any(low <= ord(char) < high for low, high in VOWELS)
    return within and not any(name in unicodedata.name(char, "") for name in LEFT_OUT)


def folded(char: str) -> int:
    """Lower case, without the accents of Latin, Greek and Cyrillic letters (capitals often lack them), and one form of
    letters that are written in several."""
    if unicodedata.category(char)[0] == "N":
        return ord("0")
    if char in SAME:
        return ord(SAME[char])
    if 0x0900 <= ord(char) < 0x0E00:  # letters with a dot are composed or not
        return ord(unicodedata.normalize("NFKD", char)[0])
    if not unicodedata.name(char, "").startswith(FOLDED):
        return ord(char)
    base = unicodedata.normalize("NFKD", char)[0].lower()
    return ord({"ς": "σ", "ı": "i", "ø": "o", "ł": "l", "đ": "d"}.get(base[0], base[0]))


def main() -> None:
    rows = [kind(chr(code)) << 16 | folded(chr(code)) for code in range(0x10000)]
    np.save(DATA / "characters.npy", np.array(rows, np.uint32))


if __name__ == "__main__":
    main()
