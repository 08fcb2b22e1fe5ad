"""Readers of translated text that machines have: catalogues of messages, manuals, help, web interfaces, browsers.

Each gives the chunks of a file: messages, or paragraphs. A chunk in ASCII is none: no repair would touch it.
"""

import gettext
import gzip
import html
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_@][A-Za-z]{2,8})*")
PLACES = {"doc", "lib", "usr", "gtk", "gui", "man", "www", "src", "img", "res", "bin", "xml", "tex", "app"}
BLOCK = re.compile(
    r"(?i)</?(?:p|li|dt|dd|td|th|tr|h[1-6]|title|pre|div|br|blockquote|caption|body|option|item|para|term|note|screen)\b"
    r"[^>]*>"
)
HIDDEN = re.compile(r"(?is)<(script|style)\b.*?</\1>|<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^>]*>")
TAG = re.compile(r"<[^>]*>")
PROPERTY = re.compile(r"(?m)^[^#\s=][^=\n]*=(.*(?:\n[ \t]+.*)*)")  # Fluent and Java properties
LITERAL = re.compile(r"""(['"])((?:\\.|(?!\1)[^\\\n])*)\1""")


class Chunk(NamedTuple):
    """A piece of correct text, the program and the language it comes from."""

    program: str
    language: str
    text: str


def language_of(path: Path) -> str:
    """The language that a path names: a folder, or a part of the file's name; empty if none does.

    >>> language_of(Path("/usr/share/help/pt_BR/gimp/index.html")), language_of(Path("/a/ch01.de.html"))
    ('pt_BR', 'de')
    """
    for part in [*path.name.split(".")[1:-1], *path.parts[-2::-1]]:
        if LANGUAGE.fullmatch(part) and part not in PLACES:
            return part
    return ""


def catalogue(path: Path) -> Iterator[Chunk]:
    """The translated messages of a catalogue."""
    try:
        with path.open("rb") as file:
            found = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    except (OSError, UnicodeError, ValueError, IndexError):  # some headers break the parser
        return
    for message, text in found.items():
        if message and isinstance(text, str) and text != message:
            yield Chunk(path.stem, path.parent.parent.name, text)


def manual(path: Path) -> Iterator[Chunk]:
    """The paragraphs of a manual page, as its source has them."""
    language = path.parent.parent.name
    if "/man/" in str(path) and not language.startswith("man"):
        for paragraph in re.split(r"\n(?=\.)|\n\s*\n", _text(path)):
            yield Chunk(path.name.split(".")[0], language, paragraph)


def page(path: Path) -> Iterator[Chunk]:
    """The paragraphs of a page of HTML or of a help file in XML, without markup."""
    language = language_of(path)
    if not language:
        return
    for paragraph in BLOCK.split(HIDDEN.sub(" ", _text(path))):
        text = html.unescape(TAG.sub("", paragraph)).strip()
        if text:
            yield Chunk(path.name.split(".")[0], language, text)


def messages(path: Path) -> Iterator[Chunk]:
    """The strings of a file of messages in JSON that is named after its language."""
    language = path.stem
    if LANGUAGE.fullmatch(language) and path.suffix == ".json":
        try:
            found = json.loads(_text(path))
        except ValueError:
            return
        for text in found.values() if isinstance(found, dict) else ():
            if isinstance(text, str):
                yield Chunk(path.parent.name, language, text)


def browser(path: Path) -> Iterator[Chunk]:
    """The messages of a language pack of Mozilla's programs."""
    language = re.sub(r"^langpack-|@.*", "", path.stem)
    with zipfile.ZipFile(path) as pack:
        for name in pack.namelist():
            if name.endswith((".ftl", ".properties")):
                text = io.TextIOWrapper(pack.open(name), "utf-8", "strict").read()
                for match in PROPERTY.finditer(text):
                    yield Chunk(Path(name).stem, language, re.sub(r"\n[ \t]+", "\n", match[1]).strip())


def literals(path: Path) -> Iterator[Chunk]:
    """The string literals of a file of messages in PHP, in a folder of its language."""
    language = language_of(path)
    if language:
        for match in LITERAL.finditer(_text(path)):
            yield Chunk(path.stem, language, match[2])


def sayings(path: Path) -> Iterator[Chunk]:
    """The sayings of a file of fortunes."""
    for text in _text(path).split("\n%\n"):
        yield Chunk(path.stem, path.parent.name, text)


def _text(path: Path) -> str:
    """The text of a file; empty if it is not UTF-8."""
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    except (OSError, UnicodeError, EOFError):
        return ""


READERS: dict[str, Callable[[Path], Iterator[Chunk]]] = {
    ".mo": catalogue, ".gz": manual, ".html": page, ".page": page, ".docbook": page, ".json": messages,
    ".xpi": browser, ".php": literals, ".u8": sayings,
}  # fmt: skip


def chunks_of(path: Path) -> Iterator[Chunk]:
    """The chunks of a file that are not ASCII; none of a file that no reader knows."""
    reader = READERS.get(path.suffix)
    if reader:
        for chunk in reader(path):
            if not chunk.text.isascii():
                yield chunk
