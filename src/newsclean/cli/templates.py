"""`newsclean templates`: lines that a source repeats."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from newsclean.cli.options import Inputs, load_fields, takes
from newsclean.cli.terminal import note, warn
from newsclean.errors import InputError

app = typer.Typer(help="Learn which lines each source repeats from article to article.", no_args_is_help=True)
_SHOWN = 10  # rejects, before their number


@app.command(epilog="Example: newsclean templates learn crawl/*.jsonl --out templates.bin")
@takes("field", "input_format", "encoding", "max_record")
def learn(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", "-o", help="File for the templates.")],
    options: Mapping[str, Any],
) -> None:
    """Learn templates from articles and save them for --templates.

    Articles without a source count as their host's, if they have a url.
    """
    from newsclean.cli.console import counted, progress
    from newsclean.formats.inputs import find_inputs
    from newsclean.jobs.learning import templates_of
    from newsclean.jobs.options import Options

    with progress(True) as shown:
        found = find_inputs(inputs, input_format=options["input_format"])
        chosen = Options(
            fields=load_fields(options["field"]),
            encoding=options["encoding"],
            max_record=options["max_record"] << 20,
            stdin=sys.stdin.buffer,
            progress=shown,
        )
        rejects = list(found.rejects)
        templates = templates_of(found.sources, chosen, rejects.append)
    try:
        templates.save(out)
    except OSError as error:
        raise InputError(f"cannot write {out}: {error.strerror}") from error
    repeated, titles = counted(len(templates.repeated), "repeated line"), counted(len(templates.titles), "title")
    note(f"{repeated} and {titles} saved to {out}")
    for reject in rejects[:_SHOWN]:
        warn(str(reject))
    if rejects:
        warn(f"{counted(len(rejects), 'record')} rejected")
        raise typer.Exit(1)
