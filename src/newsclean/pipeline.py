"""The whole flow: raw text → repaired → boilerplate removed → sketches → pairs → clusters → output."""

from collections.abc import Sequence
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
    text: str, settings: Settings = Settings(), templates: "Templates | None" = None, source: str | None = None
) -> Cleaned:
    """Repair one text and remove its residual boilerplate. The edits are offsets into `text` itself.

    >>> cleaned = clean("The cafÃ© is open.")
    >>> cleaned.text, cleaned.edits[0].start, cleaned.edits[0].rule
    ('The café is open.', 7, 'utf-8>windows-1252')

    Raises:
        TypeError: `text` is not a `str`.
    """
    return clean_batch([_checked(text, "clean")], settings, templates, [source])[0]


def clean_batch(
    texts: Sequence[str],
    settings: Settings = Settings(),
    templates: "Templates | None" = None,
    sources: Sequence[str | None] | None = None,
    steps: Sequence[str] = ("repair", "strip"),
) -> list[Cleaned]:
    """`clean` for many texts at once, which is faster than one by one; the result of each is the same."""
    repaired = damage.repair_batch(texts, settings.repair) if "repair" in steps else [Cleaned(text) for text in texts]
    if "strip" not in steps:
        return repaired
    stripped = boilerplate.strip_batch([each.text for each in repaired], settings.boilerplate, templates, sources)
    return [
        Cleaned(last.text, compose(first.edits, last.edits), first.flags + last.flags)
        for first, last in zip(repaired, stripped, strict=True)
    ]


def _checked(text: str, function: str) -> str:
    if not isinstance(text, str):
        hint = "; decode it first" if isinstance(text, bytes) else ""
        raise TypeError(f"newsclean.{function} takes a str, not {type(text).__name__}{hint}")
    return text
