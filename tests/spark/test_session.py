"""What the engine says where Spark is missing."""

import importlib.util

import pyarrow as pa
import pytest

from newsclean import spark
from newsclean.spark.session import MissingSparkError


def test_a_missing_pyspark_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingSparkError, match=r"pip install 'newsclean\[spark\]'"):
        spark.clean(pa.table({"text": ["a"]}))


def test_the_package_names_what_it_has() -> None:
    assert callable(spark.clean)
    with pytest.raises(AttributeError, match="has no attribute 'wash'"):
        spark.wash  # noqa: B018
