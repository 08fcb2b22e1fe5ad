"""Inputs in other encodings: read, flagged, and the same wherever chunks are cut."""

import json
from pathlib import Path

import pytest

import newsclean
from newsclean.errors import SettingsError
from newsclean.formats.base import Chunk, Reject, Source
from newsclean.formats.inputs import find_inputs, read_chunks
from newsclean.jobs.encoding import as_utf8, check_encoding, decoded, read_documents

RUSSIAN = "Президент подписал новый указ о развитии науки и образования в стране"
GERMAN = "Größere Schäden gab es nicht, hieß es am Abend bei der Feuerwehr"


def texts(out: Path) -> list[str]:
    lines = (out / "articles.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


@pytest.mark.parametrize(("encoding", "options"), [("koi8-r", "auto"), ("cp1251", "auto"), ("cp1251", "windows-1251")])
def test_text_files(tmp_path: Path, encoding: str, options: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(RUSSIAN.encode(encoding))
    summary = newsclean.run([tmp_path / "in"], tmp_path / "out", encoding=options, format="jsonl", steps=["repair"])
    assert texts(tmp_path / "out") == [RUSSIAN]
    assert [flag.split()[0] for flag in summary.flags] == ["decoded"]


def test_each_line_is_read_by_itself(tmp_path: Path) -> None:
    rows = [(RUSSIAN, "koi8-r"), (GERMAN, "utf-8"), (GERMAN, "cp1252"), ("plain", "ascii")]
    lines = [json.dumps({"headline": "x", "body": text}, ensure_ascii=False).encode(name) for text, name in rows]
    (tmp_path / "a.jsonl").write_bytes(b"\n".join(lines))
    newsclean.run([tmp_path / "a.jsonl"], tmp_path / "out", encoding="auto", steps=["repair"])
    found = [json.loads(line)["body"] for line in (tmp_path / "out" / "articles.jsonl").read_text("utf-8").splitlines()]
    assert found == [text for text, _ in rows]


def test_csv(tmp_path: Path) -> None:
    data = f"id,text\n1,{RUSSIAN}\n2,plain text of an article\n".encode("cp1251")
    (tmp_path / "a.csv").write_bytes(data)
    newsclean.run([tmp_path / "a.csv"], tmp_path / "out", encoding="auto", format="jsonl", steps=["repair"])
    assert texts(tmp_path / "out") == [RUSSIAN, "plain text of an article"]


def test_without_the_option_text_has_to_be_utf8(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(RUSSIAN.encode("cp1251"))
    summary = newsclean.run([tmp_path / "a.txt"], tmp_path / "out", steps=["repair"])
    assert summary.rejected == 1
    assert "--encoding auto" in (tmp_path / "out" / "rejects.jsonl").read_text("utf-8")


@pytest.mark.parametrize("declared", ["windows-1251", "koi8-r", "utf-8", "nonsense"])
def test_pages_are_read_without_the_option(tmp_path: Path, declared: str) -> None:
    pytest.importorskip("resiliparse")
    page = f'<html><head><meta charset="{declared}"><title>x</title></head><body>' + f"<p>{RUSSIAN}.</p>" * 9
    (tmp_path / "a.html").write_bytes(page.encode("koi8-r"))
    newsclean.run([tmp_path / "a.html"], tmp_path / "out", format="jsonl", steps=["repair"])
    assert RUSSIAN in texts(tmp_path / "out")[0]


def test_bytes_that_cannot_be_read_are_flagged() -> None:
    data = b"Price: 5\x81 only"
    assert decoded(data, "windows-1252") == (b"Price: 5\xef\xbf\xbd only", ("decoded (windows-1252)", "undecodable"))
    assert decoded(b"plain", "auto") == (b"plain", ())
    assert decoded(GERMAN.encode(), "auto") == (GERMAN.encode(), ())
    assert decoded(b"\xef\xbb\xbfabc", "windows-1251") == (b"\xef\xbb\xbfabc", ())


def test_parquet_and_the_like_are_left_alone() -> None:
    chunk = Chunk(Source("a", "a", "parquet"), 1, ("a", 0), 0)
    assert as_utf8(chunk, "auto") == (chunk, {})


def test_names_are_checked() -> None:
    check_encoding(None)
    check_encoding("auto")
    check_encoding("ISO-8859-1")
    with pytest.raises(SettingsError, match="encoding must be auto"):
        check_encoding("nonsense")


def test_documents_of_chunks_and_what_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes('{"id": "1", "text": "žluťoučký kůň"}\nbroken\n'.encode("cp1250"))
    (tmp_path / "b.txt").write_text("The bridge was closed.")
    found = list(read_documents(read_chunks(find_inputs([tmp_path]).sources), "windows-1250"))
    assert [str(each).split(": ")[0] for each in found if isinstance(each, Reject)] == [f"{tmp_path}/a.jsonl:2"]
    assert [each["text"] for each in found if not isinstance(each, Reject)] == [
        "žluťoučký kůň",
        "The bridge was closed.",
    ]
