"""Slow references for the kernels, one character and one line at a time."""

from tests.boilerplate.lines.reference import MASK, MIX


def key(hashes: list[int], place: int) -> int:
    """Key of a sequence of words that stand at a place (`newsclean.boilerplate.phrases.Place`)."""
    value = MIX * (1 if place == 4 else place) & MASK
    for word in reversed(hashes) if place == 2 else hashes:
        value = (value ^ (1 if word & 3 == 1 else word)) * MIX & MASK
        value ^= value >> 29
    return value ^ MIX if place == 4 else value
