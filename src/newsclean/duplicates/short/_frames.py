"""Kernels that count frames: what titles of one kind begin with, end with, and hold in the same words."""

import numpy as np

from newsclean.compilation import Column, ReadOnlyColumn, Table, kernel
from newsclean.duplicates.short.columns import ShortFeature
from newsclean.duplicates.tokens import mix

INSIDE, OPENING, CLOSING = 3, 5, 7  # kinds of frames: three tokens anywhere, the first three, the last two
_COMMON = 40.0  # texts that share a frame, above which all is one


@kernel()
def frame(words: ReadOnlyColumn[np.uint32], at: int, size: int, kind: int) -> int:
    """The hash of `size` tokens from `at`, as a frame of a kind; sorts of words do not count."""
    value = np.uint32(kind)
    for place in range(at, at + size):
        value = mix(np.uint32(value * np.uint32(31) + (words[place] >> np.uint32(2))))
    return int(value)


@kernel(entry=True)
def count_in_frames(
    words: ReadOnlyColumn[np.uint32], spans: Table[np.int64], last: Column[np.uint32], counts: Column[np.uint32]
) -> None:
    """Add 1 to the slot of every frame of every text; `last`, of the same size, is 0."""
    mask = np.uint32(len(counts) - 1)
    for text in range(len(spans)):
        start, end = spans[text, 0], spans[text, 1]
        for at in range(start, end - 2):
            slot = np.int64(np.uint32(frame(words, at, 3, INSIDE)) & mask)
            counts[slot] += np.uint32(last[slot] != text + 1)
            last[slot] = np.uint32(text + 1)
        if end - start >= 3:
            counts[np.int64(np.uint32(frame(words, start, 3, OPENING)) & mask)] += np.uint32(1)
            counts[np.int64(np.uint32(frame(words, end - 2, 2, CLOSING)) & mask)] += np.uint32(1)


@kernel()
def _log_count(counts: Column[np.uint32], hashed: int) -> float:
    """Log of the number of texts with a frame, at least 2 as the pair itself has it."""
    count = counts[np.int64(np.uint32(hashed) & np.uint32(len(counts) - 1))]
    return float(np.log(min(max(2.0, np.float64(count)), _COMMON)))


@kernel()
def _same(words: ReadOnlyColumn[np.uint32], one: int, two: int, size: int) -> bool:
    """Whether the tokens from two places are equal."""
    equal = 0
    for at in range(size):
        equal += words[one + at] >> np.uint32(2) == words[two + at] >> np.uint32(2)
    return equal == size


@kernel()
def compare_frames(
    words: ReadOnlyColumn[np.uint32],
    ours: Column[np.int64],
    theirs: Column[np.int64],
    counts: Column[np.uint32],
    row: Column[np.float32],
) -> None:
    """Write the features of the frames that both texts (where each begins and ends) have."""
    least, most, total, shared, rare = 99.0, 0.0, 0.0, 0, 0
    for at in range(ours[0], ours[1] - 2):
        for place in range(theirs[0], theirs[1] - 2):
            if _same(words, at, place, 3):
                count = _log_count(counts, frame(words, at, 3, INSIDE)) - np.log(2.0)
                least, most, total = min(least, count), max(most, count), total + count
                shared += 1
                rare += count < 0.1
                break
    runs = max(1, min(ours[1] - ours[0], theirs[1] - theirs[0]) - 2)
    row[ShortFeature.FRAME_LEAST] = least if shared else -1.0
    row[ShortFeature.FRAME_MOST] = most if shared else -1.0
    row[ShortFeature.FRAME_MEAN] = total / shared if shared else -1.0
    row[ShortFeature.FRAME_RARE] = rare / runs
    row[ShortFeature.FRAME_SHARED] = shared / runs
    row[ShortFeature.OPENING_FRAME] = row[ShortFeature.CLOSING_FRAME] = 0.0
    if min(ours[1] - ours[0], theirs[1] - theirs[0]) >= 3:
        if _same(words, ours[0], theirs[0], 3):
            row[ShortFeature.OPENING_FRAME] = _log_count(counts, frame(words, ours[0], 3, OPENING))
        if _same(words, ours[1] - 2, theirs[1] - 2, 2):
            row[ShortFeature.CLOSING_FRAME] = _log_count(counts, frame(words, ours[1] - 2, 2, CLOSING))
