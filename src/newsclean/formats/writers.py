"""How the rows of a run are written: selected records of saved rows, with added fields."""

import hashlib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from newsclean.errors import OutputError
from newsclean.formats import jsonl
from newsclean.formats.base import Added
from newsclean.formats.compression import compressed

OUTPUT_FORMATS = ("jsonl", "jsonl.gz", "jsonl.zst", "parquet", "txt")


def output_names(format_name: str) -> list[str]:
    """Names of all files and directories of a run in this format, the summary apart."""
    articles = "articles" if format_name == "txt" else f"articles.{format_name}"
    dropped = "dropped.jsonl" if format_name == "txt" else f"dropped.{format_name}"
    return [articles, dropped, "edits.jsonl", "pairs.jsonl", "clusters.jsonl", "rejects.jsonl"]


class Writer(Protocol):
    """Writes rows that a worker saved in a directory."""

    def write(self, directory: Path, select: Sequence[int], added: Added) -> None:
        """Write the rows of `directory` numbered `select` (from 0), in this order, with the `added` fields."""

    def close(self) -> None:
        """Finish the file."""


def open_writer(path: Path, format_name: str, parts: Sequence[Path], text_field: str) -> Writer:
    """A writer to `path`; `parts` are all directories that rows may come from (Parquet needs one schema for them)."""
    if format_name == "txt":
        return TextWriter(path, text_field)
    if format_name == "parquet":
        from newsclean.formats.parquet_writer import ParquetWriter

        return ParquetWriter(path, parts)
    return JsonWriter(path)


class JsonWriter:
    """JSON Lines. Rows that came as JSON are not decoded again: added fields are put before the closing brace."""

    def __init__(self, path: Path) -> None:
        self._file = compressed(path)

    def write(self, directory: Path, select: Sequence[int], added: Added) -> None:
        """See `Writer`."""
        lines = json_lines(directory)
        for place, index in enumerate(select):
            extra = {name: values[place] for name, values in added.items()}
            line = lines[index]
            if extra:
                joint = b"" if line == b"{}" else b","
                line = line[:-1] + joint + jsonl.dumps(extra)[1:]
            self._file.write(line + b"\n")

    def close(self) -> None:
        """See `Writer`."""
        self._file.close()


class TextWriter:
    """A directory with one UTF-8 file an article, named by its id. Added fields have no place here."""

    def __init__(self, path: Path, text_field: str) -> None:
        self._path, self._text_field = path, text_field
        path.mkdir(parents=True)

    def write(self, directory: Path, select: Sequence[int], added: Added) -> None:
        """See `Writer`; `added` must hold the ids, as `id`."""
        lines = json_lines(directory)
        for place, index in enumerate(select):
            record = jsonl.loads(lines[index])
            path = self._path / file_name(added["id"][place])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(record[self._text_field].encode("utf-8", "replace"))

    def close(self) -> None:
        """See `Writer`."""


_UNSAFE = re.compile(r'[\x00-\x1f\x7f%\\:*?"<>|\ud800-\udfff]|(?:^|(?<=/))[./]')


def file_name(identifier: str) -> str:
    """A relative path for an article's id, the same for no other id and never outside the directory.

    >>> file_name("politics/2025-11-13"), file_name("../etc/passwd"), file_name("a:b")
    ('politics/2025-11-13.txt', '%2e./etc/passwd.txt', 'a%3ab.txt')
    """
    safe = _UNSAFE.sub(lambda match: f"%{ord(match[0]):02x}", identifier)
    parts = []
    for part in safe.split("/"):
        if len(part.encode()) > 200:  # most file systems allow 255 bytes
            part = part[:40] + "%-" + hashlib.blake2b(part.encode(), digest_size=16).hexdigest()
        parts.append(part)
    return "/".join(parts) + ".txt"


def json_lines(directory: Path) -> list[bytes]:
    """The rows saved in `directory`, one JSON object each."""
    path = directory / jsonl.ROWS
    if path.exists():
        return path.read_bytes().split(b"\n")[:-1]
    from newsclean.formats.parquet_writer import read_rows

    try:
        return [jsonl.dumps(record) for record in read_rows(directory).to_pylist()]
    except TypeError as error:
        raise OutputError(f"a column cannot be written as JSON ({error}); use --format parquet") from error
