"""Results on an object store: the summary is the last to come and the first to go."""

import json
from typing import Any

import pytest

import newsclean


def test_from_s3_to_s3(s3: Any) -> None:
    row = json.dumps({"id": "a", "text": "The cafÃ© is open."}).encode() + b"\n"
    s3.pipe_file("news/in/x.jsonl", row)
    uploaded: list[str] = []

    class Noted:
        """The file system, with a list of what is uploaded."""

        def __getattr__(self, name: str) -> Any:
            return getattr(s3, name)

        def put_file(self, local: str, remote: str) -> None:
            uploaded.append(remote.rpartition("/")[2])
            s3.put_file(local, remote)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsclean.jobs.storage.remote.file_system", lambda path: (Noted(), path.removeprefix("s3://")))
        for _ in range(2):
            summary = newsclean.run(["s3://news/in/*.jsonl"], "s3://news/out", steps=["repair"])
    assert (summary.read, summary.changed) == (1, 1)
    assert uploaded[-1] == "summary.json"
    assert json.loads(s3.cat_file("news/out/articles.jsonl"))["text"] == "The café is open."
    again = newsclean.run(["s3://news/out"], "s3://news/again", steps=["repair"])
    assert (again.read, again.rejected) == (1, 0)
