"""Ids of documents by number, as bytes one after the other: 10 million Python strings would take a gigabyte."""

from collections.abc import Iterable, Sequence
from typing import Any, cast, overload

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates import Scratch


class Names(Sequence[str]):
    """A list of strings that is appended to, and then read.

    >>> names = Names(Scratch())
    >>> names.add(["a", "é"])
    >>> names[1], len(names)
    ('é', 2)
    """

    def __init__(self, scratch: Scratch) -> None:
        self._data, self._sizes = scratch.column(np.uint8), scratch.column(np.int64)
        self._scratch = scratch
        self._read: tuple[NDArray[np.uint8], NDArray[np.int64]] | None = None

    def add(self, names: Iterable[str]) -> None:
        """Append some names; not after one was read."""
        encoded = [name.encode("utf-8", "surrogatepass") for name in names]
        self._data.add(np.frombuffer(b"".join(encoded), np.uint8))
        self._sizes.add(np.fromiter(map(len, encoded), np.int64, len(encoded)))

    def __len__(self) -> int:
        return len(self._sizes)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: int | slice) -> str | list[str]:
        if isinstance(place, slice):
            return self.of(np.arange(*place.indices(len(self))))
        data, bounds = self._arrays()
        return data[bounds[place] : bounds[place + 1]].tobytes().decode("utf-8", "surrogatepass")

    def of(self, numbers: NDArray[np.int64]) -> list[str]:
        """The names of some documents."""
        data, bounds = self._arrays()
        view = memoryview(cast(Any, data))
        places = zip(bounds[numbers].tolist(), bounds[numbers + 1].tolist(), strict=True)
        return [str(view[start:end], "utf-8", "surrogatepass") for start, end in places]

    def _arrays(self) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
        if self._read is None:
            bounds = self._scratch.empty(len(self) + 1, np.int64)
            bounds[0] = 0
            np.cumsum(self._sizes.array(), out=bounds[1:])
            self._read = self._data.array(), bounds
        return self._read
