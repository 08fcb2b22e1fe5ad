"""Postings of the index: what segments answer, merged or not, is what a list of all postings answers."""

import random
import sqlite3
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from newsclean.duplicates import DuplicateIndex, DuplicateSettings
from newsclean.duplicates.candidates import RARE
from newsclean.duplicates.index import queries
from newsclean.duplicates.index.postings import BANDS, PASSAGES, SCHEMA, TERMS, Segments
from newsclean.duplicates.index.store import Store
from newsclean.duplicates.metadata import NO_DAY
from tests.duplicates.index.test_index import article, edited, posted

WIDTH = 3  # bands
Article = tuple[int, list[int], list[int], int]  # number, band keys, salient terms (here shingles, too), day


def made(chooser: random.Random, number: int) -> Article:
    """An article whose keys many others have."""
    keys = [chooser.choice((0, 7, chooser.randrange(1 << 32))) for _ in range(WIDTH)]
    terms = [chooser.choice((chooser.randrange(1, 40), chooser.randrange(1, 4000))) << 3 for _ in range(16)]
    return number, keys, list(dict.fromkeys(terms)), chooser.choice((NO_DAY, 738000, 738001, 738004))


def columns(articles: list[Article]) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Numbers, band keys, salient terms and days."""
    terms = np.zeros((len(articles), 16), np.uint32)
    for row, each in enumerate(articles):
        terms[row, : len(each[2])] = each[2]
    return (
        np.array([each[0] for each in articles], np.int64),
        np.array([each[1] for each in articles], np.uint32),
        terms,
        np.array([each[3] for each in articles], np.int32),
    )


def sharing_bands(asked: Article, there: list[Article], most: int) -> set[int]:
    found: set[int] = set()
    for band in range(WIDTH):
        found |= set([other[0] for other in there if other[1][band] == asked[1][band]][:most])
    return found


def sharing_terms(asked: Article, there: list[Article], window: int, most: int, best: int) -> set[int]:
    shared: Counter[int] = Counter()
    for term in asked[2]:
        holders = sorted((other[3], other[0]) for other in there if term in other[2])
        dated = [(day, number) for day, number in holders if asked[3] == NO_DAY or abs(day - asked[3]) <= window]
        undated = [(day, number) for day, number in holders if asked[3] != NO_DAY and day == NO_DAY]
        shared.update(number for some in (dated, undated) for _, number in some[-most:])
    several = sorted((-count, -number) for number, count in shared.items() if count > 1)
    return {-number for _, number in several[:best]}


def sharing_passages(batch: list[Article], there: list[Article]) -> list[tuple[int, int, int]]:
    found = []
    for row, asked in enumerate(batch):
        earlier = [other for other in there if other[0] < asked[0]]
        holders = [[other[0] for other in earlier if term in other[2]] for term in asked[2]]
        shared = Counter(number for each in holders if len(each) < RARE for number in each)
        found += [(row, number, count) for number, count in sorted(shared.items())]
    return found


@pytest.mark.parametrize("seed", range(4))
def test_answers_as_a_list_does(seed: int) -> None:
    chooser = random.Random(seed)
    base = sqlite3.connect(":memory:", isolation_level=None)
    base.executescript("CREATE TABLE about (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;" + SCHEMA)
    segments, there = Segments(base, WIDTH), list[Article]()
    for number in range(0, 3000, 100):
        batch = [made(chooser, number + at) for at in range(chooser.randrange(1, 100))]
        numbers, keys, terms, days = columns(batch)
        at, column = np.nonzero(terms)
        shingles = terms[at, column].astype(np.uint64) << np.uint64(32) | at.astype(np.uint64)
        postings = {
            BANDS: queries.band_postings(keys, numbers),
            PASSAGES: queries.passage_postings(shingles, numbers),
            TERMS: queries.term_postings(terms, days, numbers),
        }
        segments.add(len(batch), postings)
        there += batch
        rows = np.arange(len(batch))
        pairs, counts = queries.sharing_passages(segments, shingles, numbers)
        both = (pairs >> np.uint64(32)).tolist(), (pairs & np.uint64(0xFFFFFFFF)).tolist(), counts.tolist()
        assert list(zip(*both, strict=True)) == sharing_passages(batch, there)
        for found, expected in (
            (
                queries.sharing_bands(segments, keys, rows, numbers, 5),
                [sharing_bands(asked, [other for other in there if other[0] < asked[0]], 5) for asked in batch],
            ),
            (
                queries.sharing_terms(segments, terms, days, 1, rows, numbers, (20, 6)),
                [sharing_terms(asked, [other for other in there if other[0] < asked[0]], 1, 20, 6) for asked in batch],
            ),
        ):
            answered = [set((found[found >> np.uint64(32) == row] & np.uint64(0xFFFFFFFF)).tolist()) for row in rows]
            assert answered == expected
        gone = chooser.sample(there, len(there) // 10)
        there = [each for each in there if each not in gone]
        if gone:
            segments.bury([each[0] for each in gone], len(there))
    assert len(segments.all()) < 20


def test_what_is_dead_is_written_out_and_never_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("newsclean.duplicates.index.postings._BUCKET", 8)
    monkeypatch.setattr("newsclean.duplicates.index.index._BATCH", 10)
    path = tmp_path / "index.db"
    with DuplicateIndex(path, DuplicateSettings(stories=False)) as index:
        index.add({"id": f"a{seed}", "text": article(seed)} for seed in range(100))
        index.add({"id": f"a{seed}", "text": article(seed + 1000)} for seed in range(0, 100, 2))
        pairs = index.query({"id": f"b{seed}", "text": edited(article(seed), seed)} for seed in range(100))
        assert {pair.left for pair in pairs} <= {f"a{seed}" for seed in range(1, 100, 2)}
        assert len(pairs) >= 40
        pairs = index.query({"id": f"b{seed}", "text": edited(article(seed + 1000), seed)} for seed in range(100))
        assert {pair.left for pair in pairs} <= {f"a{seed}" for seed in range(0, 100, 2)}
        assert len(pairs) >= 40
    base = sqlite3.connect(path)
    alive = {row[0] for row in base.execute("SELECT number FROM articles")}
    store = Store(str(path), DuplicateSettings())
    dead = set(store.segments.dead().tolist())
    assert all(set(numbers) == alive | (set(numbers) & dead) for numbers in posted(base))
    assert len(dead) <= 25
    store.close()
    base.close()
