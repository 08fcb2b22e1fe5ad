"""One text, from a file or from standard input."""

import sys
from pathlib import Path

from newsclean.cli.console import flag_meaning
from newsclean.cli.terminal import note
from newsclean.errors import InputError, NewscleanError
from newsclean.formats.base import STDIN
from newsclean.formats.compression import compression_suffix
from newsclean.formats.kinds import kind_of, sniffed
from newsclean.formats.places import open_binary
from newsclean.jobs.encoding import check_encoding, decoded


def read_text(path: str, encoding: str | None = None) -> str:
    """The text of one file, or of standard input, in `encoding` (UTF-8) or, with `auto`, in what it looks like.

    Raises:
        InputError: it is not there, or not a text file.
        NewscleanError: it is not UTF-8.
    """
    if path == STDIN:
        raw, kind = sniffed(sys.stdin.buffer)
        if kind.format != "txt" or kind.compression:
            raise InputError(
                f"standard input holds {kind.format}{kind.compression}: use newsclean clean --jsonl, or run"
            )
        return _decoded(path, raw.read(), encoding)
    kind_found = kind_of(path)
    if Path(path).is_dir() or compression_suffix(path) or (kind_found and kind_found.format != "txt"):
        raise InputError(f"{path} holds many articles: use newsclean run, or --out")
    try:
        with open_binary(path) as file:
            return _decoded(path, file.read(), encoding)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error


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
