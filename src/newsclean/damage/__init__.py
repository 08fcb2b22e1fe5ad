"""Repair of damaged text: mojibake, HTML entities, control characters, zero-width debris; bytes of unknown encoding.

Light to import: the kernels and the plausibility model are loaded by the first repair.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from newsclean.damage.characters.rules import RULES, Rule
from newsclean.damage.decoding import HOW, Decoded, Part, decode, decode_as, encoding_of
from newsclean.damage.evidence import Evidence
from newsclean.edits import Edit
from newsclean.results import Cleaned
from newsclean.settings import RepairSettings

__all__ = [
    "HOW",
    "RULES",
    "Decoded",
    "Evidence",
    "Part",
    "Rule",
    "decode",
    "decode_as",
    "encoding_of",
    "explain",
    "learn",
    "learn_damage",
    "repair_batch",
]

if TYPE_CHECKING:
    from newsclean.damage import pipeline as pipeline


def repair_batch(
    texts: Sequence[str], settings: RepairSettings = RepairSettings(), evidence: Evidence | None = None
) -> list[Cleaned]:
    """Repaired texts with the edits that made them; never raises for any `str`.

    >>> repair_batch(["naÃ¯ve &amp; caf\\u00c3\\u00a9"])[0].text
    'naïve & café'
    """
    from newsclean.damage import pipeline

    return pipeline.repair_batch(texts, settings, evidence)


def learn(texts: Iterable[str], settings: RepairSettings = RepairSettings()) -> Evidence:
    """How the texts of one source were damaged, to be passed to `repair_batch` for the texts of that source.

    >>> learn(["GrÃ¼ÃŸe aus KÃ¶ln", "Guten Tag"]).to_dict()
    {'texts': 2, 'chains': {'utf-8>windows-1252': 1}}
    """
    from newsclean.damage import learning

    return learning.learn(texts, settings)


def learn_damage(
    documents: Iterable[Mapping[str, Any]], by: str = "source", settings: RepairSettings = RepairSettings()
) -> dict[str, Evidence]:
    """How the texts of each source were damaged, in one pass over documents (`text`, and their source as `by`).

    Only sources that are damaged often enough to expect it in their other texts; for `clean_batch`.

    >>> texts = ["GrÃ¼ÃŸe aus KÃ¶ln", "FÃ¼r JÃ¶rg", "MÃ¼ller tritt zurÃ¼ck"]
    >>> news = [{"text": text, "source": "a.de"} for text in texts]
    >>> learn_damage([*news, {"text": "Guten Tag", "source": "b.de"}])
    {'a.de': Evidence(texts=3, chains={'utf-8>windows-1252': 3})}
    """
    from newsclean.damage import learning

    return learning.learn_damage(documents, by, settings)


def explain(text: str, edits: Sequence[Edit]) -> list[tuple[Edit, tuple[str, ...]]]:
    """Each edit that `repair_batch` made of a text, with the reasons for it in words.

    >>> explain("\\ufeffNews", repair_batch(["\\ufeffNews"])[0].edits)[0][1]
    ('files glued together, or a file read without removing its mark', 'source: Unicode 16, 23.8')
    """
    from newsclean.damage import explanation

    return explanation.explain(text, edits)
