"""The persistent index: same answers as a batch, whatever happens to its writer."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from newsclean.duplicates import DuplicateIndex, DuplicateSettings, Pair
from newsclean.duplicates.index.postings import BANDS, Segments, numbers_of
from newsclean.errors import InputError
from tests.duplicates.articles import article, edited
from tests.paths import ROOT


def relations(pairs: list[Pair]) -> dict[frozenset[str], str]:
    return {frozenset((pair.left, pair.right)): pair.relation for pair in pairs}


def test_finds_what_came_before(tmp_path: Path) -> None:
    first = [{"id": f"a{seed}", "text": article(seed), "date": "2024-05-01"} for seed in range(50)]
    second = [
        {"id": "same", "text": article(1), "date": "2024-05-02"},
        {"id": "edited", "text": edited(article(2), 2), "date": "2024-05-02"},
        {"id": "part", "text": " ".join(article(3).split()[:60]), "date": "2024-05-02"},
        {"id": "new", "text": article(999), "date": "2024-05-02"},
        {"id": "empty", "text": " … "},
        {"id": "empty too", "text": ""},
    ]
    with DuplicateIndex(tmp_path / "index.db") as index:
        assert index.add(first) == []
        asked = index.query(second)
        added = index.add(second)
        assert relations(asked) == relations(added)
        assert relations(added) == {
            frozenset(("a1", "same")): "identical",
            frozenset(("a2", "edited")): "near_duplicate",
            frozenset(("a3", "part")): "contained",
        }
        assert [pair.left for pair in added if pair.relation == "contained"] == ["part"]
        assert index.info().articles == 56


def test_same_story(tmp_path: Path, seeds: list[dict[str, Any]]) -> None:
    with DuplicateIndex(tmp_path / "index.db") as index:
        pairs = index.add(seeds)
    assert [(pair.left[:3], pair.right[:3], pair.relation) for pair in pairs] == [("001", "002", "same_story")]


def test_adding_again_replaces(tmp_path: Path) -> None:
    documents = [{"id": f"a{seed}", "text": article(seed)} for seed in range(20)]
    with DuplicateIndex(tmp_path / "index.db") as index:
        index.add(documents)
        assert index.add(documents) == []
        assert index.info().articles == 20
        assert index.add([{"id": "copy", "text": edited(article(7), 1)}])[0].left == "a7"


def test_evict_forgets_only_what_is_old_and_heirs_are_found(tmp_path: Path) -> None:
    old = [{"id": f"old{seed}", "text": article(seed), "date": "2024-05-01"} for seed in range(10)]
    new = [{"id": f"new{seed}", "text": article(seed), "date": "2024-05-09"} for seed in range(5)]
    with DuplicateIndex(tmp_path / "index.db") as index:
        index.add(old + new)
        assert index.evict(before="2024-05-05") == 10
        assert (index.info().articles, str(index.info().first_day)) == (5, "2024-05-09")
        assert relations(index.query([{"id": "x", "text": edited(article(3), 3)}])) == {
            frozenset(("new3", "x")): "near_duplicate"
        }
        assert index.query([{"id": "y", "text": article(8)}]) == []
        with pytest.raises(ValueError, match="before"):
            index.evict(before="May")


def test_refuses_other_files_and_shapes(tmp_path: Path) -> None:
    DuplicateIndex(tmp_path / "index.db").close()
    with pytest.raises(InputError, match="made with"):
        DuplicateIndex(tmp_path / "index.db", DuplicateSettings(bands=32))
    (tmp_path / "text").write_text("not a database, and long enough to be read as one " * 50)
    with pytest.raises(InputError, match="text"):
        DuplicateIndex(tmp_path / "text")
    with pytest.raises(TypeError, match="id"), DuplicateIndex(tmp_path / "index.db") as index:
        index.add(["a text without an id"])


def posted(base: sqlite3.Connection) -> list[list[int]]:
    """For each band, the articles that have postings, but for those that were replaced."""
    segments = Segments(base, 64)
    present, dead = segments.all(), set(segments.dead().tolist())
    assert len(present) == base.execute("SELECT count(DISTINCT place >> 36) FROM bands").fetchone()[0]
    return [
        sorted(
            number
            for segment in present
            for number in numbers_of(segments.read(BANDS, segment, band)).tolist()
            if number not in dead
        )
        for band in range(64)
    ]


WRITER = """
import sys
sys.path.insert(0, {here!r})
from tests.duplicates.articles import article
from newsclean.duplicates import DuplicateIndex, DuplicateSettings
import newsclean.duplicates.index.index as module
module._BATCH = 5
with DuplicateIndex({path!r}, DuplicateSettings(stories=False)) as index:
    print("ready", flush=True)
    index.add({{"id": f"a{{seed}}", "text": article(seed, 30)}} for seed in range(1000))
"""


def test_kill_at_random_moments_loses_and_doubles_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / "index.db")
    script = WRITER.format(here=str(ROOT), path=path)
    chooser = random.Random(0)
    before = 0
    for _ in range(int(os.environ.get("NEWSCLEAN_KILLS", "3"))):
        writer = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(chooser.uniform(0, 0.3))
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        writer.stdout.close()
        base = sqlite3.connect(path)
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        count, numbers = base.execute("SELECT count(*), count(DISTINCT id) FROM articles").fetchone()
        articles = [row[0] for row in base.execute("SELECT number FROM articles ORDER BY number")]
        bands = posted(base)
        base.close()
        assert count == numbers
        assert bands == [articles] * 64
        assert count % 5 == 0
        assert count >= before
        before = count
    with DuplicateIndex(path, DuplicateSettings(stories=False)) as index:
        pairs = index.add({"id": f"b{seed}", "text": edited(article(seed, 30), seed)} for seed in range(before))
        assert len([pair for pair in pairs if pair.left[1:] == pair.right[1:]]) >= 0.8 * before
        index.add({"id": f"a{seed}", "text": article(seed, 30)} for seed in range(before))
        assert index.info().articles == 2 * before


def test_two_readers_while_one_writes(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    writer = DuplicateIndex(path)
    readers = [DuplicateIndex(path) for _ in range(2)]
    writer.add({"id": f"a{seed}", "text": article(seed)} for seed in range(20))
    with writer._store.writing():  # a batch that is not finished
        for reader in readers:
            assert reader.info().articles == 20
            assert len(reader.query([{"id": "x", "text": article(3)}])) == 1
    for index in (writer, *readers):
        index.close()


READER = """
import sys
from pathlib import Path
sys.path.insert(0, {here!r})
from tests.duplicates.articles import article
from newsclean.duplicates import DuplicateIndex, DuplicateSettings
with DuplicateIndex({path!r}, DuplicateSettings(stories=False)) as index:
    found, last = 0, 0
    while not (found and Path({path!r} + ".done").exists()):
        [pair] = index.query([{{"id": "x", "text": article(3, 30)}}])
        count = index.info().articles
        assert pair.left == "a3" and pair.relation == "identical" and count % 5 == 0 and count >= last
        found, last = found + 1, count
        print("ready", flush=True)
print(last)
"""


def test_two_processes_read_while_one_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclean.duplicates.index.index._BATCH", 5)
    path = tmp_path / "index.db"
    script = READER.format(here=str(ROOT), path=str(path))
    with DuplicateIndex(path, DuplicateSettings(stories=False)) as writer:
        writer.add({"id": f"a{seed}", "text": article(seed, 30)} for seed in range(10))
        readers = [subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) for _ in "12"]
        for reader in readers:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "ready\n"
        writer.add({"id": f"a{seed}", "text": article(seed, 30)} for seed in range(10, 100))
        (tmp_path / "index.db.done").touch()
        for reader in readers:
            output, _ = reader.communicate()
            assert reader.returncode == 0
            assert 10 <= int(output.split()[-1]) <= 100
        assert writer.info().articles == 100


def test_a_reader_makes_no_file(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such index"):
        DuplicateIndex(tmp_path / "index.db", read_only=True)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "empty").touch()
    with pytest.raises(InputError, match="not an index"):
        DuplicateIndex(tmp_path / "empty", read_only=True)
    assert (tmp_path / "empty").stat().st_size == 0


def test_a_reader_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "index.db"
    with DuplicateIndex(path, DuplicateSettings(bands=16, rows=2)) as index:
        index.add({"id": f"a{seed}", "text": article(seed)} for seed in range(5))
    before = path.read_bytes()
    with DuplicateIndex(path, read_only=True) as index:
        assert (index.settings.bands, index.info().articles) == (16, 5)
        assert [pair.relation for pair in index.query([article(2)])] == ["identical"]
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            index.add([{"id": "new", "text": article(9)}])
    assert path.read_bytes() == before


def test_an_index_in_a_folder_that_cannot_be_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "index.db"
    with DuplicateIndex(path) as index:
        index.add([{"id": "a", "text": article(1)}])
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with DuplicateIndex(path, read_only=True) as index:
        assert index.info().articles == 1
    assert [each.name for each in tmp_path.iterdir()] == ["index.db"]


def test_any_thread_may_use_an_index(tmp_path: Path) -> None:
    with DuplicateIndex(tmp_path / "index.db") as index, ThreadPoolExecutor(4) as pool:
        index.add([{"id": "first", "text": article(0)}])
        added = pool.map(lambda seed: index.add([{"id": f"a{seed}", "text": article(seed)}]), range(1, 9))
        asked = pool.map(lambda _: index.query([article(0)])[0].relation, range(8))
        assert list(added) == [[]] * 8
        assert list(asked) == ["identical"] * 8
        assert index.info().articles == 9
