"""Schemas on standard output."""

import json

from typer.testing import CliRunner

from newsclean.cli.main import app


def test_schemas_are_listed_and_printed() -> None:
    listed = CliRunner().invoke(app, ["schema"]).stdout.split()
    assert "settings" in listed
    for name in listed:
        assert json.loads(CliRunner().invoke(app, ["schema", name]).stdout)
    assert CliRunner().invoke(app, ["schema", "missing"]).exit_code == 2
