"""Phrases are found where they may stand, by the keys of the reference."""

from newsclean.boilerplate.lines import scan
from newsclean.boilerplate.rules import Hit, Place, dictionary, look_up, phrases
from newsclean.boilerplate.rules._keys import KEY
from tests.boilerplate.lines import reference as lines_ref
from tests.boilerplate.rules import reference as rules_ref

PLACES = {
    "line": Place.LINE,
    "end": Place.END,
    "signed": Place.END,
    "any": Place.ANY,
    "credited": Place.ANY,
    "only": Place.ANY,
    "framed": Place.LINE,
}


def test_keys_equal_reference() -> None:
    known = dictionary()
    listed = set(known.keys.table[:, KEY].tolist())
    for phrase in phrases()[::17]:
        place = PLACES.get(phrase.how, Place.START)
        assert rules_ref.key([value for _, value in lines_ref.words(phrase.words)], place) in listed


def test_phrases_are_found_where_they_may_stand() -> None:
    lines = scan(["All rights reserved", "The paper says: all rights reserved, and more", "Reserved all rights"])
    hits = look_up(lines, dictionary())
    assert (hits[:, Hit.ANY] > 0).tolist() == [True, True, False]
