"""What is changed, shown with its reasons."""

import pytest

from newsclean.cli.explain import print_explanation, print_rules
from newsclean.settings import Settings


def test_an_explanation_names_rules_and_places(capsys: pytest.CaptureFixture[str]) -> None:
    print_explanation("Nothing here.\nThe cafÃ© is open.", Settings(), None, None)
    said = capsys.readouterr().out
    assert "Repairs (1)" in said
    assert "line    2  utf-8>windows-1252" in said
    assert "newsclean.revert gives all of them back" in said


def test_nothing_to_change(capsys: pytest.CaptureFixture[str]) -> None:
    print_explanation("Nothing here.", Settings(), None, None)
    assert capsys.readouterr().out == "Nothing to change.\n"


def test_a_family_of_rules(capsys: pytest.CaptureFixture[str]) -> None:
    print_rules("photo-credit")
    assert "why:" in capsys.readouterr().out
