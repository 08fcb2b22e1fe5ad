"""`newsclean report`: a page on which a person sees what a run did."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from newsclean.cli.options import load_fields, takes
from newsclean.cli.terminal import note
from newsclean.formats.fields import Fields


@takes("field")
def report(
    options: Mapping[str, Any],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="The --out of a finished newsclean run or clean.")],
    html: Annotated[Path | None, typer.Option(help="Where the page goes.  [default: OUT/report.html]")] = None,
) -> None:
    """Write one HTML page on a run: totals, alarms, what was removed by whom, close decisions, pairs, clusters.

    The page needs no network and opens from the disk.
    """
    report_on(out, load_fields(options["field"]), html)


def report_on(out: str | Path, fields: Fields, html: Path | None = None) -> None:
    """Write the page and say where it is."""
    from newsclean.report import write_report

    note(f"Report: {write_report(out, html, fields)}")
