"""Signatures in datasketch's own index, in memory and in Redis, for those who have one running."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator

import datasketch
import pytest

from newsclean.duplicates import from_datasketch, shingle_hashes, signature, to_datasketch

TEXT = "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats off the coast, police said."


EDITED = TEXT.replace("four", "five")


OTHER = "Shares in the retailer fell by a tenth after it said that it would close stores in the north of the country."


@pytest.fixture
def redis_port() -> Iterator[int]:
    """The port of a Redis server that is ours alone."""
    pytest.importorskip("redis", reason="needs the redis client")
    server = shutil.which("redis-server")
    if server is None:
        pytest.skip("needs redis-server")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    process = subprocess.Popen(
        [server, "--port", str(port), "--save", "", "--appendonly", "no"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait()


def check(index: datasketch.MinHashLSH) -> None:
    """Copies meet in the index, others do not."""
    for name, text in (("text", TEXT), ("other", OTHER)):
        index.insert(name, to_datasketch(signature(text)))
    assert index.query(to_datasketch(signature(EDITED))) == ["text"]


def test_in_memory() -> None:
    check(datasketch.MinHashLSH(params=(64, 2), num_perm=128))


def test_in_redis(redis_port: int) -> None:
    storage = {"type": "redis", "basename": b"newsclean", "redis": {"host": "127.0.0.1", "port": redis_port}}
    check(datasketch.MinHashLSH(params=(64, 2), num_perm=128, storage_config=storage))


def test_conversion_to_datasketch_and_back() -> None:
    values = signature("Stocks fell on Monday as traders awaited figures from the bank.")
    minhash = to_datasketch(values)
    fresh = datasketch.MinHash(128, scheme="affine32", hashfunc=int)
    fresh.update_batch(shingle_hashes("Stocks fell on Monday as traders awaited figures from the bank."))
    assert minhash.jaccard(fresh) == 1.0
    minhash.update(1234)  # its permutations are datasketch's, so that it can go on
    assert (from_datasketch(to_datasketch(values)) == values).all()
    with pytest.raises(ValueError, match="scheme"):
        from_datasketch(datasketch.MinHash(128, scheme="affine64"))
