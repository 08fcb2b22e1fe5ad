"""Named pairs: few of many identical texts, and one with the kept article for each that is dropped."""

from newsclean.duplicates import find_duplicates
from newsclean.duplicates.clustering.pairs import EXPANDED
from tests.duplicates.articles import article


def test_identical_texts_are_paired_with_the_first_ones_and_the_kept_one() -> None:
    found = find_duplicates([article(1)] * 30)
    assert {pair.relation for pair in found.pairs} == {"identical"}
    assert len(found.pairs) == EXPANDED * (EXPANDED - 1) // 2 + 30 - EXPANDED
    paired = {frozenset(pair[:2]) for pair in found.pairs}
    assert all(frozenset(drop) in paired for drop in found.keep.items())


def test_the_contained_text_comes_first() -> None:
    long, short = article(1, 200), " ".join(article(1, 200).split()[:90])
    for texts in ([long, short], [short, long]):
        [pair] = find_duplicates(texts).pairs
        assert pair.relation == "contained"
        assert texts[int(pair.left)] == short
