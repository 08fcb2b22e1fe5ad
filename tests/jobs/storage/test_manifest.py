"""Only what newsclean wrote is replaced or deleted."""

import json
from pathlib import Path

import pytest

import newsclean
from newsclean.errors import OutputError
from newsclean.formats.inputs import MANIFEST
from newsclean.jobs.storage.manifest import read_manifest, remove_own

TEXT = "The council of Ardenburg voted on Tuesday to rebuild the harbour bridge, which the flood had taken with it."


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "x.jsonl"
    path.parent.mkdir()
    path.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n")
    return path


def cleaned(source: Path, out: Path, **options: object) -> None:
    newsclean.run([source], out, steps=("repair",), **options)  # type: ignore[arg-type]


def mine(path: Path) -> Path:
    """A file of the user."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("mine")
    return path


FOREIGN = ["articles.jsonl", "edits.jsonl", "summary.json", "articles/mine.txt", "dropped.jsonl", "rejects.jsonl"]


@pytest.mark.parametrize("name", FOREIGN)
def test_a_file_of_the_user_is_never_deleted(source: Path, tmp_path: Path, name: str) -> None:
    path = mine(tmp_path / "out" / name)
    with pytest.raises(OutputError, match="force"):
        cleaned(source, tmp_path / "out", format="txt" if name.startswith("articles/") else "jsonl")
    assert path.read_text() == "mine"
    assert [each.name for each in (tmp_path / "out").iterdir()] == [name.split("/")[0]]


@pytest.mark.parametrize("name", FOREIGN)
def test_force_replaces_it(source: Path, tmp_path: Path, name: str) -> None:
    path = mine(tmp_path / "out" / name)
    cleaned(source, tmp_path / "out", format="txt" if name.startswith("articles/") else "jsonl", force=True)
    assert not path.exists() or path.read_text() != "mine"


def test_a_link_is_the_users(source: Path, tmp_path: Path) -> None:
    target = mine(tmp_path / "elsewhere" / "articles.jsonl")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "articles.jsonl").symlink_to(target)
    with pytest.raises(OutputError, match=r"articles\.jsonl"):
        cleaned(source, tmp_path / "out")
    cleaned(source, tmp_path / "out", force=True)
    assert target.read_text() == "mine"


def test_results_that_were_changed_since_are_the_users(source: Path, tmp_path: Path) -> None:
    cleaned(source, tmp_path / "out")
    with (tmp_path / "out" / "articles.jsonl").open("a") as file:
        file.write("{}\n")
    with pytest.raises(OutputError, match=r"changed since: articles\.jsonl"):
        cleaned(source, tmp_path / "out")
    cleaned(source, tmp_path / "out", format="parquet")  # another file: the changed one stays
    assert (tmp_path / "out" / "articles.jsonl").read_text().endswith("{}\n")


def test_a_file_added_to_the_articles_stops_the_next_run(source: Path, tmp_path: Path) -> None:
    cleaned(source, tmp_path / "out", format="txt")
    path = mine(tmp_path / "out" / "articles" / "notes.txt")
    with pytest.raises(OutputError, match=r"articles/notes\.txt"):
        cleaned(source, tmp_path / "out", format="txt")
    cleaned(source, tmp_path / "out", format="jsonl")
    assert [each.name for each in path.parent.iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("content", ["", "{", "[]\n", '{"file": "x"}\n', "\0"])
def test_a_damaged_manifest_claims_nothing(source: Path, tmp_path: Path, content: str) -> None:
    cleaned(source, tmp_path / "out")
    (tmp_path / "out" / MANIFEST).write_text(content)
    with pytest.raises(OutputError, match="did not write"):
        cleaned(source, tmp_path / "out")


@pytest.mark.parametrize("name", ["../victim.txt", "link/victim.txt", "/etc/hostname-of-nobody"])
def test_a_manifest_cannot_point_outside(tmp_path: Path, name: str) -> None:
    victim = mine(tmp_path / "victim.txt")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "link").symlink_to(tmp_path)
    (tmp_path / "out" / MANIFEST).write_text(json.dumps({"file": name, "size": 4}) + "\n")
    remove_own(tmp_path / "out", read_manifest(tmp_path / "out"), [], force=False)
    assert victim.exists()


@pytest.mark.parametrize("kind", ["directory", "link"])
def test_a_working_directory_of_something_else_is_left_alone(source: Path, tmp_path: Path, kind: str) -> None:
    path = mine(tmp_path / "theirs" / "file")
    (tmp_path / "out").mkdir()
    if kind == "link":
        (tmp_path / "out" / ".newsclean").symlink_to(path.parent)
    else:
        path = mine(tmp_path / "out" / ".newsclean" / "file")
    with pytest.raises(OutputError, match="not made by newsclean"):
        cleaned(source, tmp_path / "out")
    assert path.read_text() == "mine"


def test_results_of_a_run_can_be_its_input(source: Path, tmp_path: Path) -> None:
    cleaned(source, tmp_path / "out")
    summary = newsclean.run([tmp_path / "out"], tmp_path / "again", steps=("repair",))
    assert (summary.read, summary.rejected) == (1, 0)
    assert len(summary.skipped["a result of newsclean other than its articles"]) == 8
