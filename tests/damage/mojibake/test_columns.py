"""The columns of each table are numbered without gaps."""

from enum import IntEnum

import pytest

from newsclean.damage.mojibake import columns

TABLES = [kind for kind in vars(columns).values() if isinstance(kind, type) and issubclass(kind, IntEnum)]


@pytest.mark.parametrize("kind", [kind for kind in TABLES if kind is not IntEnum], ids=lambda kind: kind.__name__)
def test_columns_have_no_gaps(kind: type[IntEnum]) -> None:
    assert list(map(int, kind)) == list(range(len(kind)))
