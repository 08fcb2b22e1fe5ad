"""The texts that are compared: different ones, by date."""

from newsclean.duplicates import DuplicateSettings, sketch_batch
from newsclean.duplicates.clustering.identical import Groups


def test_different_texts_are_numbered_by_date_and_the_best_come_first() -> None:
    documents = [
        {"text": "late text", "date": "2024-05-09"},
        {"text": "Late, TEXT", "date": "2024-05-01"},
        {"text": "early text of more words", "date": "2024-05-02"},
        {"text": ""},
    ]
    sketches, settings = sketch_batch(documents), DuplicateSettings()
    corpus = Groups(sketches, list("abcd"), settings).corpus(sketches)
    assert len(corpus.spans) == len(corpus.heads) == 2
    assert corpus.days.tolist() == sorted(corpus.days.tolist())
    assert corpus.rows[corpus.order[0]] == 2
