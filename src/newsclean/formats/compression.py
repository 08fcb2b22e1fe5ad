"""Compressed streams: opened by suffix, with a clear reason where they are damaged or cut off."""

import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, cast

import zstandard

SUFFIXES = (".gz", ".zst")
_MAGIC = {b"\x1f\x8b": ".gz", b"\x28\xb5\x2f\xfd": ".zst"}


def compression_suffix(path: str) -> str:
    """`.gz`, `.zst` or nothing."""
    return next((suffix for suffix in SUFFIXES if path.endswith(suffix)), "")


def decompressed(raw: BinaryIO, suffix: str) -> BinaryIO:
    """A stream of the decompressed bytes of `raw`."""
    if suffix == ".gz":
        return cast(BinaryIO, gzip.GzipFile(fileobj=raw))
    if suffix == ".zst":
        return zstandard.ZstdDecompressor().stream_reader(raw, read_across_frames=True)
    return raw


def sniffed(raw: BinaryIO) -> BinaryIO:
    """`raw`, decompressed if its first bytes say so: for standard input, which has no suffix."""
    buffered = cast(BinaryIO, raw if hasattr(raw, "peek") else io.BufferedReader(cast(io.RawIOBase, raw)))
    head = cast(io.BufferedReader, buffered).peek(4)
    return decompressed(buffered, next((suffix for magic, suffix in _MAGIC.items() if head.startswith(magic)), ""))


def blocks(stream: BinaryIO, size: int) -> Iterator[bytes | str]:
    """Blocks of at most `size` bytes; a last item of type `str` says why the stream could not be read to its end."""
    while True:
        try:
            block = stream.read(size)
        except EOFError:
            yield "the compressed stream is cut off: everything up to here was read, the rest is missing"
            return
        except (OSError, zlib.error, zstandard.ZstdError) as error:
            yield f"the stream cannot be read beyond this point: {error}"
            return
        if not block:
            return
        yield block


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
