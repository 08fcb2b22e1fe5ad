"""What is changed in one text, where, by which rule, why: as a list, as JSON, as lines before and after."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from newsclean import damage
from newsclean.cli.console import counted
from newsclean.cli.explain.marks import Marks
from newsclean.cli.terminal import visible
from newsclean.edits import Edit
from newsclean.jobs import flag_meaning
from newsclean.pipeline import Explained, Explanation
from newsclean.report import rule_meaning
from newsclean.results import Cleaned

_SHOWN = 300  # code points of a long removed passage
_CONTEXT = 24  # code points shown on each side of a change inside a line


def print_explanation(text: str, found: Explanation) -> None:
    """Each edit of both stages, its place, what it does, who decided and why."""
    console = Console(highlight=False, soft_wrap=True)
    _print_stage(console, "Repairs", text, found.repairs)
    _print_stage(console, "Removals", found.repaired, found.removals)
    _print_total(console, text, found.cleaned)


def as_recorded(cleaned: str, raw: str, edits: tuple[Edit, ...]) -> Explanation:
    """The edits of a run that would be others today (it had templates, or was another version), with their rules."""
    explained = [Explained(edit, tuple(filter(None, (rule_meaning(edit.rule),)))) for edit in edits]
    repairs = [each for each in explained if each.edit.after]
    return Explanation(Cleaned(cleaned, edits), repairs, raw, [each for each in explained if not each.edit.after])


def print_repairs(text: str, edits: Sequence[Edit]) -> None:
    """Each repair with its chain, confidence, before and after, to standard error: standard output has the text."""
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    _print_stage(console, "Repairs", text, [Explained(*each) for each in damage.explain(text, edits)])


def as_json(name: str, text: str, found: Explanation) -> dict[str, Any]:
    """An explanation as JSON holds it; the edits of a stage are edits of the text that it was given."""
    edits = []
    for stage, given, explained in (("repair", text, found.repairs), ("strip", found.repaired, found.removals)):
        for line, (edit, reasons) in zip(_lines(given, explained), explained, strict=True):
            edits.append({"stage": stage, "line": line, **edit._asdict(), "reasons": list(reasons)})
    cleaned = found.cleaned
    return {"id": name, "before": len(text), "text": cleaned.text, "flags": list(cleaned.flags), "edits": edits}


def _lines(text: str, explained: Sequence[Explained]) -> Iterator[int]:
    """The line, from 1, in which each edit begins to show."""
    line, position = 1, 0
    for edit, _ in explained:
        line += text.count("\n", position, edit.start)
        position = edit.start
        skipped = len(edit.before) - len(edit.before.lstrip("\r\n"))
        yield line + edit.before.count("\n", 0, skipped)


def _print_stage(console: Console, title: str, text: str, explained: Sequence[Explained]) -> None:
    if not explained:
        return
    console.print(f"{title} ({len(explained)})", style="bold")
    for line, (edit, reasons) in zip(_lines(text, explained), explained, strict=True):
        head = Text(f"line {line:>4}  ", style="dim")
        head.append(edit.rule, style="cyan")
        head.append(f"  {edit.confidence:.2f}", style="dim")
        console.print(head)
        console.print(_change(Marks(console), text, edit))
        for why in reasons:
            console.print(Text(f"           {visible(why)}", style="dim"))
    console.print()


def _change(marks: Marks, text: str, edit: Edit) -> Text:
    """The edit, and what stands around it in its line: removed in red, put in green, or both in brackets."""
    above, below = text.rfind("\n", 0, edit.start) + 1, text.find("\n", edit.end)
    left = text[max(above, edit.start - _CONTEXT) : edit.start] if edit.before[:1] not in ("\n", "\r") else ""
    right = text[edit.end : min(below if below >= 0 else len(text), edit.end + _CONTEXT)]
    if edit.before.endswith(("\n", "\r")) and not edit.after:
        right = ""
    whole = not (left.strip() or right.strip() or edit.after)
    shown = Text("           ")
    shown.append(visible(left))
    shown.append(_shortened(edit.before) if whole else marks.removed(_shortened(edit.before)), style=marks.cut)
    if edit.after:
        shown.append(marks.put(_shortened(edit.after)), style=marks.new)
    shown.append(visible(right))
    return shown


def _shortened(text: str) -> str:
    text = text.strip("\r\n") or text
    return visible(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text):,} characters)")


def _print_total(console: Console, text: str, result: Cleaned) -> None:
    for flag in result.flags:
        console.print(Text(f"Flagged {visible(flag_meaning(flag))}.", style="yellow"))
    if not result.edits:
        console.print("Nothing to change.")
        return
    before = counted(len(text), "character")
    console.print(f"{before} before, {len(result.text):,} after; newsclean.revert gives all of them back.")
