"""Every chain that could explain a line."""

from newsclean.damage.codepoints import code_points
from newsclean.damage.models import bigrams
from newsclean.damage.recoding.candidates import recodings
from newsclean.damage.recoding.types import Line


def line_of(text: str) -> Line:
    return Line(text, code_points(text), bigrams.text_costs(text))


def test_the_right_chain_is_among_them() -> None:
    text = "Новости дня".encode("cp1251").decode("cp1252")
    found = {recoding.chain for recoding in recodings(line_of(text), bigrams.model(), frozenset())}
    assert "windows-1251>windows-1252" in found


def test_only_the_chains_asked_for() -> None:
    text = "Новости дня".encode("cp1251").decode("cp1252")
    only = frozenset({"gbk>windows-1252"})
    assert {recoding.chain for recoding in recodings(line_of(text), bigrams.model(), only)} <= {
        recoding.chain for recoding in recodings(line_of(text), bigrams.model(), frozenset())
    }
