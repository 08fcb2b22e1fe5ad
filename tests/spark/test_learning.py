"""Learning on Spark: what the local functions learn."""

from typing import Any

import pytest

import newsclean
from newsclean import spark
from tests.spark.articles import SCHEMA, articles


@pytest.mark.parametrize("partitions", [1, 5])
def test_templates_and_damage_equal_those_of_the_local_functions(session: Any, partitions: int) -> None:
    rows = articles()
    frame = session.createDataFrame(rows, SCHEMA).repartition(partitions)
    templates, local = spark.learn_templates(frame), newsclean.learn_templates(rows)
    assert templates.repeated.tolist() == local.repeated.tolist()
    assert templates.titles.tolist() == local.titles.tolist()
    assert len(templates.repeated)
    known = newsclean.learn_damage([row for row in rows if row["text"] is not None])
    assert spark.learn_damage(frame) == known
    assert set(known) == {"c"}


def test_a_frame_without_an_order_is_refused(session: Any) -> None:
    with pytest.raises(KeyError, match="no column 'id'"):
        spark.learn_templates(session.createDataFrame([("a",)], "text string"))
