"""A small sample of what `python -m tests.damage.fuzz` runs on a million texts."""

from tests.damage import fuzz


def test_fuzzed_texts_are_repaired_once_and_reversibly() -> None:
    batch = list(fuzz.texts(300, seed=1))
    assert len(set(batch)) > 250
    assert list(fuzz.failures(batch)) == []


def test_the_same_seed_gives_the_same_texts() -> None:
    assert list(fuzz.texts(20, seed=2)) == list(fuzz.texts(20, seed=2)) != list(fuzz.texts(20, seed=3))
