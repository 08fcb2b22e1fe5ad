"""`newsclean templates`: lines that a source repeats."""

from pathlib import Path
from typing import Annotated

import typer

from newsclean.cli.options import FieldOption, Inputs, load_fields
from newsclean.cli.terminal import note
from newsclean.errors import InputError

app = typer.Typer(help="Learn which lines each source repeats from article to article.", no_args_is_help=True)


@app.command(epilog="Example: newsclean templates learn crawl/*.jsonl --out templates.bin")
def learn(
    inputs: Inputs,
    out: Annotated[Path, typer.Option("--out", "-o", help="File for the templates.")],
    field: FieldOption = None,
) -> None:
    """Learn templates from articles and save them for --templates.

    Articles without a source count as their host's, if they have a url.
    """
    from newsclean.cli.console import ProgressBar
    from newsclean.formats.inputs import find_inputs
    from newsclean.jobs.learning import templates_of

    with ProgressBar() as progress:
        templates = templates_of(find_inputs(inputs).sources, load_fields(field), progress)
    try:
        templates.save(out)
    except OSError as error:
        raise InputError(f"cannot write {out}: {error.strerror}") from error
    note(f"{templates} saved to {out}")
