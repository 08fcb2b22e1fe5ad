"""Residual boilerplate: lines and pieces of lines of a news text that the site, not the article, put there.

Each line is judged by named rules (phrases in many languages), a trained tagger and, if given, what its source repeats.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from newsclean.edits import Edit
from newsclean.results import Cleaned
from newsclean.settings import BoilerplateSettings

if TYPE_CHECKING:
    from newsclean.boilerplate.rules import RULES, Rule
    from newsclean.boilerplate.templates import Templates

__all__ = ["RULES", "Rule", "Templates", "explain", "learn_templates", "strip_batch"]


def strip_batch(
    texts: Sequence[str],
    settings: BoilerplateSettings = BoilerplateSettings(),
    templates: "Templates | None" = None,
    sources: Sequence[str | None] | None = None,
) -> list[Cleaned]:
    """Each text without its residual boilerplate, with one edit for each removed line or piece of a line.

    Some texts are left as they are, and flagged. `all-residue`: more than `settings.max_removed` would go and no
    paragraph stay. `too-long`: too long for an article. `unstable`: judged otherwise again and again. Of a whole page
    that is `all-residue`, sure residue goes all the same. If as much goes and a paragraph stays, the flag is
    `mostly-residue`. `templates` apply to a text by its entry in `sources`.

    >>> [cleaned] = strip_batch(["Share this article\\n\\nThe minister resigned on Monday, her office said in a brief "
    ...     "statement. She had led the ministry for three years, and will be followed by her deputy."])
    >>> [(edit.before, edit.rule) for edit in cleaned.edits]
    [('Share this article\\n\\n', 'share-prompt')]
    """
    from newsclean.boilerplate import evidence, pipeline

    context = evidence.Context(settings, templates, _sources(texts, sources))
    return pipeline.strip_batch(texts, context)


def learn_templates(documents: Iterable[Mapping[str, Any]], by: str = "source") -> "Templates":
    """What the documents (`text`, optional `title` and `by`) of each source repeat, in one pass over them.

    >>> story = "The council of {0} decided on {0} to build a bridge for {0} million, which will open in the year {0}."
    >>> documents = [{"text": f"{story.format(n)}\\nRead by 10 people", "source": "a"} for n in ("six", "ten")]
    >>> len(learn_templates(documents))
    1
    """
    from newsclean.boilerplate import templates

    return templates.learn_templates(documents, by)


def explain(
    text: str,
    edits: Sequence[Edit],
    settings: BoilerplateSettings = BoilerplateSettings(),
    templates: "Templates | None" = None,
    source: str | None = None,
) -> list[tuple[Edit, tuple[str, ...]]]:
    """Each edit that `strip_batch` made of `text` with the same settings, with the reasons for it in words."""
    from newsclean.boilerplate import evidence, explanation

    return explanation.explain(text, edits, evidence.Context(settings, templates, [source]))


def _sources(texts: Sequence[str], sources: Sequence[str | None] | None) -> Sequence[str | None]:
    if sources is None:
        return [None] * len(texts)
    if len(sources) != len(texts):
        raise ValueError(f"there must be one source for each text, got {len(sources)} for {len(texts)}")
    return sources


def __getattr__(name: str) -> Any:
    if name == "Templates":  # needs numpy, as the rules do, so only when asked for
        from newsclean.boilerplate.templates import Templates

        return Templates
    if name in ("RULES", "Rule"):
        from newsclean.boilerplate import rules

        return getattr(rules, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
