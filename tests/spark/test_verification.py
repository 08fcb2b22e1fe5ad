"""Verification on Spark: passages of third texts are no evidence, and small stars are completed."""

from typing import Any

import newsclean
from newsclean import spark
from tests.duplicates.articles import article, words


def test_shared_passages_and_small_stars(session: Any) -> None:
    menu, base = article(50, 70), words(60, 200)
    texts = [f"{article(seed, 60)} {menu}" for seed in range(5)]  # one menu below other articles
    texts += [" ".join(base), " ".join(base[:120]), " ".join(base[80:]), " ".join([*words(61, 8), *base[20:]])]
    rows = [(f"{at:02d}", text) for at, text in enumerate(texts)]
    frame = session.createDataFrame(rows, "id string, text string").repartition(3)
    found = {tuple(row)[:3] for row in spark.find_duplicates(frame).pairs.collect()}
    wanted = newsclean.find_duplicates([{"id": name, "text": text} for name, text in rows]).pairs
    assert found == {pair[:3] for pair in wanted}
    assert found
