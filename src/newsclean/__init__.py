"""newsclean turns crawled news text into clean, deduplicated articles, with every change visible and reversible.

Names are loaded when first used: `import newsclean` alone loads neither numba nor pyarrow.
"""

import importlib
from typing import TYPE_CHECKING, Any

from newsclean._version import __version__ as __version__

if TYPE_CHECKING:
    from newsclean.boilerplate import Templates, learn_templates
    from newsclean.damage import Decoded, Evidence, decode, learn_damage
    from newsclean.duplicates import Cluster, DuplicateIndex, Duplicates, Pair, find_duplicates
    from newsclean.edits import Cleaned, Edit, apply_edits, compose, revert
    from newsclean.errors import EditError, InputError, NewscleanError, OutputError, SettingsError
    from newsclean.jobs.run import run
    from newsclean.jobs.summary import Summary
    from newsclean.pipeline import clean, clean_batch, repair, strip_boilerplate
    from newsclean.settings import BoilerplateSettings, DuplicateSettings, RepairSettings, Settings

_HOMES = {
    "boilerplate": ("Templates", "learn_templates"),
    "damage": ("Decoded", "Evidence", "decode", "learn_damage"),
    "duplicates": ("Cluster", "DuplicateIndex", "Duplicates", "Pair", "find_duplicates"),
    "edits": ("Cleaned", "Edit", "apply_edits", "compose", "revert"),
    "errors": ("EditError", "InputError", "NewscleanError", "OutputError", "SettingsError"),
    "pipeline": ("clean", "clean_batch", "repair", "strip_boilerplate"),
    "jobs.summary": ("Summary",),
    "jobs.run": ("run",),
    "settings": ("BoilerplateSettings", "DuplicateSettings", "RepairSettings", "Settings"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

__all__ = [  # noqa: RUF022 - in the order of a reader's interest
    "clean",
    "repair",
    "strip_boilerplate",
    "clean_batch",
    "find_duplicates",
    "learn_templates",
    "learn_damage",
    "decode",
    "run",
    "DuplicateIndex",
    "apply_edits",
    "revert",
    "compose",
    "Cleaned",
    "Edit",
    "Cluster",
    "Duplicates",
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


def __getattr__(name: str) -> Any:
    if name == "arrow":
        return importlib.import_module("newsclean.arrow")
    if name not in _HOME_OF:
        raise AttributeError(f"module 'newsclean' has no attribute {name!r}")
    value = getattr(importlib.import_module(f"newsclean.{_HOME_OF[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__, "arrow"})
