"""Repair of damaged text: mojibake, HTML entities, control characters, zero-width debris."""

from collections.abc import Sequence

from newsclean.edits import Cleaned
from newsclean.settings import RepairSettings


def repair_batch(texts: Sequence[str], settings: RepairSettings = RepairSettings()) -> list[Cleaned]:
    """Repaired texts with the edits that made them; never raises for any `str`.

    >>> repair_batch(["naÃ¯ve &amp; caf\\u00c3\\u00a9"])[0].text
    'naïve & café'
    """
    from newsclean.damage import engine

    return engine.repair_batch(texts, settings)
