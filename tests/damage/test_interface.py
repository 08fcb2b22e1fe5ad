"""What others rely on: light import, evidence, explanations, bounded time."""

import pickle
import subprocess
import sys
import time

import pytest

from newsclean.damage import RULES, Evidence, explain, learn, repair_batch
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.settings import RepairSettings


def test_importing_loads_neither_numba_nor_numpy() -> None:
    code = "import sys, newsclean.damage; sys.exit('numba' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_names_are_unique() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    assert len({page.name for page in CODEPAGES}) == len(CODEPAGES) <= 64


def test_evidence_survives_pickle_and_dict() -> None:
    evidence = learn(["GrÃ¼ÃŸe aus KÃ¶ln"] * 5)
    assert pickle.loads(pickle.dumps(evidence)) == evidence == Evidence.from_dict(evidence.to_dict())
    assert evidence.pages() == (0,)
    with pytest.raises(ValueError, match="evidence must have"):
        Evidence.from_dict({"texts": "many"})


def test_evidence_of_a_source_repairs_what_alone_is_doubtful() -> None:
    evidence = Evidence(100, {"utf-8>windows-1252": 60})
    assert repair_batch(["Ã‰"], RepairSettings(), evidence)[0].text == "É"


def test_threshold_trades_recall_for_safety() -> None:
    (cleaned,) = repair_batch(["GrÃ¼ÃŸe aus KÃ¶ln"], RepairSettings(threshold=1.0))
    assert cleaned.text == "GrÃ¼ÃŸe aus KÃ¶ln"


def test_explanations_name_chain_plausibility_and_confidence() -> None:
    ((edit, why),) = explain("cafÃ© au lait")
    assert (edit.before, edit.after, edit.rule) == ("Ã©", "é", "utf-8>windows-1252")
    assert any("plausibility" in reason for reason in why)
    assert any("confidence" in reason for reason in why)


@pytest.mark.parametrize(
    "text",
    [
        "Ã" * 50_000,
        "Ã¤" * 25_000,
        "\x80\x9f" * 25_000,
        "&amp;" * 10_000,
        "a\x00" * 25_000,
        "Ã\ufffd" * 20_000,
        "+" * 50_000,
        "a" * 200_000 + "\u0400\x00",
        "e" + "\u0301\u0323" * 50_000,
        "Ã©\n" * 50_000,
    ],
    ids=["leads", "pairs", "c1", "entities", "nul", "fffd", "plus", "latin", "marks", "lines"],
)
def test_hostile_texts_end(text: str) -> None:
    start = time.process_time()
    repair_batch([text])
    assert time.process_time() - start < 3
