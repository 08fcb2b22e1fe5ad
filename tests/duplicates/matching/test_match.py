"""Verified pairs: what is a copy, what is contained, what may be dropped."""

from newsclean.duplicates import DuplicateSettings, find_duplicates
from tests.duplicates.articles import article, words


def kinds(*texts: str) -> list[tuple[str, str, str]]:
    return [pair[:3] for pair in find_duplicates(texts).pairs]


def test_a_brief_in_a_long_round_up_is_contained_in_it() -> None:
    brief = article(1, 60)
    round_up = " ".join([article(2, 400), brief, article(3, 400), article(4, 400)])
    assert kinds(round_up, brief) == [("1", "0", "contained")]


def test_similarity_of_a_pair_is_its_own() -> None:
    texts = [f"{article(1, 100)} {at} {article(at + 10, 5)}" for at in range(12)]
    pairs = find_duplicates(texts).pairs
    assert len(pairs) > 11
    assert all(pair.similarity > 0.5 for pair in pairs)


def test_half_a_text_is_named_or_not_but_never_dropped() -> None:
    left, right = [*words(1, 60), *words(2, 60)], [*words(3, 60), *words(2, 60)]
    assert find_duplicates([" ".join(left), " ".join(right)]).keep == {}


def test_likely_copies_are_dropped_on_demand() -> None:
    texts = [" ".join([*words(1, 90), *words(2, 60)]), " ".join([*words(1, 90), *words(3, 60)])]
    sure, likely = (find_duplicates(texts, DuplicateSettings(drop=drop)) for drop in ("sure", "likely"))
    assert sure.pairs == likely.pairs
    assert set(sure.keep) <= set(likely.keep)
