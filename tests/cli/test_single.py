"""One text, or a stream of records, to standard output."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

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
    ("name", "content"), [("x.jsonl", rows({"text": RAW})), ("x.json", b"[]"), ("x.csv", b"text\na"), ("x.txt.gz", b"")]
)
def test_files_of_many_articles_are_never_cleaned_as_prose(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    for command in ("clean", "repair"):
        result = newsclean(command, name, folder=tmp_path)
        assert (result.returncode, result.stdout) == (2, b"")
        assert b"many articles" in result.stderr


def test_an_array_on_standard_input_is_no_prose() -> None:
    result = newsclean("clean", "-", stdin=b'[{"text": "a"}]')
    assert (result.returncode, result.stdout) == (2, b"")


def test_a_reader_that_leaves_is_no_traceback() -> None:
    command = f"{sys.executable} -m newsclean repair --jsonl | head -c 1"
    data = rows(*({"text": RAW + str(n)} for n in range(20_000)))
    result = subprocess.run(command, shell=True, input=data, capture_output=True, timeout=120, env=os.environ)
    assert b"Traceback" not in result.stderr
