"""Strip batches of texts, again and again until nothing more goes: stripping a stripped text changes nothing."""

from collections.abc import Iterator, Sequence

from newsclean.boilerplate.decide import NOWHERE, Context, Verdict, decide
from newsclean.boilerplate.removal import Decision, line_edits
from newsclean.boilerplate.rules import NUMBER
from newsclean.edits import Cleaned, Edit, apply_edits
from newsclean.errors import SettingsError
from newsclean.kernels import expect
from newsclean.settings import BoilerplateSettings

BATCH = 4_000_000  # code points, and LINE more for each line, judged at once: bounds memory to some 400 MB
LINE = 20
LONGEST = 4_000_000  # code points and line breaks of a text that can be an article
MOST_LINES = 100_000
ROUNDS = 6  # nearly all texts are stable after the first or the second


class _Work:
    """One text on its way: its lines, and what is removed from them so far. Offsets are into the raw text."""

    def __init__(self, raw: str, source: object) -> None:
        self.raw = self.text = raw
        self.source = source
        self.edits: list[Edit] = []
        self.lines = NOWHERE
        self.letters: list[int] = []
        self.removed: dict[int, Decision] = {}
        self.before: dict[int, tuple[int, str]] = {}  # line: end of the piece cut from its beginning, rule
        self.behind: dict[int, tuple[int, str]] = {}  # line: start of the piece cut from its end, rule

    def take(self, verdict: Verdict) -> bool:
        """Add a verdict on the present text; whether it changes anything."""
        if not verdict.removed and not verdict.glued:
            return False
        if not self.lines.raw:
            self.lines, self.letters = verdict.lines, verdict.letters
        present = [row for row in range(len(self.lines.raw)) if row not in self.removed]
        for number, pieces in verdict.glued.items():
            row = present[number]
            for piece in pieces:
                if piece.start == 0:
                    begin = self.before.get(row, (self.lines.start[row], ""))[0]
                    self.before[row] = (begin + piece.end, piece.rule)
                else:
                    end = self.behind.get(row, (self.lines.end[row], ""))[0]
                    length = verdict.lines.end[number] - verdict.lines.start[number]
                    self.behind[row] = (end - (length - piece.start), piece.rule)
        for number, decision in verdict.removed.items():
            self.removed[present[number]] = decision
        self._rewrite()
        return True

    def _rewrite(self) -> None:
        edits = line_edits(self.raw, self.lines, self.removed)
        for row, (end, rule) in self.before.items():
            if row not in self.removed:
                start = self.lines.raw[row]
                edits.append(Edit(start, self.raw[start:end], "", rule))
        for row, (start, rule) in self.behind.items():
            if row not in self.removed:
                edits.append(Edit(start, self.raw[start : self.lines.end[row]], "", rule))
        self.edits = sorted(edits)
        self.text = apply_edits(self.raw, self.edits)

    def share_removed(self) -> float:
        return sum(self.letters[row] for row in self.removed) / max(1, sum(self.letters))

    def result(self, settings: BoilerplateSettings, stable: bool) -> Cleaned:
        if not stable:
            return Cleaned(self.raw, (), ("unstable",))
        if self.share_removed() > settings.max_removed:
            return Cleaned(self.raw, (), ("all-residue",))
        return Cleaned(self.text, tuple(self.edits))


def strip_batch(texts: Sequence[str], context: Context) -> list[Cleaned]:
    """Each text without its residue.

    Raises:
        SettingsError: `disabled` names a rule that does not exist.
    """
    if unknown := set(context.settings.disabled) - NUMBER.keys():
        raise SettingsError(f"boilerplate.disabled names no rule: {', '.join(sorted(unknown))}")
    expect(texts)
    results: list[Cleaned] = []
    for batch in _batches(texts):
        sources = context.sources[len(results) : len(results) + len(batch)]
        results += _strip(batch, context._replace(sources=sources))
    return results


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in pieces of about BATCH each."""
    begin = size = 0
    for number, text in enumerate(texts):
        weight = len(text) + LINE * text.count("\n")
        if size and size + weight > BATCH:
            yield texts[begin:number]
            begin, size = number, 0
        size += weight
    if texts:
        yield texts[begin:]


def _strip(texts: Sequence[str], context: Context) -> list[Cleaned]:
    too_long = [len(text) > LONGEST or text.count("\n") > MOST_LINES for text in texts]
    works = [_Work(text, source) for text, source in zip(texts, context.sources, strict=True)]
    active = [work for work, long in zip(works, too_long, strict=True) if not long and work.raw]
    for _ in range(ROUNDS):
        sources = [work.source for work in active]
        verdicts = decide([work.text for work in active], context._replace(sources=sources)) if active else []
        active = [work for work, verdict in zip(active, verdicts, strict=True) if work.take(verdict)]
        if not active:
            break
    unstable = {id(work) for work in active}
    return [
        Cleaned(work.raw, (), ("too-long",)) if long else work.result(context.settings, id(work) not in unstable)
        for work, long in zip(works, too_long, strict=True)
    ]
