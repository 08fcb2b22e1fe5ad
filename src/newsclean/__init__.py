"""newsclean turns crawled news text into clean, deduplicated articles, with every change visible and reversible.

Names are loaded when first used: `import newsclean` alone loads neither numba nor pyarrow.
"""

import importlib
from typing import TYPE_CHECKING, Any

from newsclean._version import __version__ as __version__

if TYPE_CHECKING:
    from newsclean import arrow as arrow
    from newsclean import jobs as jobs
    from newsclean.boilerplate import Templates, learn_templates
    from newsclean.damage import Decoded, Evidence, decode, learn_damage
    from newsclean.duplicates import Cluster, DuplicateIndex, Duplicates, Pair
    from newsclean.edits import Edit, apply_edits, compose, revert
    from newsclean.errors import EditError, InputError, NewscleanError, OutputError, SettingsError
    from newsclean.frames import FrameDuplicates, clean_frame, find_duplicates
    from newsclean.jobs.run import rethreshold, run
    from newsclean.jobs.summary import Summary
    from newsclean.pipeline import Explanation, clean, clean_batch, explain, repair, strip_boilerplate
    from newsclean.results import Cleaned
    from newsclean.settings import BoilerplateSettings, DuplicateSettings, RepairSettings, Settings

_HOMES = {
    "boilerplate": ("Templates", "learn_templates"),
    "damage": ("Decoded", "Evidence", "decode", "learn_damage"),
    "duplicates": ("Cluster", "DuplicateIndex", "Duplicates", "Pair"),
    "edits": ("Edit", "apply_edits", "compose", "revert"),
    "results": ("Cleaned",),
    "errors": ("EditError", "InputError", "NewscleanError", "OutputError", "SettingsError"),
    "pipeline": ("Explanation", "clean", "clean_batch", "explain", "repair", "strip_boilerplate"),
    "jobs.summary": ("Summary",),
    "frames": ("FrameDuplicates", "clean_frame", "find_duplicates"),
    "jobs.run": ("rethreshold", "run"),
    "settings": ("BoilerplateSettings", "DuplicateSettings", "RepairSettings", "Settings"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [  # noqa: RUF022 - in the order of a reader's interest
    "clean",
    "repair",
    "strip_boilerplate",
    "clean_batch",
    "clean_frame",
    "explain",
    "find_duplicates",
    "learn_templates",
    "learn_damage",
    "decode",
    "run",
    "rethreshold",
    "DuplicateIndex",
    "apply_edits",
    "revert",
    "compose",
    "Cleaned",
    "Explanation",
    "Edit",
    "Cluster",
    "Duplicates",
    "FrameDuplicates",
    "Pair",
    "Summary",
    "Templates",
    "Evidence",
    "Decoded",
    "Settings",
    "RepairSettings",
    "BoilerplateSettings",
    "DuplicateSettings",
    "NewscleanError",
    "EditError",
    "InputError",
    "OutputError",
    "SettingsError",
]


if not TYPE_CHECKING:  # a checker knows the names above, and refuses others

    def __getattr__(name: str) -> Any:
        if name in ("arrow", "jobs"):
            return importlib.import_module(f"newsclean.{name}")
        if name not in _HOME_OF:
            raise AttributeError(f"module 'newsclean' has no attribute {name!r}")
        value = getattr(importlib.import_module(f"newsclean.{_HOME_OF[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return sorted({*__all__, "__version__", "arrow", "jobs"})
