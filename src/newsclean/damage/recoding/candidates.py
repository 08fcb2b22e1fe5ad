"""The chains of encodings that a line may have gone through, UTF-8 in a code page aside, and what each makes of it."""

import functools
from collections.abc import Iterator

from newsclean.damage.models.bigrams import Model
from newsclean.damage.recoding.multibyte import crossed, swapped, unread, wide
from newsclean.damage.recoding.single_byte import single_byte
from newsclean.damage.recoding.types import Candidate, Line, Recoding


def recodings(line: Line, model: Model, only: frozenset[str]) -> Iterator[Candidate]:
    """Every chain, or those in `only`, that could explain a part of the line."""
    yield from single_byte(line, model, only)
    for generator in (wide, unread, crossed, swapped):
        for recoding in generator(line, only):
            if not only or recoding.chain in only:
                yield Candidate(recoding.chain, recoding.kind, recoding.gain, functools.partial(_itself, recoding))


def _itself(recoding: Recoding) -> Recoding:
    return recoding
