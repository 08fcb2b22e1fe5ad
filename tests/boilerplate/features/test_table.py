"""All features of some texts."""

import numpy as np

from newsclean.boilerplate.evidence import describe
from newsclean.boilerplate.features import NAMES, features
from newsclean.compilation import tier

TEXT = (
    "Share this article\n\nThe minister resigned on Monday, her office said in a brief statement on the matter, "
    "and will be followed by her deputy. "
    "Read more on our page.\nBy Jane Doe\n12 Comments"
)


def test_both_tiers_fill_all_columns_alike() -> None:
    tables = []
    for interprets in (False, True):
        with tier(interprets):
            tables.append(features(*describe([TEXT, "", TEXT])))
    assert tables[0].shape == (10, len(NAMES))
    assert np.isfinite(tables[0]).all()
    assert np.allclose(tables[0], tables[1], atol=1e-6)
    assert np.array_equal(tables[0][:5], tables[0][5:])
