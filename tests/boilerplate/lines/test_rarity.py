"""Common words of many languages are known as such, others are rare."""

import numpy as np

from newsclean.boilerplate.lines import PLACE_BITS, rarity, scan


def test_common_words_are_told_from_rare_ones() -> None:
    words = scan(["the der les para про xylocarpous"]).words
    tenths = rarity()[(words >> PLACE_BITS).astype(np.int64)].tolist()
    assert tenths[:2] == [0, 0]
    assert max(tenths[:5]) < tenths[5]
