"""A run with other thresholds, without a new run: the same bytes."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import newsclean
from newsclean import DuplicateSettings, Settings
from newsclean.errors import InputError, OutputError, SettingsError
from tests.paths import ROOT

WORDS = [
    "harbour",
    "storm",
    "council",
    "bridge",
    "minister",
    "budget",
    "school",
    "river",
    "train",
    "market",
    "museum",
    "winter",
]


def article(place: int, kept: int, seed: int) -> str:
    """A text of which the first `kept` sentences are those of the text of `seed`."""
    sentence = "The {} of the {} was told on {} that {} of {} had been closed by the {}."
    found = []
    for at in range(12):
        own = seed if at < kept else 1000 * place + 7
        words = [WORDS[(own * 5 + at * 3 + step * (own + at + 1)) % len(WORDS)] for step in range(6)]
        found.append(sentence.format(*words[:2], own * 31 + at, words[2], words[3], words[4]))
    return " ".join(found)


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dump")
    rows = [
        {"id": f"a{place}", "text": article(place, place % 12, place // 12), "source": f"s{place % 3}", "n": 1.50}
        for place in range(60)
    ]
    rows.append(rows[3])
    (folder / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows) + "{no json\n")
    for path in sorted((ROOT / "seeds").glob("*.txt"))[:6]:
        shutil.copy(path, folder)
    (folder / "x.bin").write_bytes(b"\0\1")
    return folder


def settings(**values: Any) -> Settings:
    return Settings(duplicates=DuplicateSettings(border=True, **values))


def content(out: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and ".newsclean/" not in path.as_posix()
    }


@pytest.mark.parametrize("format_name", ["jsonl", "csv.gz", "parquet", "txt"])
def test_the_same_bytes_as_a_run_with_that_threshold(dump: Path, tmp_path: Path, format_name: str) -> None:
    first, second = {}, {"copy_threshold": 0.85, "story_threshold": 0.9, "drop": "likely", "keep": "earliest"}
    again = tmp_path / "again"
    newsclean.run([dump], again, settings=settings(**first), format=format_name, workers=1)
    before = content(again)
    for change in (second, {"copy_threshold": 0.2, "drop": "sure"}, {"copy_threshold": 0.5, "story_threshold": 0.5}):
        newsclean.rethreshold(again, **change)
        told = json.loads((again / "summary.json").read_text())["settings"]["duplicates"]
        fresh = tmp_path / f"fresh{told['copy_threshold']}"
        newsclean.run([dump], fresh, settings=settings(
            **{name: told[name] for name in ("copy_threshold", "story_threshold", "drop", "keep")}
        ), format=format_name, workers=1)  # fmt: skip
        assert content(again) == content(fresh)
    newsclean.rethreshold(again, keep="longest")
    assert content(again) == before


def test_what_is_had_already_is_thought_of(dump: Path, tmp_path: Path) -> None:
    had = tmp_path / "had.jsonl"
    had.write_text(json.dumps({"id": "old", "text": article(99, 9, 0)}) + "\n")
    newsclean.run([dump], tmp_path / "again", settings=settings(), against=[had])
    newsclean.run([dump], tmp_path / "fresh", settings=settings(copy_threshold=0.9), against=[had])
    had.unlink()
    newsclean.rethreshold(tmp_path / "again", copy_threshold=0.9)
    assert content(tmp_path / "again") == content(tmp_path / "fresh")


def test_pairs_below_the_threshold_are_marked(dump: Path, tmp_path: Path) -> None:
    newsclean.run([dump], tmp_path / "plain")
    newsclean.run([dump], tmp_path / "out", settings=settings())
    plain, pairs = (
        [json.loads(line) for line in (tmp_path / name / "pairs.jsonl").read_text().splitlines()]
        for name in ("plain", "out")
    )
    border = [pair for pair in pairs if pair["relation"].startswith("border_")]
    assert [pair for pair in pairs if pair not in border] == plain
    close = [pair for pair in border if pair["relation"] == "border_copy"]
    assert close
    assert all(pair["copy"] >= 0.2 for pair in close)
    named = {frozenset((pair["left"], pair["right"])) for pair in pairs}
    assert len(named) == len(pairs)
    assert not (tmp_path / "plain" / ".newsclean").exists()


def test_what_cannot_be_is_said(dump: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no finished run"):
        newsclean.rethreshold(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()
    newsclean.run([dump], tmp_path / "plain")
    with pytest.raises(InputError, match="--border"):
        newsclean.rethreshold(tmp_path / "plain")
    with pytest.raises(SettingsError, match="local"):
        newsclean.run([dump], "memory://out", settings=settings())
    out = tmp_path / "out"
    newsclean.run([dump], out, settings=settings())
    with pytest.raises(SettingsError, match="copy_threshold"):
        newsclean.rethreshold(out, copy_threshold=7)
    (out / "pairs.jsonl").write_text("mine")
    with pytest.raises(OutputError, match="pairs"):
        newsclean.rethreshold(out, copy_threshold=0.7)
    newsclean.rethreshold(out, copy_threshold=0.7, force=True)
    shutil.rmtree(out / ".newsclean/parts")
    with pytest.raises(InputError, match="misses parts"):
        newsclean.rethreshold(out)
    (out / ".newsclean/kept.json").write_text("{")
    with pytest.raises(InputError, match="damaged"):
        newsclean.rethreshold(out)


def test_a_run_that_follows_forgets_what_was_kept(dump: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    newsclean.run([dump], out, settings=settings())
    newsclean.run([dump], out, settings=settings())
    newsclean.rethreshold(out, copy_threshold=0.7)
    newsclean.run([dump], out)
    assert not (out / ".newsclean").exists()
