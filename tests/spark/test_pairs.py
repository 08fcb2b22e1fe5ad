"""Named pairs on Spark: of many documents with one text the first few, and all with the one that is kept."""

from typing import Any

import newsclean
from newsclean import spark
from tests.duplicates.articles import article


def test_many_documents_with_one_text(session: Any) -> None:
    one, other = article(1), " ".join([*article(1).split()[:100], "other", "end"])
    rows = [(f"a{at:02d}", one) for at in range(11)] + [(f"b{at:02d}", other) for at in range(10)]
    frame = session.createDataFrame(rows, "id string, text string")
    found = [tuple(row)[:3] for row in spark.find_duplicates(frame).pairs.collect()]
    wanted = newsclean.find_duplicates([{"id": name, "text": text} for name, text in rows]).pairs
    assert found == [pair[:3] for pair in wanted]
    assert len(found) < 21 * 20 / 2
