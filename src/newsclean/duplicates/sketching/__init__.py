"""Sketches of documents: words, MinHash signatures, dates and sources; made batch by batch."""

from newsclean.duplicates.sketching.datasketch import from_datasketch, shingle_hashes, signature, to_datasketch
from newsclean.duplicates.sketching.minhash import band_keys, sign
from newsclean.duplicates.sketching.sketch import sketch_batch, sketch_raw
from newsclean.duplicates.sketching.sketches import VERSION, Joiner, Sketches, join, no_sketches

__all__ = [
    "VERSION",
    "Joiner",
    "Sketches",
    "band_keys",
    "from_datasketch",
    "join",
    "no_sketches",
    "shingle_hashes",
    "sign",
    "signature",
    "sketch_batch",
    "sketch_raw",
    "to_datasketch",
]
