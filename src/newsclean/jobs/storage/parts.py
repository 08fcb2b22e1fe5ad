"""Parts: what became of each chunk, on the disk, from which a killed run goes on and outputs are made."""

import dataclasses
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from newsclean.formats.base import Origin, Reject, Saved
from newsclean.formats.compression import read_packed, write_packed
from newsclean.formats.json_rows import dumps, loads
from newsclean.jobs.storage.workdir import sync_tree

_ROWS, _EDITS, _REJECTS = "rows.json.zst", "edits.jsonl.zst", "rejects.json.zst"


class PartRows(NamedTuple):
    """What is known of each row of a part."""

    ids: list[str]
    files: list[str]
    """The file that each row came from, or the one that all came from."""
    lines: list[int | None]
    """The line of it."""
    sources: list[str | None]
    removed: list[int]
    """Code points deleted."""
    left: list[int]
    """Code points of the cleaned text."""
    agencies: list[str | None]
    """The news agency that an article names as where it comes from, if duplicates are looked for."""

    def place(self, row: int) -> tuple[str, int | None]:
        """The file and line that a row came from."""
        return self.files[row if len(self.files) > 1 else 0], self.lines[row]


class _Ids(msgspec.Struct):
    """The first field of `PartRows`."""

    ids: list[str]


_decode_ids = msgspec.json.Decoder(_Ids).decode
_decode_rows = msgspec.json.Decoder(msgspec.defstruct("_Rows", [*PartRows.__annotations__.items()])).decode


@dataclasses.dataclass(frozen=True)
class Part:
    """What became of one chunk of the input. The rows, rejects, edits and sketches lie in `directory`."""

    directory: Path
    digest: str
    size: int
    """How many rows it has."""
    names: list[str]
    """Names of the fields that the records have."""
    text_field: str
    rejected: int
    """How many records of the chunk could not be used."""
    counts: dict[str, int]
    """Edits by rule (`rule:`), `flag:`, `has:` and `date-unread:` entries."""
    origin: Origin | None = None
    """Where the chunk can be read again: rows that nothing changed are not saved then."""

    @property
    def saved(self) -> Saved:
        """Its rows."""
        return Saved(self.directory, self.names, self.text_field, self.origin)

    def rows(self) -> PartRows:
        """What is known of each row, read from the disk: a run may have more parts than memory holds."""
        data = read_packed(self.directory / _ROWS)
        try:
            return PartRows(*msgspec.structs.astuple(_decode_rows(data)))
        except msgspec.DecodeError:  # an id with a lone surrogate
            return PartRows(**loads(data))

    def ids(self) -> list[str]:
        """The ids of all rows, in a fourth of the time."""
        try:
            return _decode_ids(read_packed(self.directory / _ROWS)).ids
        except msgspec.DecodeError:
            return self.rows().ids

    def edits(self) -> list[bytes]:
        """A line of `edits.jsonl` for each row, empty where nothing was changed or flagged."""
        return read_packed(self.directory / _EDITS).split(b"\n")

    def rejects(self) -> list[Reject]:
        """The records that could not be used."""
        return [Reject(*each) for each in loads(read_packed(self.directory / _REJECTS))] if self.rejected else []

    def save(self, rows: PartRows, rejects: Sequence[Reject]) -> None:
        """Write `part.json`, the last file of a part."""
        write_packed(self.directory / _ROWS, dumps(rows._asdict()))
        if rejects:
            write_packed(self.directory / _REJECTS, dumps([list(reject) for reject in rejects]))
        origin = self.origin and self.origin._asdict()
        (self.directory / "part.json").write_bytes(dumps(vars(self) | {"directory": None, "origin": origin}))

    @classmethod
    def load(cls, directory: Path) -> "Part | None":
        """The finished part in `directory`, if there is one and it is whole."""
        try:
            values: dict[str, Any] = loads((directory / "part.json").read_bytes())
            origin = values["origin"] and Origin(**values["origin"])
            return cls(**values | {"directory": directory, "origin": origin})
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError, KeyError):  # damaged: made again
            return None

    @classmethod
    def made_before(cls, directory: Path, digest: str, origin: Origin | None) -> "Part | None":
        """The finished part in `directory`, if it is that of a chunk, which now stands at `origin`."""
        done = cls.load(directory)
        if done is None or done.digest != digest or (done.origin is None) != (origin is None):
            return None
        return dataclasses.replace(done, origin=origin)


def new_part(directory: Path) -> Path:
    """An empty directory beside `directory` to fill; `finish_part` puts it in place."""
    fresh = directory.with_suffix(".tmp")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    return fresh


def save_edits(fresh: Path, lines: Sequence[bytes]) -> None:
    """Write what `Part.edits` reads."""
    write_packed(fresh / _EDITS, b"\n".join(lines))


def finish_part(fresh: Path, directory: Path) -> None:
    """Put a filled directory in its place, replacing an older part."""
    sync_tree(fresh)
    shutil.rmtree(directory, ignore_errors=True)
    os.replace(fresh, directory)
