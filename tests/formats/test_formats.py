"""Every format: what comes in goes out, and what is bad is named with its place."""

import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from backports import zstd
from warcio.warcwriter import WARCWriter

from newsclean.errors import InputError
from newsclean.formats.base import MAX_RECORD, Chunk, Document, Reject
from newsclean.formats.fields import Fields
from newsclean.formats.inputs import find_inputs, read_chunks
from newsclean.formats.kinds import reader
from newsclean.formats.writers import file_name

_ANY = Fields()


def read(
    *paths: Path, fields: Fields = _ANY, stdin: bytes | None = None, limit: int = MAX_RECORD
) -> tuple[list[Document], list[Reject]]:
    """All documents and rejects of some inputs."""
    documents, rejects = list[Document](), list[Reject]()
    stream = None if stdin is None else io.BytesIO(stdin)
    found = find_inputs(paths or ["-"])
    rejects += found.rejects
    for chunk in read_chunks(found.sources, fields, stream, limit):
        if isinstance(chunk, Reject):
            rejects.append(chunk)
        else:
            rows, bad, _ = reader(chunk.source.format).decode(chunk)
            documents += rows.documents
            rejects += bad
    return documents, rejects


def lines(*records: Any) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


GOOD = {"id": "a", "text": "Some text.", "url": "https://www.example.org/a", "n": 1}


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_jsonl_is_read_whatever_its_compression(tmp_path: Path, suffix: str) -> None:
    data = lines(GOOD, {"text": "More."})
    pack = {"": bytes, ".gz": gzip.compress, ".zst": zstd.compress}[suffix]
    path = tmp_path / f"x.jsonl{suffix}"
    path.write_bytes(pack(data))
    documents, rejects = read(path)
    assert not rejects
    assert [(d["id"], d["text"], d["source"]) for d in documents] == [
        ("a", "Some text.", "example.org"),
        (f"x.jsonl{suffix}:2", "More.", None),
    ]


BAD_LINES = [
    pytest.param(b'{"text": "x", "n": ' + b"[" * 5000 + b"]" * 5000 + b"}", "nested more deeply", id="deep"),
    pytest.param(b'{"id": "a", "text": 5}', "must be a string, not int", id="number"),
    pytest.param(b'{"id": "a", "text": null}', "must be a string, not null", id="null"),
    pytest.param(b'{"id": "a", "corpus": "x"}', "no field 'text' (fields: corpus, id)", id="missing"),
    pytest.param(b'{"id": ["a"], "text": "x"}', "must be a string or an integer", id="id-is-a-list"),
    pytest.param(b'{"id": "a", "text": " \\n"}', "is empty", id="empty"),
    pytest.param(b'{"id": "a", "text": "\xff\xfe"}', "not UTF-8: byte 0xff at byte 21", id="bad-bytes"),
    pytest.param(b'{"id": "a", "text": "x"', "not JSON", id="cut-off"),
    pytest.param(b'["a"]', "not a JSON object but list", id="list"),
    pytest.param(b"[" * 100_000, "not JSON", id="deep"),
    pytest.param(b"\0\0\0", "not JSON", id="NULs"),
]


@pytest.mark.parametrize(("line", "reason"), BAD_LINES)
def test_a_bad_line_is_rejected_with_its_number_and_the_rest_goes_on(tmp_path: Path, line: bytes, reason: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(lines(GOOD) + line + b"\n" + lines(GOOD | {"id": "b"}))
    documents, rejects = read(path)
    assert [document["id"] for document in documents] == ["a", "b"]
    (reject,) = rejects
    assert reject.line == 2
    assert reason in reject.reason


def test_what_python_writes_as_json_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"text": "a\\ud83d", "score": NaN}\r\n\n{"text": "b"}')
    documents, rejects = read(path)
    assert not rejects
    assert [document["text"] for document in documents] == ["a\ud83d", "b"]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_truncated_stream_gives_what_it_has(tmp_path: Path, suffix: str) -> None:
    data = lines(*({"id": str(i), "text": f"text {i} {i**9}"} for i in range(20_000)))
    path = tmp_path / f"x.jsonl{suffix}"
    packed = gzip.compress(data) if suffix == ".gz" else zstd.compress(data)
    path.write_bytes(packed[: len(packed) * 3 // 4])
    documents, rejects = read(path)
    assert len(documents) > 5_000
    (reject,) = rejects
    assert "cut off" in reject.reason
    assert reject.line == len(documents) + 1


@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_concatenated_streams_are_one(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    path = tmp_path / ("x.jsonl.gz" if pack is gzip.compress else "x.jsonl.zst")
    path.write_bytes(pack(lines(GOOD)) + pack(lines(GOOD | {"id": "b"})))
    documents, rejects = read(path)
    assert not rejects
    assert [document["id"] for document in documents] == ["a", "b"]


def test_lines_longer_than_a_chunk(tmp_path: Path) -> None:
    long = "word " * 3_000_000
    path = tmp_path / "x.jsonl"
    path.write_bytes(lines({"id": "long", "text": long}, {"id": "short", "text": "x"}))
    documents, rejects = read(path)
    assert not rejects
    assert [len(document["text"]) for document in documents] == [len(long), 1]


def test_standard_input_may_be_compressed() -> None:
    assert read(stdin=gzip.compress(lines(GOOD)))[0] == read(stdin=lines(GOOD))[0]


def test_text_files_are_one_article_each(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "b.txt").write_bytes(b"B")
    (tmp_path / "sub" / "a.txt").write_bytes(b"A")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "latin.txt").write_bytes(b"caf\xe9")
    (tmp_path / "wide.txt").write_bytes("x".encode("utf-16"))
    (tmp_path / "notes.doc").write_bytes(b"not an article")
    documents, rejects = read(tmp_path)
    assert [(document["id"], document["text"]) for document in documents] == [("b", "B"), ("sub/a", "A")]
    reasons = {Path(reject.file).name: reject.reason for reject in rejects}
    assert set(reasons) == {"empty.txt", "latin.txt", "wide.txt"}
    assert "UTF-16" in reasons["wide.txt"]
    assert "byte 0xe9 at byte 3" in reasons["latin.txt"]


def test_parquet_rows(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    table = pa.table({"id": [1, 2, 3], "text": ["A", None, "C"], "extra": [1.5, 2.5, 3.5]})
    pq.write_table(table, path, row_group_size=2)
    documents, rejects = read(path)
    assert [(document["id"], document["text"]) for document in documents] == [("1", "A"), ("3", "C")]
    (reject,) = rejects
    assert (reject.line, reject.id) == (2, "2")


def test_parquet_without_the_text_column_rejects_every_row(tmp_path: Path) -> None:
    pq.write_table(pa.table({"corpus": ["A", "B"]}), tmp_path / "x.parquet")
    documents, rejects = read(tmp_path)
    assert not documents
    assert len(rejects) == 2
    assert "corpus" in rejects[0].reason


def test_parquet_with_bad_bytes_rejects_the_row(tmp_path: Path) -> None:
    data = pa.Array.from_buffers(
        pa.string(), 2, [None, pa.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0"), pa.py_buffer(b"\xffB")]
    )
    pq.write_table(pa.table({"text": data}), tmp_path / "x.parquet")
    documents, rejects = read(tmp_path)
    assert [document["text"] for document in documents] == ["B"]
    assert "not UTF-8" in rejects[0].reason


@pytest.mark.parametrize("data", [b"", b"PAR1 not really"])
def test_a_broken_parquet_file_is_rejected(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.parquet").write_bytes(data)
    assert "Parquet" in read(tmp_path)[1][0].reason


def web_archive(*pages: tuple[str, bytes]) -> bytes:
    """A WET file of some pages, each record a gzip member of its own, as crawls write them."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=True)
    writer.write_record(writer.create_warcinfo_record("x.wet.gz", {"software": "test"}))
    for address, text in pages:
        writer.write_record(writer.create_warc_record(address, "conversion", io.BytesIO(text)))
    return stream.getvalue()


def test_wet_files_are_one_article_a_page(tmp_path: Path) -> None:
    data = web_archive(("https://www.a.example/1", "Ærø".encode()), ("https://b.example/2", b"\xff"))
    (tmp_path / "x.warc.wet.gz").write_bytes(data)
    documents, rejects = read(tmp_path)
    assert [(d["id"], d["text"], d["source"]) for d in documents] == [("https://www.a.example/1", "Ærø", "a.example")]
    assert [(reject.line, reject.id) for reject in rejects] == [(2, "https://b.example/2")]


def test_a_truncated_wet_file_gives_what_it_has(tmp_path: Path) -> None:
    pages = [(f"https://a.example/{n}", f"Page {n}. ".encode() * 50) for n in range(50)]
    data = web_archive(*pages)
    (tmp_path / "x.wet.gz").write_bytes(data[: len(data) // 2])
    documents, rejects = read(tmp_path)
    assert 10 < len(documents) < 50
    assert "cut off" in rejects[-1].reason


def test_inputs_are_found_once_and_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.jsonl", ".hidden/d.txt", "out/articles.jsonl"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = find_inputs([str(tmp_path / "*.txt"), tmp_path, tmp_path / "a.txt"], exclude=tmp_path / "out")
    assert [source.name for source in found.sources] == ["a", "b", "c.jsonl"]


def test_same_names_in_two_directories_stay_apart(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.txt").write_text("x")
    assert [source.name for source in find_inputs([tmp_path / "one", tmp_path / "two"]).sources] == ["one/x", "two/x"]


@pytest.mark.parametrize("given", ["missing.jsonl", "no-match-*.txt", "table.doc", "empty-directory"])
def test_inputs_that_cannot_be_read_are_named(tmp_path: Path, given: str) -> None:
    (tmp_path / "table.doc").write_text("a,b")
    (tmp_path / "empty-directory").mkdir()
    with pytest.raises(InputError, match=given.replace("*", r"\*")):
        find_inputs([tmp_path / given])


def test_a_chunk_digest_depends_on_content_and_place(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    digests = set()
    for content in (lines(GOOD), lines(GOOD | {"n": 2})):
        path.write_bytes(content)
        (chunk,) = read_chunks(find_inputs([path]).sources)
        assert isinstance(chunk, Chunk)
        digests |= {chunk.digest(), chunk._replace(first=2).digest()}
    assert len(digests) == 4


@pytest.mark.parametrize("identifier", ["..", ".", "/etc/passwd", "a//b", "a\0b", "x" * 5000, "\ud800", "é/中", ""])
def test_every_id_has_a_file_name_inside_the_directory(tmp_path: Path, identifier: str) -> None:
    name = file_name(identifier)
    path = (tmp_path / name).resolve()
    assert path.is_relative_to(tmp_path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("x")
