"""Rows are written in every format, with fields added."""

import csv
import io
import json
from pathlib import Path

import pytest

from newsclean.formats.base import Chunk, Saved, Source
from newsclean.formats.compression import compression_suffix, read_whole
from newsclean.formats.fields import Fields
from newsclean.formats.json_rows import decode_records, split
from newsclean.formats.writers import OUTPUT_FORMATS, file_name, open_writer, output_names

LINES = [b'{"id":"a","text":"x","n":1.50}', b'{"id":"b","text":"y, \\"z\\"\\n","tags":["t"]}', b'{"id":"c","text":"w"}']


@pytest.fixture
def saved(tmp_path: Path) -> Saved:
    chunk = Chunk(Source("x", "x", "jsonl"), 1, b"", 0, Fields(text="text", id="id"))
    rows = decode_records(chunk, list(enumerate(map(split, LINES), 1))).rows
    rows.save(tmp_path, ["x", 'y, "z"\n', "w"])
    return Saved(tmp_path, rows.names, "text")


def written(saved: Saved, name: str) -> bytes:
    path = saved.directory / f"articles.{name}"
    writer = open_writer(path, name, [saved], ["story"])
    writer.write(saved, [0, 1], {"story": ["s", None]})
    writer.close()
    data = read_whole(io.BytesIO(path.read_bytes()), compression_suffix(name), 1 << 20)
    assert isinstance(data, bytes)
    return data


@pytest.mark.parametrize("name", [name for name in OUTPUT_FORMATS if name.startswith("jsonl")])
def test_json_lines(saved: Saved, name: str) -> None:
    assert written(saved, name).splitlines() == [
        b'{"id":"a","text":"x","n":1.50,"story":"s"}',
        LINES[1][:-1] + b',"story":null}',
    ]


@pytest.mark.parametrize("name", [name for name in OUTPUT_FORMATS if name.startswith(("csv", "tsv"))])
def test_delimited(saved: Saved, name: str) -> None:
    text = io.StringIO(written(saved, name).decode(), newline="")
    rows = list(csv.DictReader(text, delimiter="\t" if name.startswith("tsv") else ","))
    assert rows == [
        {"id": "a", "text": "x", "n": "1.5", "tags": "", "story": "s"},
        {"id": "b", "text": 'y, "z"\n', "n": "", "tags": json.dumps(["t"]), "story": ""},
    ]


def test_text_files(saved: Saved) -> None:
    writer = open_writer(saved.directory / "articles", "txt", [saved], [])
    writer.write(saved, [0, 2], {"id": ["a", "../c"]})
    writer.close()
    assert (saved.directory / "articles" / "a.txt").read_text() == "x"
    assert (saved.directory / "articles" / file_name("../c")).read_text() == "w"


def test_names_of_outputs() -> None:
    assert output_names("csv.gz")[:2] == ["articles.csv.gz", "dropped.csv.gz"]
    assert output_names("txt")[:2] == ["articles", "dropped.jsonl"]
