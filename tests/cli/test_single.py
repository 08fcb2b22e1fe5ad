"""One text, or a stream of records, to standard output."""

import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsclean.formats.compression import compression_suffix
from tests.formats.table import PACK

RAW = "The cafÃ© is open."
CLEAN = "The café is open."


def newsclean(*arguments: str, stdin: bytes = b"", folder: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "newsclean", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=300, cwd=folder)


def rows(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


@pytest.mark.parametrize("arguments", [["repair", "--jsonl"], ["repair", "-"], ["repair"], ["repair", "--out", "-"]])
def test_json_lines_are_filtered(arguments: list[str]) -> None:
    result = newsclean(*arguments, stdin=rows({"id": 1, "body": RAW, "n": 1.5}, {"body": 5}, {"body": "x"}))
    assert result.returncode == 1
    assert (
        result.stdout.splitlines()[0]
        == json.dumps({"id": 1, "body": CLEAN, "n": 1.5}, ensure_ascii=False, separators=(",", ":")).encode()
    )
    assert len(result.stdout.splitlines()) == 2
    assert b"line 2: field 'body' must be a string" in result.stderr


def test_edits_on_demand() -> None:
    result = newsclean("repair", "--jsonl", "--edits", stdin=rows({"text": RAW}))
    assert json.loads(result.stdout)["edits"][0]["before"] == "Ã©"


def test_a_record_comes_before_the_next_one_is_there() -> None:
    command = [sys.executable, "-m", "newsclean", "repair", "--jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for _ in range(2):
            process.stdin.write(rows({"text": RAW}))
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["text"] == CLEAN
        process.stdin.close()
    assert process.returncode == 0


def test_prose_is_one_text() -> None:
    assert newsclean("repair", "-", stdin=RAW.encode()).stdout.decode() == CLEAN


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.jsonl", rows({"text": RAW})),
        ("x.json", b"[]"),
        ("x.csv", b"text\na"),
        ("x.jsonl.gz", gzip.compress(rows({"text": RAW}), mtime=0)),
        ("no-suffix", rows({"text": RAW})),
        ("no-suffix.gz", gzip.compress(rows({"text": RAW}), mtime=0)),
    ],
)
def test_files_of_many_articles_are_never_cleaned_as_prose(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    for command in ("clean", "repair"):
        result = newsclean(command, name, folder=tmp_path)
        assert (result.returncode, result.stdout) == (2, b"")
        assert b"many articles" in result.stderr


@pytest.mark.parametrize("name", ["x.txt.gz", "X.TXT.ZST", "x.md.bz2", "x.text.xz", "no-suffix.gz", "no-suffix"])
def test_a_compressed_text_is_one_text(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(PACK[compression_suffix(name)](RAW.encode()))
    assert newsclean("repair", name, folder=tmp_path).stdout.decode() == CLEAN


def test_so_is_a_compressed_stream_and_what_is_explained(tmp_path: Path) -> None:
    (tmp_path / "no-suffix.gz").write_bytes(PACK[".gz"](RAW.encode()))
    assert newsclean("repair", "-", stdin=(tmp_path / "no-suffix.gz").read_bytes()).stdout.decode() == CLEAN
    shown = json.loads(newsclean("explain", "no-suffix.gz", "--json", folder=tmp_path).stdout)
    assert shown["text"] == CLEAN


def test_a_text_that_looks_like_json_can_be_named(tmp_path: Path) -> None:
    text = "[Photo: the harbour]\n" + RAW
    (tmp_path / "note").write_text(text, encoding="utf-8")
    refused = newsclean("repair", "note", folder=tmp_path)
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert b"--input-format txt" in refused.stderr
    for arguments, stdin in ((["note"], b""), (["-"], text.encode())):
        found = newsclean("repair", *arguments, "--input-format", "txt", stdin=stdin, folder=tmp_path)
        assert found.stdout.decode() == text.replace(RAW, CLEAN)


@pytest.mark.parametrize(
    ("name", "content"),
    [("long.txt", b"x" * (2 << 20)), ("bomb.txt.gz", gzip.compress(b"x" * (64 << 20))), ("endless", None)],
)
def test_a_text_that_is_too_long_is_told(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is None:
        (tmp_path / name).symlink_to("/dev/zero")
    else:
        (tmp_path / name).write_bytes(content)
    for command in ("repair", "explain"):
        found = newsclean(command, name, "--max-record", "1", folder=tmp_path)
        assert (found.returncode, found.stdout) == (1, b"")
        assert b"longer than 1 MB" in found.stderr
        assert b"Traceback" not in found.stderr


def test_a_cut_text_is_not_cleaned(tmp_path: Path) -> None:
    (tmp_path / "x.txt.gz").write_bytes(gzip.compress(RAW.encode() * 50)[:-20])
    found = newsclean("repair", "x.txt.gz", folder=tmp_path)
    assert (found.returncode, found.stdout) == (1, b"")
    assert b"cut off" in found.stderr


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst", ".bz2", ".xz"])
def test_a_stream_may_be_compressed_and_a_long_line_is_left_out(suffix: str) -> None:
    lines = rows({"text": RAW}, {"text": "x" * (3 << 20)}, {"text": RAW})
    for end in (b"", b'{"text": "' + b"x" * (2 << 20)):
        stdin = PACK[suffix](lines + end)
        found = newsclean("repair", "--jsonl", "--max-record", "1", stdin=stdin)
        assert [json.loads(line)["text"] for line in found.stdout.splitlines()] == [CLEAN, CLEAN]
        assert b"line 2: the line is longer than 1 MB" in found.stderr
        assert (b"line 4: the line is longer" in found.stderr) is bool(end)
        assert found.returncode == 1


def test_a_cut_stream_gives_what_it_has() -> None:
    found = newsclean("repair", "--jsonl", stdin=gzip.compress(rows({"text": RAW}) * 9)[:-9])
    assert found.returncode == 1
    assert b"cut off" in found.stderr


def test_an_array_on_standard_input_is_no_prose() -> None:
    result = newsclean("clean", "-", stdin=b'[{"text": "a"}]')
    assert (result.returncode, result.stdout) == (2, b"")


def test_a_reader_that_leaves_is_no_traceback() -> None:
    command = f"{sys.executable} -m newsclean repair --jsonl | head -c 1"
    data = rows(*({"text": RAW + str(n)} for n in range(20_000)))
    result = subprocess.run(command, shell=True, input=data, capture_output=True, timeout=120, env=os.environ)
    assert b"Traceback" not in result.stderr
