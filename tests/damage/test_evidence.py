"""What is known of a source, and how it is counted."""

import pickle

import pytest

from newsclean.damage import Evidence, learn, repair_batch
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.evidence import KNOWN, Tally, hints_from
from newsclean.edits import Edit
from newsclean.settings import RepairSettings


def test_evidence_survives_pickle_and_dict() -> None:
    evidence = learn(["GrÃ¼ÃŸe aus KÃ¶ln"] * 5)
    assert pickle.loads(pickle.dumps(evidence)) == evidence == Evidence.from_dict(evidence.to_dict())
    assert evidence.codepages() == (0,)
    with pytest.raises(ValueError, match="evidence must have"):
        Evidence.from_dict({"texts": "many"})


def test_evidence_of_a_source_repairs_what_alone_is_doubtful() -> None:
    evidence = Evidence(100, {"utf-8>windows-1252": 60})
    assert repair_batch(["Ã‰"], RepairSettings(), evidence)[0].text == "É"


@pytest.mark.parametrize(
    ("texts", "counts", "codepages"),
    [
        (100, {"utf-8>windows-1251": 3}, ["windows-1251"]),
        (100, {"utf-8>windows-1251": 2}, []),
        (1000, {"utf-8>windows-1251": 9}, []),
        (10, {"utf-8>windows-1251,utf-8>latin-1": 4}, ["latin-1", "windows-1251"]),
        (10, {"windows-1252>windows-1251": 9}, []),
    ],
)
def test_codepages_need_enough_texts(texts: int, counts: dict[str, int], codepages: list[str]) -> None:
    assert [CODEPAGES[codepage].name for codepage in Evidence(texts, counts).codepages()] == codepages


def test_a_text_counts_once_for_each_chain() -> None:
    tally = Tally()
    tally.add([Edit(0, "a", "b", "utf-8>latin-1"), Edit(2, "a", "b", "utf-8>latin-1 + nul")])
    tally.add([])
    assert tally.evidence() == Evidence(2, {"utf-8>latin-1": 1})


def test_hints_from_settings_and_evidence() -> None:
    hints = hints_from(RepairSettings(languages=("ru", "tr")), Evidence(3, {"utf-8>windows-1251": 3}))
    assert hints.scripts == {"CYRILLIC", "LATIN"}
    [codepage] = hints.codepages
    assert hints.support(codepage) == KNOWN
    assert hints.support(codepage + 1) == 0.0
