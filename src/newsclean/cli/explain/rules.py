"""`newsclean rules`: the rules by family, or one in full."""

from collections import defaultdict

import typer
from rich.console import Console
from rich.text import Text

from newsclean import boilerplate, damage
from newsclean.damage.encodings.codepages import CODEPAGES


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
