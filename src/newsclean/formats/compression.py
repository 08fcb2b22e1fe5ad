"""Compressed streams: opened by suffix, decompressed in bounded steps, with a clear reason where they are damaged.

Each step gives at most as many bytes as asked for, so a few kilobytes never become gigabytes in memory.
"""

import bz2
import errno
import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Protocol, cast

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

_COMPRESSED_BYTES = 1 << 16
_PEEK = 4096
_OWN_LEVEL = 2  # between the fastest level and the usual one, 3
_XZ_MEMORY = 256 << 20  # bytes for the dictionary of a stream, which can ask for 4 GB


class _Decompressor(Protocol):
    """What the decompressors of bz2, lzma and zstd have in common, for one member (stream, frame) of a file."""

    def decompress(self, data: bytes, max_length: int) -> bytes: ...

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...


class _Gzip:
    """zlib behind the interface of the others."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._full = False

    def decompress(self, data: bytes, max_length: int) -> bytes:
        piece = self._member.decompress(self._member.unconsumed_tail + data, max_length)
        self._full = len(piece) == max_length
        return piece

    @property
    def eof(self) -> bool:
        return self._member.eof

    @property
    def needs_input(self) -> bool:
        return not self._member.unconsumed_tail and not self._full

    @property
    def unused_data(self) -> bytes:
        return self._member.unused_data


_DECOMPRESSORS: dict[str, Callable[[], _Decompressor]] = {
    ".gz": _Gzip,
    ".zst": zstd.ZstdDecompressor,
    ".bz2": bz2.BZ2Decompressor,
    ".xz": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, _XZ_MEMORY),
}
_MAGIC = {b"\x1f\x8b": ".gz", b"\x28\xb5\x2f\xfd": ".zst", b"BZh": ".bz2", b"\xfd7zXZ\0": ".xz"}
SUFFIXES = tuple(_DECOMPRESSORS)
DAMAGE = (OSError, zlib.error, zstd.ZstdError, lzma.LZMAError, ValueError)
"""What reading a damaged compressed stream raises."""


def compression_suffix(path: str) -> str:
    """`.gz`, `.zst`, `.bz2`, `.xz` or nothing, whether in capitals or not."""
    return next((suffix for suffix in SUFFIXES if path.lower().endswith(suffix)), "")


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
    except DAMAGE as error:
        problem = f"the stream cannot be read beyond this point: {error}"
    else:
        problem = ""
    if pieces:
        yield b"".join(pieces)
    if problem:
        yield problem


def _pieces(raw: BinaryIO, suffix: str, size: int) -> Iterator[bytes]:
    """Decompressed bytes as they come, at most `size` at once, across the members of a file.

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
            yield member.decompress(data, size)
            while not (member.eof or member.needs_input):
                yield member.decompress(b"", size)
            data = b""
            if member.eof:
                data = member.unused_data.lstrip(b"\0")  # padding behind the last member is allowed
                member = None
    if member is not None:
        raise EOFError


def read_whole(raw: BinaryIO, suffix: str, limit: int) -> bytes | str:
    """All decompressed bytes of a stream, or the reason why they are not given: damage, or more than `limit`."""
    pieces: list[bytes] = []
    held = 0
    for block in blocks(raw, suffix, 1 << 20):
        if isinstance(block, str):
            return block
        held += len(block)
        if held > limit:
            return too_long("the file", limit)
        pieces.append(block)
    return b"".join(pieces)


def too_long(what: str, limit: int) -> str:
    """Why a record was not read.

    >>> too_long("the line", 256 << 20)
    'the line is longer than 256 MB; read it with a larger --max-record'
    """
    size = f"{limit >> 20:,} MB" if limit >= 1 << 20 else f"{limit:,} bytes"
    return f"{what} is longer than {size}; read it with a larger --max-record"


def head_of(raw: BinaryIO) -> tuple[BinaryIO, str, bytes]:
    """`raw`, buffered; how its first bytes say it is compressed; and the first bytes behind the compression."""
    buffered = cast(io.BufferedReader, raw if hasattr(raw, "peek") else io.BufferedReader(cast(io.RawIOBase, raw)))
    head = buffered.peek(_PEEK)[:_PEEK]
    suffix = next((suffix for magic, suffix in _MAGIC.items() if head.startswith(magic)), "")
    if suffix:
        inner = next(blocks(io.BytesIO(head), suffix, _PEEK), b"")
        head = inner if isinstance(inner, bytes) else b""
    return buffered, suffix, head


def compressed(path: Path) -> BinaryIO:
    """A new file at `path`, compressed as its suffix says. Same bytes in, same bytes out: no time stamps."""
    suffix = compression_suffix(path.name)
    if suffix == ".gz":
        raw = path.open("wb")
        return _closing(gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=raw, mtime=0), raw)
    if suffix == ".zst":
        return cast(BinaryIO, zstd.open(path, "wb", level=3))
    if suffix == ".bz2":
        return cast(BinaryIO, bz2.open(path, "wb"))
    if suffix == ".xz":
        return cast(BinaryIO, lzma.open(path, "wb"))
    return path.open("wb")


def write_packed(path: Path, data: bytes) -> None:
    """Write a file of a run's own, compressed by Zstandard: a third of the size for 5 microseconds a kilobyte."""
    path.write_bytes(zstd.compress(data, level=_OWN_LEVEL))


def read_packed(path: Path) -> bytes:
    """What `write_packed` wrote.

    Arrow unpacks it in a third of the time, but takes a tenth of a second to import: it is asked where it is there.

    Raises:
        OSError: the file cannot be read, or is damaged.
    """
    data = path.read_bytes()
    arrow: Any = sys.modules.get("pyarrow")
    try:
        if arrow is None:
            return zstd.decompress(data)
        size = zstd.get_frame_info(data).decompressed_size
        unpacked: bytes = arrow.Codec("zstd").decompress(data, size, asbytes=True)
        return unpacked
    except (zstd.ZstdError, OSError, ValueError, MemoryError) as error:
        raise OSError(errno.EIO, f"damaged: {error}", str(path)) from error


def _closing(writer: gzip.GzipFile, raw: BinaryIO) -> BinaryIO:
    """A writer that also closes the file below it, which GzipFile leaves open."""
    writer.myfileobj = cast(Any, raw)
    return cast(BinaryIO, writer)
