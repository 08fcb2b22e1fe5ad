"""What a run can be told, in one place: `newsclean.run` and the command line take these words."""

import dataclasses
import hashlib
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, TypedDict, get_args

from newsclean._version import __version__
from newsclean.errors import SettingsError
from newsclean.formats.base import MAX_RECORD
from newsclean.formats.fields import ROLES, Fields
from newsclean.formats.kinds import check_format
from newsclean.formats.writers import OUTPUT_FORMATS
from newsclean.jobs.encoding import check_encoding
from newsclean.jobs.progress import Progress, Silence
from newsclean.pipeline import Step
from newsclean.settings import MEMORY, Drop, KeepPolicy, Settings

if TYPE_CHECKING:
    from newsclean.boilerplate import Templates
    from newsclean.damage import Evidence

STEPS: tuple[Step, ...] = get_args(Step)
RepeatedId = Literal["reject", "keep-first", "rename"]
REPEATED_ID: tuple[RepeatedId, ...] = get_args(RepeatedId)
Engine = Literal["local", "spark"]
ENGINES: tuple[Engine, ...] = get_args(Engine)


class RunOptions(TypedDict, total=False):
    """The options of `newsclean.run`, for type checkers; what each means is said at `Options`."""

    settings: Settings
    steps: Sequence[Step]
    templates: "Templates | None"
    evidence: "Mapping[str, Evidence] | None"
    learn_templates: bool
    learn_damage: bool
    fields: "Fields | Mapping[str, str]"
    input_format: str | None
    encoding: str | None
    format: str | None
    on_repeated_id: RepeatedId
    max_record: int
    against: Sequence[str | os.PathLike[str]]
    dry_run: int | None
    workers: int
    force: bool
    stdin: BinaryIO | None
    progress: Progress
    memory: int
    scratch: str | os.PathLike[str] | None
    engine: Engine
    master: str | None


class Thresholds(TypedDict, total=False):
    """What `newsclean.rethreshold` changes; each is said at `DuplicateSettings`."""

    copy_threshold: float | None
    story_threshold: float | None
    drop: Drop | None
    keep: KeepPolicy | None
    progress: Progress


@dataclasses.dataclass(frozen=True)
class Options:
    """The options of a run."""

    settings: Settings = Settings()
    steps: Sequence[Step] = STEPS
    """Which of `repair`, `strip` and `dedup` are done."""
    templates: "Templates | None" = None
    """What `learn_templates` found that sources repeat."""
    evidence: "Mapping[str, Evidence] | None" = None
    """What `learn_damage` found of how the texts of each source were damaged."""
    learn_templates: bool = False
    """Read all input once beforehand, to learn what each source repeats."""
    learn_damage: bool = False
    """Read all input once beforehand, to learn how the texts of each source were damaged."""
    fields: "Fields | Mapping[str, str]" = Fields()
    """Names of fields by role (`text`, `id`, `title`, `date`, `source`, `lang`, `url`); others are looked for."""
    input_format: str | None = None
    """What all files are, where their names do not say."""
    encoding: str | None = None
    """What inputs are encoded in; `auto`: found out for each record. None: UTF-8, web pages as with `auto`."""
    format: str | None = None
    """Format of the output; None: that of the input, or JSON Lines."""
    on_repeated_id: RepeatedId = "reject"
    """What becomes of a record whose id an earlier one has: it is rejected, dropped, or gets another id."""
    max_record: int = MAX_RECORD
    """Bytes of the longest record that is read."""
    against: Sequence[str | os.PathLike[str]] = ()
    """Indexes or files of earlier articles: new copies of these are dropped; they stay as they are."""
    dry_run: int | None = None
    """Clean only so many records, spread over the input, and write nothing."""
    workers: int = 1
    """Processes."""
    force: bool = False
    """Replace files of the output directory that newsclean did not write."""
    stdin: BinaryIO | None = None
    """What `-` reads."""
    progress: Progress = Silence()
    memory: int = MEMORY
    """Bytes that finding duplicates may take. What it needs beside them lies in files of `scratch`."""
    scratch: "str | os.PathLike[str] | None" = None
    """Directory for those files; None: the working directory in the output."""

    engine: Engine = "local"
    """Where chunks are cleaned and duplicates are found: processes of this machine, or Spark."""
    master: str | None = None
    """The master of Spark, such as `local[2]`; None: the session that there is, or what Spark is set up for."""

    def __post_init__(self) -> None:
        if self.engine not in ENGINES:
            raise SettingsError(f"engine must be one of {', '.join(ENGINES)}, got {self.engine!r}")
        if self.engine == "spark" and (self.against or self.settings.duplicates.border):
            raise SettingsError("the Spark engine takes neither against nor border: use the local engine for them")
        if self.format is not None and self.format not in OUTPUT_FORMATS:
            raise SettingsError(f"format must be one of {', '.join(OUTPUT_FORMATS)}, got {self.format!r}")
        check_format(self.input_format)
        check_encoding(self.encoding)
        if isinstance(self.steps, str) or not self.steps or set(self.steps) - set(STEPS):
            raise SettingsError(f"steps must be among {', '.join(STEPS)}, got {self.steps!r}")
        if isinstance(self.against, str | os.PathLike):
            raise SettingsError(f"against takes a list of indexes and files, got {self.against!r}")
        if self.on_repeated_id not in REPEATED_ID:
            raise SettingsError(f"on_repeated_id must be one of {', '.join(REPEATED_ID)}, got {self.on_repeated_id!r}")
        for name in ("workers", "max_record", "dry_run", "memory"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise SettingsError(f"{name} must be at least 1, got {value}")
        if not isinstance(self.fields, Fields):
            unknown = set(self.fields) - set(ROLES)
            if unknown:
                raise SettingsError(f"fields must be among {', '.join(ROLES)}, got {', '.join(sorted(unknown))}")
            object.__setattr__(self, "fields", Fields(**self.fields))

    @property
    def given(self) -> Fields:
        """The fields that were named."""
        assert isinstance(self.fields, Fields)  # made so by __post_init__
        return self.fields

    def fingerprint(self) -> str:
        """A digest of everything that decides what a chunk becomes."""
        evidence = [(source, known.to_dict()) for source, known in sorted((self.evidence or {}).items())]
        known: tuple[Any, ...] = (__version__, self.settings, tuple(self.steps), self.encoding, evidence)
        learned = b"" if self.templates is None else self.templates.repeated.tobytes() + self.templates.titles.tobytes()
        return hashlib.blake2b(repr(known).encode() + learned, digest_size=16).hexdigest()


def parse_size(text: str) -> int:
    """Bytes, from a number with or without a unit.

    >>> parse_size("2GB"), parse_size("512 mb"), parse_size("100")
    (2000000000, 512000000, 100)

    Raises:
        SettingsError: it is no size.
    """
    units = {"": 1, "B": 1, "K": 1000, "KB": 1000, "M": 10**6, "MB": 10**6, "G": 10**9, "GB": 10**9, "TB": 10**12}
    number = text.strip().upper()
    unit = number.lstrip("0123456789.").strip()
    try:
        return int(float(number.removesuffix(unit)) * units[unit])
    except (ValueError, KeyError):
        raise SettingsError(f"a size is a number and a unit such as 4GB or 500MB, got {text!r}") from None
