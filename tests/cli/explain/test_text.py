"""What is changed, shown with its reasons."""

import pytest

from newsclean.cli.explain.text import as_json, as_recorded, print_explanation
from newsclean.edits import Edit
from newsclean.pipeline import explain


def test_an_explanation_names_rules_and_places(capsys: pytest.CaptureFixture[str]) -> None:
    text = "Nothing here.\nThe cafÃ© is open."
    print_explanation(text, explain(text))
    said = capsys.readouterr().out
    assert "Repairs (1)" in said
    assert "line    2  utf-8>windows-1252" in said
    assert "The caf[-Ã©-]{+é+} is open." in said
    assert "newsclean.revert gives all of them back" in said


def test_nothing_to_change(capsys: pytest.CaptureFixture[str]) -> None:
    print_explanation("Nothing here.", explain("Nothing here."))
    assert capsys.readouterr().out == "Nothing to change.\n"


def test_a_piece_inside_a_line_is_marked(capsys: pytest.CaptureFixture[str]) -> None:
    text = "The port was closed on Monday. Photo: Reuters The mayor said so."
    found = as_recorded(text.replace(" Photo: Reuters", ""), text, (Edit(30, " Photo: Reuters", "", "photo-credit"),))
    print_explanation(text, found)
    assert "closed on Monday.[- Photo: Reuters-] The mayor said so." in capsys.readouterr().out


def test_json_holds_every_edit() -> None:
    text = "Nothing here.\nThe cafÃ© is open."
    told = as_json("a", text, explain(text))
    assert (told["id"], told["before"], told["text"]) == ("a", len(text), "Nothing here.\nThe café is open.")
    [edit] = told["edits"]
    assert (edit["stage"], edit["line"], edit["before"], edit["after"]) == ("repair", 2, "Ã©", "é")
    assert edit["reasons"]
