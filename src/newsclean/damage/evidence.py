"""What is known beforehand about how texts were damaged: by a source as a whole, or by the languages they are in."""

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from newsclean.damage.encodings.chains import misread_in
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.edits import Edit
from newsclean.settings import RepairSettings

LEAST_SHARE = 0.01  # of a source's texts must have been misread in a code page before that counts
LEAST_TEXTS = 3
KNOWN = 12.0  # nats of support that a code page known from the source lends to a run
SCRIPTS = {  # languages not written in Latin letters, by script
    "GREEK": "el", "CYRILLIC": "ru uk be bg sr mk kk ky tg mn ce cv tt ba", "ARABIC": "ar fa ur ps ckb ug sd",
    "HEBREW": "he yi", "THAI": "th", "HAN": "zh ja", "HIRAGANA": "ja", "KATAKANA": "ja", "HANGUL": "ko",
    "DEVANAGARI": "hi mr ne", "BENGALI": "bn as", "TAMIL": "ta", "TELUGU": "te", "KANNADA": "kn", "MALAYALAM": "ml",
    "GUJARATI": "gu", "GURMUKHI": "pa", "SINHALA": "si", "GEORGIAN": "ka", "ARMENIAN": "hy", "ETHIOPIC": "am ti",
    "KHMER": "km", "LAO": "lo", "MYANMAR": "my", "TIBETAN": "bo dz",
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Evidence:
    """How the texts of a source were damaged: the number of texts seen, and per chain the number it was repaired in.

    >>> Evidence(200, {"utf-8>windows-1251": 31}).to_dict()
    {'texts': 200, 'chains': {'utf-8>windows-1251': 31}}
    """

    texts: int = 0
    chains: Mapping[str, int] = dataclasses.field(default_factory=dict)

    def to_dict(self) -> dict[str, object]:
        """A plain dictionary, for JSON."""
        return {"texts": self.texts, "chains": dict(self.chains)}

    @classmethod
    def from_dict(cls, data: Mapping[str, object]) -> "Evidence":
        """The evidence that `to_dict` made.

        Raises:
            ValueError: `data` is not such a dictionary.
        """
        texts, chains = data.get("texts"), data.get("chains")
        if not isinstance(texts, int) or not isinstance(chains, Mapping):
            raise ValueError(f"evidence must have `texts` (a number) and `chains` (a mapping), got {dict(data)!r}")
        return cls(texts, {str(chain): int(number) for chain, number in chains.items()})

    def codepages(self) -> tuple[int, ...]:
        """Rows of CODEPAGES in which enough of the source's texts were misread."""
        counts: Counter[str] = Counter()
        for chain, number in self.chains.items():
            for codepage in set(misread_in(chain)):
                counts[codepage] += number
        least = max(LEAST_TEXTS, LEAST_SHARE * self.texts)
        return tuple(i for i, codepage in enumerate(CODEPAGES) if counts[codepage.name] >= least)


class RepairHints(NamedTuple):
    """What a repair is to go by, from settings and evidence."""

    threshold: float
    codepages: tuple[int, ...] = ()
    scripts: frozenset[str] = frozenset()

    def support(self, codepage: int) -> float:
        """Nats of support that what is known lends to a run in a code page."""
        return KNOWN if codepage in self.codepages else 0.0


def hints_from(settings: RepairSettings, evidence: Evidence | None) -> RepairHints:
    """The hints of settings and evidence for a batch."""
    bases = {code.split("-")[0].lower() for code in settings.languages}
    scripts = {script for script, codes in SCRIPTS.items() if bases & set(codes.split())}
    if bases - {code for codes in SCRIPTS.values() for code in codes.split()}:
        scripts.add("LATIN")
    return RepairHints(settings.threshold, evidence.codepages() if evidence else (), frozenset(scripts))


class Tally:
    """Counts texts and the chains that they were repaired in."""

    def __init__(self) -> None:
        self.texts = 0
        self.chains: Counter[str] = Counter()

    def add(self, edits: Iterable[Edit]) -> None:
        """Count a repaired text by its edits."""
        self.texts += 1
        self.chains.update({name for edit in edits for name in edit.rule.split(" + ") if ">" in name})

    def evidence(self) -> Evidence:
        """What was counted so far."""
        return Evidence(self.texts, dict(sorted(self.chains.items())))
