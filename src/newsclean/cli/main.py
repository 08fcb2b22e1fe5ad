"""The commands of `newsclean`. Heavy modules are imported by the command that needs them: help answers at once."""

import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from newsclean._version import __version__
from newsclean.cli import audit as audit_commands
from newsclean.cli import index as index_commands
from newsclean.cli import log
from newsclean.cli import report as report_command
from newsclean.cli import templates as template_commands
from newsclean.cli.explain.command import explain
from newsclean.cli.groups import Commands, fail
from newsclean.cli.options import (
    COMPARED,
    FILES,
    THRESHOLDS,
    Inputs,
    OptionalOut,
    OutOption,
    load_fields,
    load_settings,
    load_templates,
    takes,
)
from newsclean.errors import InputError, NewscleanError, SettingsError, Stopped

if TYPE_CHECKING:
    from newsclean.pipeline import Step

app = typer.Typer(
    cls=Commands,
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
app.command(epilog="Examples: newsclean explain article.txt     newsclean explain cleaned ID-1 ID-2")(explain)
_output = {"progress": True, "summary": True}

JsonlOption = Annotated[
    bool, typer.Option("--jsonl", help="A filter: JSON Lines from standard input to standard output, line by line.")
]
EditsOption = Annotated[bool, typer.Option("--edits", help="With --jsonl: add the edits to each record.")]


def main() -> None:
    """What the `newsclean` script calls."""
    signal.signal(signal.SIGTERM, _terminate)
    try:
        app(standalone_mode=True)
    except (InputError, SettingsError) as error:
        fail(error, 2)
    except NewscleanError as error:
        fail(error, 1)
    except MemoryError:
        fail("not enough memory for this input", 1)
    except BrokenPipeError:  # `newsclean … | head`: nobody reads on
        sys.stderr.close()
        sys.exit(1)


def _terminate(number: int, frame: object) -> None:
    raise Stopped("stopped", number)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"newsclean {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Say what is read, chosen and skipped.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
    log_json: Annotated[bool, typer.Option("--log-json", help="Messages as JSON Lines, for log collectors.")] = False,
) -> None:
    """Options before the command."""
    log.set_up(verbose=verbose, quiet=quiet, as_json=log_json)
    _output.update(progress=not (quiet or log_json), summary=not quiet)


@app.command(epilog="Example: newsclean run crawl/*.jsonl.gz --out cleaned --format parquet")
@takes("mode", *THRESHOLDS, "border", "settings", "templates", "learn_templates", "learn_damage", *FILES, *COMPARED)
def run(inputs: Inputs, out: OutOption, options: Mapping[str, Any]) -> None:
    """Clean articles, drop duplicates, mark articles on the same story.

    A run that was stopped goes on where it was when you give the same command again.
    """
    _run(inputs, out, ("repair", "strip", "dedup"), options)


@app.command(epilog="Examples: newsclean clean article.txt     newsclean clean crawl/ --out cleaned")
@takes("mode", "settings", "templates", "learn_templates", "learn_damage", *FILES)
def clean(
    options: Mapping[str, Any],
    inputs: Inputs = ["-"],  # noqa: B006 - typer copies it
    out: OptionalOut = None,
    jsonl: JsonlOption = False,
    edits: EditsOption = False,
) -> None:
    """Repair and strip boilerplate, without looking for duplicates.

    Without --out one text, from a file or - (standard input), is cleaned to standard output. With --jsonl, or where
    standard input is JSON Lines, each record is.
    """
    _texts(inputs, out, ("repair", "strip"), options, jsonl=jsonl, edits=edits)


@app.command(epilog="Examples: newsclean repair article.txt     cat article.txt | newsclean repair -")
@takes("settings", "learn_damage", *FILES)
def repair(
    options: Mapping[str, Any],
    inputs: Inputs = ["-"],  # noqa: B006 - typer copies it
    out: OptionalOut = None,
    jsonl: JsonlOption = False,
    edits: EditsOption = False,
) -> None:
    """Repair mojibake and other text damage only.

    Without --out one text, from a file or - (standard input), is repaired to standard output. Standard error says what
    was repaired: the chain of code pages, the confidence, before and after. With --jsonl, each record is repaired.
    """
    _texts(inputs, out, ("repair",), options, jsonl=jsonl, edits=edits)


@app.command(epilog="Example: newsclean dedup articles.parquet --out unique --keep earliest")
@takes(*THRESHOLDS, "border", "settings", *FILES, *COMPARED)
def dedup(
    options: Mapping[str, Any],
    inputs: Annotated[list[str] | None, typer.Argument(metavar="INPUT", help="As for run.")] = None,
    out: OptionalOut = None,
    explain_settings: Annotated[
        bool, typer.Option("--explain-settings", help="Print how likely pairs are to be found, and stop.")
    ] = False,
) -> None:
    """Drop duplicates and mark articles on the same story, leaving the texts as they are."""
    if explain_settings:
        from newsclean import duplicates

        print(duplicates.explain_settings(load_settings(options).duplicates))
        return
    if not inputs or out is None:
        raise typer.BadParameter(
            "give INPUT... and --out DIR, for example: newsclean dedup articles.jsonl --out unique"
        )
    _run(inputs, out, ("dedup",), options)


@app.command(epilog="Example: newsclean rethreshold cleaned --copy-threshold 0.7")
@takes(*THRESHOLDS, "force")
def rethreshold(
    options: Mapping[str, Any],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The --out of a finished newsclean run --border.")],
) -> None:
    """Decide again which articles are duplicates and stories, with other thresholds, without a new run.

    OUT then holds what newsclean run with these thresholds would have written. What you do not give stays as it is.
    """
    from newsclean.cli.console import print_summary, progress
    from newsclean.jobs.run import rethreshold as resolve_again

    with progress(_output["progress"]) as shown:
        summary = resolve_again(out, progress=shown, **options)
    if _output["summary"]:
        print_summary(summary, str(out), ("dedup",))


@app.command(epilog="Examples: newsclean rules     newsclean rules photo-credit")
def rules(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A rule or a family of rules.")] = None,
) -> None:
    """List the rules by family, or say all that is known of one."""
    from newsclean.cli.explain.rules import print_rules

    print_rules(name)


@app.command(epilog="Example: newsclean schema settings")
def schema(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="The settings, or an output file.")] = None,
) -> None:
    """Print the JSON Schema of the settings file or of an output file, or list them."""
    from newsclean.cli.schema import print_schema

    print_schema(name)


@app.command(epilog="Example, in a Dockerfile: ENV NEWSCLEAN_CACHE_DIR=/opt/newsclean     RUN newsclean warm --shared")
def warm(
    shared: Annotated[
        bool, typer.Option("--shared", help="Let all users of the machine read it; needs NEWSCLEAN_CACHE_DIR.")
    ] = False,
) -> None:
    """Compile everything now, so that no later command has to: for images, and for machines without a writable home."""
    from newsclean.compilation import warming
    from newsclean.jobs.pool import cores

    kernels, seconds, directory = warming.warm(shared, cores())
    if _output["summary"]:
        print(f"{kernels} kernels are ready after {seconds:.0f} s, in {directory}")


def _texts(
    inputs: list[str],
    out: str | None,
    steps: "Sequence[Step]",
    options: Mapping[str, Any],
    *,
    jsonl: bool,
    edits: bool,
) -> None:
    """Clean to standard output, or into a directory."""
    if out not in (None, "-"):
        _run(inputs, str(out), steps, options)
        return
    from newsclean.cli import single

    settings, templates = load_settings(options), load_templates(options.get("templates"))
    if jsonl or out == "-" or single.is_stream(inputs, options["input_format"]):
        if inputs != ["-"]:
            raise typer.BadParameter("a filter reads standard input: newsclean clean --jsonl < in.jsonl > out.jsonl")
        given = load_fields(options["field"])
        limit = options["max_record"] << 20
        found = single.Filter(steps, settings, templates, given, edits, options["encoding"], limit)
        if found.run(sys.stdin.buffer):
            raise typer.Exit(1)
        return
    single.print_cleaned(inputs, steps, settings, templates, options)


def _run(inputs: list[str], out: str, steps: "Sequence[Step]", options: Mapping[str, Any]) -> None:
    from newsclean.cli.console import print_summary, progress
    from newsclean.formats.places import is_remote
    from newsclean.jobs.options import Options, parse_size
    from newsclean.jobs.pool import cores
    from newsclean.jobs.run import run_with

    if options["report"] and is_remote(out):
        raise typer.BadParameter("--report needs a local --out: newsclean report reads the outputs again")
    with progress(_output["progress"]) as shown:
        chosen = Options(
            settings=load_settings(options),
            steps=steps,
            templates=load_templates(options.get("templates")),
            learn_templates=options.get("learn_templates", False),
            learn_damage=options.get("learn_damage", False),
            fields=load_fields(options["field"]),
            input_format=options["input_format"],
            encoding=options["encoding"],
            format=options["format"],
            on_repeated_id=options["on_repeated_id"],
            max_record=options["max_record"] << 20,
            against=options.get("against") or (),
            dry_run=options["dry_run"],
            workers=options["workers"] or cores(),
            force=options["force"],
            stdin=sys.stdin.buffer,
            progress=shown,
            engine=options.get("engine", "local"),
            master=options.get("master"),
            memory=parse_size(options.get("memory", "2GB")),
            scratch=options.get("scratch"),
        )
        summary = run_with(inputs, out, chosen)
    if _output["summary"]:
        print_summary(summary, out, steps, dry=options["dry_run"] is not None)
    if options["report"] and options["dry_run"] is None:
        report_command.report_on(out, load_fields(options["field"]))
    if summary.incomplete:
        raise typer.Exit(1)
