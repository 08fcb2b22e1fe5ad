"""Commands are found, and end with a word where they are stopped."""

from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from newsclean.cli.groups import Commands, SheetFirst
from newsclean.errors import Stopped


def commands(kind: type[typer.core.TyperGroup]) -> typer.Typer:
    app = typer.Typer(cls=kind)

    @app.command()
    def sheet(path: Path) -> None:
        print(f"sheet of {path}")

    @app.command()
    def stop(signal: int) -> None:
        raise Stopped("stopped; two parts done", signal) if signal else KeyboardInterrupt

    return app


@pytest.mark.parametrize(("signal", "code", "said"), [("15", 143, "two parts done"), ("0", 130, "stopped")])
def test_a_stop_says_so_and_has_its_exit_code(signal: str, code: int, said: str) -> None:
    result = CliRunner().invoke(commands(Commands), ["stop", signal])
    assert result.exit_code == code
    assert said in result.stderr


@pytest.mark.parametrize("arguments", [["--a\x1b[2J"], ["a\x1b[2J"], ["sheet", "--a\x1b[2J"], ["stop", "a\x1b[2J"]])
def test_what_is_wrong_is_quoted_without_escape_codes(arguments: list[str]) -> None:
    result = CliRunner().invoke(commands(Commands), arguments)
    assert result.exit_code == 2
    assert "a" in result.stderr
    assert "\x1b[2J" not in result.stderr


def test_what_is_no_command_is_the_argument_of_the_first() -> None:
    app = commands(SheetFirst)
    assert (
        CliRunner().invoke(app, ["out"]).stdout == CliRunner().invoke(app, ["sheet", "out"]).stdout == "sheet of out\n"
    )
    assert CliRunner().invoke(app, ["stop", "15"]).exception is not None
    assert "Usage" in CliRunner().invoke(app, ["--help"]).stdout
