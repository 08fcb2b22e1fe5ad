"""Templates are learned from whatever a run reads."""

from pathlib import Path

from typer.testing import CliRunner

import newsclean
from newsclean.cli.main import app

STORY = "The council of {0} decided on {0} to build a bridge for {0} million, which will open in the year {0}."


def test_lines_of_a_source_are_learned_from_csv(tmp_path: Path) -> None:
    rows = [f'a,"{STORY.format(n)}\nRead by 10 people"' for n in ("six", "ten", "two")]
    (tmp_path / "x.csv").write_text("\n".join(["host,body", *rows]))
    out = tmp_path / "templates.bin"
    result = CliRunner().invoke(app, ["templates", "learn", str(tmp_path / "x.csv"), "--out", str(out)])
    assert result.exit_code == 0
    assert len(newsclean.Templates.load(out)) == 1


def test_standard_input_is_read_once_and_what_is_no_record_is_told(tmp_path: Path) -> None:
    out = tmp_path / "templates.bin"
    rows = "".join(f'{{"host": "a", "body": "{STORY.format(n)}\\nRead by 10 people"}}\n' for n in ("six", "ten", "two"))
    result = CliRunner().invoke(app, ["templates", "learn", "-", "--out", str(out)], input=rows)
    assert (result.exit_code, len(newsclean.Templates.load(out))) == (0, 1)
    assert f"1 repeated line and 0 titles saved to {out}" in result.output.replace("\n", "")
    result = CliRunner().invoke(app, ["templates", "learn", "-", "--out", str(out)], input=rows + '{"n": 1}\n')
    assert result.exit_code == 1
    assert "-:4: no field 'body'" in result.output
    assert "1 record rejected" in result.output
