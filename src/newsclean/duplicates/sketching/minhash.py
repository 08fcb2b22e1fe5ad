"""MinHash signatures of word shingles, bit for bit those of `datasketch.MinHash(scheme="affine32")`.

A shingle is `SHINGLE` words in a row, hashed to 32 bits; a text of fewer words is one shingle. A text without words has
the empty signature (all bits set), which is never compared with anything.
"""

import functools
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.tokens.tokenizer import mix, split
from newsclean.kernels import kernel

if TYPE_CHECKING:
    import datasketch

SHINGLE = 5
EMPTY = np.uint32(0xFFFFFFFF)
SEED = 1  # of the permutations; datasketch's default
# The five words of a shingle are multiplied by these odd numbers (primes of xxHash; Yann Collet) and added up, so that
# no product waits for another one, and many shingles are hashed side by side.
_ONE, _TWO, _THREE, _FOUR, _FIVE = (
    np.uint32(value) for value in (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1)
)
_MISSING = np.uint32(0x7F4A7C15)
_FACTOR, _OTHER = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
_BLOCK = 1024  # shingles signed at once: they and the signature stay in the first cache
_STEP = (
    64  # shingles that a processor with the widest vectors compares in one step; a block is filled up to whole steps
)


@functools.cache
def permutations(size: int) -> NDArray[np.uint32]:
    """Factors (odd) and summands of `size` permutations, shape (2, size): datasketch's for the same seed."""
    generator = np.random.RandomState(SEED)
    factors = generator.randint(0, 1 << 31, size, dtype=np.uint32) * np.uint32(2) + np.uint32(1)
    return np.array([factors, generator.randint(0, 1 << 32, size, dtype=np.uint32)])


@kernel("uint32(Array(uint32, 1, 'C', readonly=True), int64, int64)")
def shingle(words: Any, start: Any, stop: Any) -> Any:
    """Hash of the up to five words from `start` to `stop`; the two bits that say what a word is do not count."""
    value = np.uint32((words[start] >> 2) * _ONE + (start + SHINGLE - stop) * _MISSING)
    if stop - start > 1:
        value = np.uint32(value + (words[start + 1] >> 2) * _TWO)
    if stop - start > 2:
        value = np.uint32(value + (words[start + 2] >> 2) * _THREE)
    if stop - start > 3:
        value = np.uint32(value + (words[start + 3] >> 2) * _FOUR)
    if stop - start > 4:
        value = np.uint32(value + (words[start + 4] >> 2) * _FIVE)
    return value


@kernel()
def whole_shingle(words: Any, at: Any) -> Any:
    """`shingle` of the five words from `at`, an unsigned place."""
    return np.uint32(
        (words[at] >> 2) * _ONE
        + (words[at + np.uint64(1)] >> 2) * _TWO
        + (words[at + np.uint64(2)] >> 2) * _THREE
        + (words[at + np.uint64(3)] >> 2) * _FOUR
        + (words[at + np.uint64(4)] >> 2) * _FIVE
    )


@kernel()
def pair_shingle(words: Any, at: Any) -> Any:
    """Hash of the two words from `at`, an unsigned place."""
    return np.uint32((words[at] >> 2) * _ONE + (words[at + np.uint64(1)] >> 2) * _TWO)


@kernel("void(Array(uint32, 1, 'C', readonly=True), int64[::1], uint32[:, ::1], uint32[:, ::1], uint64[::1])")
def _sign(words: Any, bounds: Any, permutation: Any, signatures: Any, digests: Any) -> None:
    """Write each text's row of minima and a 64-bit digest of its words in order (0: no words)."""
    values = np.empty(_BLOCK, np.uint32)
    for text in range(len(bounds) - 1):
        start, end = bounds[text], bounds[text + 1]
        for column in range(permutation.shape[1]):
            signatures[text, column] = EMPTY
        for first in range(start, max(end - SHINGLE, start) + (end > start), _BLOCK):
            count = min(end - SHINGLE + 1 - first, _BLOCK)
            for at in range(count):
                values[at] = mix(whole_shingle(words, np.uint64(first + at)))
            if count < 1:
                values[0], count = mix(shingle(words, start, end)), 1
            for at in range(count, (count + _STEP - 1) // _STEP * _STEP):
                values[at] = values[0]
            for column in range(permutation.shape[1]):
                factor, summand = permutation[0, column], permutation[1, column]
                least = signatures[text, column]
                for at in range((count + _STEP - 1) // _STEP * _STEP):
                    least = min(least, np.uint32(values[at] * factor + summand))
                signatures[text, column] = least
        digest = np.uint64(0)
        for at in range(end - start):
            value = (np.uint64(words[np.uint64(start + at)] >> 2) ^ np.uint64(at) * _OTHER) * _FACTOR
            digest += (value ^ (value >> np.uint64(32))) * _OTHER
        digests[text] = max(digest, np.uint64(end > start))


def sign(
    words: NDArray[np.uint32], bounds: NDArray[np.int64], size: int
) -> tuple[NDArray[np.uint32], NDArray[np.uint64]]:
    """Signatures (texts x size) and digests (texts) of the texts whose words stand between `bounds`."""
    signatures = np.empty((len(bounds) - 1, size), np.uint32)
    digests = np.empty(len(bounds) - 1, np.uint64)
    _sign(words, bounds, permutations(size), signatures, digests)
    return signatures, digests


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
