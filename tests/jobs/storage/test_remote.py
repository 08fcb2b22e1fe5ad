"""Results on an object store: the summary is the last to come and the first to go."""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest

import newsclean

pytest.importorskip("moto")
s3fs = pytest.importorskip("s3fs")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An S3 server of this machine."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setitem(os.environ, name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    system = s3fs.S3FileSystem()
    system.mkdir("archive")
    yield system
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


def test_from_s3_to_s3(bucket: Any) -> None:
    row = json.dumps({"id": "a", "text": "The cafÃ© is open."}).encode() + b"\n"
    bucket.pipe_file("archive/in/x.jsonl", row)
    uploaded: list[str] = []

    class Noted:
        """The file system, with a list of what is uploaded."""

        def __getattr__(self, name: str) -> Any:
            return getattr(bucket, name)

        def put_file(self, local: str, remote: str) -> None:
            uploaded.append(remote.rpartition("/")[2])
            bucket.put_file(local, remote)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("newsclean.jobs.storage.remote.file_system", lambda path: (Noted(), path.removeprefix("s3://")))
        for _ in range(2):
            summary = newsclean.run(["s3://archive/in/*.jsonl"], "s3://archive/out", steps=["repair"])
    assert (summary.read, summary.changed) == (1, 1)
    assert uploaded[-1] == "summary.json"
    assert json.loads(bucket.cat_file("archive/out/articles.jsonl"))["text"] == "The café is open."
    again = newsclean.run(["s3://archive/out"], "s3://archive/again", steps=["repair"])
    assert (again.read, again.rejected) == (1, 0)
