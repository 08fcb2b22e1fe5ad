"""HTML pages: the main text, title, date and language of each. Needs the extra `web`. What residue stays is cleaned."""

import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, NamedTuple

import msgspec

from newsclean.errors import InputError
from newsclean.formats.base import STDIN, Chunk, Decoded, Format, Reject, Source
from newsclean.formats.compression import read_whole
from newsclean.formats.documents import Reader
from newsclean.formats.fields import Fields
from newsclean.formats.json_rows import JsonRows, dumps

try:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    from resiliparse.parse.html import HTMLTree
except ImportError as error:
    raise InputError("reading HTML needs Resiliparse: pip install 'newsclean[web]'") from error

PAGE_FIELDS = Fields(text="text", id="id", title="title", date="date", source="source", lang="lang", url="url")
_DATES = (
    "meta[property='article:published_time']",
    "meta[itemprop='datePublished']",
    "meta[name='date']",
    "meta[name='pubdate']",
    "meta[name='DC.date.issued']",
)
_FEW = 5_000
"""Tags of a page that is parsed unseen: what they can make of it takes half a second."""
_MOST_ELEMENTS = 1_000_000
"""Tags that are parsed: each takes 300 bytes."""
_DEEPEST = 2_000
"""Elements within each other; time grows with the square of them. Browsers stop at 512."""
_NOT_NESTED = "area|base|br|col|dd|dt|embed|hr|img|input|li|link|meta|option|p|source|td|th|tr|track|wbr"
"""Elements that are empty, or that end where the next one of their kind begins."""
_TAG = re.compile(rf"<(/?)(?!(?:{_NOT_NESTED})[\s/>])[a-z]", re.I)
_TITLES = ("meta[property='og:title']", "meta[name='twitter:title']")


class Page(NamedTuple):
    """A page as it was crawled: its number in the file, address, date of the crawl, type and bytes.

    A type of "" is text that somebody extracted before.
    """

    number: int
    url: str | None
    date: str | None
    kind: str
    data: bytes


def chunks(source: Source, raw: BinaryIO, limit: int) -> Iterator[Chunk | Reject]:
    """One file, one page."""
    data = read_whole(raw, source.compression, limit)
    if isinstance(data, str):
        yield Reject(source.path, None, data, source.name)
        return
    page = Page(1, None, None, "text/html", data)
    yield Chunk(source, 1, [page], 0 if source.path == STDIN else raw.tell())


def decode(chunk: Chunk) -> Decoded:
    """A record for the page; its id is the file's path."""
    return decode_pages(chunk, chunk.data, chunk.source.name)


def decode_pages(chunk: Chunk, pages: Sequence[Page], name: str | None = None) -> Decoded:
    """A record for each page with a main text; `name` is the id of pages without an address."""
    rows, reader = JsonRows("text"), Reader(chunk.source.path, chunk.source.name, PAGE_FIELDS)
    names: dict[str, None] = {}
    for page in pages:
        line = page.number if name is None else None
        try:
            values = _values(page)
        except (UnicodeDecodeError, ValueError, RuntimeError) as error:
            reader.reject(line, f"the page cannot be read: {error}", page.url or name)
            continue
        values["id"] = page.url or name
        if not values["text"].strip():
            reader.reject(line, "the page has no main text", page.url or name)
            continue
        found, _ = reader.document(values, page.number, values)
        if found is None:
            continue
        record = {"id": found["id"]} | {role: value for role, value in values.items() if value and role != "id"}
        del record["text"]
        rows.documents.append(found)
        rows.places.append((chunk.source.path, line))
        rows.records.append({role: msgspec.Raw(dumps(value)) for role, value in record.items()})
        names.update(dict.fromkeys([*record, "text"]))
    rows.names = tuple(names)
    return Decoded(rows, reader.rejects, reader.counts)


def _values(page: Page) -> dict[str, Any]:
    if not page.kind:
        text = page.data.decode("utf-8")
        return {"id": None, "url": page.url, "date": page.date, "text": text}
    html = _decoded(page)
    _refuse_bomb(html)
    tree = HTMLTree.parse(html)
    head = tree.head
    text = extract_plain_text(tree, main_content=True, alt_texts=False, list_bullets=False)
    root = tree.document.query_selector("html") if tree.document else None
    return {
        "id": None,
        "url": page.url or _content(head, ("meta[property='og:url']",)),
        "date": _content(head, _DATES) or page.date,
        "title": _content(head, _TITLES) or tree.title or None,
        "lang": (root.getattr("lang") or None) if root is not None else None,
        "text": text,
    }


def _refuse_bomb(html: str) -> None:
    """Raise ValueError for a page that no parser would be done with."""
    if html.count("<") <= _FEW:
        return
    if html.count("<") > _MOST_ELEMENTS:
        raise ValueError(f"more than {_MOST_ELEMENTS:,} tags")
    depth = 0
    for closes in _TAG.findall(html):
        depth = max(0, depth - 1) if closes else depth + 1
        if depth > _DEEPEST:
            raise ValueError(f"more than {_DEEPEST:,} elements within each other")


def _decoded(page: Page) -> str:
    """The page as text: by its own word, if that fits its bytes, else by what its bytes look like."""
    if not page.data:
        return ""
    declared = page.kind.partition("charset=")[2].strip(" \"'")
    try:
        return page.data.decode("utf-8")
    except UnicodeDecodeError:
        encoding = declared or detect_encoding(page.data, html5_compatible=True) or "windows-1252"
    text: str = bytes_to_str(page.data, encoding, fallback_encodings=("windows-1252",))
    return text


def _content(head: Any, selectors: Sequence[str]) -> str | None:
    for selector in selectors if head is not None else ():
        found = head.query_selector(selector)
        if found is not None and (value := (found.getattr("content") or "").strip()):
            return str(value)
    return None


FORMAT = Format("html", chunks, decode)
