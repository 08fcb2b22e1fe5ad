"""The Spark engine: clean data frames of Spark and find their duplicates, with the results of the local engine.

    from newsclean import spark

    cleaned = spark.clean(frame)
    found = spark.find_duplicates(cleaned)

Needs `pip install 'newsclean[spark]'` and a Java. Nothing of Spark is imported before a function is called.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsclean.spark.cleaning import clean
    from newsclean.spark.duplicates import SparkDuplicates, find_duplicates
    from newsclean.spark.learning import learn_damage, learn_templates

_HOMES = {
    "SparkDuplicates": "duplicates",
    "clean": "cleaning",
    "find_duplicates": "duplicates",
    "learn_damage": "learning",
    "learn_templates": "learning",
}

__all__ = ["SparkDuplicates", "clean", "find_duplicates", "learn_damage", "learn_templates"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(importlib.import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
