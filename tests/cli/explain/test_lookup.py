"""Articles by id, in every format and in the outputs of a run."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

import newsclean
from newsclean.cli.explain.lookup import find_articles, only_article
from newsclean.errors import InputError

OPTIONS: dict[str, Any] = {"field": None, "encoding": None, "input_format": None, "max_record": 256}
ROWS = [{"id": "a", "body": "The caf\u00c3\u00a9 is open."}, {"id": "b", "body": "The port is closed."}]


def dump(folder: Path, name: str) -> Path:
    path = folder / name
    if name.endswith(".gz"):
        path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in ROWS).encode()))
    elif name.endswith(".csv"):
        path.write_text("id,body\n" + "".join(f"{row['id']},{row['body']}\n" for row in ROWS), encoding="utf-8")
    elif name.endswith(".json"):
        path.write_text(json.dumps(ROWS))
    else:
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.Table.from_pylist(ROWS), path)
    return path


@pytest.mark.parametrize("name", ["x.jsonl.gz", "x.csv", "x.json", "x.parquet"])
def test_articles_of_any_format(tmp_path: Path, name: str) -> None:
    found = find_articles(str(dump(tmp_path, name)), ["b", "a"], OPTIONS)
    assert [each.document["text"] for each in found] == [row["body"] for row in ROWS[::-1]]


def test_an_article_of_a_run_comes_with_its_edits(tmp_path: Path) -> None:
    newsclean.run([dump(tmp_path, "x.json")], tmp_path / "out", steps=["repair"])
    [found] = find_articles(str(tmp_path / "out"), ["a"], OPTIONS)
    assert found.edits is not None
    assert newsclean.revert(found.document["text"], found.edits) == ROWS[0]["body"]


def test_a_missing_article_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'c'"):
        find_articles(str(dump(tmp_path, "x.json")), ["a", "c"], OPTIONS)


def test_one_of_many_has_to_be_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--id"):
        only_article(str(dump(tmp_path, "x.json")), OPTIONS)
    (tmp_path / "one.txt").write_text("One article.")
    assert only_article(str(tmp_path / "one.txt"), OPTIONS).document["text"] == "One article."
