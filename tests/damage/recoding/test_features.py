"""Features of a recoding, in the order of their names."""

from newsclean.damage.codepoints import code_points
from newsclean.damage.models import bigrams
from newsclean.damage.recoding.features import PLAIN, RECODING_FEATURES, features
from newsclean.damage.recoding.types import Line, Recoding, Stretch


def feature_of(before: str, after: str) -> dict[str, float]:
    line = Line(before, code_points(before), bigrams.text_costs(before))
    stretch = Stretch(0, len(before), before, after, 30.0)
    values = features(line, Recoding("windows-1251>windows-1252", "codepage", (stretch,)), after, 10.0)
    return dict(zip(RECODING_FEATURES, values, strict=True))


def test_of_cyrillic_read_as_western() -> None:
    values = feature_of("Íîâîñòè", "Новости")
    assert values["gain"] == 30.0
    assert values["lead"] == 20.0
    assert values["crossing"] == 1.0
    assert values["staying"] == 0.0
    assert values["western"] == 1.0
    assert values["one_word"] == 1.0
    assert values["fit_gain"] > 0


def test_of_symbols_between_letters() -> None:
    values = feature_of("a—b", "aób")
    assert values["inside"] == 1.0
    assert values["typography"] == 1.0
    assert RECODING_FEATURES[PLAIN] == "fit_gain"
