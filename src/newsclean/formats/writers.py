"""How the rows of a run are written: selected records of saved rows, with added fields."""

import csv
import functools
import hashlib
import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import msgspec

from newsclean.errors import OutputError
from newsclean.formats import json_rows
from newsclean.formats.base import Added, Origin, Saved
from newsclean.formats.compression import SUFFIXES, compressed, compression_suffix
from newsclean.formats.fields import value_at
from newsclean.formats.json_rows import dump_lines, dumps, loads

OUTPUT_FORMATS = (
    "txt",
    "parquet",
    "arrow",
    *(name + suffix for name in ("jsonl", "csv", "tsv") for suffix in ("", *SUFFIXES)),
)


class Writer(Protocol):
    """Writes rows that a worker saved."""

    def write(self, rows: Saved, select: Sequence[int], added: Added) -> None:
        """Write the rows numbered `select` (from 0), in this order, with the `added` fields."""

    def close(self) -> None:
        """Finish the file."""


def output_names(format_name: str) -> list[str]:
    """Names of all files and directories of a run in this format, the summary apart."""
    articles = "articles" if format_name == "txt" else f"articles.{format_name}"
    dropped = "dropped.jsonl" if format_name == "txt" else f"dropped.{format_name}"
    return [articles, dropped, "edits.jsonl", "pairs.jsonl", "clusters.jsonl", "rejects.jsonl", "sources.jsonl"]


def open_writer(path: Path, format_name: str, parts: Sequence[Saved], added: Sequence[str]) -> Writer:
    """A writer to `path`; `parts` are all rows that may come, `added` the fields that every row gets."""
    if format_name == "txt":
        return TextWriter(path)
    if format_name in ("parquet", "arrow"):
        from newsclean.formats.table_writer import TableWriter

        return TableWriter(path, parts)
    if format_name.startswith(("csv", "tsv")):
        return DelimitedWriter(path, parts, added)
    return JsonWriter(path)


class JsonWriter:
    """JSON Lines. Fields that came as JSON are not decoded again; added ones come last."""

    def __init__(self, path: Path) -> None:
        self._file = compressed(path)

    def write(self, rows: Saved, select: Sequence[int], added: Added) -> None:
        """See `Writer`."""
        if not select:
            return
        records = _saved_records(rows)
        chosen = [records[row] for row in select]
        if added:
            names, before, tail = list(added), None, dict[str, msgspec.Raw]()
            for at, values in enumerate(zip(*added.values(), strict=True)):
                if values != before:  # most rows have no story
                    before = values
                    tail = {name: msgspec.Raw(dumps(value)) for name, value in zip(names, values, strict=True)}
                chosen[at] = chosen[at] | tail
        self._file.write(dump_lines(chosen))

    def close(self) -> None:
        """See `Writer`."""
        self._file.close()


class DelimitedWriter:
    """CSV or TSV: one header for all rows; values that are no strings as JSON."""

    def __init__(self, path: Path, parts: Sequence[Saved], added: Sequence[str]) -> None:
        self._file = compressed(path)
        name = path.name.removesuffix(compression_suffix(path.name))
        self._delimiter = "\t" if name.endswith(".tsv") else ","
        self._names = list(dict.fromkeys([*(name for part in parts for name in part.names), *added]))
        self._row(self._names)

    def write(self, rows: Saved, select: Sequence[int], added: Added) -> None:
        """See `Writer`."""
        lines = json_lines(rows)
        for place, index in enumerate(select):
            record = loads(lines[index]) | {name: values[place] for name, values in added.items()}
            self._row([_cell(record.get(name)) for name in self._names])

    def _row(self, cells: Sequence[str]) -> None:
        line = io.StringIO()
        csv.writer(line, delimiter=self._delimiter, lineterminator="\n").writerow(cells)
        self._file.write(line.getvalue().encode("utf-8", "replace"))

    def close(self) -> None:
        """See `Writer`."""
        self._file.close()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else dumps(value).decode()


class TextWriter:
    """A directory with one UTF-8 file an article, named by its id. Added fields have no place here."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.mkdir(parents=True)

    def write(self, rows: Saved, select: Sequence[int], added: Added) -> None:
        """See `Writer`; `added` must hold the ids, as `id`."""
        lines = json_lines(rows)
        for place, index in enumerate(select):
            path = self._path / file_name(added["id"][place])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(value_at(loads(lines[index]), rows.text_field).encode("utf-8", "replace"))

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


def json_lines(rows: Saved) -> list[bytes]:
    """Saved rows, one JSON object each."""
    return json_rows.join(_saved_records(rows))


def _saved_records(rows: Saved) -> list[json_rows.Record]:
    """Saved rows as records."""
    stamp = rows.directory.stat()
    return _records(rows.directory, rows.text_field, rows.origin, stamp.st_ino, stamp.st_mtime_ns)


@functools.lru_cache(maxsize=1)
def _records(directory: Path, text_field: str, origin: Origin | None, *_stamp: int) -> list[json_rows.Record]:
    """What `_saved_records` says. Kept and dropped rows are written one after the other, and are in the same file."""
    records = json_rows.saved_records(Saved(directory, (), text_field, origin))
    return list(map(json_rows.split, _rows_as_json(directory))) if records is None else records


def _rows_as_json(directory: Path) -> list[bytes]:
    from newsclean.formats.arrow_rows import read_rows

    try:
        return [dumps(record) for record in read_rows(directory).to_pylist()]
    except (TypeError, ValueError, OverflowError) as error:
        raise OutputError(f"a column cannot be written as JSON ({error}); use --format parquet") from error
