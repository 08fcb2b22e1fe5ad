"""What a run shows: progress on standard error, and a summary at the end."""

import contextlib
from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskID,
    TaskProgressColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from newsclean.cli.terminal import visible
from newsclean.jobs import LogProgress, Summary, flag_meaning
from newsclean.jobs import Progress as RunProgress

_RELATIONS = {
    "identical": "identical to an article that is kept",
    "near_duplicate": "edited copies of one that is kept",
    "contained": "contained in one that is kept",
    "repeated_id": "with the id of one that is kept",
}
_RULES_SHOWN = 8
_FILES_SHOWN = 5


class ProgressBar:
    """A bar for each task."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            TaskProgressColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=console,
        )
        self._task: TaskID | None = None

    def start(self, task: str, total: int | None) -> None:
        """See `newsclean.jobs.progress.Progress`."""
        self.finish()
        self._task = self._progress.add_task(task.capitalize(), total=total)

    def advance(self, amount: int) -> None:
        """See `newsclean.jobs.progress.Progress`."""
        if self._task is not None:
            self._progress.advance(self._task, amount)

    def finish(self) -> None:
        """The task is done, whatever was told of it."""
        if self._task is not None:
            total = self._progress.tasks[-1].total or 1
            self._progress.update(self._task, total=total, completed=total)

    def show(self) -> None:
        """Begin to draw."""
        self._progress.start()

    def hide(self) -> None:
        """End drawing."""
        self._progress.stop()


@contextlib.contextmanager
def progress(shown: bool) -> Iterator[RunProgress]:
    """Bars on a terminal, from the first second; else lines in the log, one a minute."""
    console = Console(stderr=True)
    if not shown or not console.is_terminal:
        yield LogProgress()
        return
    bar = ProgressBar(console)
    bar.show()
    bar.start("starting", None)
    try:
        yield bar
        bar.finish()
    finally:
        bar.hide()


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number and what it counts.

    >>> counted(1, "story", "stories"), counted(2_000, "change")
    ('1 story', '2,000 changes')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def print_summary(summary: Summary, out: str, steps: Sequence[str], dry: bool = False) -> None:
    """The summary as sentences, to standard output."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"[bold]{counted(summary.read, 'article')}[/] read, [bold]{summary.kept:,}[/] kept.")
    if set(steps) & {"repair", "strip"}:
        whole = summary.characters_removed + summary.characters_left
        share = summary.characters_removed / whole if whole else 0
        removed = counted(summary.characters_removed, "character")
        console.print(f"{summary.changed:,} changed; {removed} removed ({share:.1%}).")
    for rule, count in list(summary.rules.items())[:_RULES_SHOWN]:
        console.print(Text(f"  {count:>9,}  {visible(rule)}"))
    if (others := len(summary.rules) - _RULES_SHOWN) > 0:
        console.print(f"             and {counted(others, 'more rule')}, see summary.json")
    for relation, count in summary.dropped.items():
        console.print(f"{count:,} dropped: {_RELATIONS[relation]}.")
    if summary.stories:
        stories = counted(summary.stories, "story", "stories")
        console.print(f"{stories} told by more than one article; all articles kept and marked.")
    if summary.boilerplate:
        pairs = counted(summary.boilerplate, "pair")
        console.print(f"{pairs} alike in nothing but the boilerplate that was removed.")
    for flag, count in summary.flags.items():
        console.print(Text(f"{count:,} flagged {visible(flag_meaning(flag))}."))
    for fields, files in summary.fields.items():
        console.print(Text(f"Fields of {counted(files, 'file')}: {visible(fields)}."))
    if summary.dates_unread:
        examples = visible(", ".join(summary.unread_dates))
        console.print(Text(f"{counted(summary.dates_unread, 'date')} not read for certain, and not used: {examples}."))
    if summary.renamed:
        console.print(f"{counted(summary.renamed, 'record')} renamed, as an earlier one has the same id.")
    if summary.rejected:
        place = "" if dry else f": see {visible(f'{out}/rejects.jsonl')}"
        console.print(Text.assemble((f"{summary.rejected:,} rejected", "red"), place))
        for reason, count in list(summary.reasons.items())[:_RULES_SHOWN]:
            console.print(Text(f"  {count:>9,}  {visible(reason)}"))
    for reason, names in summary.skipped.items():
        more = f" and {len(names) - _FILES_SHOWN:,} more" if len(names) > _FILES_SHOWN else ""
        shown = visible(", ".join(names[:_FILES_SHOWN]))
        console.print(Text(f"{counted(len(names), 'file')} skipped, {visible(reason)}: {shown}{more}"))
    if dry:
        console.print(Text(f"A dry run: nothing was written to {visible(out)}."))
    else:
        console.print(Text(f"Results: {visible(', '.join(f'{out}/{name}' for name in summary.files))}"))
