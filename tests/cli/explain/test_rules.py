"""Rules by family, and one in full."""

import pytest
import typer

from newsclean.cli.explain.rules import print_rules


def test_a_family_of_rules(capsys: pytest.CaptureFixture[str]) -> None:
    print_rules("photo-credit")
    assert "why:" in capsys.readouterr().out


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(typer.BadParameter, match="no rule"):
        print_rules("nonsense")
