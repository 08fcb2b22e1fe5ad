"""What is compared, and what comparison found."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.arrays import Pairs

SURE = 0.8
"""Confidence from which one text is dropped for the other."""
BORDER = 0.2
"""Confidence from which a pair that is not named is a close decision."""


class Corpus(NamedTuple):
    """Different texts, numbered by date."""

    words: NDArray[np.uint32]
    spans: NDArray[np.int64]
    """n x 2: where a text's words begin and end."""
    signatures: NDArray[np.uint32]
    """Of all documents."""
    rows: NDArray[np.int64]
    """By text: its row in `signatures`."""
    days: NDArray[np.int32]
    languages: NDArray[np.uint8]
    heads: NDArray[np.int64]
    """Words of the headline that a text begins with."""
    order: NDArray[np.int64]
    """All texts, the one to keep before all others first."""
    sources: NDArray[np.uint32] = np.empty(0, np.uint32)
    """Hashes of source names, 0 where there is none."""
    frames: NDArray[np.uint32] = np.empty(0, np.uint32)
    """How many short texts have the frames of each slot."""


class Verified(NamedTuple):
    """Pairs of texts that are copies, or that may be on one story."""

    pairs: Pairs
    copy: NDArray[np.float32]
    """Confidence that they are copies."""
    story: NDArray[np.float32]
    """Confidence that they report one event."""
    shared: NDArray[np.float32]
    """Share of the shorter text's shingles that the other one has; 0 where they were not compared word by word."""
    words: NDArray[np.float32]
    """Words of the shorter body in passages that the other one has."""
    contained: NDArray[np.bool_]
    """Whether the shorter text is contained in the longer one."""


class Found(NamedTuple):
    """Verified pairs and who stands for whom among them."""

    copies: Verified
    stories: Verified
    """Of leaders only."""
    leaders: NDArray[np.int64]
    """By text: the text that stands for it in `stories`."""
    border: Verified | None = None
    """Pairs that were nearly taken for copies, if they are asked for."""
