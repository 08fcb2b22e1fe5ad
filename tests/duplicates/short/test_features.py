"""What short texts have in common, token by token."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.short import Meta, ShortFeature, Tables, Texts, are_short, count_frames, short_features
from newsclean.duplicates.tfidf import learn_weights
from newsclean.duplicates.tokens import ASKED, split, tell_languages

Features = dict[ShortFeature, float]


def features(left: str, right: str, *others: str) -> Features:
    """All features of a pair among other texts."""
    words, bounds = split([left, right, *others])
    spans = np.stack([bounds[:-1], bounds[1:]], axis=1)
    codes = np.full(len(spans), ASKED, np.uint8)
    tell_languages(words, bounds, codes)
    tables = Tables(learn_weights(words, spans, codes), count_frames(words, spans))
    meta = Meta(np.full(len(spans), NO_DAY, np.int32), np.zeros(len(spans), np.uint32))
    row = short_features(Texts(words, spans, codes), tables, meta, np.array([[0, 1]]))[0]
    return dict(zip(ShortFeature, row.tolist(), strict=True))


def test_equal_texts() -> None:
    found = features("Storm shuts the harbour of Lisbon", "Storm shuts the harbour of Lisbon")
    assert round(found[ShortFeature.COSINE], 5) == 1
    assert found[ShortFeature.ALIGNED_LONGER] == found[ShortFeature.RUN] == found[ShortFeature.PREFIX] == 1
    assert found[ShortFeature.OWN_HIGH] == found[ShortFeature.SWAPS] == 0


def test_one_swap() -> None:
    found = features("Turkey hikes rates to 50 %", "Argentina hikes rates to 50 %")
    assert found[ShortFeature.SWAPS] == 1
    assert found[ShortFeature.SWAPPED] > 3
    assert found[ShortFeature.FACTS_LOW] == 1
    assert found[ShortFeature.NUMBERS_SHARED] == 1
    assert found[ShortFeature.INSERTIONS] == 0


def test_a_moved_token_is_no_swap() -> None:
    found = features("At keynote, Apple unveils features", "Apple unveils features at keynote")
    assert found[ShortFeature.SWAPS] == 0
    assert found[ShortFeature.OWN_HIGH] == 0


def test_directions_turn() -> None:
    assert features("US lifts sanctions on banks", "US imposes sanctions on banks")[ShortFeature.TURNED] == 1
    assert features("Shares rise in Tokyo", "Shares climb in Tokyo")[ShortFeature.TURNED] == 0
    assert features("Shares rise in Tokyo", "Shares in Tokyo")[ShortFeature.TURNED] == 0


def test_numerals_are_numbers() -> None:
    found = features("Six killed in Spain", "6 killed in Spain")
    assert found[ShortFeature.NUMBERS_SHARED] == 1
    assert found[ShortFeature.NUMBERS_LOW] == found[ShortFeature.OWN_HIGH] == 0
    assert features("Six killed in Spain", "7 killed in Spain")[ShortFeature.NUMBERS_LOW] == 1


def test_frames_are_counted() -> None:
    series = [f"Weather forecast for town{at} tomorrow morning" for at in range(9)]
    framed = features(*series)
    assert framed[ShortFeature.OPENING_FRAME] > np.log(8)
    assert framed[ShortFeature.CLOSING_FRAME] > np.log(8)
    alone = features(*series[:2])
    assert alone[ShortFeature.FRAME_MOST] == 0
    assert framed[ShortFeature.FRAME_MOST] > 1


def test_only_short_texts_are_short() -> None:
    words, bounds = split(["word " * 84, "word " * 85, "字" * 160, "", "word"])
    assert are_short(words, np.stack([bounds[:-1], bounds[1:]], axis=1)).tolist() == [True, False, True, False, True]


@settings(deadline=None)  # the first call compiles
@given(st.text(max_size=60), st.text(max_size=60))
def test_order_does_not_matter(left: str, right: str) -> None:
    one, two = features(left, right), features(right, left)
    asymmetric = {ShortFeature.IDEOGRAPHS, ShortFeature.SWAPS, ShortFeature.SWAPPED, ShortFeature.INSERTIONS}
    asymmetric |= {ShortFeature.RUN, ShortFeature.PREFIX}  # of several alignments as long, one is followed
    for feature in set(ShortFeature) - asymmetric:
        assert abs(one[feature] - two[feature]) < 1e-4, feature.name
