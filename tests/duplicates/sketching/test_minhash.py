"""Signatures against a slow reference, datasketch and theory."""

import datasketch
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.duplicates import shingle_hashes, signature
from newsclean.duplicates.comparison.copies import copy_features, texts_of
from newsclean.duplicates.sketching._minhash import EMPTY
from newsclean.duplicates.sketching.minhash import sign
from newsclean.duplicates.tokens.tokenizer import split
from tests.duplicates import reference

CODES = np.zeros(2, np.uint8)  # languages: unknown


SCRIPTS = "aZ é1.9,0٣क्षिกสวัสดี漢字かなカナ한국어ʼ\u200d\u0301İſßß \n\ud800\U00020000\U000e0041—"


TEXTS = st.one_of(st.text(max_size=60), st.text(SCRIPTS, max_size=60))


@given(TEXTS, st.sampled_from([1, 7, 128]))
@settings(max_examples=150, deadline=None)
def test_signatures(text: str, size: int) -> None:
    assert signature(text, size).tolist() == reference.signature(text, size)
    minhash = datasketch.MinHash(size, scheme="affine32", hashfunc=int)
    minhash.update_batch(shingle_hashes(text))
    assert (minhash.hashvalues == signature(text, size)).all()


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
        texts = texts_of(words, np.array([[0, 300], [300, 600]]), CODES)
        shared = float(copy_features(texts, CODES, np.array([[0, 1]]))[0, 0])
        exact = shared / (2 - shared)  # both lists have as many shingles
        errors.append(((rows[0] == rows[1]).mean() - exact) / np.sqrt(max(exact * (1 - exact), 1e-3) / 128))
    assert abs(np.mean(errors)) < 4 / np.sqrt(len(errors))
    assert 0.9 < np.std(errors) < 1.1


def test_a_text_without_words_has_the_empty_signature() -> None:
    rows, digests = sign(*split(["", " … — \n", "\ud83d"]), 16)
    assert (rows == EMPTY).all()
    assert digests.tolist() == [0, 0, 0]
