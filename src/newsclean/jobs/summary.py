"""What a run did, in numbers that add up: read = kept + dropped, and what was rejected is counted nowhere else."""

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from newsclean._version import __version__
from newsclean.formats.base import Reject
from newsclean.formats.json_rows import dumps
from newsclean.jobs.worker import FAILED

_EXAMPLES = 5
_FLAGS = {
    "all-residue": "what is left looks like boilerplate throughout, and stays",
    "mostly-residue": "more than `max_removed` went, as a paragraph of an article is left",
    "too-long": "too long for an article, left as it was",
    "unstable": "judged otherwise again and again, left as it was",
    "failed": "a stage failed, left as it was",
    "decoded": "read in another encoding than UTF-8",
    "undecodable": "has bytes that its encoding has no character for, U+FFFD in the text",
    "doubtful-encoding": "may have been read in the wrong encoding",
}


@dataclasses.dataclass(frozen=True)
class Summary:
    """What a run did, in numbers.

    >>> import tempfile
    >>> from pathlib import Path
    >>> from newsclean import run
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     _ = Path(folder, "a.txt").write_text("The port is closed.", encoding="utf-8")
    ...     run([f"{folder}/a.txt"], f"{folder}/out", steps=["repair"]).kept
    1
    """

    read: int
    """Records that were read as articles."""
    kept: int
    dropped: dict[str, int]
    """Articles dropped, by their relation to the one that was kept."""
    stories: int
    """Groups of articles on one event; all of them are kept."""
    boilerplate: int
    """Pairs that only the raw texts would have been: what they shared was boilerplate, and was removed."""
    rejected: int
    reasons: dict[str, int]
    """Rejects by reason, most frequent first."""
    changed: int
    """Articles with at least one edit."""
    characters_removed: int
    """Code points deleted from articles."""
    characters_left: int
    rules: dict[str, int]
    """Edits by rule, most frequent first."""
    flags: dict[str, int]
    """Articles to look at, by flag: see `Cleaned.flags`."""
    fields: dict[str, int] = dataclasses.field(default_factory=dict)
    """Files by the fields that were taken for text, title, date and so on."""
    present: dict[str, int] = dataclasses.field(default_factory=dict)
    """Records that have a text, an id, a title and so on."""
    dates_unread: int = 0
    """Dates that could not be read for certain, and were not used."""
    unread_dates: tuple[str, ...] = ()
    """Some of them."""
    renamed: int = 0
    """Records that got another id, because an earlier record has theirs."""
    skipped: dict[str, list[str]] = dataclasses.field(default_factory=dict)
    """Files that were not read, by reason: of other kinds, pipes, devices, links to folders."""
    files: tuple[str, ...] = ()
    settings: dict[str, Any] = dataclasses.field(default_factory=dict)
    """The settings of the run, as a settings file holds them."""
    version: str = __version__
    """The newsclean that ran."""

    @property
    def incomplete(self) -> bool:
        """Whether some input was rejected, or could not be cleaned."""
        return self.rejected > 0 or any(flag.startswith(FAILED) for flag in self.flags)

    def to_dict(self) -> dict[str, Any]:
        """As `summary.json` holds it."""
        return dataclasses.asdict(self)


class Unread(NamedTuple):
    """What was not read: rejects that belong to no part, and files that were passed over."""

    rejects: Sequence[Reject]
    skipped: Sequence[Reject]

    def by_reason(self) -> dict[str, list[str]]:
        """Names of the files that were passed over, by reason."""
        found: dict[str, list[str]] = {}
        for file in self.skipped:
            found.setdefault(file.reason.removeprefix("skipped: "), []).append(file.file)
        return found


def ranked(counts: Counter[str], prefix: str = "") -> dict[str, int]:
    """Counts with this prefix, largest first, ties by name; none that are zero.

    >>> ranked(Counter({"rule:a": 1, "rule:b": 2, "flag:c": 9}), "rule:")
    {'b': 2, 'a': 1}
    """
    found = {name.removeprefix(prefix): count for name, count in counts.items() if name.startswith(prefix) and count}
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


class RejectFile:
    """`rejects.jsonl`, and how many of them have which reason. Of a billion records many may be rejected."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("wb")
        self.counts: Counter[str] = Counter()

    def write(self, rejects: Iterable[Reject]) -> None:
        """Write some rejects, by file and line."""
        for reject in sorted(rejects, key=lambda reject: (reject.file, reject.line or 0)):
            self._file.write(dumps(reject._asdict()) + b"\n")
            self.counts[kind_of_reason(reject.reason)] += 1

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def kind_of_reason(reason: str) -> str:
    """What rejects for one reason have in common: numbers and what follows a colon or bracket differ.

    >>> kind_of_reason("not UTF-8: byte 0xff at byte 3"), kind_of_reason("the row has 3 fields, not 5")
    ('not UTF-8', 'the row has N fields, not N')
    """
    return re.sub(r"(?<![-\w])\d[\d,]*", "N", re.split(r": | \(|; ", reason)[0])


def unread_dates(counts: Counter[str]) -> tuple[int, tuple[str, ...]]:
    """How many dates could not be read, and some of them."""
    found = ranked(counts, "date-unread:")
    return sum(found.values()), tuple(found)[:_EXAMPLES]


def flag_meaning(flag: str) -> str:
    """A flag of `Cleaned.flags` and what it says.

    >>> flag_meaning("too-long")
    'too-long: too long for an article, left as it was'
    """
    return f"{flag}: {_FLAGS[flag.split()[0]]}"
