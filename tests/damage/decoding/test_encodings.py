"""The table of encodings: names that Python knows, each with a reason, none of them a part of another."""

import codecs

import pytest

from newsclean.damage.decoding.encodings import ENCODINGS, SINGLE, as_learned, characters, known


@pytest.mark.parametrize("encoding", ENCODINGS, ids=lambda encoding: encoding.name)
def test_rows(encoding) -> None:  # type: ignore[no-untyped-def]
    codecs.lookup(encoding.name)
    assert encoding.why
    assert 0 <= encoding.rarity <= 10
    assert known()[encoding.name] is encoding


def test_no_encoding_is_part_of_another() -> None:
    tables = {encoding.name: characters(encoding.name) for encoding in SINGLE}
    for name, table in tables.items():
        assert table[:128] == tuple(map(chr, range(128))), name
        for other, wider in tables.items():
            same = all(one in ("", two) or "\udc80" <= one <= "\udcff" for one, two in zip(table, wider, strict=True))
            assert name == other or not same, (name, other)


def test_romanian_cedillas() -> None:
    assert as_learned("ştiinţă", "iso-8859-2") == "știință"
    assert as_learned("ştiinţă", "windows-1254") == "ştiinţă"
