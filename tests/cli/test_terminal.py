"""Names, ids, titles and texts of strangers do nothing to a terminal."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from newsclean.cli.terminal import visible

EVIL = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e"
SEQUENCES = (b"\x1b]0;owned", b"\x1b[2J", "\x9b".encode(), "\u202e".encode(), b"\x07")
TEXT = (
    f"The caf\u00c3\u00a9 {EVIL} is open.\n\nShare this\n\nThe storm {EVIL} took the bridge, and the mayor {EVIL} wept."
)


def shown(arguments: list[str], folder: Path) -> bytes:
    """What a terminal gets, of both streams."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "120"}
    command = [sys.executable, "-m", "newsclean", *arguments]
    process = subprocess.Popen(
        command, stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL, cwd=folder, env=environment
    )
    os.close(theirs)
    pieces = []
    try:
        while piece := os.read(ours, 65536):
            pieces.append(piece)
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(ours)
    process.wait(timeout=120)
    return b"".join(pieces)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / f"{EVIL}.txt").write_text(TEXT)
    (tmp_path / "evil.txt").write_text(TEXT)
    rows = [{"id": EVIL + str(n), "title": EVIL, "text": TEXT * 3, "url": f"https://{EVIL}/"} for n in range(2)]
    lines = [*map(json.dumps, rows), json.dumps({"id": EVIL, "text": 5, EVIL: 1}), json.dumps({"id": EVIL, EVIL: 1})]
    (tmp_path / "evil.jsonl").write_text("\n".join(lines))
    (tmp_path / "judged.csv").write_text(f"stratum,rule,source,lang,verdict\nremoved,{EVIL},{EVIL},{EVIL},right\n")
    (tmp_path / f"{EVIL}.csv").write_text(f"a,{EVIL}\n")
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["clean", "evil.txt"], id="clean"),
        pytest.param(["repair", "evil.txt"], id="repair"),
        pytest.param(["explain", "evil.txt"], id="explain"),
        pytest.param(["clean", "evil.jsonl", "--out", f"out{EVIL}"], id="run"),
        pytest.param(["clean", f"{EVIL}.txt", "--out", "out[/nope]"], id="name"),
        pytest.param(["run", f"missing{EVIL}.txt", "--out", "out"], id="missing"),
        pytest.param(["index", "add", "news.index", "evil.jsonl"], id="index"),
        pytest.param(["templates", "learn", "evil.jsonl", "--out", f"{EVIL}.bin"], id="templates"),
        pytest.param(["clean", "evil.txt", "--mode", f"[bold]{EVIL}"], id="mode"),
        pytest.param(["rules", f"[/x]{EVIL}"], id="rules"),
        pytest.param(["explain", "evil.jsonl", "--id", f"{EVIL}0"], id="explain-record"),
        pytest.param(["explain", "evil.jsonl", "--id", f"{EVIL}0", "--diff"], id="explain-diff"),
        pytest.param(["explain", "evil.jsonl", "--id", f"{EVIL}0", "--json"], id="explain-json"),
        pytest.param(["explain", "evil.jsonl", f"{EVIL}0", f"{EVIL}1"], id="explain-pair"),
        pytest.param(["explain", "evil.jsonl", f"{EVIL}0", f"{EVIL}9"], id="explain-missing"),
        pytest.param(["--verbose", "repair", "evil.jsonl", f"{EVIL}.txt", "--out", f"out{EVIL}"], id="log"),
        pytest.param(["--log-json", "repair", "evil.jsonl", "--out", f"out{EVIL}"], id="log-json"),
        pytest.param(["audit", "score", "judged.csv"], id="score"),
        pytest.param(["audit", "score", f"{EVIL}.csv"], id="no-sheet"),
        pytest.param(["audit", f"out{EVIL}"], id="audit"),
        pytest.param(["report", f"out{EVIL}"], id="report"),
        pytest.param(["rethreshold", f"out{EVIL}"], id="rethreshold"),
        pytest.param(["schema", EVIL], id="schema"),
        pytest.param([EVIL], id="command"),
        pytest.param([f"--{EVIL}"], id="first-option"),
        pytest.param(["run", f"--{EVIL}"], id="option"),
        pytest.param(["run", "evil.txt", "--out", "out", "--workers", EVIL], id="value"),
        pytest.param(["run", "evil.txt", "--out", "out", "--settings", EVIL], id="settings"),
        pytest.param(["index", "stories", EVIL], id="no-index"),
    ],
)
def test_no_escape_code_reaches_a_terminal(folder: Path, arguments: list[str]) -> None:
    output = shown(arguments, folder)
    assert output
    assert b"Traceback" not in output
    assert [sequence for sequence in SEQUENCES if sequence in output] == []


def test_markup_in_a_name_is_shown_as_it_is(folder: Path) -> None:
    output = shown(["clean", "evil.jsonl", "--out", "x[/nope]", "-j1"], folder)
    assert b"x[/nope]/articles.jsonl" in output


def test_a_pipe_gets_the_text_as_it_is(folder: Path) -> None:
    command = [sys.executable, "-m", "newsclean", "repair", "evil.txt"]
    output = subprocess.run(command, capture_output=True, cwd=folder, timeout=120).stdout
    assert "\u202e".encode() in output


@pytest.mark.parametrize("text", ["plain", "", "中文 é 💬"])
def test_what_is_printable_stays(text: str) -> None:
    assert visible(text) is text


def test_what_is_not_is_escaped() -> None:
    assert visible("\x00\x1b\x7f\x9b\u2028\u202e\ud800") == r"\x00\x1b\x7f\x9b\u2028\u202e\ud800"
