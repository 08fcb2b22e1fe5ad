"""Confidences: they rise with what is shared, and other figures in one frame are no copy."""

import numpy as np

from newsclean.duplicates.comparison import CopyFeature, copy_confidence, copy_features, texts_of
from newsclean.duplicates.sketching import sketch_batch
from tests.duplicates.articles import article, words


def confidence(left: str, right: str) -> float:
    sketches = sketch_batch([left, right])
    texts = texts_of(sketches.words, sketches.spans, sketches.heads)
    return float(copy_confidence(copy_features(texts, sketches.languages, np.array([[0, 1]])))[0])


def test_copies_and_unlike_texts() -> None:
    assert confidence(article(1, 200), article(1, 200) + " end") > 0.9
    assert confidence(article(1, 200), article(2, 200)) < 0.1


def test_confidence_never_falls_with_a_share() -> None:
    row = np.full((1, len(CopyFeature)), 0.5, np.float32)
    for feature in (CopyFeature.CONTAINMENT, CopyFeature.COVERED, CopyFeature.BEGINNING, CopyFeature.NAMES):
        rows = np.repeat(row, 20, axis=0)
        rows[:, feature] = np.linspace(0, 1, 20)
        assert (np.diff(copy_confidence(rows)) >= 0).all()


def test_a_frame_with_other_figures_is_not_named() -> None:
    frame = words(1, 200)
    figures = [[str(1000 * side + at) if at % 15 == 0 else word for at, word in enumerate(frame)] for side in range(2)]
    assert confidence(" ".join(figures[0]), " ".join(figures[1])) < 0.5


def test_a_passage_of_its_own_keeps_a_text() -> None:
    """A new lead above an old text: named, and not dropped. The longer text may have as much of its own as it likes."""
    shared = article(1, 200)
    lead, rest = article(2, 80), article(3, 160)
    assert 0.5 <= confidence(f"{lead}\n\n{shared}", f"{shared}\n\n{rest}") < 0.8
    assert confidence(f"{article(2, 20)}\n\n{shared}", shared) >= 0.8
    assert confidence(shared, f"{shared}\n\n{rest}") >= 0.8
