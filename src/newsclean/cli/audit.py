"""`newsclean audit`: a sample of a run's decisions for a person to judge, and what the judgements say."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from newsclean.cli.groups import SheetFirst
from newsclean.cli.options import load_fields, takes
from newsclean.cli.terminal import note, visible

app = typer.Typer(
    cls=SheetFirst,
    help="Let a person judge a sample of what a run decided: newsclean audit OUT writes the sheet.",
    no_args_is_help=True,
)


@app.command(epilog="Example: newsclean audit cleaned --sample 200 --seed 7")
@takes("field")
def sheet(
    options: Mapping[str, Any],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The --out of a finished newsclean run or clean.")],
    sample: Annotated[int, typer.Option(min=5, help="How many decisions are drawn.")] = 200,
    seed: Annotated[int, typer.Option(help="Another seed draws others.")] = 7,
) -> None:
    """Write OUT/audit.csv, and OUT/audit.html with the same as a form that saves to a file."""
    from newsclean.report import write_audit

    for path in write_audit(out, sample, seed, load_fields(options["field"])):
        note(f"Sheet: {path}")


@app.command(epilog="Example: newsclean audit score audit-judged.csv")
def score(
    path: Annotated[Path, typer.Argument(metavar="SHEET", exists=True, dir_okay=False, help="The judged sheet, CSV.")],
) -> None:
    """Print the precision of a judged sheet by stratum, rule, source and language."""
    from newsclean.report import score as scored
    from newsclean.report import table

    print(visible(table(scored(path)), keep="\n"))
