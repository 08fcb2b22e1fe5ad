"""Few of many, the same few each time: what is shown does not depend on the order in which it comes."""

import hashlib
import heapq
from collections import Counter
from collections.abc import Iterator
from typing import Generic, TypeVar

Item = TypeVar("Item")


def hashed_share(*parts: str) -> float:
    """A number from 0 to 1 that looks drawn by lot but depends on `parts` alone.

    >>> 0 <= hashed_share("a", "7") < 1, hashed_share("a") == hashed_share("a")
    (True, True)
    """
    digest = hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64


class Lowest(Generic[Item]):
    """The `size` items with the lowest keys of all that were offered; equal keys are told apart by name.

    >>> lowest = Lowest(2)
    >>> for key, name in ((3.0, "c"), (1.0, "a"), (2.0, "b")):
    ...     lowest.offer(key, name, name.upper())
    >>> list(lowest)
    ['A', 'B']
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._heap: list[tuple[float, _Reversed, Item]] = []

    def offer(self, key: float, name: str, item: Item) -> None:
        """Keep the item if it is among the lowest so far."""
        entry = (-key, _Reversed(name), item)
        if len(self._heap) < self._size:
            heapq.heappush(self._heap, entry)
        elif entry[:2] > self._heap[0][:2]:
            heapq.heapreplace(self._heap, entry)

    def __iter__(self) -> Iterator[Item]:
        ordered = sorted(self._heap, key=lambda entry: (-entry[0], entry[1].name))
        return (item for _, _, item in ordered)

    def __len__(self) -> int:
        return len(self._heap)


class Frequent:
    """Counts of what occurs often, in bounded memory: of more than `size` names, the rarer half is forgotten.

    >>> frequent = Frequent(4)
    >>> for name in "abacadaeaf":
    ...     frequent.add(name)
    >>> frequent.most_common(1)
    [('a', 5)]
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._counts: Counter[str] = Counter()

    def add(self, name: str, count: int = 1) -> None:
        """Count a name."""
        self._counts[name] += count
        if len(self._counts) > self._size:
            self._counts = Counter(dict(self.most_common(self._size // 2)))

    def most_common(self, most: int) -> list[tuple[str, int]]:
        """The most frequent names; of those alike, the first by name."""
        return heapq.nsmallest(most, self._counts.items(), key=lambda item: (-item[1], item[0]))


class _Reversed:
    """A name that sorts the other way round, so that the heap's smallest is the one to give up."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __lt__(self, other: "_Reversed") -> bool:
        return self.name > other.name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Reversed) and self.name == other.name

    __hash__ = None  # type: ignore[assignment]
