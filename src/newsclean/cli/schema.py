"""`newsclean schema`: what the settings and the output files may hold."""

import json

import typer

from newsclean.jobs.schema import schemas


def print_schema(name: str | None) -> None:
    """One JSON Schema, or the names of all."""
    found = schemas()
    if name is None:
        print("\n".join(found))
        return
    if name not in found:
        raise typer.BadParameter(f"no schema is called {name!r}; there are: {', '.join(found)}")
    print(json.dumps(found[name], indent=2))
