"""Signatures as `datasketch` has them, and back."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.sketching.minhash import SEED, permutations, sign
from newsclean.duplicates.tokens import SHINGLE, shingle, split

if TYPE_CHECKING:
    import datasketch


def shingle_hashes(text: str) -> list[int]:
    """The 32-bit hashes of the text's shingles, in order, as `datasketch.MinHash.update_batch` takes them.

    >>> len(shingle_hashes("one two three four five six"))
    2
    """
    words, _ = split([text])
    stops = range(min(SHINGLE, len(words)), len(words) + 1) if len(words) else range(0)
    return [int(shingle(words, max(0, stop - SHINGLE), stop)) for stop in stops]


def signature(text: str, size: int = 128) -> NDArray[np.uint32]:
    """The MinHash signature of a text: `size` minima.

    >>> (signature("Stocks fell on Monday in London") == signature("STOCKS fell on Monday, in London.")).all()
    np.True_
    """
    row: NDArray[np.uint32] = sign(*split([text]), size)[0][0]
    return row


def to_datasketch(values: NDArray[np.uint32]) -> "datasketch.MinHash":
    """The same signature as a `datasketch.MinHash`, to be put into its `MinHashLSH` or a Redis-backed one.

    >>> minhash = to_datasketch(signature("Stocks fell on Monday in London"))
    >>> minhash.scheme, (from_datasketch(minhash) == signature("Stocks fell on Monday in London")).all()
    ('affine32', np.True_)
    """
    import datasketch

    return datasketch.MinHash(
        seed=SEED, hashvalues=values, permutations=permutations(len(values)), scheme="affine32", hashfunc=int
    )


def from_datasketch(minhash: Any) -> NDArray[np.uint32]:
    """The signature in a `datasketch.MinHash` that was made with scheme "affine32" and the same seed.

    Raises:
        ValueError: it has another scheme or seed, so that its values mean something else.
    """
    if getattr(minhash, "scheme", None) != "affine32" or minhash.seed != SEED:
        raise ValueError(f"need a MinHash with scheme 'affine32' and seed {SEED}, got {minhash!r}")
    return np.array(minhash.hashvalues, np.uint32)
