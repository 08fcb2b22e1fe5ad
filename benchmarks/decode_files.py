"""Real files in legacy encodings that packages on this machine ship, and what encoding they are in.

Known are: files whose folder (chardet's own tests) or name (tutors and menus of Vim, CJK tests of Python) says it,
catalogues of messages whose header says it, and dictionaries of hunspell (`SET`). A file counts if it is not UTF-8 and
the encoding reads all of it; the text is then what that encoding makes of it.
"""

import codecs
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

from decode_data import Case

MOST = 200_000  # bytes of a file that are read
WIDER = {  # encodings that hold what is often labelled as another
    "iso8859-1": "cp1252", "iso8859-9": "cp1254", "shift_jis": "cp932", "euc_kr": "cp949", "big5": "cp950",
    "gb2312": "gb18030", "gbk": "gb18030", "tis-620": "cp874", "iso8859-11": "cp874",
}  # fmt: skip
NAMES = {"euc": {"ja": "euc_jp", "ko": "euc_kr", "zh": "gb2312"}, "sjis": {"ja": "cp932"}, "iso9": {"tr": "iso8859-9"}}
TUTORS = {"es": "latin-1", "it": "latin-1", "fr": "latin-1", "de": "latin-1", "ca": "latin-1", "da": "latin-1"} | {
    "nb": "latin-1", "no": "latin-1", "sv": "latin-1", "pt": "latin-1", "nl": "latin-1", "bar": "latin-1",
    "cs": "iso8859-2", "hr": "iso8859-2", "hu": "iso8859-2", "pl": "iso8859-2", "sk": "iso8859-2", "el": "iso8859-7",
    "ru": "koi8-r", "ko": "cp949",
}  # fmt: skip


def files(roots: list[Path]) -> Iterator[Case]:
    """All known files below some folders, in the order of their paths."""
    for path in sorted({found for root in roots for found in root.rglob("*") if found.is_file()}):
        label = label_of(path)
        if label is not None:
            data = path.read_bytes()[:MOST]
            case = _case(path, data, label)
            if case is not None:
                yield case


def label_of(path: Path) -> str | None:
    """The encoding that a file is said to be in."""
    if path.parent.parent.name == "tests" and "chardet" in path.parts:
        return re.sub(r"-(?!\d)[a-z]+$", "", path.parent.name) if path.parent.name.count("-") > 1 else path.parent.name
    if path.name.startswith("tutor.") and path.parent.name == "tutor":
        language, _, kind = path.name.removeprefix("tutor.").partition(".")
        return NAMES.get(kind, {}).get(language, kind) if kind else TUTORS.get(language)
    if path.parent.name == "cjkencodings":
        return path.stem.removesuffix("-utf8")
    if path.suffix == ".vim" and path.parent.name in ("lang", "keymap"):
        match = re.search(rb"^scriptenc\w* ([-\w]+)", path.read_bytes(), re.M)
        return match[1].decode().removeprefix("8bit-") if match else None
    if path.suffix in (".aff", ".dic"):
        affixes = path.with_suffix(".aff")
        match = re.search(rb"^SET\s+([-\w]+)", affixes.read_bytes(), re.M) if affixes.exists() else None
        return match[1].decode() if match else None
    return None


def _case(path: Path, data: bytes, label: str) -> Case | None:
    try:
        name = codecs.lookup(label.replace("ISO8859", "iso8859")).name
    except LookupError:
        return None
    try:
        data.decode("utf-8")
        return None
    except UnicodeDecodeError:
        pass
    texts = []
    for encoding in dict.fromkeys((WIDER.get(name, name), name)):
        try:
            texts.append(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    where = f"{path.parent.name}/{path.name}"
    return Case(data, texts[0], where, name, _kind(path), also=texts[-1]) if texts else None


def _kind(path: Path) -> str:
    return "chardet's tests" if "chardet" in path.parts else "hunspell" if path.suffix in (".aff", ".dic") else "others"


def catalogues(root: Path) -> Iterator[Case]:
    """Messages of catalogues whose header names another charset than UTF-8, one file each."""
    for path in sorted(root.glob("*/LC_MESSAGES/*.mo")):
        with path.open("rb") as file:
            raw = file.read()
        match = re.search(rb"charset=([-\w]+)", raw)
        if match is None or match[1].lower() in (b"utf-8", b"utf8", b"charset", b"ascii", b"us-ascii"):
            continue
        try:
            with path.open("rb") as file:
                catalog: dict[object, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
            text = "\n".join(text for key, text in catalog.items() if key)
            yield Case(
                text.encode(match[1].decode()), text, f"{path.parts[-3]}/{path.name}", match[1].decode(), "others"
            )
        except (UnicodeError, LookupError, ValueError, IndexError):
            continue
