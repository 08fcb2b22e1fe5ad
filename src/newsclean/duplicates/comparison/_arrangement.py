"""The kernel that says which text of a pair is the left one."""

import numpy as np

from newsclean.compilation import ReadOnlyColumn, Table, kernel


@kernel(entry=True)
def put_longer_first(words: ReadOnlyColumn[np.uint32], spans: Table[np.int64], pairs: Table[np.int64]) -> None:
    """Swap the pairs whose left text is the shorter one. Of equally long texts, the words say which is the left one, as
    a batch numbers them otherwise than an index does."""
    for row in range(len(pairs)):
        left, right = pairs[row, 0], pairs[row, 1]
        start, other = spans[left, 0], spans[right, 0]
        size = spans[left, 1] - start
        more, at = (spans[right, 1] - other) - size, np.int64(0)
        while more == 0 and at < size:
            more = np.int64(words[np.uint64(other + at)]) - np.int64(words[np.uint64(start + at)])
            at += 1
        if more > 0:
            pairs[row, 0], pairs[row, 1] = right, left
