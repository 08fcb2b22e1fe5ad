"""The command `newsclean explain`. What it needs is imported when it is called: help answers at once."""

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from newsclean.cli.options import load_settings, load_templates, takes


@takes(
    "mode",
    "settings",
    "templates",
    "encoding",
    "field",
    "input_format",
    "max_record",
    "copy_threshold",
    "story_threshold",
)
def explain(
    options: Mapping[str, Any],
    path: Annotated[
        str, typer.Argument(metavar="PATH", help="A text file, a dump in any format, the --out of a run, or - .")
    ],
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[A B]", help="Ids of two articles of PATH: why they match, or do not."),
    ] = None,
    name: Annotated[str | None, typer.Option("--id", help="Id of one article of PATH.")] = None,
    source: Annotated[
        str | None, typer.Option(help="Source of the article, which says which --templates apply.")
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Show the changed lines before and after.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Show what is changed in an article and why; of two articles, why they match or not. Nothing is written.

    Of the --out of a run, an article is shown with the changes that the run made.
    """
    if ids and (len(ids) != 2 or name is not None):
        raise typer.BadParameter("give the ids of two articles, or one article with --id")
    if ids:
        _pair(path, ids, options, as_json=as_json)
    else:
        _one(path, name, options, source, diff=diff, as_json=as_json)


def _one(
    path: str, name: str | None, options: Mapping[str, Any], source: str | None, *, diff: bool, as_json: bool
) -> None:
    from rich.console import Console

    from newsclean.cli.explain import lookup, text
    from newsclean.cli.explain.diff import print_diff
    from newsclean.cli.terminal import write_json
    from newsclean.edits import revert
    from newsclean.formats.json_rows import dumps
    from newsclean.pipeline import explain as explained
    from newsclean.settings import Settings

    [found] = [lookup.only_article(path, options)] if name is None else lookup.find_articles(path, [name], options)
    document, settings, templates = found.document, load_settings(options), load_templates(options["templates"])
    source = source or document["source"]
    raw = document["text"] if found.edits is None else revert(document["text"], found.edits)
    if found.settings is not None:
        settings = Settings.from_mapping(found.settings)
    explanation = explained(raw, settings, templates=templates, source=source)
    if found.edits is not None and found.edits != explanation.cleaned.edits:
        explanation = text.as_recorded(document["text"], raw, found.edits)
    if as_json:
        write_json(dumps(text.as_json(document["id"], raw, explanation)))
    elif diff:
        print_diff(Console(highlight=False, soft_wrap=True), raw, explanation.cleaned.edits)
    else:
        text.print_explanation(raw, explanation)


def _pair(path: str, ids: list[str], options: Mapping[str, Any], *, as_json: bool) -> None:
    from newsclean.cli.explain import lookup, pair
    from newsclean.cli.terminal import write_json
    from newsclean.formats.json_rows import dumps

    articles = lookup.find_articles(path, ids, options)
    found = pair.explained(articles, load_settings(options).duplicates)
    row, clusters = pair.recorded(path, ids), pair.clusters_of(path, ids)
    if as_json:
        write_json(dumps(pair.as_json(found, row, clusters)))
    else:
        pair.print_pair(articles, found, row, clusters)
