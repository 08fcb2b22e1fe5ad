"""What a file is: its format and compression, from its name, from its first bytes, or as the user says."""

import importlib
import os
from typing import BinaryIO, NamedTuple

from newsclean.errors import SettingsError
from newsclean.formats.base import Format
from newsclean.formats.compression import compression_suffix, head_of

SUFFIXES = {
    ".txt": "txt",
    ".text": "txt",
    ".md": "txt",
    ".markdown": "txt",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".jl": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".arrow": "arrow",
    ".arrows": "arrow",
    ".ipc": "arrow",
    ".feather": "arrow",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".warc": "warc",
    ".wet": "warc",
}
"""Suffix → format. Before it may stand nothing else; behind it `.gz`, `.zst`, `.bz2` or `.xz`."""
_MODULES = {
    "txt": "text",
    "jsonl": "jsonl",
    "json": "json_array",
    "csv": "delimited",
    "tsv": "delimited",
    "parquet": "parquet",
    "arrow": "arrow",
    "html": "html",
    "warc": "warc",
}
INPUT_FORMATS = tuple(_MODULES)
UNCOMPRESSED = ("parquet",)  # compressed inside, and read from many places at once
_MAGIC = {b"PAR1": "parquet", b"ARROW1": "arrow", b"\xff\xff\xff\xff": "arrow", b"WARC/": "warc"}


class Kind(NamedTuple):
    """A format and a compression."""

    format: str
    compression: str


def reader(name: str) -> Format:
    """The format called `name`; its module is imported when first needed."""
    found: Format = importlib.import_module(f"newsclean.formats.readers.{_MODULES[name]}").FORMAT
    return found


def kind_of(path: str, given: str | None = None) -> Kind | None:
    """What the name of a file says of it, or None if it says nothing that newsclean reads.

    >>> kind_of("crawl/2025-11.JSONL.gz"), kind_of("notes.doc"), kind_of("export.dat.zst", given="csv")
    (Kind(format='jsonl', compression='.gz'), None, Kind(format='csv', compression='.zst'))
    """
    name = os.path.basename(path).lower()
    compression = compression_suffix(name)
    name = name.removesuffix(compression)
    found = given or SUFFIXES.get(os.path.splitext(name)[1])
    if found is None or (compression and found in UNCOMPRESSED):
        return None
    return Kind(found, compression)


def check_format(name: str | None) -> None:
    """Raise SettingsError if there is no such input format."""
    if name is not None and name not in INPUT_FORMATS:
        raise SettingsError(f"input_format must be one of {', '.join(INPUT_FORMATS)}, got {name!r}")


def sniffed(raw: BinaryIO, given: str | None = None) -> tuple[BinaryIO, Kind]:
    """`raw`, buffered, and what its first bytes say it is: for standard input, which has no name.

    What begins like JSON is JSON: one value a line, or an array. All else that is not binary is one text.
    """
    buffered, compression, head = head_of(raw)
    if given is not None:
        return buffered, Kind(given, compression)
    for magic, name in _MAGIC.items():
        if head.startswith(magic):
            return buffered, Kind(name, compression)
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return buffered, Kind({b"{": "jsonl", b"[": "json"}.get(start, "txt"), compression)
