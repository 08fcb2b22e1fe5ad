"""`newsclean explain` and `newsclean rules`: what is changed, and who decides."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.text import Text

from newsclean import boilerplate, damage
from newsclean.cli.console import counted, flag_meaning
from newsclean.cli.terminal import visible
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.edits import Cleaned, Edit
from newsclean.pipeline import Explained, explain
from newsclean.settings import Settings

if TYPE_CHECKING:
    from newsclean.boilerplate import Templates

_SHOWN = 300  # code points of a long removed passage
_CONTEXT = 24  # code points around a repair


def print_explanation(text: str, settings: Settings, templates: "Templates | None", source: str | None) -> None:
    """Each edit of both stages, its place, what it does, who decided and why."""
    console = Console(highlight=False, soft_wrap=True)
    found = explain(text, settings, templates=templates, source=source)
    _print_stage(console, "Repairs", text, found.repairs)
    _print_stage(console, "Removals", found.repaired, found.removals)
    _print_total(console, text, found.cleaned)


def print_repairs(text: str, edits: Sequence[Edit]) -> None:
    """Each repair with its chain, confidence, before and after, to standard error: standard output has the text."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    _print_stage(console, "Repairs", text, [Explained(*each) for each in damage.explain(text, edits)])


def _print_stage(console: Console, title: str, text: str, explained: Sequence[Explained]) -> None:
    if not explained:
        return
    console.print(f"{title} ({len(explained)})", style="bold")
    line, position = 1, 0
    for edit, found in explained:
        line += text.count("\n", position, edit.start)
        position = edit.start
        skipped = len(edit.before) - len(edit.before.lstrip("\r\n"))
        here = line + edit.before.count("\n", 0, skipped)
        head = Text(f"line {here:>4}  ", style="dim")
        head.append(edit.rule, style="cyan")
        head.append(f"  {edit.confidence:.2f}", style="dim")
        console.print(head)
        console.print(_change(text, edit))
        for why in found:
            console.print(Text(f"           {visible(why)}", style="dim"))
    console.print()


def _change(text: str, edit: Edit) -> Text:
    """The edit in its context: removed in red, put in green."""
    shown = Text("           ")
    if edit.after:
        shown.append(visible(text[max(0, edit.start - _CONTEXT) : edit.start]))
    shown.append(visible(_shortened(edit.before)), style="red strike")
    if edit.after:
        shown.append(visible(_shortened(edit.after)), style="green")
        shown.append(visible(text[edit.end : edit.end + _CONTEXT]))
    return shown


def _shortened(text: str) -> str:
    text = text.strip("\r\n") or text
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text):,} characters)"


def _print_total(console: Console, text: str, result: Cleaned) -> None:
    for flag in result.flags:
        console.print(Text(f"Flagged {visible(flag_meaning(flag))}.", style="yellow"))
    if not result.edits:
        console.print("Nothing to change.")
        return
    before = counted(len(text), "character")
    console.print(f"{before} before, {len(result.text):,} after; newsclean.revert gives all of them back.")


def print_rules(name: str | None) -> None:
    """All rules by family with their counts, one family, or one rule in full."""
    console = Console(highlight=False, soft_wrap=True)
    rules: list[damage.Rule | boilerplate.Rule] = [*damage.RULES, *boilerplate.RULES]
    families: defaultdict[str, list[damage.Rule | boilerplate.Rule]] = defaultdict(list)
    for rule in rules:
        families[rule.family].append(rule)
    if name is None:
        for family, members in sorted(families.items()):
            console.print(Text.assemble((f"{family} ({len(members)})", "bold")))
            console.print(Text("  " + ", ".join(sorted({rule.name for rule in members}))))
        console.print(Text.assemble((f"code pages ({len(CODEPAGES)})", "bold")))
        console.print(Text("  " + ", ".join(page.name for page in CODEPAGES)))
        return
    found = [rule for rule in rules if name in (rule.name, rule.family)]
    if not found:
        raise typer.BadParameter(f"no rule or family is called {name!r}; newsclean rules lists them")
    for rule in found:
        languages = ", ".join(getattr(rule, "languages", ())) or "all"
        console.print(Text.assemble((rule.name, "bold cyan"), f"  family {rule.family}, languages: {languages}"))
        console.print(Text(f"  why:    {rule.why}\n  source: {rule.source}"))
