"""Agencies that articles name: near-misses first."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.duplicates.agencies import _agencies, agency_of

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
