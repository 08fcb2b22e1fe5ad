"""Chunks have a digest of everything that decides what they hold."""

from newsclean.formats.base import Chunk, Source
from newsclean.formats.fields import Fields

CHUNK = Chunk(Source("a.jsonl", "a.jsonl", "jsonl"), 1, b"{}", 2)


def test_a_digest_depends_on_all_that_matters() -> None:
    others = [
        CHUNK._replace(first=2),
        CHUNK._replace(data=b"[]"),
        CHUNK._replace(fields=Fields(text="body")),
        CHUNK._replace(source=CHUNK.source._replace(format="json")),
        CHUNK._replace(source=CHUNK.source._replace(name="b.jsonl")),
    ]
    assert len({each.digest() for each in (CHUNK, *others)}) == 6


def test_a_digest_does_not_depend_on_progress() -> None:
    assert CHUNK.digest() == CHUNK._replace(consumed=9).digest()


def test_names_that_are_no_unicode_have_one() -> None:
    assert CHUNK._replace(source=Source("\udcff", "\udcff", "jsonl")).digest()
