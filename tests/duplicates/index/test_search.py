"""What new articles are to those of an index."""

import tempfile
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.duplicates import DuplicateIndex, DuplicateSettings, find_duplicates
from newsclean.duplicates.clustering import Groups
from newsclean.duplicates.matching import meet, share_bands
from newsclean.duplicates.results import CONTAINED, IDENTICAL, NEAR_DUPLICATE
from newsclean.duplicates.scratch import IN_MEMORY
from newsclean.duplicates.sketching import sketch_batch
from tests.duplicates.articles import edited, sentences

COPIES = (IDENTICAL, NEAR_DUPLICATE, CONTAINED)
SOURCES = [sentences(seed, 216).split(". ") for seed in range(3)]
PARTS = st.tuples(st.integers(0, 2), st.integers(0, 17), st.integers(1, 18)).map(
    lambda part: SOURCES[part[0]][part[1] : part[1] + part[2]]
)
ARTICLES = st.tuples(st.lists(PARTS, min_size=1, max_size=3), st.sampled_from((0.0, 0.05, 0.15)), st.integers(0, 9))


@pytest.mark.parametrize("stories", [True, False])
def test_short_texts_are_judged_token_by_token(tmp_path: Path, stories: bool) -> None:
    with DuplicateIndex(tmp_path / "index.db", DuplicateSettings(stories=stories)) as index:
        index.add([{"id": "a", "text": "Turkey hikes rates to 50 %"}])
        index.add([{"id": "b", "text": "Grizzlies forward Brandon Clarke dies at age 29 - CBS News"}])
        copies = (IDENTICAL, NEAR_DUPLICATE)
        found = index.query([{"id": "c", "text": "Argentina hikes rates to 50 %"}])
        assert [pair for pair in found if pair.relation in copies] == []
        found = index.query([{"id": "d", "text": "Grizzlies forward Brandon Clarke dies at age 29"}])
        assert [pair.relation for pair in found] == [IDENTICAL]
        found = index.query([{"id": "e", "text": "Memphis Grizzlies forward Brandon Clarke dies at 29"}])
        assert [pair.relation in copies for pair in found] == [True]


def met_in_a_batch(documents: list[dict[str, str]], chosen: DuplicateSettings) -> set[frozenset[str]]:
    """Pairs of ids that a batch compares because of what they have in common: signatures, or rare passages."""
    ids = [document["id"] for document in documents]
    sketches = sketch_batch(documents, chosen)
    corpus = Groups(sketches, ids, chosen, 0, IN_MEMORY).corpus(sketches)
    return {frozenset(ids[row] for row in corpus.rows[pair]) for pair in meet(corpus, share_bands(corpus, chosen))}


@settings(deadline=None, max_examples=15)
@given(st.lists(ARTICLES, min_size=2, max_size=9), st.booleans(), st.integers(1, 9))
def test_names_the_copies_that_a_batch_names(
    made: list[tuple[list[list[str]], float, int]], stories: bool, batch: int
) -> None:
    """Whatever is edited or contained in what, and however articles come. But for copies that a batch compares because
    of a third text, or because of the terms that weigh most in the whole batch."""
    texts = [edited(". ".join(chain(*parts)), seed, share) for parts, share, seed in made]
    texts = [text for text in dict.fromkeys(texts) if len(text.split()) >= 90]
    documents = [{"id": str(at), "text": text} for at, text in enumerate(texts)]
    chosen = DuplicateSettings(stories=stories)
    pairs = find_duplicates(documents, chosen).pairs
    whole = {frozenset(pair[:2]) for pair in pairs if pair.relation in COPIES} & met_in_a_batch(documents, chosen)
    with tempfile.TemporaryDirectory() as folder, DuplicateIndex(f"{folder}/index.db", chosen) as index:
        found = []
        for start in range(0, len(documents), batch):
            found += index.add(documents[start : start + batch])
    assert whole <= {frozenset(pair[:2]) for pair in found if pair.relation in COPIES}


def test_names_copies_that_share_half(tmp_path: Path) -> None:
    one, two = SOURCES[0], SOURCES[1]
    texts = [". ".join(one[:9] + one[1:2]), ". ".join(one[:5] + one[9:12] + two[:2])]
    documents = [{"id": str(at), "text": text} for at, text in enumerate(texts)]
    assert [pair.relation for pair in find_duplicates(documents).pairs] == [NEAR_DUPLICATE]
    with DuplicateIndex(tmp_path / "index.db") as index:
        assert [pair.relation for pair in index.add(documents)] == [NEAR_DUPLICATE]
