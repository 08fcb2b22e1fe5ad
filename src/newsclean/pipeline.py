"""The flow for texts: raw text → repaired → boilerplate removed. Files are the matter of `newsclean.jobs`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from newsclean import boilerplate, damage
from newsclean.edits import Edit
from newsclean.results import Cleaned, cleaned_by, scripts_of
from newsclean.settings import BoilerplateSettings, RepairSettings, Settings

if TYPE_CHECKING:
    from newsclean.boilerplate import Templates
    from newsclean.damage import Evidence

Step = Literal["repair", "strip", "dedup"]
CLEANING: tuple[Step, ...] = ("repair", "strip")
"""The steps that change a text."""


def repair(text: str, settings: RepairSettings = RepairSettings(), evidence: "Evidence | None" = None) -> Cleaned:
    """Undo mojibake and other damage of one text.

    >>> repair("The cafÃ© is open.").text
    'The café is open.'

    Raises:
        TypeError: `text` is not a `str`.
    """
    return damage.repair_batch([_checked(text, "repair")], settings, evidence)[0]


def strip_boilerplate(
    text: str,
    settings: BoilerplateSettings = BoilerplateSettings(),
    templates: "Templates | None" = None,
    source: str | None = None,
) -> Cleaned:
    """Remove residual boilerplate from one text: site text that the extractor left between and around the article's.

    `templates` are what `learn_templates` found that sources repeat; `source` says which of them apply.

    >>> cleaned = strip_boilerplate("Share this article\\n\\nThe minister resigned on Monday, her office said in a "
    ...     "brief statement. She had led the ministry for three years, and will be followed by her deputy.")
    >>> cleaned.text[:25], cleaned.edits[0].rule
    ('The minister resigned on ', 'share-prompt')

    Raises:
        TypeError: `text` is not a `str`.
    """
    return boilerplate.strip_batch([_checked(text, "strip_boilerplate")], settings, templates, [source])[0]


def clean(
    text: str,
    settings: Settings = Settings(),
    *,
    steps: Sequence[Step] = CLEANING,
    templates: "Templates | None" = None,
    source: str | None = None,
    evidence: "Mapping[str, Evidence] | None" = None,
) -> Cleaned:
    """Repair one text and remove its residual boilerplate. The edits are offsets into `text` itself.

    `templates` (of `learn_templates`) and `evidence` (of `learn_damage`) say what is known of its `source`.

    >>> cleaned = clean("The cafÃ© is open.")
    >>> cleaned.text, cleaned.edits[0].start, cleaned.edits[0].rule
    ('The café is open.', 7, 'utf-8>windows-1252')

    Raises:
        TypeError: `text` is not a `str`.
        ValueError: there is no such step.
    """
    texts = [_checked(text, "clean")]
    return clean_batch(texts, settings, steps=steps, templates=templates, sources=[source], evidence=evidence)[0]


def clean_batch(
    texts: Sequence[str],
    settings: Settings = Settings(),
    *,
    steps: Sequence[Step] = CLEANING,
    templates: "Templates | None" = None,
    sources: Sequence[str | None] | None = None,
    evidence: "Mapping[str, Evidence] | None" = None,
) -> list[Cleaned]:
    """`clean` for many texts at once, which is faster than one by one; the result of each is the same.

    >>> [cleaned.text for cleaned in clean_batch(["The cafÃ© is open.", "It is not."])]
    ['The café is open.', 'It is not.']

    Raises:
        TypeError: `texts` is one text, or one of them is not a `str`.
        ValueError: there is no such step, or not one source for each text.
    """
    given = _checked_all(texts)
    if tuple(steps) == ("dedup",):
        return [Cleaned(text) for text in given]
    repaired, stripped = _stages(given, settings, steps, templates, sources, evidence)
    return [_composed(first, last) for first, last in zip(repaired, stripped, strict=True)]


class Explained(NamedTuple):
    """One edit of one stage, and why it was made."""

    edit: Edit
    reasons: tuple[str, ...]


class Explanation(NamedTuple):
    """What is changed in a text, and why. Repairs are edits of the raw text, removals of the repaired one.

    >>> from newsclean import explain
    >>> explain("The cafÃ© is open.").cleaned.text
    'The café is open.'
    """

    cleaned: Cleaned
    repairs: list[Explained]
    repaired: str
    removals: list[Explained]


def explain(
    text: str,
    settings: Settings = Settings(),
    *,
    steps: Sequence[Step] = CLEANING,
    templates: "Templates | None" = None,
    source: str | None = None,
    evidence: "Mapping[str, Evidence] | None" = None,
) -> Explanation:
    """What `clean` does to a text, with the reasons of each edit.

    >>> [found] = explain("The cafÃ© is open.").repairs
    >>> found.edit.rule, found.reasons[0][:12]
    ('utf-8>windows-1252', 'windows-1252')

    Raises:
        TypeError: `text` is not a `str`.
        ValueError: there is no such step.
    """
    [first], [last] = _stages([_checked(text, "explain")], settings, steps, templates, [source], evidence)
    repairs = damage.explain(text, first.edits)
    removals = boilerplate.explain(first.text, last.edits, settings.boilerplate, templates, source)
    explained = [[Explained(*each) for each in stage] for stage in (repairs, removals)]
    return Explanation(_composed(first, last), explained[0], first.text, explained[1])


def _stages(
    texts: Sequence[str],
    settings: Settings,
    steps: Sequence[Step],
    templates: "Templates | None",
    sources: Sequence[str | None] | None,
    evidence: "Mapping[str, Evidence] | None",
) -> tuple[list[Cleaned], list[Cleaned]]:
    """What repair makes of the texts, and what stripping makes of that."""
    if isinstance(steps, str) or set(steps) - {*CLEANING, "dedup"}:
        raise ValueError(f"steps must be among repair and strip, got {steps!r}")
    sources = sources if sources is not None else [None] * len(texts)
    if len(sources) != len(texts):
        raise ValueError(f"there must be one source for each text, got {len(sources)} for {len(texts)}")
    repaired = _repaired(texts, settings.repair, sources, evidence or {}) if "repair" in steps else None
    first = repaired if repaired is not None else [Cleaned(text) for text in texts]
    if "strip" not in steps:
        return first, [Cleaned(each.text) for each in first]
    return first, boilerplate.strip_batch([each.text for each in first], settings.boilerplate, templates, sources)


def _composed(first: Cleaned, last: Cleaned) -> Cleaned:
    scripts = [*scripts_of(first), *scripts_of(last)]
    if not (scripts or first.flags):
        return last
    return cleaned_by(last.text, scripts, first.flags + last.flags)


def _repaired(
    texts: Sequence[str], settings: RepairSettings, sources: Sequence[str | None], evidence: "Mapping[str, Evidence]"
) -> list[Cleaned]:
    """The texts repaired, those of a source that is known to be damaged by what is known of it."""
    rows: defaultdict[str | None, list[int]] = defaultdict(list)
    for row, source in enumerate(sources):
        rows[source if source in evidence else None].append(row)
    results = [Cleaned("")] * len(texts)
    for source, members in rows.items():
        known = None if source is None else evidence[source]
        for row, result in zip(
            members, damage.repair_batch([texts[row] for row in members], settings, known), strict=True
        ):
            results[row] = result
    return results


def _checked(text: str, function: str) -> str:
    if not isinstance(text, str):
        hint = "; decode it first" if isinstance(text, bytes) else ""
        hint = "; newsclean.clean_batch takes many" if isinstance(text, (list, tuple)) else hint
        raise TypeError(f"newsclean.{function} takes a str, not {type(text).__name__}{hint}")
    return text


def _checked_all(texts: Sequence[str]) -> list[str]:
    if isinstance(texts, (str, bytes)):
        raise TypeError("newsclean.clean_batch takes many texts, not one; newsclean.clean takes one")
    found = list(texts)
    for number, text in enumerate(found):
        if not isinstance(text, str):
            raise TypeError(f"text {number} is of type {type(text).__name__}, not str")
    return found
