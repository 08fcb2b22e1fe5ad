"""How sure a run is."""

import numpy as np
import pytest

from newsclean.damage import repair_batch
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.evidence import RepairHints
from newsclean.damage.mojibake import confidence
from newsclean.damage.mojibake.columns import RunFeature
from newsclean.damage.screening.screen import screen_text


def test_a_weight_for_each_feature() -> None:
    assert len(confidence.WEIGHTS) == len(RunFeature) == len(confidence.RUN_FEATURES)


@pytest.mark.parametrize("text", ["GrÃ¼ÃŸe aus KÃ¶ln", "cafÃ©", "РњРѕСЃРєРІР°"])
def test_a_text_that_is_repaired_is_possible(text: str) -> None:
    assert repair_batch([text])[0].edits
    assert confidence.possible(screen_text(text), RepairHints(0.5))


def test_nothing_is_surer_than_the_ceiling() -> None:
    edits = repair_batch(["GrÃ¼ÃŸe aus KÃ¶ln und MÃ¼nchen"])[0].edits
    assert max(edit.confidence for edit in edits) == pytest.approx(confidence.CEILING)


def test_what_is_known_supports_its_codepage() -> None:
    weights = confidence._weights(RepairHints(0.5, (1,), frozenset({"LATIN"})))
    assert weights.support[1, 1] > 0
    assert np.count_nonzero(weights.support) == 1
    assert weights.support.shape == (len(CODEPAGES), 3)
