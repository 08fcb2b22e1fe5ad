"""Agencies that articles name: near-misses first."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.duplicates.agencies import _agencies, agency_codes, agency_name, agency_of, have_names
from newsclean.duplicates.tokens import split

with (Path(__file__).parents[1] / "cases/duplicates/agencies.tsv").open(encoding="utf-8", newline="") as _file:
    CASES = list(csv.DictReader(_file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_agencies(case: dict[str, str]) -> None:
    assert (agency_of(case["text"].replace(" / ", "\n")) or "") == case["agency"]


def test_forty_agencies() -> None:
    assert len(set(_agencies().values())) >= 40


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    found = agency_of(text)
    assert found is None or found in _agencies().values()


PIECES = [
    *_agencies(),
    *(case["text"] for case in CASES),
    "told",
    "by",
    "von",
    "and",
    "Lisbon",
    "東京",
    "新华社北京11月30日电",
]
MARKS = [" ", "\n", "\n\n", "(", ")", "/", " - ", "– ", "=", ", ", ". ", ": ", "", "[", "]", "—", "’", "x", "\u0301"]


@settings(deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.sampled_from(MARKS) | st.text(max_size=3), max_size=12).map("".join))
def test_texts_that_are_not_searched_name_none(text: str) -> None:
    """The look at words first leaves nothing out."""
    if agency_of(text) is not None:
        assert have_names([text], *split([text])).all()
    assert agency_name(int(agency_codes([text])[0])) == agency_of(text)


def test_mentions_are_not_searched() -> None:
    texts = ["A spokesman told Reuters that four boats had sunk.", "The map shows an app.", "LISBON (AP) A storm."]
    assert have_names(texts, *split(texts)).tolist() == [False, False, True]
