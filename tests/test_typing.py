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
}


def checked(folder: Path) -> list[str]:
    configuration = folder / "mypy.ini"
    untyped = "".join(f"[mypy-{name}.*]\nignore_missing_imports = True\n" for name in ("pandas", "pyarrow", "polars"))
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
