"""What bands and rows mean, in numbers."""

from newsclean.duplicates.candidates import KEY_TERMS
from newsclean.duplicates.tokens import SHINGLE
from newsclean.settings import DuplicateSettings

_RESEMBLANCES = (0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
_WIDTH = 40  # characters of a full bar


def chance(resemblance: float, settings: DuplicateSettings) -> float:
    """The chance that two articles of which a share `resemblance` of the shingles is common share a band.

    >>> round(chance(0.2, DuplicateSettings(bands=64, rows=2)), 3)
    0.927
    """
    return 1 - (1 - resemblance**settings.rows) ** settings.bands


def explain_settings(settings: DuplicateSettings = DuplicateSettings()) -> str:
    """A table of how likely a pair of copies is compared exactly, by how much text they share.

    >>> print(explain_settings(DuplicateSettings(bands=20, rows=5)).splitlines()[0])
    20 bands of 5 minima: signatures of 100 values (400 bytes an article).
    """
    size = settings.bands * settings.rows
    half = (1 - 0.5 ** (1 / settings.bands)) ** (1 / settings.rows)
    lines = [
        f"{settings.bands} bands of {settings.rows} minima: signatures of {size} values ({4 * size} bytes an article).",
        f"The share of two articles' {SHINGLE}-word passages that both have, and the chance that they meet:",
        *(
            f"  {share:4.0%}  {chance(share, settings):7.2%}  {'█' * round(_WIDTH * chance(share, settings))}"
            for share in _RESEMBLANCES
        ),
        f"One in two pairs meets at {half:.0%}. Whoever meets is compared exactly: a pair is one of copies if the",
        f"confidence reaches {settings.copy_threshold:g} (copy_threshold).",
    ]
    if settings.stories:
        lines += [
            f"Articles that share two of their {KEY_TERMS} most telling terms meet, too, whatever their passages;",
            f"they report one event if the confidence reaches {settings.story_threshold:g} (story_threshold) and,",
            f"where both have a date, these are not more than {settings.story_days} days apart (story_days).",
        ]
    return "\n".join(lines)
