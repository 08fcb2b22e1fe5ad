"""`newsclean templates`: lines that a source repeats."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from newsclean.cli.options import IdField, Inputs, TextField
from newsclean.errors import InputError

app = typer.Typer(help="Learn which lines each source repeats from article to article.", no_args_is_help=True)


@app.command(epilog="Example: newsclean templates learn crawl/*.jsonl --out templates.bin")
def learn(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", "-o", help="File for the templates.")],
    text_field: TextField = "text",
    id_field: IdField = "id",
    source_field: Annotated[
        str, typer.Option(help="Field that holds the source; without it, the host of url.")
    ] = "source",
) -> None:
    """Learn templates from articles and save them for --templates."""
    from newsclean.cli.console import ProgressBar
    from newsclean.formats.base import Fields
    from newsclean.formats.inputs import find_inputs
    from newsclean.runs import templates_of

    fields = Fields(text=text_field, id=id_field, source=source_field)
    with ProgressBar() as progress:
        templates = templates_of(find_inputs(inputs), fields, progress)
    try:
        templates.save(out)
    except OSError as error:
        raise InputError(f"cannot write {out}: {error.strerror}") from error
    print(f"{templates} saved to {out}", file=sys.stderr)
