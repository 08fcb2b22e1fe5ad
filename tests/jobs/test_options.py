"""The options of a run are the same for type checkers and at run time, and checked when they are made."""

import dataclasses
from typing import Any

import pytest

from newsclean.errors import SettingsError
from newsclean.formats.fields import Fields
from newsclean.jobs.options import Options, RunOptions
from newsclean.settings import RepairSettings, Settings


def test_both_lists_of_options_agree() -> None:
    assert list(RunOptions.__annotations__) == [field.name for field in dataclasses.fields(Options)]


@pytest.mark.parametrize(
    "options",
    [
        {"format": "doc"},
        {"input_format": "doc"},
        {"steps": ["fly"]},
        {"steps": "repair"},
        {"steps": []},
        {"on_repeated_id": "forget"},
        {"workers": 0},
        {"max_record": 0},
        {"dry_run": 0},
        {"fields": {"kicker": "x"}},
    ],
    ids=repr,
)
def test_what_no_option_can_be_is_refused(options: dict[str, Any]) -> None:
    with pytest.raises(SettingsError):
        Options(**options)


def test_fields_may_be_a_mapping() -> None:
    assert Options(fields={"text": "body"}).given == Fields(text="body")


def test_a_fingerprint_depends_on_what_decides_the_output() -> None:
    strict = Options(settings=Settings(repair=RepairSettings(threshold=0.9)))
    prints = {each.fingerprint() for each in (Options(), strict, Options(steps=["repair"]))}
    assert len(prints) == 3
    assert Options(workers=2, force=True).fingerprint() == Options().fingerprint()
