"""Runs: everything in comes out or is rejected, always the same bytes, whatever happens on the way."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import newsclean
from newsclean.errors import InputError, OutputError, SettingsError
from newsclean.pipeline import clean_batch
from newsclean.results import Cleaned
from tests.paths import SEEDS

TEXTS = [seed.read_bytes().decode() for seed in SEEDS]
OTHER = "The council of Ardenburg voted on Tuesday to rebuild the harbour bridge, which the flood had taken with it."


def records(copies: int = 1) -> list[dict[str, Any]]:
    """The seeds `copies` times with other fields, and one short article."""
    rows = [
        {"id": f"{copy}-{n}", "text": text, "rank": 1.50, "tags": ["a", {"b": None}], "big": 2**70}
        for copy in range(copies)
        for n, text in enumerate(TEXTS)
    ]
    return [*rows, {"id": "other", "text": OTHER, "rank": 0.1, "tags": [], "big": 0}]


def write_jsonl(path: Path, rows: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def contents(out: Path) -> dict[str, bytes]:
    """All files below a result directory."""
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def test_rows_in_are_rows_out_and_other_fields_pass_untouched(tmp_path: Path) -> None:
    rows = records(copies=2)
    source = write_jsonl(tmp_path / "x.jsonl", rows)
    summary = newsclean.run([source], tmp_path / "out")
    articles = read_jsonl(tmp_path / "out" / "articles.jsonl")
    dropped = read_jsonl(tmp_path / "out" / "dropped.jsonl")
    assert summary.read == len(rows) == len(articles) + len(dropped)
    assert {row["id"] for row in articles} | {row["id"] for row in dropped} == {row["id"] for row in rows}
    by_id = {row["id"]: row for row in rows}
    for row in (*articles, *dropped):
        for name in ("rank", "tags", "big"):
            assert row[name] == by_id[row["id"]][name]
    assert '"rank":1.5,' in (tmp_path / "out" / "articles.jsonl").read_text().replace(" ", "")
    kept = {row["id"] for row in articles}
    assert len(dropped) == 5
    assert all(row["kept"] in kept and row["relation"] == "identical" for row in dropped)
    stories = {row["story"] for row in articles if row["story"]}
    assert len(stories) == 1


def test_a_field_that_exists_is_not_overwritten(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "x.jsonl", [{"id": "a", "text": OTHER, "story": "mine"}])
    newsclean.run([source], tmp_path / "out")
    assert read_jsonl(tmp_path / "out" / "articles.jsonl")[0] == {
        "id": "a",
        "text": OTHER,
        "story": "mine",
        "newsclean_story": None,
        "origin": None,
        "agency": None,
    }


def test_agencies_are_told_though_cleaning_takes_them_out(tmp_path: Path) -> None:
    dated = [{"id": "a", "date": "2025-05-02"}, {"id": "b", "date": "2025-05-01"}, {"id": "c", "date": "2025-05-03"}]
    texts = [f"LISBON (AP) - {OTHER}", f"LISBON (AP) - {OTHER}", "Nothing happened."]
    write_jsonl(tmp_path / "x.jsonl", [row | {"text": text} for row, text in zip(dated, texts, strict=True)])
    newsclean.run([tmp_path / "x.jsonl"], tmp_path / "out")
    rows = [*read_jsonl(tmp_path / "out" / "articles.jsonl"), *read_jsonl(tmp_path / "out" / "dropped.jsonl")]
    assert {row["id"]: row["agency"] for row in rows} == {"a": "AP", "b": "AP", "c": None}
    assert {row["id"]: row["origin"] for row in rows} == {"a": "b", "b": "b", "c": None}
    cluster = read_jsonl(tmp_path / "out" / "clusters.jsonl")[0]
    assert (cluster["origin"], cluster["agency"]) == ("b", "AP")


@pytest.mark.parametrize("format_name", ["jsonl", "jsonl.gz", "jsonl.zst", "parquet", "txt"])
@pytest.mark.parametrize("given", ["x.jsonl", "x.parquet"])
def test_every_format_goes_into_every_other(tmp_path: Path, given: str, format_name: str) -> None:
    rows = [{"id": row["id"], "text": row["text"], "rank": row["rank"]} for row in records(copies=2)]
    if given.endswith("parquet"):
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / given, row_group_size=4)
    else:
        write_jsonl(tmp_path / given, rows)
    summary = newsclean.run([tmp_path / given], tmp_path / "out", format=format_name)
    assert (summary.read, summary.kept) == (11, 6)
    if format_name == "parquet":
        table = pq.read_table(tmp_path / "out" / "articles.parquet")
        assert table.column_names == ["id", "text", "rank", "story", "origin", "agency"]
        assert table.num_rows == 6
        assert pq.read_table(tmp_path / "out" / "dropped.parquet").num_rows == 5
    elif format_name == "txt":
        assert len(list((tmp_path / "out" / "articles").glob("*.txt"))) == 6
        assert len(read_jsonl(tmp_path / "out" / "dropped.jsonl")) == 5


def test_parquet_types_survive(tmp_path: Path) -> None:
    table = pa.table(
        {
            "text": pa.array(TEXTS, pa.large_string()),
            "when": pa.array([1, 2, 3, 4, None], pa.timestamp("us", "UTC")),
            "price": pa.array(range(5), pa.int32()).cast(pa.decimal128(12, 2)),
            "kind": pa.array(list("ababa")).dictionary_encode(),
        }
    )
    pq.write_table(table, tmp_path / "x.parquet", row_group_size=2)
    newsclean.run([tmp_path / "x.parquet"], tmp_path / "out")
    found = pq.read_table(tmp_path / "out" / "articles.parquet")
    assert found.schema.field("when").type == pa.timestamp("us", "UTC")
    assert found["when"].equals(table["when"])
    assert found["price"].to_pylist() == table["price"].to_pylist()
    assert found["kind"].to_pylist() == list("ababa")


def test_rows_that_fit_no_table_say_so(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "x.jsonl", [{"text": OTHER, "n": 1}, {"text": OTHER + "!", "n": ["a"]}])
    with pytest.raises(OutputError, match="--format jsonl"):
        newsclean.run([source], tmp_path / "out", format="parquet")


def test_workers_and_chunk_size_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = write_jsonl(tmp_path / "x.jsonl", records(copies=3))
    newsclean.run([source], tmp_path / "one")
    monkeypatch.setattr("newsclean.formats.readers.jsonl.CHUNK_BYTES", 3000)
    newsclean.run([source], tmp_path / "small")
    newsclean.run([source], tmp_path / "two", workers=2)
    assert contents(tmp_path / "one") == contents(tmp_path / "two") == contents(tmp_path / "small")


def test_repeated_ids_are_rejected_with_their_place(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": TEXTS[0]}, {"id": "a", "text": TEXTS[2]}, {"id": "b", "text": TEXTS[3]}]
    summary = newsclean.run([write_jsonl(tmp_path / "x.jsonl", rows)], tmp_path / "out")
    assert (summary.read, summary.rejected) == (2, 1)
    (reject,) = read_jsonl(tmp_path / "out" / "rejects.jsonl")
    assert (reject["line"], reject["id"]) == (2, "a")
    assert "line 1" in reject["reason"]


def test_a_new_run_replaces_the_outputs_of_the_last(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "x.jsonl", [{"id": "a", "text": OTHER}])
    out = tmp_path / "out"
    newsclean.run([source], out, format="parquet")
    (out / "mine.txt").write_text("keep me")
    newsclean.run([source], out, format="jsonl")
    assert not (out / "articles.parquet").exists()
    assert {path.name for path in out.iterdir()} == {
        ".newsclean-manifest.jsonl",
        "articles.jsonl",
        "clusters.jsonl",
        "dropped.jsonl",
        "edits.jsonl",
        "mine.txt",
        "pairs.jsonl",
        "rejects.jsonl",
        "sources.jsonl",
        "summary.json",
    }


def test_output_inside_the_input_is_not_read_again(tmp_path: Path) -> None:
    write_jsonl(tmp_path / "x.jsonl", records())
    for _ in range(2):
        assert newsclean.run([tmp_path], tmp_path / "out").read == 6


KILLED = """
import sys, newsclean
from newsclean.formats.readers import jsonl
jsonl.CHUNK_BYTES = 20_000
newsclean.run([sys.argv[1]], sys.argv[2], workers=int(sys.argv[3]))
"""


@pytest.mark.parametrize("workers", [1, 2])
def test_a_killed_run_goes_on_and_ends_with_the_same_bytes(tmp_path: Path, workers: int) -> None:
    source = write_jsonl(tmp_path / "x.jsonl", records(copies=40))
    script = tmp_path / "job.py"
    script.write_text(KILLED.replace("newsclean.run", "if __name__ == '__main__': newsclean.run"))
    command = [sys.executable, str(script), str(source)]
    subprocess.run([*command, str(tmp_path / "whole"), "1"], check=True, timeout=120)
    out = tmp_path / "killed"
    process = subprocess.Popen([*command, str(out), str(workers)])
    deadline = time.monotonic() + 60
    while process.poll() is None and len(list((out / ".newsclean" / "parts").glob("[0-9]*"))) < 8:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert not (out / "summary.json").exists()
    subprocess.run([*command, str(out), str(workers)], check=True, timeout=120)
    assert contents(out) == contents(tmp_path / "whole")


def test_two_runs_cannot_write_to_one_directory(tmp_path: Path) -> None:
    from newsclean.jobs.storage.workdir import work_directory

    source = write_jsonl(tmp_path / "x.jsonl", records())
    with work_directory(tmp_path / "out"), pytest.raises(OutputError, match="another run"):
        newsclean.run([source], tmp_path / "out")


def test_an_output_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "x.jsonl", records())
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError, match="file"):
        newsclean.run([source], tmp_path / "file" / "out")


@pytest.mark.parametrize(
    "arguments", [{"format": "doc"}, {"steps": ("strip", "fly")}, {"steps": ()}, {"workers": 0}], ids=repr
)
def test_arguments_are_checked(tmp_path: Path, arguments: dict[str, Any]) -> None:
    source = write_jsonl(tmp_path / "x.jsonl", records())
    with pytest.raises(SettingsError):
        newsclean.run([source], tmp_path / "out", **arguments)


@pytest.mark.parametrize("lesson", ["learn_templates", "learn_damage"])
def test_learning_from_a_pipe_is_refused(tmp_path: Path, lesson: str) -> None:
    with pytest.raises(InputError, match="twice"):
        newsclean.run(["-"], tmp_path / "out", **{lesson: True})


def test_templates_of_a_source_are_removed(tmp_path: Path) -> None:
    footer = "Ardenburg Courier is edited in the old mill by eleven people who love rivers."
    rows = [
        {"id": str(n), "text": f"{text}\n\n{footer}", "source": "courier.example"}
        for n, text in enumerate(_articles(40))
    ]
    source = write_jsonl(tmp_path / "x.jsonl", rows)
    newsclean.run([source], tmp_path / "out", learn_templates=True, steps=("repair", "strip"))
    assert all(footer not in row["text"] for row in read_jsonl(tmp_path / "out" / "articles.jsonl"))


def test_how_a_source_was_damaged_helps_to_repair_it(tmp_path: Path) -> None:
    texts = ["GrÃ¼ÃŸe aus KÃ¶ln", "FÃ¼r JÃ¶rg", "MÃ¼ller tritt zurÃ¼ck", "ZURÃ¼CK, ZUSAMMEN"]
    rows = [{"id": str(n), "text": text, "source": "a.example"} for n, text in enumerate(texts)]
    rows.append({"id": "4", "text": "ZURÃ¼CK, ZUSAMMEN", "source": "b.example"})
    source = write_jsonl(tmp_path / "x.jsonl", rows)
    newsclean.run([source], tmp_path / "out", learn_damage=True, steps=("repair",))
    repaired = [row["text"] for row in read_jsonl(tmp_path / "out" / "articles.jsonl")]
    assert repaired[2:] == ["Müller tritt zurück", "ZURÜCK, ZUSAMMEN", "ZURÃ¼CK, ZUSAMMEN"]


def _articles(count: int) -> list[str]:
    """Different articles of a few paragraphs, made of the words of the seeds."""
    words = sorted({word for text in TEXTS for word in text.split() if word.isalpha()})
    random = Random(7)
    return [
        "\n\n".join(" ".join(random.choices(words, k=45)).capitalize() + "." for _ in range(5)) for _ in range(count)
    ]


def test_what_only_raw_texts_share_is_reported_and_nothing_dropped_for_it(tmp_path: Path) -> None:
    footer = "\n\n".join(
        (
            "Share this article on Facebook",
            "Share this article on Twitter",
            "Sign up for our newsletter and get the latest news delivered to your inbox every morning",
            "Copyright 2024 The Example Times. All rights reserved. This material may not be published again",
            "Follow us on Facebook, Twitter and Instagram",
        )
    )
    texts = (
        "Storm shuts Lisbon harbour\n\nThe harbour of Lisbon was closed on Monday after a storm sank four boats.",
        "Striker signs for rival club\n\nThe forward passed his medical in Turin on Friday and will wear number nine.",
    )
    rows = [{"id": str(at), "text": f"{text}\n\n{footer}"} for at, text in enumerate(texts)]
    summary = newsclean.run([write_jsonl(tmp_path / "x.jsonl", rows)], tmp_path / "out")
    assert (summary.kept, summary.boilerplate, summary.dropped) == (2, 1, {})
    pair = json.loads((tmp_path / "out" / "pairs.jsonl").read_text())
    assert pair["relation"] == "shared_boilerplate"
    assert 0.5 <= pair["similarity"] < 1


def test_an_article_that_a_stage_fails_for_is_flagged_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clean_batch(texts: list[str], *_: Any, **__: Any) -> list[Cleaned]:
        if "poison" in texts:
            raise IndexError("out of bounds")
        return [Cleaned(text) for text in texts]

    monkeypatch.setattr("newsclean.jobs.worker.clean_batch", clean_batch)
    texts = [*(f"Article number {number}." for number in range(6)), "poison"]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    summary = newsclean.run([tmp_path / "in.jsonl"], tmp_path / "out", steps=("repair",))
    assert summary.kept == 7
    assert summary.flags == {"failed (IndexError: out of bounds)": 1}
    assert summary.incomplete


@pytest.mark.parametrize("suffix", ["jsonl", "parquet", "txt"])
def test_a_dry_run_is_spread_over_the_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    rows = [{"id": str(place), "text": f"Article number {place} is short."} for place in range(400)]
    if suffix == "jsonl":
        (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    elif suffix == "parquet":
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / "a.parquet", row_group_size=10)
    else:
        for row in rows:
            (tmp_path / f"{int(row['id']):03}.txt").write_text(row["text"])
    seen: list[int] = []

    def noted(texts: list[str], *arguments: object, **options: object) -> object:
        seen.extend(int(text.split()[2]) for text in texts)
        return clean_batch(texts, *arguments, **options)

    monkeypatch.setattr("newsclean.jobs.worker.clean_batch", noted)
    summary = newsclean.run([tmp_path], tmp_path / "out", steps=["repair"], dry_run=20)
    assert summary.read == 20
    assert min(seen) < 40
    assert max(seen) > 340
    assert len({place // 100 for place in seen}) == 4
    assert not (tmp_path / "out").exists()
