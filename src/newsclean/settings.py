"""Settings: frozen, validated once, unknown names refused."""

import dataclasses
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from newsclean.errors import SettingsError

MODES = ("safe", "balanced", "thorough")
KEEP_POLICIES = ("longest", "earliest", "newest")


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise SettingsError(message)


@dataclasses.dataclass(frozen=True, slots=True)
class RepairSettings:
    """How texts are repaired."""

    threshold: float = 0.5
    """Least confidence, 0 to 1, of a mojibake repair. Higher: fewer repairs, fewer wrong ones."""
    languages: tuple[str, ...] = ()
    """Languages the texts are known to be in (ISO 639-1); raises the confidence of repairs into their scripts."""

    def __post_init__(self) -> None:
        _require(0 <= self.threshold <= 1, f"repair.threshold must be in [0, 1], got {self.threshold}")


@dataclasses.dataclass(frozen=True, slots=True)
class BoilerplateSettings:
    """How residual boilerplate is removed."""

    mode: str = "balanced"
    """`safe`, `balanced` or `thorough`: how much certainty a removal needs."""
    max_removed: float = 0.98
    """If more than this share of a text's letters would go and no paragraph stay, it is flagged, and nothing goes;
    of a whole page what is sure enough for `safe`."""
    disabled: tuple[str, ...] = ()
    """Names of rules that are not asked (`newsclean rules` lists them); the tagger still judges those lines."""

    def __post_init__(self) -> None:
        _require(self.mode in MODES, f"boilerplate.mode must be one of {', '.join(MODES)}, got {self.mode!r}")
        _require(0 < self.max_removed <= 1, f"boilerplate.max_removed must be in (0, 1], got {self.max_removed}")


@dataclasses.dataclass(frozen=True, slots=True)
class DuplicateSettings:
    """How duplicates and same-story pairs are found."""

    bands: int = 64
    """Number of bands of the signature; more bands find more edited copies and cost more candidates."""
    rows: int = 2
    """Minima per band."""
    copy_threshold: float = 0.5
    """Least confidence, 0 to 1, that two articles are copies of one text. Higher: fewer articles dropped."""
    stories: bool = True
    """Whether independent reports on one event are looked for, too; copies alone take half of the time."""
    story_threshold: float = 0.5
    """Least confidence, 0 to 1, that two articles report one event."""
    story_days: int = 3
    """Articles on one event appear within so many days; used only where both have a date."""
    keep: str = "longest"
    """Which member of a cluster is kept: `longest`, `earliest` or `newest`."""
    preferred_sources: tuple[str, ...] = ()
    """Sources whose articles are kept before all others, best first."""

    def __post_init__(self) -> None:
        _require(self.bands >= 1, f"duplicates.bands must be at least 1, got {self.bands}")
        _require(self.rows >= 1, f"duplicates.rows must be at least 1, got {self.rows}")
        for name in ("copy_threshold", "story_threshold"):
            _require(0 < getattr(self, name) <= 1, f"duplicates.{name} must be in (0, 1], got {getattr(self, name)}")
        _require(self.story_days >= 0, f"duplicates.story_days must not be negative, got {self.story_days}")
        _require(
            self.keep in KEEP_POLICIES, f"duplicates.keep must be one of {', '.join(KEEP_POLICIES)}, got {self.keep!r}"
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a run."""

    repair: RepairSettings = RepairSettings()
    boilerplate: BoilerplateSettings = BoilerplateSettings()
    duplicates: DuplicateSettings = DuplicateSettings()

    @classmethod
    def from_toml(cls, path: str | Path) -> "Settings":
        """Settings from a TOML file with the tables `[repair]`, `[boilerplate]` and `[duplicates]`.

        Raises:
            SettingsError: the file is not TOML, or names a setting that does not exist or cannot have that value.
        """
        try:
            tables = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise SettingsError(f"cannot read settings from {path}: {error}") from error
        return cls.from_mapping(tables)

    @classmethod
    def from_mapping(cls, tables: Mapping[str, Any]) -> "Settings":
        """Settings from nested mappings, as a TOML file holds them.

        >>> Settings.from_mapping({"boilerplate": {"mode": "safe"}}).boilerplate.mode
        'safe'
        """
        parts: dict[str, Any] = {field.name: field.default for field in dataclasses.fields(cls)}
        for name, table in tables.items():
            if name not in parts:
                raise SettingsError(f"unknown settings table [{name}]; there are: {', '.join(parts)}")
            parts[name] = _part(name, type(parts[name]), table)
        return cls(**parts)


def _part(name: str, kind: Any, table: Any) -> Any:
    if not isinstance(table, Mapping):
        raise SettingsError(f"[{name}] must be a table, got {table!r}")
    known = {field.name: field for field in dataclasses.fields(kind)}
    values = {}
    for key, value in table.items():
        if key not in known:
            raise SettingsError(f"unknown setting {name}.{key}; there are: {', '.join(known)}")
        expected = type(known[key].default)
        if expected is tuple and isinstance(value, list) and all(isinstance(item, str) for item in value):
            value = tuple(value)
        if expected is float and type(value) is int:
            value = float(value)
        if type(value) is not expected:
            raise SettingsError(f"{name}.{key} must be of type {expected.__name__}, got {value!r}")
        values[key] = value
    return kind(**values)
