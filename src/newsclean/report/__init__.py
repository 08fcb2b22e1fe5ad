"""The report on a run: one HTML page on which a person sees what was changed, dropped and matched, and why."""

import os
import tempfile
from pathlib import Path

from newsclean.errors import OutputError
from newsclean.formats.base import Fields
from newsclean.report.collect import Report, collect
from newsclean.report.page import render

__all__ = ["Report", "collect", "render", "write_report"]


def write_report(folder: str | Path, page: str | Path | None = None, fields: Fields = Fields()) -> Path:
    """Write the report on the finished run in `folder`, to `page` or into the folder; where it was written.

    Raises:
        InputError: there is no finished run in `folder`, or one of its files is damaged.
        OutputError: the page cannot be written.
    """
    path = Path(page) if page is not None else Path(folder) / "report.html"
    data = render(collect(Path(folder), fields)).encode("utf-8", "replace")
    try:
        descriptor, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        os.chmod(partial, 0o644)
        os.replace(partial, path)
    except OSError as error:
        raise OutputError(f"cannot write {path}: {error.strerror or error}") from error
    return path
