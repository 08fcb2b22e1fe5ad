"""Compressed streams: opened by suffix, with a clear reason where they are damaged or cut off."""

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast

import zstandard

SUFFIXES = (".gz", ".zst")
_COMPRESSED_BYTES = 1 << 16
_DECOMPRESSORS: dict[str, Callable[[], Any]] = {
    ".gz": lambda: zlib.decompressobj(zlib.MAX_WBITS | 16),
    ".zst": lambda: zstandard.ZstdDecompressor().decompressobj(),
}
_MAGIC = {b"\x1f\x8b": ".gz", b"\x28\xb5\x2f\xfd": ".zst"}


def compression_suffix(path: str) -> str:
    """`.gz`, `.zst` or nothing."""
    return next((suffix for suffix in SUFFIXES if path.endswith(suffix)), "")


def blocks(raw: BinaryIO, suffix: str, size: int) -> Iterator[bytes | str]:
    """Blocks of about `size` decompressed bytes; a last item of type `str` says why there is no more.

    Everything before the damage is given: a cut-off stream still has articles in it.
    """
    pieces: list[bytes] = []
    held = 0
    try:
        for piece in _pieces(raw, suffix, size):
            pieces.append(piece)
            held += len(piece)
            if held >= size:
                yield b"".join(pieces)
                pieces, held = [], 0
    except EOFError:
        problem = "the compressed stream is cut off: everything up to here was read, the rest is missing"
    except (OSError, zlib.error, zstandard.ZstdError) as error:
        problem = f"the stream cannot be read beyond this point: {error}"
    else:
        problem = ""
    if pieces:
        yield b"".join(pieces)
    if problem:
        yield problem


def _pieces(raw: BinaryIO, suffix: str, size: int) -> Iterator[bytes]:
    """Decompressed bytes as they come, across the members of a gzip file or the frames of a Zstandard one.

    Raises:
        EOFError: the stream ends within a member or frame.
    """
    if not suffix:
        while block := raw.read(size):
            yield block
        return
    member = None
    while data := raw.read(_COMPRESSED_BYTES):
        while data:
            member = member or _DECOMPRESSORS[suffix]()
            yield member.decompress(data)
            data = member.unused_data
            if member.eof:
                member = None
                data = data.lstrip(b"\0")  # padding behind the last member is allowed
    if member is not None:
        raise EOFError


def sniffed_suffix(raw: BinaryIO) -> tuple[BinaryIO, str]:
    """`raw`, buffered, and how its first bytes say it is compressed: for standard input, which has no suffix."""
    buffered = cast(io.BufferedReader, raw if hasattr(raw, "peek") else io.BufferedReader(cast(io.RawIOBase, raw)))
    head = buffered.peek(4)
    return buffered, next((suffix for magic, suffix in _MAGIC.items() if head.startswith(magic)), "")


def compressed(path: Path) -> BinaryIO:
    """A new file at `path`, compressed as its suffix says. Same bytes in, same bytes out: no time stamps."""
    suffix = compression_suffix(path.name)
    raw = path.open("wb")
    if suffix == ".gz":
        return cast(
            BinaryIO, _Closing(gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0), raw)
        )
    if suffix == ".zst":
        return zstandard.ZstdCompressor(level=3).stream_writer(raw)
    return raw


class _Closing:
    """A writer that also closes the file below it, which GzipFile leaves open."""

    def __init__(self, writer: gzip.GzipFile, raw: BinaryIO) -> None:
        self.write = writer.write
        self._writer, self._raw = writer, raw

    def close(self) -> None:
        self._writer.close()
        self._raw.close()

    def __enter__(self) -> "_Closing":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
