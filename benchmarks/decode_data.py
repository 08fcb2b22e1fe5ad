"""Bytes of known text for `decode.py`: text of some 75 languages in the encodings they were written in before UTF-8.

Texts are messages of the programs of this machine (Debian's base packages, below `--messages`), none of which the
models of newsclean were trained on, and news of the development data of boilerplate. A text that an encoding cannot
hold gets what its writers used instead: straight quotes, hyphens, letters and marks apart.
"""

import gettext
import gzip
import json
import random
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

WESTERN = "cp1252 latin-1 iso8859-15 mac-roman cp850"
CENTRAL = "cp1250 iso8859-2 cp852 mac-latin2"
BALTIC = "cp1257 iso8859-13 iso8859-4 cp775"
TURKISH = "cp1254 iso8859-9 cp857 mac-turkish"
CYRILLIC = "cp1251 iso8859-5 mac-cyrillic"
HEBREW = "cp1255 iso8859-8 cp862"
WRITTEN_IN = {  # languages, and the encodings that they were written in
    "af an ast br ca eu fi fo fur ga gl it nds nl nn oc pt_BR sq sv wa": WESTERN,
    "da nb": f"{WESTERN} cp865",
    "de es": f"{WESTERN} cp437",
    "fr": f"{WESTERN} cp863",
    "is": f"{WESTERN} mac-iceland cp861",
    "pt": f"{WESTERN} cp860",
    "bs cs csb hr hu pl sk sl sr@latin": CENTRAL,
    "ro": "cp1250 iso8859-2 iso8859-16 cp852 mac-romanian",
    "lt lv": BALTIC,
    "et": f"{BALTIC} iso8859-15",
    "mi": "iso8859-4 iso8859-13",
    "tr ku crh": TURKISH,
    "ru": f"{CYRILLIC} koi8-r cp866",
    "uk": f"{CYRILLIC} koi8-u cp1125",
    "be": f"{CYRILLIC} cp866",
    "bg": f"{CYRILLIC} cp855 koi8-r",
    "mk sr": f"{CYRILLIC} cp855",
    "kk": "kz1048 ptcp154",
    "ky": "ptcp154",
    "tg": "koi8-t",
    "el": "cp1253 iso8859-7 cp737 cp869 mac-greek",
    "he yi": HEBREW,
    "ar": "cp1256 iso8859-6 cp720",
    "fa": "cp1256",
    "th": "cp874 tis-620",
    "vi": "cp1258",
    "eo": "iso8859-3",
    "cy": "iso8859-14",
    "gd": "iso8859-14 cp1252",
    "zh_CN": "gb18030 gbk gb2312 hz",
    "zh_TW": "big5 cp950 big5hkscs",
    "zh_HK": "big5hkscs",
    "ja": "cp932 euc-jp iso-2022-jp",
    "ko": "cp949 euc-kr johab iso-2022-kr",
    "am as bn bn_IN dz gu hi hy ka km kn ml mr my ne or pa si ta te ug": "",
}
LANGUAGES = {language: names for languages, names in WRITTEN_IN.items() for language in languages.split()}
UNICODE = "utf-8 utf-16-le utf-16-be utf-32-le utf-32-be"
INSTEAD = {  # what was typed where an encoding has no such character
    "'": "‘’‚‹›′ʼ", '"': "“”„«»", "-": "–—−\u2011", "...": "…", "*": "•", " ": "\xa0\u202f", "->": "→",
    "x": "×", "(c)": "©",
    ".": "·", "ţ": "ț", "ş": "ș", "Ţ": "Ț", "Ş": "Ș", "EUR": "€", "o": "°", "ي": "ی", "ه": "ۀ",
    "": "\u200b\u200c\u200d\u200e\u200f",
}  # fmt: skip
SUBSTITUTES = str.maketrans({character: typed for typed, characters in INSTEAD.items() for character in characters})
SIZES = (50, 200, 1000)
HELD_OUT = Path(__file__).parents[1] / "../shared/data/boilerplate"


class Case(NamedTuple):
    """Bytes, the text they hold, and what they are."""

    data: bytes
    text: str
    language: str
    encoding: str
    size: str
    declared: str | None = None
    also: str | None = None  # the text as another name of the encoding has it


def messages(root: Path) -> dict[str, list[str]]:
    """Translated messages by language, in an order that only their letters decide; names of places and languages, and
    programs that newsclean is trained with, left out."""
    found: dict[str, set[str]] = {}
    for path in sorted(root.glob("*/LC_MESSAGES/*.mo")):
        language = path.parts[-3]
        if language not in LANGUAGES or path.name.startswith("iso_") or path.name == "vlc.mo":
            continue
        try:
            with path.open("rb") as file:
                catalog: dict[object, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        except (ValueError, IndexError, OSError):
            continue
        found.setdefault(language, set()).update(
            text
            for key, text in catalog.items()
            if key and text != key and len(text) >= 12 and "\x00" not in text and not misread(text)
        )
    return {language: shuffled(sorted(texts)) for language, texts in sorted(found.items())}


def misread(text: str) -> bool:
    """Whether a text is damaged already: UTF-8 that was read as windows-1252 or Latin-1."""
    for encoding in ("cp1252", "latin-1"):
        try:
            if not text.isascii() and any(
                not word.isascii() and word.encode(encoding).decode() for word in text.split()
            ):
                return True
        except UnicodeError:
            continue
    return False


def news() -> dict[str, list[str]]:
    """Paragraphs of articles by language."""
    found: dict[str, set[str]] = {}
    for name in ("more.jsonl.gz", "dev.jsonl.gz"):
        with gzip.open(HELD_OUT / name, "rt", encoding="utf-8") as lines:
            for record in map(json.loads, lines):
                language = {"zh": "zh_CN", "no": "nb"}.get(record["lang"], record["lang"])
                if language in LANGUAGES:
                    found.setdefault(language, set()).update(p for p in record["text"].split("\n") if len(p) >= 60)
    return {language: shuffled(sorted(texts))[:2000] for language, texts in sorted(found.items())}


def shuffled(texts: list[str]) -> list[str]:
    """The texts in an order that depends on nothing else."""
    random.Random(len(texts)).shuffle(texts)
    return texts


def fitted(text: str, encoding: str) -> str | None:
    """The text as its writers would have typed it in an encoding; nothing if it cannot be."""
    text = unicodedata.normalize("NFC", text)
    if encoding == "cp1258":
        text = "".join(map(_vietnamese, text))
    for attempt in (text, text.translate(SUBSTITUTES)):
        try:
            if attempt.encode(encoding).decode(encoding) == attempt:
                return attempt
        except UnicodeError:
            continue
    return None


def _vietnamese(character: str) -> str:
    """A letter as windows-1258 has it: with its breve, circumflex or horn, and the tone behind."""
    try:
        character.encode("cp1258")
    except UnicodeEncodeError:
        apart = unicodedata.normalize("NFD", character)
        tones = [mark for mark in apart[1:] if mark in "\u0300\u0301\u0303\u0309\u0323"]
        rest = unicodedata.normalize("NFC", apart[0] + "".join(mark for mark in apart[1:] if mark not in tones))
        return rest + "".join(tones)
    return character


def samples(texts: list[str], encoding: str, size: int, count: int) -> Iterator[tuple[bytes, str]]:
    """Pieces of at most `size` bytes made of whole characters, each with something that is not ASCII."""
    text, data = "", b""
    wide = 1 if encoding.startswith(("utf-16", "utf-32")) else 0
    for paragraph in texts:
        fit = fitted(paragraph, encoding)
        if fit is None:
            continue
        text += fit + "\n"
        data = text.encode(encoding)
        if len(data) < size:
            continue
        while len(data) > size:
            text = text[: -max(1, (len(data) - size) // 4)]
            data = text.encode(encoding)
        if not text.isascii() or (wide and text):
            yield data, text
            count -= 1
            if not count:
                return
        text = ""


def cases(texts: dict[str, list[str]], count: int, sizes: tuple[int, ...] = SIZES) -> Iterator[Case]:
    """All languages, their encodings and sizes; `count` pieces of each."""
    for language, paragraphs in texts.items():
        for encoding in (*LANGUAGES[language].split(), *UNICODE.split()):
            for size in sizes:
                for data, text in samples(paragraphs, encoding, size, count):
                    yield Case(data, text, language, encoding, str(size))


def whole(texts: list[str], encoding: str, size: int) -> tuple[bytes, str]:
    """One file of about `size` bytes."""
    lines, length = [], 0
    for paragraph in texts:
        fit = fitted(paragraph, encoding)
        if fit is not None:
            lines.append(fit)
            length += len(fit.encode(encoding))
            if length >= size:
                break
    text = "\n".join(lines) + "\n"
    return text.encode(encoding), text


def special(texts: dict[str, list[str]], count: int) -> Iterator[Case]:
    """What files are like, beside being in one encoding: whole ones, cut ones, pages of HTML, with right and with wrong
    declarations, and files whose lines are in two encodings."""
    names = list(texts)
    for number, (language, paragraphs) in enumerate(texts.items()):
        known = LANGUAGES[language].split()
        for encoding in (*known, "utf-8"):
            data, text = whole(paragraphs, encoding, 20_000)
            yield Case(data, text, language, encoding, "whole file")
            pieces = list(samples(paragraphs, encoding, 400, count))
            for data, text in pieces:
                yield from _pages(data, text, language, encoding)
            if encoding in ("utf-8", *known) and len(b"\xc3".decode(encoding, "ignore")) == 0:
                yield from _cut(pieces, language, encoding)
        for encoding in known[:3]:
            if encoding in ("hz", "iso-2022-jp", "iso-2022-kr"):
                continue
            yield from _mixed(paragraphs, paragraphs[7:], language, ("utf-8", encoding), count)
            other = names[(number + 17) % len(names)]
            second = (LANGUAGES[other].split() or ["utf-8"])[0]
            yield from _mixed(paragraphs, texts[other], language, (encoding, second), count)


def _pages(data: bytes, text: str, language: str, encoding: str) -> Iterator[Case]:
    wrong = "windows-1252" if encoding != "cp1252" else "windows-1251"
    for label, size in ((encoding, "HTML"), (wrong, "wrong meta"), ("utf-8", "wrong meta")):
        if label == "utf-8" == encoding:
            continue
        head = f'<html><head><meta charset="{label}"><title>x</title></head>\n<body><p class="text">'
        page = head + text + "</p>\n</body></html>\n"
        yield Case(page.encode(encoding), page, language, encoding, size)
    yield Case(data, text, language, encoding, "wrong HTTP", wrong)


def _cut(pieces: list[tuple[bytes, str]], language: str, encoding: str) -> Iterator[Case]:
    for data, text in pieces:
        for cut in range(1, 4):
            piece = data[: -1 - cut]
            try:
                piece.decode(encoding)
            except UnicodeDecodeError as error:
                yield Case(piece, text[: len(piece[: error.start].decode(encoding))], language, encoding, "cut")
                break


def _mixed(
    first: list[str], second: list[str], language: str, encodings: tuple[str, str], count: int
) -> Iterator[Case]:
    """Files of twenty lines that are not ASCII, every third, or the last eight, in another encoding."""
    lines = [
        [fit for p in texts[:400] for fit in [fitted(p.replace("\n", " "), name)] if fit and not fit.isascii()]
        for texts, name in zip((first, second), encodings, strict=True)
    ]
    if min(map(len, lines)) < 20 * count:
        return
    for number in range(count):
        chosen = [
            (lines[which][number * 20 + i], encodings[which])
            for i in range(20)
            for which in [int(i % 3 == 2 if number % 2 else i >= 12)]
        ]
        data = b"\n".join(text.encode(name) for text, name in chosen)
        yield Case(data, "\n".join(text for text, _ in chosen), language, "+".join(encodings), "mixed")
