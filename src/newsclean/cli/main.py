"""The commands of `newsclean`. Heavy modules are imported by the command that needs them: help answers at once."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from newsclean import __version__
from newsclean.cli import audit as audit_commands
from newsclean.cli import index as index_commands
from newsclean.cli import report as report_command
from newsclean.cli import templates as template_commands
from newsclean.cli.options import (
    FieldOption,
    ForceOption,
    FormatOption,
    Inputs,
    KeepOption,
    LearnDamageOption,
    LearnOption,
    MaxRecordOption,
    ModeOption,
    OptionalOut,
    OutOption,
    SettingsOption,
    TemplatesOption,
    WorkersOption,
    load_fields,
    load_settings,
    load_templates,
)
from newsclean.cli.terminal import note, warn, write_text
from newsclean.errors import InputError, NewscleanError, SettingsError

app = typer.Typer(
    help="Turn crawled news text into clean, deduplicated articles. Every change is recorded and can be undone.",
    epilog="Example: newsclean run crawl/ --out cleaned/     Exit codes: 0 done, 1 some input rejected, 2 wrong usage.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(index_commands.app, name="index")
app.add_typer(template_commands.app, name="templates")
app.add_typer(audit_commands.app, name="audit")
app.command(epilog="Example: newsclean report cleaned")(report_command.report)


def main() -> None:
    """What the `newsclean` script calls."""
    try:
        app()
    except (InputError, SettingsError) as error:
        _fail(error, 2)
    except NewscleanError as error:
        _fail(error, 1)
    except MemoryError:
        _fail("not enough memory for this input", 1)
    except KeyboardInterrupt:
        _fail("stopped; what is done is kept: run the same command again to go on", 130)


def _fail(error: Exception | str, code: int) -> None:
    warn(error)
    sys.exit(code)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"newsclean {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Options before the command."""


@app.command(epilog="Example: newsclean run crawl/*.jsonl.gz --out cleaned --format parquet")
def run(
    inputs: Inputs,
    out: OutOption,
    format: FormatOption = None,
    mode: ModeOption = None,
    keep: KeepOption = None,
    settings: SettingsOption = None,
    templates: TemplatesOption = None,
    learn_templates: LearnOption = False,
    learn_damage: LearnDamageOption = False,
    field: FieldOption = None,
    workers: WorkersOption = 0,
    max_record: MaxRecordOption = 256,
    force: ForceOption = False,
) -> None:
    """Clean articles, drop duplicates, mark articles on the same story.

    A run that was stopped goes on where it was when you give the same command again.
    """
    chosen = load_settings(settings, mode=mode, keep=keep)
    learned = load_templates(templates)
    _run(
        inputs,
        out,
        ("repair", "strip", "dedup"),
        chosen,
        format,
        field,
        workers,
        learned,
        learn_templates,
        learn_damage,
        max_record=max_record,
        force=force,
    )


@app.command(epilog="Examples: newsclean clean article.txt     newsclean clean crawl/ --out cleaned")
def clean(
    inputs: Inputs,
    out: OptionalOut = None,
    format: FormatOption = None,
    mode: ModeOption = None,
    settings: SettingsOption = None,
    templates: TemplatesOption = None,
    learn_templates: LearnOption = False,
    learn_damage: LearnDamageOption = False,
    field: FieldOption = None,
    workers: WorkersOption = 0,
    max_record: MaxRecordOption = 256,
    force: ForceOption = False,
) -> None:
    """Repair and strip boilerplate, without looking for duplicates.

    Without --out one text, from a file or - (standard input), is cleaned to standard output.
    """
    chosen, learned, steps = load_settings(settings, mode=mode), load_templates(templates), ("repair", "strip")
    if out is None:
        _print_cleaned(inputs, steps, chosen, learned)
    else:
        _run(
            inputs,
            out,
            steps,
            chosen,
            format,
            field,
            workers,
            learned,
            learn_templates,
            learn_damage,
            max_record=max_record,
            force=force,
        )


@app.command(epilog="Examples: newsclean repair article.txt     cat article.txt | newsclean repair -")
def repair(
    inputs: Inputs,
    out: OptionalOut = None,
    format: FormatOption = None,
    settings: SettingsOption = None,
    learn_damage: LearnDamageOption = False,
    field: FieldOption = None,
    workers: WorkersOption = 0,
    max_record: MaxRecordOption = 256,
    force: ForceOption = False,
) -> None:
    """Repair mojibake and other text damage only.

    Without --out one text, from a file or - (standard input), is repaired to standard output; standard error says
    what was repaired: the chain of code pages, the confidence, before and after.
    """
    chosen = load_settings(settings)
    if out is None:
        _print_cleaned(inputs, ("repair",), chosen, None)
    else:
        _run(
            inputs,
            out,
            ("repair",),
            chosen,
            format,
            field,
            workers,
            learn_damage=learn_damage,
            max_record=max_record,
            force=force,
        )


@app.command(epilog="Example: newsclean dedup articles.parquet --out unique --keep earliest")
def dedup(
    inputs: Annotated[list[str] | None, typer.Argument(metavar="INPUT", help="As for run.")] = None,
    out: OptionalOut = None,
    format: FormatOption = None,
    keep: KeepOption = None,
    settings: SettingsOption = None,
    field: FieldOption = None,
    workers: WorkersOption = 0,
    max_record: MaxRecordOption = 256,
    force: ForceOption = False,
    explain_settings: Annotated[
        bool, typer.Option("--explain-settings", help="Print how likely pairs are to be found, and stop.")
    ] = False,
) -> None:
    """Drop duplicates and mark articles on the same story, leaving the texts as they are."""
    chosen = load_settings(settings, keep=keep)
    if explain_settings:
        from newsclean import duplicates

        print(duplicates.explain_settings(chosen.duplicates))
        return
    if not inputs or out is None:
        raise typer.BadParameter(
            "give INPUT... and --out DIR, for example: newsclean dedup articles.jsonl --out unique"
        )
    _run(inputs, out, ("dedup",), chosen, format, field, workers, max_record=max_record, force=force)


@app.command(epilog="Example: newsclean explain article.txt")
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A text file, or - for standard input.")],
    mode: ModeOption = None,
    settings: SettingsOption = None,
    templates: TemplatesOption = None,
    source: Annotated[str | None, typer.Option(help="Where the article comes from, for --templates.")] = None,
) -> None:
    """Show what would be changed in one text, and why. Nothing is written."""
    from newsclean.cli.explain import print_explanation

    text = _read_text(file)
    print_explanation(text, load_settings(settings, mode=mode), load_templates(templates), source)


@app.command(epilog="Examples: newsclean rules     newsclean rules photo-credit")
def rules(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A rule or a family of rules.")] = None,
) -> None:
    """List the rules by family, or say all that is known of one."""
    from newsclean.cli.explain import print_rules

    print_rules(name)


def _run(
    inputs: list[str],
    out: Path,
    steps: tuple[str, ...],
    settings: Any,
    format: str | None,
    field: list[str] | None,
    workers: int,
    templates: Any = None,
    learn_templates: bool = False,
    learn_damage: bool = False,
    *,
    max_record: int,
    force: bool,
) -> None:
    from newsclean.cli.console import ProgressBar, print_summary
    from newsclean.jobs.run import run as run_pipeline
    from newsclean.jobs.workers import cores

    with ProgressBar() as progress:
        summary = run_pipeline(
            inputs,
            out,
            settings=settings,
            format=format,
            steps=steps,
            fields=load_fields(field),
            templates=templates,
            learn_templates=learn_templates,
            learn_damage=learn_damage,
            workers=workers or cores(),
            max_record=max_record << 20,
            force=force,
            stdin=sys.stdin.buffer,
            progress=progress,
        )
    print_summary(summary, out, steps)
    if summary.incomplete:
        raise typer.Exit(1)


def _print_cleaned(inputs: list[str], steps: tuple[str, ...], settings: Any, templates: Any) -> None:
    from newsclean.pipeline import clean_batch

    if len(inputs) != 1:
        raise typer.BadParameter("give one text file or -, or say with --out where many articles are to go")
    text = _read_text(inputs[0])
    result = clean_batch([text], settings, templates, steps=steps)[0]
    write_text(result.text)
    if steps == ("repair",):
        from newsclean.cli.explain import print_repairs

        print_repairs(text, result.edits)
    elif result.edits:
        from newsclean.cli.console import counted

        changes = counted(len(result.edits), "change")
        note(f"{changes}; newsclean explain shows where and why")


def _read_text(path: str) -> str:
    """The text of one file, or of standard input.

    Raises:
        InputError: it is not there, or not a text file.
        NewscleanError: it is not UTF-8.
    """
    if path != "-" and (Path(path).is_dir() or path.endswith((".gz", ".zst", ".parquet", ".jsonl"))):
        raise InputError(f"{path} holds many articles: use newsclean run, or --out")
    try:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        from newsclean.formats.txt import not_utf8

        raise NewscleanError(f"{path}: {not_utf8(data, error)}") from error
