"""The five seeds, as a user would run them: never skipped."""

import json
import re
from pathlib import Path

import pytest

import newsclean
from tests.paths import EXPECTED, SEEDS

FACT_CHECK = re.compile(r"Fact Checker Results.*?globally by 2027\.\n", re.DOTALL)  # may stay or go: both are right


def folded(text: str) -> str:
    """What counts: blank lines inside are one blank line, white space at both ends is nothing."""
    return re.sub(r"\n\s*\n", "\n\n", FACT_CHECK.sub("", text + "\n")).strip()


def raw(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_clean_gives_the_expected_text_and_takes_it_back(seed: Path) -> None:
    cleaned = newsclean.clean(raw(seed))
    assert folded(cleaned.text) == folded(raw(EXPECTED / seed.name))
    assert newsclean.revert(cleaned.text, cleaned.edits) == raw(seed)
    assert newsclean.apply_edits(raw(seed), cleaned.edits) == cleaned.text


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_clean_is_idempotent(seed: Path) -> None:
    once = newsclean.clean(raw(seed)).text
    assert newsclean.clean(once).edits == ()


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.name[:3])
def test_repair_alone_touches_only_the_mojibake(seed: Path) -> None:
    repaired = newsclean.repair(raw(seed))
    assert repaired.text == raw(seed).replace("šŸ’¬", "💬")
    assert len(repaired.edits) == raw(seed).count("šŸ’¬")


def test_batches_give_what_single_texts_give() -> None:
    texts = [raw(seed) for seed in SEEDS]
    assert newsclean.clean_batch(texts) == [newsclean.clean(text) for text in texts]
    assert newsclean.clean_batch(texts[::-1] * 3) == [newsclean.clean(text) for text in texts[::-1] * 3]


def test_the_one_story_told_twice_is_found_and_nothing_else() -> None:
    documents = [{"id": seed.name[:3], "text": newsclean.clean(raw(seed)).text} for seed in SEEDS]
    for order in (documents, documents[::-1]):
        found = newsclean.find_duplicates(order)
        assert [({pair.left, pair.right}, pair.relation) for pair in found.pairs] == [({"001", "002"}, "same_story")]
        assert found.keep == {}


def test_seeds_given_twice_are_identical_to_themselves() -> None:
    documents = [{"id": f"{seed.name[:3]}{copy}", "text": raw(seed)} for copy in "ab" for seed in SEEDS]
    found = newsclean.find_duplicates(documents)
    identical = {frozenset((pair.left, pair.right)) for pair in found.pairs if pair.relation == "identical"}
    assert identical == {frozenset((f"{seed.name[:3]}a", f"{seed.name[:3]}b")) for seed in SEEDS}
    others = {pair.relation for pair in found.pairs} - {"identical"}
    stories = {frozenset((pair.left[:3], pair.right[:3])) for pair in found.pairs if pair.relation == "same_story"}
    assert others == {"same_story"}
    assert stories == {frozenset(("001", "002"))}
    assert len(found.keep) == 5


def test_the_main_job(tmp_path: Path) -> None:
    summary = newsclean.run([SEEDS[0].parent], tmp_path)
    assert (summary.read, summary.kept, summary.stories, summary.rejected) == (5, 5, 1, 0)
    for seed in SEEDS:
        article = (tmp_path / "articles" / seed.name).read_bytes().decode()
        assert folded(article) == folded(raw(EXPECTED / seed.name))
    (pair,) = map(json.loads, (tmp_path / "pairs.jsonl").read_text().splitlines())
    assert (pair["left"][:3], pair["right"][:3], pair["relation"]) == ("001", "002", "same_story")
    for line in (tmp_path / "edits.jsonl").read_text().splitlines():
        record = json.loads(line)
        edits = [newsclean.Edit(**edit) for edit in record["edits"]]
        article = (tmp_path / "articles" / f"{record['id']}.txt").read_bytes().decode()
        assert newsclean.revert(article, edits) == raw(SEEDS[0].parent / f"{record['id']}.txt")
