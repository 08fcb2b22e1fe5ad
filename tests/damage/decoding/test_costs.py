"""The table of pairs of bytes agrees with the model, character by character."""

import numpy as np
import pytest

from newsclean.damage.decoding import costs, encodings
from newsclean.damage.decoding.costs import COLUMNS, IMPOSSIBLE, Lines
from newsclean.damage.models import bigrams


@pytest.mark.parametrize("name", ["windows-1251", "cp850", "koi8-u", "windows-1254"])
def test_a_pair_costs_what_its_characters_cost(name: str) -> None:
    table = costs.pair_table()[:, [encoding.name for encoding in encodings.SINGLE].index(name)]
    for left, right in np.random.default_rng(1).integers(1, 256, (300, 2)).tolist():
        text = bytes((left, right)).decode(name, "surrogateescape")
        own = costs.NO_CHARACTER if text[1] >= "\udc80" and text[1] < "\udd00" else bigrams.text_costs(text)[1]
        assert table[left << 8 | right] == min(own, costs.NO_CHARACTER)


def test_lines_cost_what_their_texts_cost() -> None:
    lines = Lines(["Größe\n".encode("cp1252"), "über Käufer".encode("cp1252")])
    text = lines.data.decode("cp1252")
    own = costs.text_costs(text)
    found = lines.matrix([COLUMNS.index("windows-1252")])[:, 0] / bigrams.UNIT
    assert found.round().tolist() == [own[:6].sum(), own[6:].sum()]


def test_blocks_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    data = [("Съешь ещё этих мягких булок\n" * 3).encode("cp1251"), b"abc \xff\xfe\n", "ещё".encode("koi8-r")]
    whole = Lines(data).single
    monkeypatch.setattr(costs, "BLOCK", 7)
    assert (Lines(data).single == whole).all()


def test_broken_multibyte_text_is_never_plausible() -> None:
    lines = Lines(["Съешь ещё этих мягких французских булок\n".encode("koi8-r")] * 3)
    found = dict(zip(COLUMNS, lines.matrix()[0], strict=True))
    assert found["utf-8"] == IMPOSSIBLE
    assert found["koi8-r"] < min(cost for name, cost in found.items() if not name.startswith("koi8"))
