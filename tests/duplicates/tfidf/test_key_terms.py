"""Key terms of articles."""

from newsclean.duplicates.sketching.sketch import sketch_batch
from newsclean.duplicates.tfidf.idf import learn_weights, shareable
from newsclean.duplicates.tfidf.key_terms import select_salient

STORM = "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats near the western breakwater."


def test_terms_of_one_article_are_not_salient_where_pairs_are_sought() -> None:
    sketches = sketch_batch([STORM, f"{STORM} Xqzvv Yqzvv Zqzvv"])
    weights = learn_weights(sketches.words, sketches.spans, sketches.languages)
    salient = [
        select_salient(sketches.words, sketches.spans, sketches.languages, table).terms
        for table in (weights, shareable(weights))
    ]
    assert set(salient[0][1]) - set(salient[0][0])
    assert not set(salient[1][1]) - set(salient[1][0]) - {0}
