"""One chunk becomes one part, once."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest

from newsclean import DuplicateSettings, Settings
from newsclean.edits import Edit
from newsclean.errors import InputError
from newsclean.formats.base import Chunk, Source
from newsclean.formats.compression import read_packed
from newsclean.formats.fields import Fields
from newsclean.formats.json_rows import ROWS, saved_records
from newsclean.formats.readers import jsonl
from newsclean.formats.writers import json_lines
from newsclean.jobs.options import Options
from newsclean.jobs.worker import Job, process_chunk, rule_counts
from newsclean.results import Cleaned

DATA = '{"id":"a","text":"The cafÃ© is open."}\n{"id":"b","text":"It is not."}\n'.encode()
CHUNK = Chunk(Source("x", "x", "jsonl"), 1, DATA, 0, Fields(text="text", id="id"))


def test_a_part_holds_what_became_of_a_chunk(tmp_path: Path) -> None:
    job = Job(tmp_path, Options(steps=["repair"]))
    part = process_chunk(job, (0, CHUNK))
    assert part.rows().ids == ["a", "b"]
    assert part.counts["changed"] == 1
    assert part.rows().left == [17, 10]
    written = {path.name: path.stat().st_mtime_ns for path in part.directory.iterdir()}
    assert process_chunk(job, (0, CHUNK)) == part
    assert {path.name: path.stat().st_mtime_ns for path in part.directory.iterdir()} == written


def test_another_chunk_in_its_place_is_made_again(tmp_path: Path) -> None:
    job = Job(tmp_path, Options(steps=["repair"]))
    process_chunk(job, (0, CHUNK))
    assert process_chunk(job, (0, CHUNK._replace(data=DATA[:45]))).rows().ids == ["a"]


def chunk_of(path: Path, data: bytes, **options: Any) -> Chunk:
    path.write_bytes(data)
    with path.open("rb") as file:
        [chunk] = jsonl.chunks(Source(str(path), "x", "jsonl"), file, 1 << 20)
    assert isinstance(chunk, Chunk)
    return chunk._replace(fields=Fields(text="text", id="id"), **options)


def test_rows_that_nothing_changes_stay_in_the_input(tmp_path: Path) -> None:
    data = b'\xef\xbb\xbf{"id": "a", "text": "Up."}\n\n' + DATA + b'{"text": "Own \\/ id.", "n": {"a" : 1.50}}\n'
    part = process_chunk(Job(tmp_path, Options(steps=["repair"])), (0, chunk_of(tmp_path / "x", data)))
    assert read_packed(part.directory / ROWS).count(b"\n") == 2
    assert json_lines(part.saved) == [
        b'{"id":"a","text":"Up."}',
        '{"id":"a","text":"The café is open."}'.encode(),
        b'{"id":"b","text":"It is not."}',
        b'{"text":"Own / id.","n":{"a" : 1.50},"id":"x:5"}',
    ]


def test_an_input_may_grow_but_not_change(tmp_path: Path) -> None:
    part = process_chunk(Job(tmp_path, Options(steps=["repair"])), (0, chunk_of(tmp_path / "x", DATA)))
    (tmp_path / "x").write_bytes(DATA + b"more")
    assert json_lines(part.saved)[1] == b'{"id":"b","text":"It is not."}'
    (tmp_path / "x").write_bytes(DATA.replace(b"not", b"now"))
    with pytest.raises(InputError, match="has been changed"):
        saved_records(part.saved)
    (tmp_path / "x").unlink()
    with pytest.raises(InputError, match="second time"):
        saved_records(part.saved)


def test_a_part_is_kept_where_its_lines_have_moved(tmp_path: Path) -> None:
    job, chunk = Job(tmp_path, Options(steps=["repair"])), chunk_of(tmp_path / "x", DATA)
    part = process_chunk(job, (0, chunk))
    assert chunk.origin is not None
    moved = process_chunk(job, (0, chunk._replace(origin=chunk.origin._replace(offset=9))))
    assert part.origin is not None
    assert moved == dataclasses.replace(part, origin=part.origin._replace(offset=9))


def test_all_rows_are_kept_for_other_thresholds(tmp_path: Path) -> None:
    settings = Settings(duplicates=DuplicateSettings(border=True))
    part = process_chunk(Job(tmp_path, Options(settings=settings)), (0, chunk_of(tmp_path / "x", DATA)))
    assert part.origin is None
    assert read_packed(part.directory / ROWS).count(b"\n") == 2


def test_a_sample_is_cut(tmp_path: Path) -> None:
    assert process_chunk(Job(tmp_path, Options(steps=["repair"])), (0, CHUNK), most=1).rows().ids == ["a"]


def test_rules_of_merged_edits_are_counted_each() -> None:
    cleaned = [Cleaned("", (Edit(0, "a", "", "x + y"),), ("too-long",)), Cleaned("")]
    assert rule_counts(cleaned) == {"changed": 1, "flag:too-long": 1, "rule:x": 1, "rule:y": 1}
