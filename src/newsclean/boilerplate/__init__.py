"""Residual boilerplate: lines and pieces of lines of a news text that the site, not the article, put there."""

from collections.abc import Sequence

from newsclean.boilerplate.rules import RULES, Rule
from newsclean.edits import Cleaned
from newsclean.settings import BoilerplateSettings

__all__ = ["RULES", "Rule", "strip_batch"]


def strip_batch(
    texts: Sequence[str],
    settings: BoilerplateSettings = BoilerplateSettings(),  # noqa: B008  (frozen)
    templates: None = None,
    sources: Sequence[str | None] | None = None,
) -> list[Cleaned]:
    """Each text without its residual boilerplate, with one edit a removed line or piece of a line."""
    from newsclean.boilerplate import strip

    return strip.strip_batch(texts, settings)
