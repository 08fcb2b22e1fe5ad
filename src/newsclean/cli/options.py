"""Options that several commands share, and what they mean."""

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from newsclean.errors import InputError, SettingsError
from newsclean.formats.base import Fields
from newsclean.settings import KEEP_POLICIES, MODES, Settings

if TYPE_CHECKING:
    from newsclean.boilerplate import Templates

ROLES = tuple(field.name for field in dataclasses.fields(Fields))
FORMATS = "jsonl, jsonl.gz, jsonl.zst, parquet or txt"

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="Directories, globs or files (.txt, .jsonl[.gz|.zst], .parquet), or - for standard input.",
    ),
]
OutOption = Annotated[Path, typer.Option("--out", "-o", help="Directory for the results; made if need be.")]
OptionalOut = Annotated[Path | None, typer.Option("--out", "-o", help="Directory for the results; made if need be.")]
FormatOption = Annotated[str | None, typer.Option(help=f"Output format: {FORMATS}. Default: that of the input.")]
ModeOption = Annotated[
    str | None, typer.Option(help=f"How much boilerplate to remove: {', '.join(MODES)}. Default: balanced.")
]
KeepOption = Annotated[
    str | None, typer.Option(help=f"Which duplicate to keep: {', '.join(KEEP_POLICIES)}. Default: longest.")
]
SettingsOption = Annotated[Path | None, typer.Option(help="A TOML file: tables repair, boilerplate, duplicates.")]
TemplatesOption = Annotated[Path | None, typer.Option(help="Templates learned before, see newsclean templates.")]
LearnOption = Annotated[
    bool, typer.Option("--learn-templates", help="First read all input to learn which lines each source repeats.")
]
LearnDamageOption = Annotated[
    bool, typer.Option("--learn-damage", help="First read all input to learn how each source's texts were damaged.")
]
FieldOption = Annotated[
    list[str] | None,
    typer.Option("--field", metavar="ROLE=NAME", help=f"Name of the field that holds {', '.join(ROLES)}. Repeatable."),
]
MaxRecordOption = Annotated[
    int,
    typer.Option("--max-record", metavar="MB", min=1, help="Longer records are rejected."),
]
ForceOption = Annotated[bool, typer.Option("--force", help="Replace files in DIR that newsclean did not write.")]
WorkersOption = Annotated[int, typer.Option("--workers", "-j", min=0, help="Processes; 0: one for each core.")]


def load_settings(path: Path | None, mode: str | None = None, keep: str | None = None) -> Settings:
    """Settings from a file, if one is given, with the options of the command line on top."""
    settings = Settings() if path is None else Settings.from_toml(path)
    boilerplate, duplicates = settings.boilerplate, settings.duplicates
    if mode is not None:
        boilerplate = dataclasses.replace(boilerplate, mode=mode)
    if keep is not None:
        duplicates = dataclasses.replace(duplicates, keep=keep)
    return dataclasses.replace(settings, boilerplate=boilerplate, duplicates=duplicates)


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

    try:
        return Templates.load(path)
    except (OSError, ValueError) as error:
        raise InputError(f"cannot read templates from {path}: {error}") from error
