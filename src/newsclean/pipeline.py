"""The whole flow: raw text → repaired → boilerplate removed → sketches → pairs → clusters → output."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from newsclean import boilerplate, damage
from newsclean.edits import Cleaned, compose
from newsclean.settings import BoilerplateSettings, RepairSettings, Settings

if TYPE_CHECKING:
    from newsclean.boilerplate import Templates
    from newsclean.damage import Evidence


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

    Raises:
        TypeError: `text` is not a `str`.
    """
    return boilerplate.strip_batch([_checked(text, "strip_boilerplate")], settings, templates, [source])[0]


def clean(
    text: str,
    settings: Settings = Settings(),
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
    """
    return clean_batch([_checked(text, "clean")], settings, templates, [source], evidence=evidence)[0]


def clean_batch(
    texts: Sequence[str],
    settings: Settings = Settings(),
    templates: "Templates | None" = None,
    sources: Sequence[str | None] | None = None,
    steps: Sequence[str] = ("repair", "strip"),
    evidence: "Mapping[str, Evidence] | None" = None,
) -> list[Cleaned]:
    """`clean` for many texts at once, which is faster than one by one; the result of each is the same."""
    repaired = [Cleaned(text) for text in texts]
    if "repair" in steps:
        repaired = _repaired(texts, settings.repair, sources or [None] * len(texts), evidence or {})
    if "strip" not in steps:
        return repaired
    stripped = boilerplate.strip_batch([each.text for each in repaired], settings.boilerplate, templates, sources)
    return [
        Cleaned(last.text, compose(first.edits, last.edits), first.flags + last.flags)
        for first, last in zip(repaired, stripped, strict=True)
    ]


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
        raise TypeError(f"newsclean.{function} takes a str, not {type(text).__name__}{hint}")
    return text
