"""Runs as a shell sees them: samples, silence, logs, signals."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "newsclean", *map(str, arguments)]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "x.jsonl"
    path.write_text("".join(json.dumps({"body": f"The cafÃ© number {n} is open."}) + "\n" for n in range(50)))
    return path


def test_a_dry_run_writes_nothing(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = subprocess.run(command("repair", source, "--out", out, "--dry-run", "5"), capture_output=True, timeout=120)
    assert result.returncode == 0
    assert b"5 articles read, 5 kept" in result.stdout
    assert b"nothing was written" in result.stdout
    assert not out.exists()


def test_quiet_says_nothing(source: Path, tmp_path: Path) -> None:
    arguments = command("--quiet", "repair", source, "--out", tmp_path / "out")
    result = subprocess.run(arguments, capture_output=True, timeout=120)
    assert (result.returncode, result.stdout, result.stderr) == (0, b"", b"")


def test_verbose_says_which_fields_were_chosen(source: Path, tmp_path: Path) -> None:
    result = subprocess.run(
        command("-v", "repair", source, "--out", tmp_path / "out"), capture_output=True, timeout=120
    )
    assert b"x.jsonl: fields text=body (of 1 fields)" in result.stderr


def test_logs_as_json(source: Path, tmp_path: Path) -> None:
    arguments = command("--log-json", "repair", source, "--out", tmp_path / "out")
    result = subprocess.run(arguments, capture_output=True, timeout=120)
    messages = [json.loads(line)["message"] for line in result.stderr.splitlines()]
    assert "cleaning" in messages


def test_a_field_that_no_record_has_is_wrong_usage(source: Path, tmp_path: Path) -> None:
    with source.open("a") as file:
        file.write("this line is no record\n")
    for field in ("text=corpus", "title=kicker"):
        arguments = command("repair", source, "--out", tmp_path / "out", "--field", field)
        result = subprocess.run(arguments, capture_output=True, timeout=120)
        assert result.returncode == 2
        assert b"no record has the field" in result.stderr
        assert b"body" in result.stderr


def _heed_interrupts() -> None:
    """A job that a shell starts in the background ignores SIGINT, and so would its children."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_says_what_is_done_and_how_to_go_on(tmp_path: Path, number: signal.Signals, code: int) -> None:
    path = tmp_path / "x.jsonl"
    text = "The cafÃ© is open, and the harbour of Ardenburg too. " * 50
    path.write_text("".join(json.dumps({"text": f"{n} {text}"}) + "\n" for n in range(30_000)))
    out = tmp_path / "out"
    process = subprocess.Popen(
        command("repair", path, "--out", out, "-j", "1"),
        stderr=subprocess.PIPE,
        preexec_fn=_heed_interrupts,
    )
    deadline = time.monotonic() + 120
    while not list((out / ".newsclean" / "parts").glob("[0-9]*[0-9]")):
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.05)
    os.kill(process.pid, number)
    _, said = process.communicate(timeout=120)
    assert process.returncode == code, said
    assert b"run the same command again to go on" in said
    assert b"Traceback" not in said
    assert not (out / "summary.json").exists()


def test_thresholds_are_changed_without_a_new_run(tmp_path: Path) -> None:
    text = "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats near the old pier. "
    rows = [{"id": str(place), "text": text * 3 + f"More is in report {place}."} for place in range(3)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    out = tmp_path / "out"
    subprocess.run(command("dedup", tmp_path / "in.jsonl", "--out", out, "--border"), check=True, timeout=300)
    again = command("rethreshold", out, "--drop", "likely", "--copy-threshold")
    subprocess.run([*again, "0.3"], check=True, timeout=300)
    assert json.loads((out / "summary.json").read_text())["settings"]["duplicates"]["copy_threshold"] == 0.3
    assert subprocess.run([*again, "3"], check=False, timeout=300).returncode == 2


@pytest.mark.parametrize(
    ("arguments", "number", "code"),
    [(("repair", "x.txt"), signal.SIGTERM, 143), (("repair", "x.txt", "--out", "out"), signal.SIGINT, 130)],
)
def test_a_signal_while_a_kernel_is_compiled_is_no_traceback(
    tmp_path: Path, arguments: tuple[str, ...], number: signal.Signals, code: int
) -> None:
    (tmp_path / "x.txt").write_text("The cafÃ© is open, and the harbour of Ardenburg too. " * 800, encoding="utf-8")
    process = subprocess.Popen(
        command(*arguments),
        stderr=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=tmp_path,
        env=os.environ | {"NEWSCLEAN_CACHE_DIR": str(tmp_path / "cache")},
        preexec_fn=_heed_interrupts,
    )
    deadline = time.monotonic() + 120
    while not list((tmp_path / "cache").rglob("compile.lock")):
        assert time.monotonic() < deadline
        assert process.poll() is None
        time.sleep(0.01)
    time.sleep(0.3)
    os.kill(process.pid, number)
    shown, said = process.communicate(timeout=120)
    assert process.returncode == code, said
    assert said.startswith(b"newsclean: stopped")
    assert (shown, said.count(b"\n")) == (b"", 1)
