"""The command line as a shell sees it: output, exit code, and nothing but the result on standard output."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT, SEEDS

COMMANDS = ["run", "clean", "repair", "dedup", "explain", "report", "audit", "rules", "templates", "index", "warm"]


def newsclean(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = os.environ | {"COLUMNS": "120", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "newsclean", *map(str, arguments)]
    return subprocess.run(command, input=stdin, capture_output=True, timeout=300, env=environment)


@pytest.mark.parametrize("command", COMMANDS)
def test_help(command: str) -> None:
    result = newsclean(command, "--help")
    assert result.returncode == 0
    assert b"Usage" in result.stdout


def test_run_on_the_seeds(tmp_path: Path) -> None:
    result = newsclean("run", ROOT / "seeds", "--out", tmp_path / "out", "-j", "1")
    assert (result.returncode, result.stderr) == (0, b"")
    assert b"5 articles read, 5 kept" in result.stdout
    assert b"1 story told by more than one article" in result.stdout
    assert json.loads((tmp_path / "out" / "summary.json").read_text())["kept"] == 5


def test_run_from_standard_input(tmp_path: Path) -> None:
    row = json.dumps({"text": SEEDS[0].read_text()}).encode()
    assert newsclean("run", "-", "-o", tmp_path / "out", "-j1", stdin=row).returncode == 0
    assert (tmp_path / "out" / "articles.jsonl").exists()


def test_a_reject_is_exit_code_1_and_the_rest_is_done(tmp_path: Path) -> None:
    rows = b'{"text": 5}\n{"text": "An article that is fine."}\n'
    result = newsclean("run", "-", "-o", tmp_path / "out", "-j1", stdin=rows)
    assert result.returncode == 1
    assert b"rejects.jsonl" in result.stdout
    assert len((tmp_path / "out" / "articles.jsonl").read_text().splitlines()) == 1


def test_fields_may_have_other_names(tmp_path: Path) -> None:
    row = b'{"uid": 7, "body": "An article that is fine."}'
    result = newsclean("run", "-", "-o", tmp_path, "-j1", "--field", "text=body", "--field", "id=uid", stdin=row)
    assert result.returncode == 0
    record = json.loads((tmp_path / "articles.jsonl").read_text())
    assert record == {"uid": 7, "body": "An article that is fine.", "story": None, "origin": None, "agency": None}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["run", "missing", "--out", "out"], "missing: no such file", id="missing-input"),
        pytest.param(["run", ".", "--out", "out"], "no articles", id="empty-directory"),
        pytest.param(["run", "seeds"], "--out", id="no-out"),
        pytest.param(["fly"], "fly", id="unknown-command"),
        pytest.param(["clean", "a.txt", "b.txt"], "--out", id="two-texts"),
        pytest.param(["clean", "x.jsonl"], "many articles", id="many-articles"),
        pytest.param(["rules", "no-such-rule"], "no-such-rule", id="unknown-rule"),
        pytest.param(["run", "-", "-o", "out", "--field", "body"], "ROLE=NAME", id="field-without-role"),
        pytest.param(["clean", "-", "--mode", "brutal"], "brutal", id="unknown-mode"),
    ],
)
def test_wrong_usage_is_exit_code_2(tmp_path: Path, arguments: list[str], message: str) -> None:
    environment = os.environ | {"COLUMNS": "200", "NO_COLOR": "1"}
    command = [sys.executable, "-m", "newsclean", *arguments]
    result = subprocess.run(command, input=b"", capture_output=True, cwd=tmp_path, env=environment, timeout=120)
    assert result.returncode == 2
    assert message in result.stderr.decode()
    assert b"Traceback" not in result.stderr


@pytest.mark.parametrize("command", ["clean", "repair", "explain"])
def test_a_text_that_is_not_utf8_is_exit_code_1(command: str) -> None:
    result = newsclean(command, "-", stdin=b"caf\xe9")
    assert (result.returncode, result.stdout) == (1, b"")
    assert b"byte 0xe9 at byte 3; read it with --encoding auto" in result.stderr


def test_clean_and_repair_print_the_text() -> None:
    raw = SEEDS[1].read_bytes()
    repaired = newsclean("repair", "-", stdin=raw)
    assert repaired.stdout.decode() == raw.decode().replace("šŸ’¬", "💬")
    assert repaired.stderr.decode().count("utf-8>windows-1257+1252") == 2
    cleaned = newsclean("clean", SEEDS[1]).stdout.decode()
    assert cleaned.startswith("Samsung and Xiaomi")
    assert "Join Our Cyber World" not in cleaned


def test_explain_names_every_rule() -> None:
    shown = newsclean("explain", SEEDS[1]).stdout.decode()
    assert "utf-8>windows-1257+1252" in shown
    assert "Listen to this Post" in shown


def test_the_example_of_the_readme_is_what_explain_prints() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    example = readme.partition("Repairs (2)")[2].partition("```")[0].splitlines()
    shown = newsclean("explain", SEEDS[1]).stdout.decode().splitlines()
    assert [line for line in example if line != "…" and line not in shown] == []


def test_rules() -> None:
    listed = newsclean("rules").stdout.decode()
    assert "photo-credit" in listed
    assert "source" in newsclean("rules", "photo-credit").stdout.decode()


def test_dedup_leaves_texts_alone(tmp_path: Path) -> None:
    assert newsclean("dedup", ROOT / "seeds", "--out", tmp_path / "out", "-j1").returncode == 0
    for seed in SEEDS:
        assert (tmp_path / "out" / "articles" / seed.name).read_bytes() == seed.read_bytes()


def test_index(tmp_path: Path) -> None:
    index = tmp_path / "news.index"
    first = newsclean("index", "add", index, SEEDS[1])
    assert (first.returncode, first.stdout) == (0, b"")
    second = json.loads(newsclean("index", "query", index, SEEDS[2]).stdout)
    assert second["relation"] == "same_story"
    assert json.loads(newsclean("index", "info", index).stdout)["articles"] == 1
    copy = tmp_path / "copy.jsonl"
    text = "(Reuters) " + SEEDS[1].read_text(encoding="utf-8")
    copy.write_text(json.dumps({"id": "copy", "text": text}), encoding="utf-8")
    pair, facts, *events = map(json.loads, newsclean("index", "add", index, copy).stdout.splitlines())
    assert (pair["right"], pair["relation"]) == ("copy", "near_duplicate")
    assert facts == {"article": "copy", "story_id": events[0]["story_id"], "origin": None, "agency": "Reuters"}
    assert [event["event"] for event in events] == ["created", "joined"]
