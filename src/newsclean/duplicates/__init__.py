"""Which articles are copies of each other, which report one event, and which one to keep.

Importing this package is light; numba and the tables are loaded by the first name that is used.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from newsclean.duplicates.agencies import agency_name, agency_of
    from newsclean.duplicates.clustering import Raw
    from newsclean.duplicates.explanation import Feature, Judgement, PairExplanation, explain_pair
    from newsclean.duplicates.index import Added, DuplicateIndex, IndexInfo, Story, StoryEvent
    from newsclean.duplicates.lsh_report import explain_settings
    from newsclean.duplicates.passages import Evidence, Passage, evidence
    from newsclean.duplicates.pipeline import find_duplicates, resolve
    from newsclean.duplicates.resolution import resolve_numbered
    from newsclean.duplicates.results import (
        RELATIONS,
        Cluster,
        Duplicates,
        NumberedClusters,
        NumberedPairs,
        Pair,
        Resolved,
    )
    from newsclean.duplicates.scratch import Scratch
    from newsclean.duplicates.sketching import (
        Joiner,
        Sketches,
        from_datasketch,
        no_sketches,
        shingle_hashes,
        signature,
        sketch_batch,
        sketch_raw,
        to_datasketch,
    )
    from newsclean.settings import DuplicateSettings

_HOMES = {
    "agencies": ("agency_name", "agency_of"),
    "clustering": ("Raw",),
    "explanation": ("Feature", "Judgement", "PairExplanation", "explain_pair"),
    "index": ("Added", "DuplicateIndex", "IndexInfo", "Story", "StoryEvent"),
    "lsh_report": ("explain_settings",),
    "passages": ("Evidence", "Passage", "evidence"),
    "pipeline": ("find_duplicates", "resolve"),
    "resolution": ("resolve_numbered",),
    "results": ("RELATIONS", "Cluster", "Duplicates", "NumberedClusters", "NumberedPairs", "Pair", "Resolved"),
    "scratch": ("Scratch",),
    "sketching": (
        "Joiner",
        "Sketches",
        "from_datasketch",
        "no_sketches",
        "shingle_hashes",
        "signature",
        "sketch_batch",
        "sketch_raw",
        "to_datasketch",
    ),
}

__all__ = [
    "RELATIONS",
    "Added",
    "Cluster",
    "DuplicateIndex",
    "DuplicateSettings",
    "Duplicates",
    "Evidence",
    "Feature",
    "IndexInfo",
    "Joiner",
    "Judgement",
    "NumberedClusters",
    "NumberedPairs",
    "Pair",
    "PairExplanation",
    "Passage",
    "Raw",
    "Resolved",
    "Scratch",
    "Sketches",
    "Story",
    "StoryEvent",
    "agency_name",
    "agency_of",
    "evidence",
    "explain_pair",
    "explain_settings",
    "find_duplicates",
    "from_datasketch",
    "no_sketches",
    "resolve",
    "resolve_numbered",
    "shingle_hashes",
    "signature",
    "sketch_batch",
    "sketch_raw",
    "to_datasketch",
]


def __getattr__(name: str) -> Any:
    if name == "DuplicateSettings":
        from newsclean.settings import DuplicateSettings

        return DuplicateSettings
    from newsclean.compilation import uncollected

    for module, names in _HOMES.items():
        if name in names:
            with uncollected():
                return getattr(importlib.import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
