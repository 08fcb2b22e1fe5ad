"""Options that several commands share: each is said once, and a command names those that it takes."""

import functools
import inspect
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from newsclean.errors import SettingsError
from newsclean.formats.fields import ROLES, Fields
from newsclean.formats.kinds import INPUT_FORMATS
from newsclean.settings import DROPS, KEEP_POLICIES, MODES, Settings

if TYPE_CHECKING:
    from newsclean.boilerplate import Templates

_OUTPUT_FORMATS = "jsonl, csv, tsv (each also .gz, .zst, .bz2, .xz), parquet, arrow or txt"

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="Directories, globs, files or addresses (s3://…), or - for standard input.",
        show_default=False,
    ),
]
OutOption = Annotated[str, typer.Option("--out", "-o", help="Directory or address for the results; made if need be.")]
OptionalOut = Annotated[
    str | None, typer.Option("--out", "-o", help="Directory or address for the results; - for standard output.")
]


def _option(kind: Any, *names: str, **more: Any) -> Any:
    return Annotated[kind, typer.Option(*names, **more)]


_LEARN_TEMPLATES = "First read all input to learn which lines each source repeats."
_LEARN_DAMAGE = "First read all input to learn how each source's texts were damaged."
_BORDER = "Name pairs just below the thresholds, too, and keep what newsclean rethreshold needs."
OPTIONS: dict[str, tuple[Any, Any]] = {
    "format": (_option(str | None, help=f"Output format: {_OUTPUT_FORMATS}. Default: that of the input."), None),
    "input_format": (
        _option(str | None, help=f"Format of files whose names do not say it: {', '.join(INPUT_FORMATS)}."),
        None,
    ),
    "encoding": (
        _option(
            str | None,
            help="Encoding of the input; auto finds it out record by record. Default: UTF-8, for web pages auto.",
        ),
        None,
    ),
    "mode": (
        _option(str | None, help=f"How much boilerplate to remove: {', '.join(MODES)}. Default: balanced."),
        None,
    ),
    "keep": (
        _option(str | None, help=f"Which duplicate to keep: {', '.join(KEEP_POLICIES)}. Default: longest."),
        None,
    ),
    "drop": (_option(str | None, help=f"Which copies to drop: {', '.join(DROPS)}. Default: sure."), None),
    "copy_threshold": (
        _option(float | None, help="Least confidence, 0 to 1, that two articles are copies. Default: 0.5."),
        None,
    ),
    "story_threshold": (
        _option(float | None, help="Least confidence, 0 to 1, that two report one event. Default: 0.5."),
        None,
    ),
    "border": (_option(bool, "--border", help=_BORDER), False),
    "settings": (_option(Path | None, help="A TOML file: tables repair, boilerplate, duplicates."), None),
    "templates": (_option(Path | None, help="File of templates, see newsclean templates."), None),
    "learn_templates": (_option(bool, "--learn-templates", help=_LEARN_TEMPLATES), False),
    "learn_damage": (_option(bool, "--learn-damage", help=_LEARN_DAMAGE), False),
    "field": (
        _option(
            list[str] | None,
            "--field",
            metavar="ROLE=NAME",
            help=f"Name the field that holds the {', '.join(ROLES)}; a.b is b within a. Repeatable. Others are found.",
        ),
        None,
    ),
    "on_repeated_id": (
        _option(
            str,
            "--on-repeated-id",
            help="What to do with a record whose id an earlier one has: reject, keep-first or rename.",
        ),
        "reject",
    ),
    "max_record": (_option(int, "--max-record", metavar="MB", min=1, help="Reject longer records."), 256),
    "against": (
        _option(
            list[str] | None,
            "--against",
            metavar="INDEX|FILES",
            help="Articles that you have already, in an index or files: drop what is a copy of them. Repeatable.",
        ),
        None,
    ),
    "dry_run": (
        _option(
            int | None,
            "--dry-run",
            metavar="N",
            min=1,
            help="Show what would become of N records, spread over the input.",
        ),
        None,
    ),
    "workers": (_option(int, "--workers", "-j", min=0, help="Processes; 0: one for each core."), 0),
    "report": (
        _option(bool, "--report", help="Write a page on the run, too: DIR/report.html, see newsclean report."),
        False,
    ),
    "memory": (
        _option(str, "--memory", metavar="SIZE", help="Memory for the search for duplicates; the rest lies in files."),
        "2GB",
    ),
    "scratch": (
        _option(
            Path | None, "--scratch", metavar="DIR", help="Directory for these files. Default: in the --out directory."
        ),
        None,
    ),
    "engine": (_option(str, help="Who does the work: local (processes of this machine) or spark."), "local"),
    "master": (
        _option(str | None, metavar="URL", help="With --engine spark: its master, such as local[2]."),
        None,
    ),
    "force": (_option(bool, "--force", help="Replace files in DIR that newsclean did not write."), False),
}
PANELS = {
    "Input": ("field", "input_format", "encoding", "max_record", "on_repeated_id", "dry_run"),
    "Cleaning": ("mode", "templates", "learn_templates", "learn_damage"),
    "Duplicates": ("copy_threshold", "story_threshold", "drop", "keep", "border", "against"),
    "Results": ("format", "report", "force"),
    "Work": ("settings", "workers", "memory", "scratch", "engine", "master"),
}
"""How help groups the options of a command."""
for _panel, _names in PANELS.items():
    for _name in _names:
        get_args(OPTIONS[_name][0])[1].rich_help_panel = _panel
FILES = (
    "format",
    "input_format",
    "encoding",
    "field",
    "on_repeated_id",
    "max_record",
    "dry_run",
    "workers",
    "report",
    "force",
)
"""Options of every command that reads many articles and writes a directory."""
COMPARED = ("against", "memory", "scratch", "engine", "master")
"""Options of every command that looks for duplicates in files."""
THRESHOLDS = ("copy_threshold", "story_threshold", "drop", "keep")
"""Options of what is a duplicate and what becomes of it."""


def takes(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the named options of OPTIONS; it gets their values as one mapping, `options`."""

    def decorated(function: Callable[..., None]) -> Callable[..., None]:
        own = [value for name, value in inspect.signature(function).parameters.items() if name != "options"]

        @functools.wraps(function)
        def command(**given: Any) -> None:
            function(**{each.name: given.pop(each.name) for each in own}, options=given)

        shared = [
            inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
            for name, (kind, default) in ((name, OPTIONS[name]) for name in names)
        ]
        parameters = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in own]
        del command.__wrapped__  # typer would look below
        command.__signature__ = inspect.Signature([*parameters, *shared])  # type: ignore[attr-defined]
        command.__annotations__ = {each.name: each.annotation for each in (*parameters, *shared)}
        return command

    return decorated


def load_settings(options: Mapping[str, Any]) -> Settings:
    """Settings from a file, if one is given, with the options of the command line on top."""
    path = options.get("settings")
    settings = Settings() if path is None else Settings.from_toml(path)
    duplicates = {name: options.get(name) for name in THRESHOLDS} | {"border": options.get("border") or None}
    return settings.changed({"boilerplate": {"mode": options.get("mode")}, "duplicates": duplicates})


def load_fields(given: list[str] | None) -> Fields:
    """Where records hold what, from options of the form ROLE=NAME.

    Raises:
        SettingsError: an option has another form or names another role.
    """
    names = {}
    for option in given or ():
        role, equals, name = option.partition("=")
        if role not in ROLES or not equals or not name:
            raise SettingsError(f"--field takes ROLE=NAME with a role of {', '.join(ROLES)}, got {option!r}")
        names[role] = name
    return Fields(**names)


def load_templates(path: Path | None) -> "Templates | None":
    """Templates from a file, if one is given."""
    if path is None:
        return None
    from newsclean.boilerplate import Templates

    return Templates.load(path)
