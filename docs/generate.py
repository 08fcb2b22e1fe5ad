"""Write `docs/reference/` from docstrings, settings, rules and the command line.

python docs/generate.py            # rewrite all pages
python docs/generate.py --check    # fail if one of them is out of date
"""

import argparse
import ast
import importlib
import inspect
import json
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import typer

import newsclean
from newsclean import boilerplate, damage, settings
from newsclean.cli.main import app
from newsclean.jobs.schema import schemas

REFERENCE = Path(__file__).parent / "reference"
FORMATS = Path(__file__).parents[1] / "tests" / "formats" / "cases" / "table.toml"
NOTE = "<!-- Written by docs/generate.py; do not edit. -->\n"
MODULES = (
    "newsclean",
    "newsclean.arrow",
    "newsclean.jobs",
    "newsclean.damage",
    "newsclean.boilerplate",
    "newsclean.duplicates",
)


def first_line(thing: object) -> str:
    """The summary of a docstring, on one line."""
    text = inspect.getdoc(thing) or ""
    return " ".join(text.split("\n\n")[0].split())


def cell(text: object) -> str:
    """Text for a cell of a table."""
    return str(text).replace("|", "\\|").replace("\n", " ")


def public(module: ModuleType) -> list[str]:
    """The public names of a module: `__all__`, or the functions that it defines."""
    if hasattr(module, "__all__"):
        return list(module.__all__)
    here = [name for name, value in vars(module).items() if getattr(value, "__module__", "") == module.__name__]
    return [name for name in here if not name.startswith("_")]


def api() -> str:
    """Every public name with what it does; the site adds signatures and docstrings."""
    parts = [f"# API\n\n{NOTE}", "Names of `newsclean` are loaded when first used.\n"]
    seen: set[int] = set()
    for name in MODULES:
        module = importlib.import_module(name)
        values = {each: getattr(module, each) for each in public(module)}
        values = {each: value for each, value in values.items() if callable(value) and id(value) not in seen}
        seen |= {id(value) for value in values.values()}
        parts.append(f"## `{name}`\n\n| name | what it is |\n| --- | --- |")
        parts += [f"| [`{each}`][{name}.{each}] | {cell(first_line(value))} |" for each, value in values.items()]
        parts += ["", *(f"::: {name}.{each}\n" for each in values)]
    return "\n".join(parts)


def settings_page() -> str:
    """All settings by table, with types, defaults and what they do."""
    parts = [f"# Settings\n\n{NOTE}", "A TOML file for `--settings` has these tables. Unknown names are refused.\n"]
    source = ast.parse(inspect.getsource(settings))
    notes = {node.name: dict(described(node)) for node in source.body if isinstance(node, ast.ClassDef)}
    everything = settings.Settings()
    kinds = settings.json_schema()["$defs"]
    parts.append("Editors can check such a file by its [JSON Schema](schemas/settings.json).\n")
    for table in notes["Settings"]:
        part = getattr(everything, table)
        kind = type(part)
        parts.append(f"## `[{table}]`\n\n{first_line(kind)} In Python: `newsclean.{kind.__name__}`.\n")
        parts.append("| setting | values | default | what it does |\n| --- | --- | --- | --- |")
        for name, (_, text) in notes[kind.__name__].items():
            values = allowed(kinds[kind.__name__]["properties"][name])
            parts.append(f"| `{name}` | {values} | `{cell(toml(getattr(part, name)))}` | {cell(text)} |")
        parts.append("")
    return "\n".join(parts)


def allowed(schema: dict[str, Any]) -> str:
    """The values that a setting may have, in words."""
    if "enum" in schema:
        return ", ".join(f"`{value}`" for value in schema["enum"])
    if schema["type"] == "array":
        return "list of strings"
    bounds = [("minimum", "from"), ("exclusiveMinimum", "above"), ("maximum", "to"), ("exclusiveMaximum", "below")]
    return " ".join([schema["type"], *(f"{word} {schema[key]}" for key, word in bounds if key in schema)])


def described(node: ast.ClassDef) -> Iterator[tuple[str, tuple[str, str]]]:
    """The fields of a class with their types and the docstrings below them."""
    for field, after in zip(node.body, [*node.body[1:], ast.Pass()], strict=True):
        if not isinstance(field, ast.AnnAssign) or not isinstance(field.target, ast.Name):
            continue
        text = ""
        if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant):
            text = " ".join(str(after.value.value).split())
        yield field.target.id, (ast.unparse(field.annotation), text)


def toml(value: object) -> str:
    """A default as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(toml, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def rules() -> str:
    """All rules of both stages by family, and the code pages."""
    from newsclean.damage.encodings.codepages import CODEPAGES

    parts = [
        f"# Rules\n\n{NOTE}",
        "`newsclean rules NAME` prints one of them. Rules of mojibake are [chains](../explanation/repair.md).\n",
    ]
    for title, table in (("Boilerplate", boilerplate.RULES), ("Repair", damage.RULES)):
        parts.append(f"## {title}\n")
        families: defaultdict[str, list[Any]] = defaultdict(list)
        for rule in table:
            families[rule.family].append(rule)
        parts.append("| family | rule | why | source | languages |\n| --- | --- | --- | --- | --- |")
        for family, members in sorted(families.items()):
            for rule in {rule.name: rule for rule in members}.values():
                languages = ", ".join(getattr(rule, "languages", ())) or "all"
                row = (family, f"`{rule.name}`", rule.why, rule.source, languages)
                parts.append(f"| {' | '.join(map(cell, row))} |")
        parts.append("")
    parts.append("## Code pages\n\n| code page | Python codec | where it comes from |\n| --- | --- | --- |")
    parts += [f"| `{page.name}` | `{page.codec}` | {cell(page.why)} |" for page in CODEPAGES]
    return "\n".join(parts) + "\n"


def cli_page() -> str:
    """Every command with its arguments and options."""
    parts = [f"# Command line\n\n{NOTE}"]
    group = typer.main.get_command(app)
    parts.append(
        f"{group.help}\n\nExit codes: 0 done, 1 some input was rejected or could not be cleaned, 2 wrong usage.\n"
    )
    parts += commands("newsclean", group)
    return "\n".join(parts)


def commands(name: str, command: Any) -> Iterator[str]:
    """The sections of a command and of the commands below it."""
    for child in map(command.commands.get, command.list_commands(None)):
        full = f"{name} {child.name}"
        if hasattr(child, "commands"):
            yield from commands(full, child)
            continue
        lines = [f"## `{full}`\n", " ".join(inspect.cleandoc(child.help or "").split()), ""]
        if child.epilog:
            examples = re.sub(r"^Examples?: ", "", child.epilog)
            lines.append(f"```text\n{re.sub(' {3,}', chr(10), examples)}\n```\n")
        lines += ["| argument or option | default | what it does |", "| --- | --- | --- |"]
        for parameter in child.params:
            names = ", ".join(f"`{each}`" for each in [*parameter.opts, *parameter.secondary_opts])
            if parameter.param_type_name == "argument":
                names = f"`{parameter.metavar or parameter.name.upper()}`"
            default = parameter.default
            shown = "" if default is None or isinstance(default, bool) or callable(default) else f"`{default}`"
            shown = "required" if parameter.required else shown
            lines.append(f"| {names} | {shown} | {cell(getattr(parameter, 'help', '') or '')} |")
        yield "\n".join([*lines, ""])


def formats_page() -> str:
    """What goes in and comes out: formats, compressions, places, commands; from the table that the tests try."""
    from newsclean.formats.writers import OUTPUT_FORMATS

    table = tomllib.loads(FORMATS.read_text(encoding="utf-8"))
    compressions, places, commands = table["compressions"], table["places"], table["commands"]
    parts = [
        f"# Formats\n\n{NOTE}",
        "`tests/formats/test_table.py` tries each cell: each input with each compression, place and command.\n",
        f"## Input\n\n| format | suffixes | {' | '.join(compressions)} | {' | '.join(places)} | commands |",
        "| --- " * (len(compressions) + len(places) + 3) + "|",
    ]
    for row in table["input"]:
        suffixes = " ".join(f"`{suffix}`" for suffix in row["suffixes"])
        packed = ["yes" if not suffix or row.get("compressed", True) else "–" for suffix in compressions.values()]
        lies = ["–" if row.get("directory") and place in ("file", "stdin", "http") else "yes" for place in places]
        parts.append(f"| {row['title']} | {suffixes} | {' | '.join([*packed, *lies])} | all |")
    parts.append("\nA dash: Parquet is compressed inside, and a directory is neither one file nor one stream.")
    excluded = [
        f"`{command}` from {place}: {each['why']}" for each in table["excluded"] for place, command in [each["cell"]]
    ]
    parts.append(f"All commands, but not {'; '.join(excluded)}.\n\n| place | what it is |\n| --- | --- |")
    parts += [f"| {name} | {text} |" for name, text in places.items()]
    parts.append("\n| command | as it is tried |\n| --- | --- |")
    parts += [f"| `{name}` | `{line}` |" for name, line in commands.items()]
    lies = table["output"]["places"]
    parts.append(f"\n## Output\n\n| `--format` | {' | '.join(lies)} | commands |\n{'| --- ' * (len(lies) + 2)}|")
    written = ", ".join(f"`{name}`" for name in table["output"]["commands"])
    parts += [f"| `{name}` | {' | '.join('yes' for _ in lies)} | {written} |" for name in OUTPUT_FORMATS]
    return "\n".join(parts) + "\n"


def schema(name: str) -> str:
    """The JSON Schema of the settings, of `summary.json`, or of a line of another output file."""
    return json.dumps(schemas()[name], indent=2) + "\n"


PAGES: dict[str, Callable[[], str]] = {
    "api.md": api,
    "settings.md": settings_page,
    "rules.md": rules,
    "cli.md": cli_page,
    "formats.md": formats_page,
    **{f"schemas/{name.removeprefix('.').removesuffix('.json')}.json": partial(schema, name) for name in schemas()},
}
"""Files of `docs/reference`, and what writes them."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; fail if a page is out of date")
    check = parser.parse_args().check
    stale = []
    for name, page in PAGES.items():
        path, text = REFERENCE / name, page()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check:
            path.write_text(text, encoding="utf-8")
    if check and stale:
        sys.exit(f"out of date: {', '.join(stale)}; run python docs/generate.py")
    print(f"newsclean {newsclean.__version__}: {len(PAGES)} pages, {0 if check else len(stale)} written")


if __name__ == "__main__":
    main()
