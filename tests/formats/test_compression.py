"""Compressed streams: damage is told, and a few bytes never become gigabytes in memory."""

import bz2
import gzip
import io
import json
import lzma
import sys
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from backports import zstd

import newsclean
from newsclean.formats.compression import blocks, compressed, read_packed, read_whole, write_packed

PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".zst": zstd.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}
MB = 1 << 20


def unpacked(data: bytes, suffix: str) -> tuple[bytes, str]:
    pieces = list(blocks(io.BytesIO(data), suffix, 1000))
    problem = "".join(piece for piece in pieces if isinstance(piece, str))
    return b"".join(piece for piece in pieces if isinstance(piece, bytes)), problem


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("size", [0, 1, 999, 1000, 1001, 200_000])
def test_what_was_packed_is_unpacked(suffix: str, size: int) -> None:
    data = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    assert unpacked(PACK[suffix](data), suffix) == (data, "")


@pytest.mark.parametrize("suffix", PACK)
def test_members_follow_each_other_with_padding(suffix: str) -> None:
    data = PACK[suffix](b"one") + PACK[suffix](b"two") + b"\0" * 512
    assert unpacked(data, suffix) == (b"onetwo", "")


@pytest.mark.parametrize("suffix", PACK)
def test_every_cut_is_told(suffix: str) -> None:
    data = PACK[suffix](b"The storm took the bridge. " * 10)
    for length in range(1, len(data)):
        assert "cut off" in unpacked(data[:length], suffix)[1]


@pytest.mark.parametrize("suffix", PACK)
def test_garbage_is_told(suffix: str) -> None:
    data = PACK[suffix](b"The storm took the bridge. " * 10)
    assert "cannot be read" in unpacked(data + b"garbage behind it", suffix)[1]
    assert unpacked(b"no such stream at all, but text", suffix)[1]


@pytest.mark.parametrize("suffix", PACK)
def test_a_bomb_is_never_whole_in_memory(suffix: str) -> None:
    data = PACK[suffix](b"x" * (128 * MB))
    assert len(data) < MB
    tracemalloc.start()
    assert "longer than 1 MB" in str(read_whole(io.BytesIO(data), suffix, MB))
    assert max(map(len, blocks(io.BytesIO(data), suffix, MB))) <= 2 * MB
    assert tracemalloc.get_traced_memory()[1] < 24 * MB
    tracemalloc.stop()


def test_a_bomb_in_a_dump_is_one_reject(tmp_path: Path) -> None:
    good = json.dumps({"text": "The storm took the bridge."}).encode() + b"\n"
    bomb = b'{"text": "' + b"x" * (256 * MB) + b'"}\n'
    (tmp_path / "x.jsonl.zst").write_bytes(zstd.compress(good + bomb + good))
    tracemalloc.start()
    summary = newsclean.run([tmp_path], tmp_path / "out", max_record=8 * MB, steps=("repair",))
    assert tracemalloc.get_traced_memory()[1] < 120 * MB
    tracemalloc.stop()
    assert (summary.read, summary.rejected) == (2, 1)
    reject = json.loads((tmp_path / "out" / "rejects.jsonl").read_text())
    assert reject["line"] == 2
    assert "longer than 8 MB" in reject["reason"]


@pytest.mark.parametrize("limit", [10, 40, 100, 1000, 5000])
@pytest.mark.parametrize("chunk", [7, 64, 4096])
def test_long_lines_are_rejected_and_the_others_keep_their_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int, chunk: int
) -> None:
    monkeypatch.setattr("newsclean.formats.readers.jsonl.CHUNK_BYTES", chunk)
    lines = [json.dumps({"text": "x" * length}).encode() for length in (5, 300, 20, 2000, 1, 80, 900)]
    (tmp_path / "x.jsonl").write_bytes(b"\n".join(lines))
    from newsclean.formats.base import Reject
    from newsclean.formats.inputs import find_inputs, read_chunks
    from newsclean.formats.kinds import reader

    read, rejected = [], []
    for each in read_chunks(find_inputs([tmp_path]).sources, limit=limit):
        if isinstance(each, Reject):
            rejected.append(each.line)
        else:
            rows, rejects, _ = reader("jsonl").decode(each)
            assert not rejects
            read += [line for _, line in rows.places]
    assert read == [n for n, line in enumerate(lines, 1) if len(line) <= limit]
    assert rejected == [n for n, line in enumerate(lines, 1) if len(line) > limit]


@pytest.mark.parametrize("suffix", ["", *PACK])
def test_what_is_written_is_the_same_bytes_each_time(tmp_path: Path, suffix: str) -> None:
    packed = []
    for name in ("a", "b"):
        with compressed(tmp_path / f"{name}.jsonl{suffix}") as file:
            file.write(b"The storm took the bridge.\n" * 1000)
        packed.append((tmp_path / f"{name}.jsonl{suffix}").read_bytes())
    assert packed[0] == packed[1]
    assert unpacked(packed[0], suffix) == (b"The storm took the bridge.\n" * 1000, "")


@pytest.mark.parametrize("arrow", [True, False])
def test_files_of_a_run_survive_packing_and_damage_is_told(
    arrow: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import pyarrow  # noqa: F401

    if not arrow:
        monkeypatch.delitem(sys.modules, "pyarrow")
    path = tmp_path / "packed"
    for data in (b"", b"a", b"one row\n" * 100_000):
        write_packed(path, data)
        assert read_packed(path) == data
    whole = path.read_bytes()
    for damaged in (b"", whole[:3], whole[:-9], b"x" + whole[1:], whole[:6] + bytes(9) + whole[15:]):
        path.write_bytes(damaged)
        with pytest.raises(OSError, match="damaged"):
            read_packed(path)
