"""Settings: frozen, with bounds in their types, checked once where they are made, unknown names refused."""

import dataclasses
import tomllib
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from newsclean.errors import SettingsError

Mode = Literal["safe", "balanced", "thorough"]
Drop = Literal["sure", "likely"]
KeepPolicy = Literal["longest", "earliest", "newest"]
MODES: tuple[Mode, ...] = typing.get_args(Mode)
DROPS: tuple[Drop, ...] = typing.get_args(Drop)
KEEP_POLICIES: tuple[KeepPolicy, ...] = typing.get_args(KeepPolicy)
MEMORY = 2 << 30
"""Bytes that finding duplicates may take, mapped files apart, where nothing else is said."""
Share = Annotated[float, Meta(ge=0, le=1)]
PositiveShare = Annotated[float, Meta(gt=0, le=1)]
Count = Annotated[int, Meta(ge=1)]
Days = Annotated[int, Meta(ge=0)]


def _check(settings: Any, table: str) -> None:
    """Check each value of a table of settings against its type and bounds."""
    for field in dataclasses.fields(settings):
        value = getattr(settings, field.name)
        try:
            msgspec.convert(value, _types(type(settings))[field.name])
        except msgspec.ValidationError as error:
            raise SettingsError(f"{table}.{field.name} cannot be {value!r}: {error}") from None


def _types(kind: type[Any]) -> dict[str, Any]:
    return typing.get_type_hints(kind, include_extras=True)


@dataclasses.dataclass(frozen=True, slots=True)
class RepairSettings:
    """How texts are repaired.

    >>> RepairSettings(threshold=0.8).threshold
    0.8
    """

    threshold: Share = 0.5
    """Least confidence, 0 to 1, of a mojibake repair. Higher: fewer repairs, fewer wrong ones."""
    languages: tuple[str, ...] = ()
    """Languages the texts are known to be in (ISO 639-1); raises the confidence of repairs into their scripts."""

    def __post_init__(self) -> None:
        _check(self, "repair")


@dataclasses.dataclass(frozen=True, slots=True)
class BoilerplateSettings:
    """How residual boilerplate is removed.

    >>> BoilerplateSettings(mode="thorough", disabled=("photo-credit",)).mode
    'thorough'
    """

    mode: Mode = "balanced"
    """`safe`, `balanced` or `thorough`: how much certainty a removal needs."""
    max_removed: PositiveShare = 0.98
    """If more than this share of a text's letters would go and no paragraph stay, it is flagged, and nothing goes.
    Of a whole page what is sure enough for `safe` goes."""
    disabled: tuple[str, ...] = ()
    """Names of rules of which the lines stay; `newsclean rules` lists them."""

    def __post_init__(self) -> None:
        _check(self, "boilerplate")


@dataclasses.dataclass(frozen=True, slots=True)
class DuplicateSettings:
    """How duplicates and same-story pairs are found.

    >>> DuplicateSettings(keep="earliest", copy_threshold=0.7).keep
    'earliest'
    """

    bands: Count = 64
    """Number of bands of the signature; more bands find more edited copies and cost more candidates."""
    rows: Count = 2
    """Minima per band."""
    copy_threshold: PositiveShare = 0.5
    """Least confidence, 0 to 1, that two articles are copies of one text. Higher: fewer pairs named."""
    drop: Drop = "sure"
    """Which copies are dropped: those that are `sure`, or all `likely` ones, that is, all pairs named as copies."""
    stories: bool = True
    """Whether independent reports on one event are looked for, too; copies alone take half of the time."""
    story_threshold: PositiveShare = 0.5
    """Least confidence, 0 to 1, that two articles report one event."""
    story_days: Days = 3
    """Articles on one event appear within so many days; used only where both have a date."""
    keep: KeepPolicy = "longest"
    """Which member of a cluster is kept: `longest`, `earliest` or `newest`."""
    border: bool = False
    """Whether pairs below the thresholds are named, too, as `border_copy` and `border_story`."""
    preferred_sources: tuple[str, ...] = ()
    """Sources whose articles are kept before all others, best first."""

    def __post_init__(self) -> None:
        _check(self, "duplicates")


@dataclasses.dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a run.

    >>> Settings(boilerplate=BoilerplateSettings(mode="safe")).boilerplate.mode
    'safe'
    """

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
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
            raise SettingsError(f"cannot read settings from {path}: {error}") from error
        return cls.from_mapping(tables)

    @classmethod
    def from_mapping(cls, tables: Mapping[str, Any]) -> "Settings":
        """Settings from nested mappings, as a TOML file holds them.

        >>> Settings.from_mapping({"boilerplate": {"mode": "safe"}}).boilerplate.mode
        'safe'
        """
        kinds = _types(cls)
        parts = {}
        for name, table in tables.items():
            if name not in kinds:
                raise SettingsError(f"unknown settings table [{name}]; there are: {', '.join(kinds)}")
            parts[name] = _table(name, kinds[name], table)
        return cls(**parts)

    def changed(self, tables: Mapping[str, Mapping[str, Any]]) -> "Settings":
        """These settings with the values of some tables in place of theirs; None leaves a value as it is.

        >>> Settings().changed({"boilerplate": {"mode": "safe"}, "duplicates": {"keep": None}}).boilerplate.mode
        'safe'
        """
        new = {}
        for name, table in tables.items():
            values = {key: value for key, value in table.items() if value is not None}
            new[name] = dataclasses.replace(getattr(self, name), **values)
        return dataclasses.replace(self, **new)


def _table(name: str, kind: Any, table: Any) -> Any:
    if not isinstance(table, Mapping):
        raise SettingsError(f"[{name}] must be a table, got {table!r}")
    types = _types(kind)
    values = {}
    for key, value in table.items():
        if key not in types:
            raise SettingsError(f"unknown setting {name}.{key}; there are: {', '.join(types)}")
        try:
            values[key] = msgspec.convert(value, types[key])
        except msgspec.ValidationError as error:
            raise SettingsError(f"{name}.{key} cannot be {value!r}: {error}") from None
    return kind(**values)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a settings file, for editors and checkers.

    >>> json_schema()["$defs"]["RepairSettings"]["properties"]["threshold"]["maximum"]
    1
    """
    schema = msgspec.json.schema(Settings)
    for part in schema["$defs"].values():
        part["additionalProperties"] = False
    return schema
