"""The report on a run: one HTML page on which a person sees what was changed, dropped and matched, and why."""

import os
import tempfile
from pathlib import Path

from newsclean.errors import OutputError
from newsclean.formats.fields import Fields
from newsclean.report.audit import Item, Score, draw, score, table, to_csv
from newsclean.report.collect import Report, collect
from newsclean.report.meanings import RELATIONS, rule_meaning
from newsclean.report.outputs import RunOutputs
from newsclean.report.page import render, render_audit

__all__ = [
    "RELATIONS",
    "Item",
    "Report",
    "RunOutputs",
    "Score",
    "collect",
    "draw",
    "render",
    "rule_meaning",
    "score",
    "table",
    "write_audit",
    "write_report",
]


def write_report(folder: str | Path, page: str | Path | None = None, fields: Fields = Fields()) -> Path:
    """Write the report on the finished run in `folder`, to `page` or into the folder; where it was written.

    Raises:
        InputError: there is no finished run in `folder`, or one of its files is damaged.
        OutputError: the page cannot be written.
    """
    path = Path(page) if page is not None else Path(folder) / "report.html"
    _write(path, render(collect(Path(folder), fields)))
    return path


def write_audit(folder: str | Path, size: int = 200, seed: int = 7, fields: Fields = Fields()) -> tuple[Path, Path]:
    """Write a sample of the decisions of the run in `folder` as `audit.csv` and as the form `audit.html`.

    Raises:
        InputError: there is no finished run in `folder`, or one of its files is damaged.
        OutputError: the sheet cannot be written.
    """
    items = draw(Path(folder), size, seed, fields)
    sheet, form = Path(folder) / "audit.csv", Path(folder) / "audit.html"
    _write(sheet, to_csv(items))
    _write(form, render_audit(Path(folder).name, items))
    return sheet, form


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    try:
        descriptor, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode("utf-8", "replace"))
        os.chmod(partial, 0o644)
        os.replace(partial, path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
