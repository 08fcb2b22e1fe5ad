"""The names of features."""

from newsclean.boilerplate.features import NAMES, NEAR, NEIGHBOURS, SHIFTS, Feature


def test_every_column_has_one_name() -> None:
    assert len(NAMES) == len(set(NAMES)) == max(Feature) + 1
    assert NAMES[NEIGHBOURS] == f"{NEAR[0]}{SHIFTS[0]:+d}"
    assert NAMES[Feature.SCORE_AFTER] == "score_after"
