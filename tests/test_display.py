"""A cleaned text shows itself, whatever is in it."""

from newsclean.edits import Edit
from newsclean.results import Cleaned

CLEANED = Cleaned(
    "The café is open.", (Edit(7, "Ã©", "é", "a>b", 0.9), Edit(18, " [<Ad>]", "", "advert")), ("too-long",)
)


def test_in_a_shell() -> None:
    assert repr(CLEANED) == "Cleaned('The café is open.', 2 edits, flags: too-long)"
    assert len(repr(Cleaned("x" * 500))) < 90


def test_in_a_notebook() -> None:
    shown = CLEANED._repr_html_()
    assert "line-through" in shown
    assert "&lt;Ad&gt;" in shown
    assert "<Ad>" not in shown
    assert ">é</span>" in shown
    assert 'title="a&gt;b 0.90"' in shown


def test_long_texts_are_shortened() -> None:
    text = "x" * 5_000
    shown = Cleaned(text, (Edit(5_000, " [Ad]", "", "advert"),))._repr_html_()
    assert len(shown) < 1_500
    assert "[Ad]" in shown
    assert len(Cleaned(text)._repr_html_()) < 1_500
