"""Why an edit was made, in words."""

from collections.abc import Sequence

from newsclean.damage import ftfy_fallback
from newsclean.damage.characters.rules import RULES
from newsclean.damage.codepoints import code_points
from newsclean.damage.encodings.chains import misread_in
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.lossy import leftovers, lost_letters
from newsclean.damage.models import bigrams
from newsclean.damage.mojibake.decoder import decode_run, gains, likely_runs
from newsclean.damage.screening.columns import LikelyRun
from newsclean.damage.screening.screen import screen_text
from newsclean.edits import Edit

CONTEXT = 12  # code points on either side that plausibility is compared with


def explain(text: str, edits: Sequence[Edit]) -> list[tuple[Edit, tuple[str, ...]]]:
    """Each edit with its reasons."""
    return [(edit, reasons(text, edit)) for edit in edits]


def reasons(text: str, edit: Edit) -> tuple[str, ...]:
    """What speaks for an edit: what its rules mean, and for mojibake how plausible the text is before and after."""
    found: list[str] = []
    why = {rule.name: rule for rule in RULES}
    for name in edit.rule.split(" + "):
        if name in why:
            found += [why[name].why, f"source: {why[name].source}"]
        elif name == ftfy_fallback.RULE:
            found.append(f"ftfy proposes it; confidence {edit.confidence:.2f}")
        elif name == lost_letters.RULE:
            found.append("a lost letter: only this word of the line's language is known; its confidence is the rule's")
        elif name == leftovers.RULE:
            found.append("what is left of UTF-8 that was misread: as it stands, no text has it here")
        elif ">" in name:
            found += _chain(text, edit, name)
    return tuple(found)


def _chain(text: str, edit: Edit, name: str) -> list[str]:
    codepages = {codepage.name: codepage for codepage in CODEPAGES}
    found = [f"{codepage}: {codepages[codepage].why}" for codepage in misread_in(name) if codepage in codepages]
    left, right = text[max(0, edit.start - CONTEXT) : edit.start], text[edit.end : edit.end + CONTEXT]
    before, after = (bigrams.cost_of(left + middle + right) for middle in (edit.before, edit.after))
    found.append(f"plausibility: e^{before - after:.0f} times more likely as text than before")
    other = _runner_up(edit)
    if other:
        gain = before - bigrams.cost_of(left + other[0] + right)
        found.append(f"runner-up: {other[1]} would make it {other[0]!r}, e^{gain:.0f} times more likely")
    found.append(f"confidence {edit.confidence:.2f}")
    return found


def _runner_up(edit: Edit) -> tuple[str, str] | None:
    """The best other decoding of the whole edit by a single code page: text and chain."""
    seen = screen_text(edit.before)
    if not seen.codepages:
        return None
    runs = likely_runs(code_points(edit.before), seen)
    total = gains(runs)
    rows = [row for row in runs.tolist() if row[LikelyRun.END] - row[LikelyRun.START] == len(edit.before)]
    codepages = [(row, codepage) for row in rows for codepage, gained in enumerate(total) if gained]
    whole = [
        (-row[LikelyRun.GAIN], codepage) for row, codepage in codepages if row[LikelyRun.CODEPAGES] >> codepage & 1
    ]
    for _, codepage in sorted(whole):
        after, name = decode_run(edit.before, codepage)
        if after != edit.after:
            return after, name
    return None
