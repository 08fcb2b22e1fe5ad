"""The hash table that the terms of an article are gathered in."""

import numpy as np

from newsclean.duplicates.sketching import sketch_batch
from newsclean.duplicates.tfidf import SLOTS, fill, learn_weights
from newsclean.duplicates.tokens import COUNT, NAMED, PLACE


def test_terms_with_count_marks_and_place() -> None:
    sketches = sketch_batch(["In the storm Lisbon closed. The storm, Lisbon said, was a storm."])
    weights = learn_weights(sketches.words, sketches.spans, sketches.languages)
    slots, values = np.empty((3, SLOTS), np.uint32), np.empty((2, SLOTS), np.float32)
    count = fill(sketches.words, 0, len(sketches.words), int(sketches.languages[0]), weights, slots, values)
    found = [slots[1, slots[2, at]] for at in range(count)]
    assert count == 8
    storm, lisbon = found[2], found[3]
    assert (storm & COUNT, storm >> PLACE) == (3, 2)
    assert (lisbon & COUNT, lisbon >> PLACE, bool(lisbon & NAMED)) == (2, 3, True)
    assert (values[0, slots[2, :count]] >= 0).all()
