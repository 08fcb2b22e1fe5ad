"""What holds for all tests, and a storage that several need."""

import os
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import settings

from newsclean.jobs.storage import remote

settings.register_profile("untimed", deadline=None)  # how long a test takes says more of the machine than of the code
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def own_staging(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Results for another place are made in a directory of this session: others may test at the same time."""

    def directory(*_: Any, **__: Any) -> str:
        return str(tmp_path_factory.getbasetemp() / "cache")

    monkeypatch.setattr(remote, "platformdirs", SimpleNamespace(user_cache_dir=directory))


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of an S3 server of this machine."""
    pytest.importorskip("moto")
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(s3_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The file system of an S3 server that holds nothing but the empty bucket `news`."""
    import urllib.request

    s3fs = pytest.importorskip("s3fs")
    urllib.request.urlopen(urllib.request.Request(f"{s3_server}/moto-api/reset", method="POST")).close()
    for name, value in {
        "AWS_ENDPOINT_URL": s3_server,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setitem(os.environ, name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    system = s3fs.S3FileSystem()
    assert system.ls("") == []
    system.mkdir("news")
    yield system
    s3fs.S3FileSystem.clear_instance_cache()
