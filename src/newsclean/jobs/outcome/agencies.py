"""The agencies that the documents of a run name, by number, in a byte or two for each document."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


class Agencies:
    """Agencies of documents.

    >>> found = Agencies(3)
    >>> found.put(1, ["AFP", None])
    >>> found.of(np.array([0, 1, 2]))
    'AFP'
    """

    def __init__(self, count: int) -> None:
        """Of so many documents, none of which names one yet."""
        self._codes = np.zeros(count, np.uint16)
        self._names: dict[str, int] = {}

    def put(self, first: int, agencies: Sequence[str | None]) -> None:
        """What the documents from number `first` name."""
        codes = [0 if name is None else self._names.setdefault(name, len(self._names) + 1) for name in agencies]
        self._codes[first : first + len(codes)] = codes

    def of(self, members: NDArray[np.int64]) -> str | None:
        """The agency that members of a cluster name, if they name but one."""
        codes = set(self._codes[members].tolist()) - {0}
        return list(self._names)[codes.pop() - 1] if len(codes) == 1 else None
