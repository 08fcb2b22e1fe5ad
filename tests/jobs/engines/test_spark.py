"""A run on Spark writes the bytes of a run of local processes."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import newsclean
from newsclean.errors import SettingsError
from newsclean.jobs.engines import spark
from newsclean.jobs.options import Options
from newsclean.jobs.storage.parts import Part, PartRows
from newsclean.jobs.worker import Job
from tests.paths import SEEDS
from tests.spark.articles import documents
from tests.spark.conftest import session  # noqa: F401 - a fixture


def outputs(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


@pytest.fixture
def inputs(tmp_path: Path) -> Sequence[Path]:
    rows = [row for row in documents(tmp_path) if row["text"] is not None]
    rows += [dict(rows[3]), rows[5] | {"text": "Another text with an id that is taken."}]
    paths = []
    for number in range(3):
        lines = [json.dumps(row | {"raw": None}, ensure_ascii=False) for row in rows[number::3]]
        paths.append(tmp_path / f"in{number}.jsonl")
        paths[-1].write_text("\n".join(lines), encoding="utf-8")
    return [*paths, *SEEDS]


def test_bytes_equal_those_of_the_local_engine(session: Any, inputs: Sequence[Path], tmp_path: Path) -> None:  # noqa: F811
    runs = {}
    for engine in ("local", "spark"):
        newsclean.run(inputs, tmp_path / engine, engine=engine, on_repeated_id="rename", learn_templates=True)
        runs[engine] = outputs(tmp_path / engine)
    assert set(runs["local"]) == set(runs["spark"])
    for name, data in runs["local"].items():
        assert runs["spark"][name] == data, name


class Cut(NamedTuple):
    """As much of a chunk as is asked for."""

    name: str
    origin: None = None

    def data_digest(self) -> str:
        return self.name

    def digest(self, data: str) -> str:
        return data


def test_the_part_of_the_task_that_is_done_first_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark")
    places: list[Path] = []

    def put(place: Path, digest: str) -> Part:
        place.mkdir()
        part = Part(place, digest, 0, [], "text", 0, {})
        part.save(PartRows([], [], [], [], [], [], []), [])
        return part

    def process(job: Job, numbered: tuple[int, Cut]) -> Part:
        places.append(job.parts)
        if len(places) == 2:  # a speculative task overtakes this one
            put(tmp_path / "000001", "two")
        return put(job.parts / f"{numbered[0]:06d}", numbered[1].name)

    monkeypatch.setattr(spark, "process_chunk", process)
    job = Job(tmp_path, Options())
    for number, name in ((0, "one"), (1, "two"), (0, "one"), (0, "other")):
        part = spark._part(job, (number, Cut(name)))  # type: ignore[arg-type]
        assert (part.directory, part.digest) == (tmp_path / f"{number:06d}", name)
    assert len(places) == 3  # what is there already is not made again
    assert sorted(path.name for path in tmp_path.iterdir()) == ["000000", "000001"]


def test_what_it_cannot_do_is_refused() -> None:
    with pytest.raises(SettingsError, match="neither against nor border"):
        Options(engine="spark", against=["had.db"])
    with pytest.raises(SettingsError, match="engine must be one of local, spark"):
        Options(engine="ray")  # type: ignore[arg-type]
