"""The steps for datatrove, in a real pipeline."""

import json
from pathlib import Path
from typing import Any

import pytest

import newsclean

pytest.importorskip("datatrove")

from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

from newsclean.datatrove import Clean, Deduplicate

STORY = "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats."


def test_a_pipeline_cleans_its_documents(tmp_path: Path) -> None:
    rows = [{"id": "a", "text": "The cafÃ© is open.", "source": "a.example"}, {"id": "b", "text": "Nothing happened."}]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    steps = [JsonlReader(str(tmp_path / "in")), Clean(), JsonlWriter(str(tmp_path / "out"), compression=None)]
    LocalPipelineExecutor(steps, logging_dir=str(tmp_path / "logs")).run()
    [path] = (tmp_path / "out").glob("*.jsonl")
    found = [json.loads(line) for line in path.read_text().splitlines()]
    assert [row["text"] for row in found] == ["The café is open.", "Nothing happened."]
    edits = [newsclean.Edit(**edit) for edit in found[0]["metadata"]["edits"]]
    assert newsclean.revert(found[0]["text"], edits) == rows[0]["text"]


def test_copies_are_dropped() -> None:
    excluded: list[Any] = []

    class Writer:
        def write(self, document: Any, rank: int) -> None:
            excluded.append(document)

    documents = [Document(text=text, id=str(n)) for n, text in enumerate([STORY, "Nothing happened.", STORY.upper()])]
    kept = list(Deduplicate(exclusion_writer=Writer())(documents))
    assert [document.id for document in kept] == ["0", "1"]
    assert [(each.id, each.metadata["kept"], each.metadata["relation"]) for each in excluded] == [
        ("2", "0", "identical")
    ]
