"""A real Spark of two processors, for all tests of the engine: one session, as starting it takes longest."""

import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator
from typing import Any

import pytest

RUNS = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
WHY = "Spark is not installed: pip install 'newsclean[spark]', and a Java"
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.memory": "1g",
    "spark.driver.host": "127.0.0.1",
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:-UsePerfData",
    "spark.speculation": "true",
    "spark.speculation.interval": "100ms",
    "spark.speculation.quantile": "0.5",
}
"""Tasks that take longest are started twice: results must not depend on which of the two is done first."""


@pytest.fixture(scope="session")
def session() -> Iterator[Any]:
    """The session; a task may fail once."""
    if not RUNS:
        pytest.skip(WHY)
    from pyspark.sql import SparkSession

    if (other := SparkSession.getActiveSession()) is not None:  # of another test: its tasks may not fail
        other.stop()
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = os.pathsep.join(sys.path)
    builder = SparkSession.builder.master("local[2,3]").appName("newsclean tests")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    spark.sparkContext.setLogLevel("OFF")
    yield spark
    spark.stop()
