"""User code passes `mypy --strict`, and code that cannot work does not."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.paths import ROOT

GOOD = {
    "texts": """
import newsclean

cleaned: newsclean.Cleaned = newsclean.clean("a", newsclean.Settings(), steps=["repair"], source="x")
texts: list[str] = [each.text for each in newsclean.clean_batch(["a"], sources=["x"])]
raw: str = newsclean.revert(cleaned.text, cleaned.edits)
for explained in newsclean.explain("a").repairs:
    print(explained.edit.rule, explained.reasons)
strict = newsclean.Settings(boilerplate=newsclean.BoilerplateSettings(mode="safe"))
""",
    "runs": """
import newsclean

summary: newsclean.Summary = newsclean.run(
    ["crawl/"], "out", workers=2, steps=["repair", "strip"], fields={"text": "body"}, on_repeated_id="rename"
)
print(summary.read, summary.reasons)
""",
    "pandas_frames": """
from typing import Any
import pandas as pd
import newsclean

frame: Any = pd.DataFrame({"text": ["a"]})
print(newsclean.clean_frame(frame)["text"])
print(newsclean.find_duplicates(frame, text="text", id="id").keep)
""",
    "arrow_frames": """
import pyarrow as pa
import newsclean

table: pa.Table = newsclean.clean_frame(pa.table({"text": ["a"]}), text="text", source="host")
batch: pa.RecordBatch = newsclean.arrow.clean_batch(pa.record_batch({"text": ["a"]}))
""",
    "polars_frames": """
import polars as pl
import newsclean

frame: pl.DataFrame = newsclean.clean_frame(pl.DataFrame({"text": ["a"]}))
lazy = pl.LazyFrame({"text": ["a"]}).map_batches(newsclean.clean_frame)
""",
    "duplicates": """
import newsclean

found: newsclean.Duplicates = newsclean.find_duplicates(["a", "b"])
kept: dict[str, str] = found.keep
with newsclean.DuplicateIndex("news.index") as index:
    pairs: list[newsclean.Pair] = index.add([{"id": "a", "text": "x"}])
""",
    "datatrove_steps": """
from newsclean.datatrove import Clean, Deduplicate

steps = [Clean(steps=["repair"], source="host"), Deduplicate()]
""",
    "hugging_face_datasets": """
from typing import Any
from datasets import Dataset
import newsclean


def cleaned(batch: dict[str, list[str]]) -> dict[str, list[Any]]:
    results = newsclean.clean_batch(batch["text"], sources=batch["source"])
    return {
        "text": [each.text for each in results],
        "edits": [[edit._asdict() for edit in each.edits] for each in results],
        "flags": [list(each.flags) for each in results],
    }


rows = Dataset.from_dict({"text": ["The port is closed."], "source": ["a.example"]})
mapped = rows.map(cleaned, batched=True, num_proc=2)
kept = newsclean.find_duplicates(mapped.with_format("arrow"), text="text", id="id").keep
print(mapped, kept)
""",
    "duckdb_relations": """
import duckdb
import newsclean

with duckdb.connect("news.db") as base:
    relation = base.sql("select id, body, host, day from articles where day >= '2025-11-01'")
    cleaned = newsclean.clean_frame(relation, text="body", source="host", steps=["repair", "strip"])
    found = newsclean.find_duplicates(cleaned, text="body", id="id")
    base.sql("create or replace table cleaned as select * from cleaned")
    print(found.pairs, found.keep, found.clusters)
""",
    "ray_datasets": """
from typing import Any
import ray
import newsclean


def cleaned(table: Any) -> Any:
    return newsclean.clean_frame(table, text="text")


dataset = ray.data.read_json("crawl/").map_batches(cleaned, batch_format="pyarrow")
dataset.write_parquet("cleaned/")
""",
    "spark_frames": """
from pyspark.sql import SparkSession
import newsclean
from newsclean import spark

session = SparkSession.builder.appName("news").getOrCreate()
articles = session.read.json("crawl/")
settings = newsclean.Settings(boilerplate=newsclean.BoilerplateSettings(mode="safe"))
cleaned = spark.clean(articles, settings, text="text", source="host", steps=["repair", "strip"])
found: spark.SparkDuplicates = spark.find_duplicates(cleaned)
cleaned.write.parquet("cleaned/")
print(found)
""",
    "decisions": """
from pathlib import Path
import newsclean
from newsclean.duplicates import Judgement, PairExplanation, explain_pair
from newsclean.report import write_audit, write_report

settings = newsclean.Settings(
    repair=newsclean.RepairSettings(threshold=0.7),
    duplicates=newsclean.DuplicateSettings(border=True, keep="earliest", drop="likely"),
)
newsclean.run(["crawl/"], "out", settings=settings, workers=2)
summary: newsclean.Summary = newsclean.rethreshold("out", copy_threshold=0.7, drop="sure")
page: Path = write_report("out")
sheet, form = write_audit("out", size=100, seed=7)
found: PairExplanation = explain_pair({"id": "a", "text": "x", "date": "2025-11-01"}, "y", settings.duplicates)
judgements: tuple[Judgement, ...] = found.judgements
for judgement in judgements:
    loudest = max(judgement.features, key=lambda feature: abs(feature.credit))
    print(judgement.question, judgement.confidence >= judgement.threshold, loudest.meaning)
with newsclean.DuplicateIndex("news.index", read_only=True) as index:
    print(index.info().articles, index.query(["text"]))
try:
    newsclean.rethreshold("out", story_threshold=0.4)
except (newsclean.InputError, newsclean.OutputError) as error:
    print(error)
decoded: newsclean.Decoded = newsclean.decode(b"caf\\xe9", declared="utf-8")
print(summary.settings, page, sheet, form, decoded.text)
""",
    "scrapy_items": """
from newsclean.scrapy import Clean, Duplicates

cleaner = Clean(text="body")
duplicates = Duplicates("news.index", text="body")
""",
}
BAD = {
    "newsclean.claen('a')": "attr-defined",
    "newsclean.clean(['a'])": "arg-type",
    "newsclean.clean('a', steps=['fly'])": "list-item",
    "newsclean.clean('a', mode='safe')": "call-arg",
    "newsclean.BoilerplateSettings(mode='brutal')": "arg-type",
    "newsclean.run(['a'], 'out', wrokers=2)": "call-arg",
    "newsclean.run(['a'], 'out', on_repeated_id='forget')": "arg-type",
    "newsclean.rethreshold('out', copy_treshold=0.7)": "call-arg",
    "newsclean.rethreshold('out', drop='all')": "arg-type",
}


UNTYPED = ("pandas", "pyarrow", "polars", "datasets", "duckdb", "ray", "pyspark")
"""Libraries that need not be installed, or have no types."""


def checked(folder: Path) -> list[str]:
    configuration = folder / "mypy.ini"
    untyped = "".join(f"[mypy-{name}.*]\nignore_missing_imports = True\n" for name in UNTYPED)
    quiet = "[mypy-newsclean.*]\nfollow_imports = silent\n"
    configuration.write_text(f"[mypy]\nstrict = True\nmypy_path = {ROOT / 'src'}\n{quiet}{untyped}")
    command = [sys.executable, "-m", "mypy", "--config-file", str(configuration), *map(str, folder.glob("*.py"))]
    result = subprocess.run(command, capture_output=True, text=True, timeout=400, cwd=folder, check=False)
    return [line for line in result.stdout.splitlines() if "error:" in line]


def test_user_code_is_typed(tmp_path: Path) -> None:
    pytest.importorskip("mypy")
    for name, code in GOOD.items():
        (tmp_path / f"{name}.py").write_text(code)
    for number, line in enumerate(BAD):
        (tmp_path / f"bad_{number}.py").write_text(f"import newsclean\n\n{line}\n")
    errors = checked(tmp_path)
    assert [line for line in errors if not line.startswith("bad_")] == []
    for number, (line, kind) in enumerate(BAD.items()):
        assert any(each.startswith(f"bad_{number}.py:3:") and f"[{kind}]" in each for each in errors), (line, errors)
