"""One text, from a file or from standard input."""

import sys
from pathlib import Path
from typing import BinaryIO

from newsclean.cli.terminal import note
from newsclean.errors import InputError, NewscleanError
from newsclean.formats.base import MAX_RECORD, STDIN
from newsclean.formats.compression import read_whole
from newsclean.formats.kinds import Kind, kind_of, sniffed
from newsclean.formats.places import open_binary
from newsclean.jobs import flag_meaning
from newsclean.jobs.encoding import check_encoding, decoded


def read_text(path: str, encoding: str | None = None, input_format: str | None = None, limit: int = MAX_RECORD) -> str:
    """The text of one file, or of standard input, in `encoding` (UTF-8) or, with `auto`, in what it looks like.

    The file may be compressed, and has at most `limit` bytes. `input_format` says what it is if its name does not.

    Raises:
        InputError: it is not there, or not a text file.
        NewscleanError: it is not UTF-8, too long or damaged.
    """
    if path == STDIN:
        return _read("standard input", *sniffed(sys.stdin.buffer, input_format), encoding, limit)
    kind = kind_of(path)
    if Path(path).is_dir() or (kind is not None and kind.format != "txt"):
        raise InputError(f"{path} holds many articles: use newsclean run, or --out")
    try:
        with open_binary(path) as file:
            found = sniffed(file, input_format) if kind is None else (file, kind)
            return _read(path, *found, encoding, limit)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error


def _read(name: str, raw: BinaryIO, kind: Kind, encoding: str | None, limit: int) -> str:
    if kind.format != "txt":
        raise InputError(
            f"{name} looks like {kind.format}, which holds many articles: use newsclean run, or --out; "
            "if it is one text, add --input-format txt"
        )
    data = read_whole(raw, kind.compression, limit)
    if isinstance(data, str):
        raise NewscleanError(f"{name}: {data}")
    return _decoded(name, data, encoding)


def _decoded(path: str, data: bytes, encoding: str | None) -> str:
    if encoding is not None:
        check_encoding(encoding)
        converted, flags = decoded(data, encoding)
        for flag in flags:
            note(f"{path}: {flag_meaning(flag)}")
        return converted.decode("utf-8")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        from newsclean.formats.readers.text import not_utf8

        raise NewscleanError(f"{path}: {not_utf8(data, error)}") from error
