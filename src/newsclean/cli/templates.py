"""`newsclean templates`: lines that a source repeats."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from newsclean.cli.options import Inputs, load_fields, takes
from newsclean.cli.terminal import note
from newsclean.errors import InputError

app = typer.Typer(help="Learn which lines each source repeats from article to article.", no_args_is_help=True)


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
    from newsclean.cli.console import progress
    from newsclean.formats.inputs import find_inputs
    from newsclean.jobs.learning import templates_of
    from newsclean.jobs.options import Options

    with progress(True) as shown:
        sources = find_inputs(inputs, input_format=options["input_format"]).sources
        fields, limit = load_fields(options["field"]), options["max_record"] << 20
        chosen = Options(fields=fields, encoding=options["encoding"], max_record=limit, progress=shown)
        templates = templates_of(sources, chosen)
    try:
        templates.save(out)
    except OSError as error:
        raise InputError(f"cannot write {out}: {error.strerror}") from error
    note(f"{templates} saved to {out}")
