"""Layers of mojibake, down to the text below them."""

import pytest

from newsclean.damage.codepoints import code_points
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.evidence import RepairHints
from newsclean.damage.mojibake.decoder import decode_mojibake, decode_run, gains, likely_runs
from newsclean.damage.screening.screen import screen_text


@pytest.mark.parametrize("times", [1, 2, 3])
def test_as_often_as_it_takes(times: int) -> None:
    text = "Die Größe der Städte – schön für Köln"
    for _ in range(times):
        text = text.encode("utf-8").decode("latin-1")
    [decoded] = decode_mojibake([text], [screen_text(text)], RepairHints(0.5))
    assert decoded.text == "Die Größe der Städte – schön für Köln"
    assert decoded.edits[0].rule == ",".join(["utf-8>latin-1"] * times)


def test_a_run_alone() -> None:
    codepage = [codepage.name for codepage in CODEPAGES].index("windows-1257")
    assert decode_run("šŸ’¬", codepage) == ("💬", "utf-8>windows-1257+1252")


def test_gains_leave_out_faint_codepages() -> None:
    text = "GrÃ¼ÃŸe aus KÃ¶ln"
    total = gains(likely_runs(code_points(text), screen_text(text)))
    assert total[0] == max(total) > 0
    assert all(gain == 0 or gain >= max(total) / 10 for gain in total)
