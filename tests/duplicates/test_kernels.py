"""Kernels against slow references and against datasketch."""

import importlib.util
import random
import unicodedata
from pathlib import Path

import datasketch
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.duplicates import from_datasketch, shingle_hashes, signature, to_datasketch
from newsclean.duplicates.comparison.copies import copy_features
from newsclean.duplicates.sketching._minhash import EMPTY
from newsclean.duplicates.sketching.minhash import sign
from newsclean.duplicates.tokens.tokenizer import character_table, split

_spec = importlib.util.spec_from_file_location("naive", Path(__file__).with_name("naive.py"))
assert _spec is not None
assert _spec.loader is not None
naive = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(naive)

CODES = np.zeros(2, np.uint8)  # languages: unknown
SCRIPTS = "aZ é1.9,0٣क्षिกสวัสดี漢字かなカナ한국어ʼ\u200d\u0301İſßß \n\ud800\U00020000\U000e0041—"
TEXTS = st.one_of(st.text(max_size=60), st.text(SCRIPTS, max_size=60))


@given(st.lists(TEXTS, max_size=5))
@settings(max_examples=300, deadline=None)
def test_words(texts: list[str]) -> None:
    words, bounds = split(texts)
    assert [words[bounds[row] : bounds[row + 1]].tolist() for row in range(len(texts))] == list(map(naive.split, texts))


@given(st.lists(st.text("abcdefghXY 1.,!?\n’é-", max_size=400), max_size=3), st.integers(0, 200))
@settings(max_examples=200, deadline=None)
def test_words_across_blocks(texts: list[str], length: int) -> None:
    """ASCII is read 63 bytes at a time: words, numbers, stops and other letters at all places, and long words."""
    texts += ["w" * length, " " * length + "Word. Next", "é" * length + "Abc"]
    words, bounds = split(texts)
    assert [words[bounds[row] : bounds[row + 1]].tolist() for row in range(len(texts))] == list(map(naive.split, texts))


def test_texts_that_need_no_normalization_are_known() -> None:
    """Only texts with marked code points are normalized."""
    table = character_table()
    stable = [chr(code) for code in range(0x20000) if not table[code] >> 31 and not 0xD800 <= code < 0xE000]
    chooser = random.Random(0)
    for _ in range(5):
        chooser.shuffle(stable)
        assert unicodedata.is_normalized("NFC", "".join(stable))
    for before in "aeoAEO가ක\u0995\u0b95\u1025":
        assert unicodedata.is_normalized("NFC", "".join(before + char for char in stable))


@given(TEXTS, st.sampled_from([1, 7, 128]))
@settings(max_examples=150, deadline=None)
def test_signatures(text: str, size: int) -> None:
    assert signature(text, size).tolist() == naive.signature(text, size)
    minhash = datasketch.MinHash(size, scheme="affine32", hashfunc=int)
    minhash.update_batch(shingle_hashes(text))
    assert (minhash.hashvalues == signature(text, size)).all()


def test_conversion_to_datasketch_and_back() -> None:
    values = signature("Stocks fell on Monday as traders awaited figures from the bank.")
    minhash = to_datasketch(values)
    fresh = datasketch.MinHash(128, scheme="affine32", hashfunc=int)
    fresh.update_batch(shingle_hashes("Stocks fell on Monday as traders awaited figures from the bank."))
    assert minhash.jaccard(fresh) == 1.0
    minhash.update(1234)  # its permutations are datasketch's, so that it can go on
    assert (from_datasketch(to_datasketch(values)) == values).all()
    with pytest.raises(ValueError, match="scheme"):
        from_datasketch(datasketch.MinHash(128, scheme="affine64"))


def test_estimate_has_the_error_of_theory() -> None:
    """2,000 pairs of word lists with known resemblance: unbiased, and a standard error of sqrt(J (1 - J) / k)."""
    generator = np.random.default_rng(0)
    errors = []
    for _ in range(500):
        left = generator.integers(0, 1 << 30, 300).astype(np.uint32) << np.uint32(2)
        cut = int(generator.integers(20, 280))
        right = np.concatenate(
            [left[:cut], generator.integers(0, 1 << 30, 300 - cut).astype(np.uint32) << np.uint32(2)]
        )
        words, bounds = np.concatenate([left, right]), np.array([0, 300, 600])
        rows, _ = sign(words, bounds, 128)
        shared = float(copy_features(words, np.array([[0, 300], [300, 600]]), CODES, np.array([[0, 1]]))[0, 0])
        exact = shared / (2 - shared)  # both lists have as many shingles
        errors.append(((rows[0] == rows[1]).mean() - exact) / np.sqrt(max(exact * (1 - exact), 1e-3) / 128))
    assert abs(np.mean(errors)) < 4 / np.sqrt(len(errors))
    assert 0.9 < np.std(errors) < 1.1


@given(st.text("ab c.", min_size=1, max_size=80), st.text("ab c.", min_size=1, max_size=80))
@settings(max_examples=150, deadline=None)
def test_overlap(left: str, right: str) -> None:
    words, bounds = split([left, right])
    if 0 < bounds[1] < bounds[2]:
        found = copy_features(words, np.stack([bounds[:-1], bounds[1:]], axis=1), CODES, np.array([[0, 1]]))
        assert found[0, 0] == pytest.approx(naive.overlap(left, right, 5)[0])
        assert found[0, 1:3] == pytest.approx(naive.overlap(left, right, 2))


def test_order_and_number_of_pairs_are_irrelevant() -> None:
    """Texts are hashed once for all pairs they are in; longer texts leave larger tables behind."""
    chooser = np.random.default_rng(0)
    sizes = [0, 1, 2, 4, 5, 6, 40, 300, 2000]
    words = chooser.integers(0, 60, sum(sizes)).astype(np.uint32) << np.uint32(2) | chooser.integers(0, 4, sum(sizes))
    bounds = np.cumsum([0, *sizes])
    spans, codes = np.stack([bounds[:-1], bounds[1:]], axis=1), np.zeros(len(sizes), np.uint8)
    pairs = np.array([(one, two) for one in range(len(sizes)) for two in range(len(sizes)) if one != two])
    rows = words.astype(np.uint32)
    together = copy_features(rows, spans, codes, pairs)
    alone = np.concatenate([copy_features(rows, spans, codes, pair[None]) for pair in pairs])
    shuffled = chooser.permutation(len(pairs))
    np.testing.assert_array_equal(together, alone)
    np.testing.assert_array_equal(copy_features(rows, spans, codes, pairs[shuffled]), together[shuffled])


def test_a_text_without_words_has_the_empty_signature() -> None:
    rows, digests = sign(*split(["", " … — \n", "\ud83d"]), 16)
    assert (rows == EMPTY).all()
    assert digests.tolist() == [0, 0, 0]
