"""Room for large arrays: in memory, or in mapped files of a scratch directory.

The system can take mapped files out of memory again. What needs a row for each article, key or pair lies there; what a
step holds beside it is bounded by `rows`. A file has no name: it goes when nobody uses it, however the process ends.
Its blocks are allocated when it is made, so that a full disk is an error then, and not the end of the process later.
"""

import mmap
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any, Generic, TypeVar

import numpy as np
from numpy.typing import DTypeLike, NDArray

from newsclean.settings import MEMORY

Element = TypeVar("Element", bound=np.generic)
Item = TypeVar("Item")
Result = TypeVar("Result")
_SMALL = 1 << 20  # bytes of an array that is not worth a file
_STEPS = 32  # arrays of a step, each as large as `rows` says, and what else stands in memory beside them
_LEAST = 16  # rows


class Scratch:
    """Gives room for arrays, in memory or, if there is a directory, in files; and threads for steps of equal kind."""

    def __init__(self, directory: str | os.PathLike[str] | None = None, memory: int = MEMORY, threads: int = 1) -> None:
        self.directory = None if directory is None else Path(directory)
        self.memory, self.threads = memory, threads

    def at_once(self, work: "Callable[[Item, Scratch], Result]", items: Iterable[Item]) -> Iterator[Result]:
        """What `work` gives for each item, in their order, with the room that each thread may take. As many items are
        worked at as there are threads, so none may depend on another. Kernels run without Python's lock.

        >>> list(Scratch(threads=2).at_once(lambda item, room: item * room.threads, [1, 2, 3]))
        [1, 2, 3]
        """
        if self.threads == 1:
            yield from (work(item, self) for item in items)
            return
        room = Scratch(self.directory, self.memory // self.threads)
        with ThreadPoolExecutor(self.threads) as pool:
            yield from pool.map(lambda item: work(item, room), items)

    def rows(self, size: int) -> int:
        """How many rows of `size` bytes a step may hold at once.

        >>> Scratch(memory=1 << 30).rows(64)
        524288
        """
        return max(_LEAST, self.memory // _STEPS // size)

    def empty(self, shape: int | tuple[int, ...], kind: DTypeLike) -> NDArray[Any]:
        """An array whose values are not set."""
        size = int(np.prod(shape)) * np.dtype(kind).itemsize
        if self.directory is None or size <= min(_SMALL, self.memory // _STEPS):
            return np.empty(shape, kind)
        with self._file() as file:
            _allocate(file, size, self.directory)
            return mapped(file, size, kind).reshape(shape)

    def kept(self, values: NDArray[Element]) -> NDArray[Element]:
        """The same values, out of memory."""
        if self.directory is None:
            return values
        array = self.empty(values.shape, values.dtype)
        array[...] = values
        return array

    def column(self, kind: DTypeLike) -> "Growing[Any]":
        """A column that grows at its end."""
        return Growing(self, kind)

    def _file(self) -> IO[bytes]:
        assert self.directory is not None  # whoever asks has looked
        return tempfile.TemporaryFile(dir=self.directory, prefix="scratch-")


IN_MEMORY = Scratch()


class Growing(Generic[Element]):
    """A column that is appended to, and then read as one array."""

    def __init__(self, scratch: Scratch, kind: DTypeLike) -> None:
        self._scratch, self._kind = scratch, np.dtype(kind)
        self._buffer = np.empty(0, np.uint8)  # numpy asks for large pages: half the time of a `bytearray` that grows
        self._file: IO[bytes] | None = None
        self._size = 0

    def __len__(self) -> int:
        return self._size // self._kind.itemsize

    def add(self, values: NDArray[Element]) -> None:
        """Append some values."""
        data = np.ascontiguousarray(values, self._kind).reshape(-1).view(np.uint8)
        start, scratch = self._size, self._scratch
        self._size += len(data)
        if self._file is None and scratch.directory is not None and self._size > min(_SMALL, scratch.memory // _STEPS):
            self._file = scratch._file()
            self._write(self._buffer[:start].data)
            self._buffer = self._buffer[:0].copy()
        if self._file is None:
            if self._size > len(self._buffer):
                room = np.empty(max(self._size, 2 * len(self._buffer), _LEAST), np.uint8)
                room[:start] = self._buffer[:start]
                self._buffer = room
            self._buffer[start : self._size] = data
        else:
            self._write(data.data)

    def _write(self, data: Any) -> None:
        assert self._file is not None  # opened by the caller
        try:
            self._file.write(data)
        except OSError as error:
            raise _full(error, self._scratch.directory) from error

    def array(self) -> NDArray[Element]:
        """All values; nothing can be appended afterwards."""
        if self._file is None:
            return self._buffer[: self._size].view(self._kind)
        with self._file as file:
            self._write(b"")
            try:
                file.flush()
            except OSError as error:
                raise _full(error, self._scratch.directory) from error
            return mapped(file, self._size, self._kind)


def mapped(file: IO[bytes], size: int, kind: DTypeLike) -> NDArray[Any]:
    """The first bytes of an open file as an array that can be changed; it holds on to the file."""
    return np.frombuffer(mmap.mmap(file.fileno(), size), kind)


def _allocate(file: IO[bytes], size: int, directory: Path) -> None:
    try:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, size)
        else:
            for start in range(0, size, _SMALL):
                file.write(bytes(min(_SMALL, size - start)))
            file.flush()
    except OSError as error:
        raise _full(error, directory) from error


def _full(error: OSError, directory: Path | None) -> OSError:
    """The same error, saying where."""
    return OSError(error.errno, error.strerror or str(error), None if directory is None else os.fspath(directory))
