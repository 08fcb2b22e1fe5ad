"""From documents to pairs, clusters and what to keep: relations, policies, and what must never matter."""

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.duplicates import Duplicates, DuplicateSettings, Sketches, find_duplicates, resolve, sketch_batch
from newsclean.errors import InputError, SettingsError
from tests.duplicates.articles import edited, mixed, sentences


def outcome(found: Duplicates) -> tuple[Any, ...]:
    """All that must not depend on the order of input."""
    pairs = {
        (frozenset(pair[:2]), pair.relation, round(pair.similarity, 5), round(pair.story, 5)) for pair in found.pairs
    }
    clusters = [
        {(cluster.keep, frozenset(cluster.members)) for cluster in found.clusters(kind)}
        for kind in ("duplicate", "story")
    ]
    return pairs, clusters, dict(found.keep)


@pytest.fixture(scope="module")
def documents() -> list[dict[str, Any]]:
    """Articles, and copies of some."""
    return mixed()


def test_relations_and_which_one_is_contained() -> None:
    text = sentences(1)
    found = find_duplicates([text, text.upper() + "!", edited(text, 1), " ".join(text.split()[:70]), sentences(2)])
    assert {(pair.left, pair.right): pair.relation for pair in found.pairs} == {
        ("0", "1"): "identical",
        ("0", "2"): "near_duplicate",
        ("1", "2"): "near_duplicate",
        ("3", "0"): "contained",
        ("3", "1"): "contained",
        **{pair[:2]: pair.relation for pair in found.pairs if set(pair[:2]) == {"2", "3"}},
    }
    assert [cluster.members for cluster in found.clusters()] == [("0", "1", "2", "3")]
    assert len(found.keep) == 3
    with pytest.raises(ValueError, match="kind"):
        found.clusters("copies")


def test_order_and_batches_are_irrelevant(documents: list[dict[str, Any]], tmp_path: Path) -> None:
    expected = outcome(find_duplicates(documents))
    for turn in range(4):
        shuffled = random.Random(turn).sample(documents, len(documents))
        cuts = sorted(random.Random(turn).sample(range(len(documents)), 5))
        parts = [shuffled[low:high] for low, high in zip([0, *cuts], [*cuts, len(documents)], strict=True)]
        sketches: list[Any] = [sketch_batch(part, DuplicateSettings()) for part in parts]
        sketches[2].save(tmp_path / f"{turn}")
        sketches[2] = tmp_path / f"{turn}"
        assert outcome(resolve(sketches, [document["id"] for document in shuffled])) == expected


def test_every_drop_names_its_kept_one_and_no_cluster_loses_all(documents: list[dict[str, Any]]) -> None:
    found = find_duplicates(documents)
    paired = {frozenset(pair[:2]) for pair in found.pairs}
    assert len(found.keep) == 40
    for dropped, kept in found.keep.items():
        assert kept not in found.keep
        assert frozenset((dropped, kept)) in paired
    for cluster in found.clusters():
        assert [member for member in cluster.members if member not in found.keep] == [cluster.keep]


def test_keep_by_a_function(documents: list[dict[str, Any]]) -> None:
    found = find_duplicates(documents, keep=max)
    assert {cluster.keep[0] for cluster in found.clusters()} == {"c"}
    with pytest.raises(ValueError, match="not one of"):
        find_duplicates(documents, keep=lambda members: "nobody")


def test_texts_without_words_match_nothing(documents: list[dict[str, Any]]) -> None:
    found = find_duplicates(["", " ", "…", "\ud83d\ud83d", "", "!?"])
    assert (found.pairs, found.keep, found.clusters(), found.clusters("story")) == ([], {}, [], [])
    assert find_duplicates([]).pairs == []


def test_dates_part_stories_but_not_copies(seeds: list[dict[str, Any]]) -> None:
    first, second = (dict(seed) for seed in seeds[1:3])
    assert len(find_duplicates([first | {"date": "2025-01-01"}, second | {"date": "2025-01-03"}]).pairs) == 1
    assert find_duplicates([first | {"date": "2025-01-01"}, second | {"date": "2025-01-09"}]).pairs == []
    again = {"id": "again", "text": edited(first["text"], 1, 0.02), "date": "2025-06-01"}
    assert find_duplicates([first | {"date": "2025-01-01"}, again]).pairs[0].relation == "near_duplicate"


def test_a_counter_that_differs_does_not_hide_a_copy() -> None:
    text = sentences(5)
    found = find_duplicates([f"{text}. Comments (12)", f"{text}. Comments (3071)"])
    assert [pair.relation for pair in found.pairs] == ["near_duplicate"]


def test_importing_loads_no_kernels() -> None:
    """Nor numpy: `import newsclean.duplicates` must cost nothing."""
    code = "import sys, newsclean.duplicates; print({'numba', 'numpy', 'datasketch'} & sys.modules.keys())"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "set()"


def test_stories_can_be_left_out(seeds: list[dict[str, Any]]) -> None:
    found = find_duplicates([*seeds, seeds[1] | {"id": "copy"}], DuplicateSettings(stories=False))
    assert [pair.relation for pair in found.pairs] == ["identical"]
    assert found.clusters("story") == []


def test_chains_of_copies_are_cut() -> None:
    """Each text shares half with the next; nobody is dropped for an article that is not a copy of it."""
    pieces = [sentences(seed, 72) for seed in range(12)]
    chain = [f"{one}. {two}. {three}" for one, two, three in zip(pieces, pieces[1:], pieces[2:], strict=False)]
    found = find_duplicates(chain)
    paired = {frozenset(pair[:2]) for pair in found.pairs if pair.relation != "same_story"}
    assert all(frozenset(item) in paired for item in found.keep.items())


def test_many_identical_articles_give_few_pairs() -> None:
    found = find_duplicates([sentences(1)] * 3000)
    assert len(found.keep) == 2999
    assert len(found.pairs) < 3100


def test_one_word_and_boilerplate_texts_are_bounded() -> None:
    texts = ["Advertisement"] * 500 + [f"Subscribe now to our newsletter {number}" for number in range(2000)]
    found = find_duplicates(texts)
    assert len(found.pairs) < 20 * len(texts)


def test_a_long_article_takes_time_in_proportion() -> None:
    long = sentences(1, 400_000)
    found = find_duplicates([long, edited(long, 1), "word" * 1_000_000, "a\n" * 500_000])
    assert [pair.relation for pair in found.pairs] == ["near_duplicate"]


def test_what_is_refused(documents: list[dict[str, Any]], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ids"):
        find_duplicates([documents[0], documents[0]])
    with pytest.raises(TypeError, match="list"):
        find_duplicates("one text")
    with pytest.raises(TypeError, match="text"):
        find_duplicates([{"id": "a"}])
    with pytest.raises(ValueError, match="2 ids"):
        resolve([sketch_batch(["a"])], ["x", "y"])
    with pytest.raises(InputError, match="bands"):
        resolve([sketch_batch(["a"]), sketch_batch(["b"], DuplicateSettings(bands=3))], ["x", "y"])
    with pytest.raises(SettingsError, match="threshold"):
        DuplicateSettings(copy_threshold=0.0)
    path = tmp_path / "sketches"
    sketch_batch(documents).save(path)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(InputError, match="cannot read"):
        Sketches.load(path)
    path.write_bytes(b"something else")
    with pytest.raises(InputError):
        Sketches.load(path)


def test_odd_metadata_is_ignored() -> None:
    odd: list[Any] = [None, 7, "", "May 1st", "2024-99-99", b"2024-01-01", ["x"]]
    documents = [
        {"text": sentences(1), "date": value, "lang": value, "source": value, "title": value, "id": at}
        for at, value in enumerate(odd)
    ]
    assert len(find_duplicates(documents).keep) == len(odd) - 1


@given(st.lists(st.text(max_size=40), max_size=12))
@settings(max_examples=60, deadline=None)
def test_no_text_raises(texts: list[str]) -> None:
    found = find_duplicates(texts)
    assert {pair.relation for pair in found.pairs} <= {"identical", "near_duplicate", "contained", "same_story"}
