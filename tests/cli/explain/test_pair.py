"""Why two articles match or not, as the command says it."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import newsclean
from newsclean.cli.main import app

TEXT = (
    "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats near the old pier. "
    "The port authority said that it would stay closed until Thursday. Nobody was hurt, the mayor told reporters. "
    "Ferries across the river were to run again in the evening, and divers were looking for the wrecks, which lie at a "
    "depth of twelve metres. Fishermen asked the government for help, as the season had been a poor one so far. "
    "A committee of the parliament will hear the minister of the sea next week, a spokesman of the ministry said."
)
OTHER = "Prices of wheat rose in Chicago as traders waited for the harvest figures of the ministry in Washington."


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pairs")
    texts = {"a": TEXT, "b": TEXT.replace("old", "small") + " More is expected.", "c": OTHER * 2}
    rows = [{"id": name, "text": text, "source": f"{name}.org"} for name, text in texts.items()]
    (folder / "x.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    newsclean.run([folder / "x.jsonl"], folder / "out")
    return folder / "out"


def said(*arguments: str | Path) -> str:
    done = CliRunner().invoke(app, ["explain", *map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_pair_that_matches(out: Path) -> None:
    told = said(out, "a", "b")
    assert "Copies of one text? yes" in told
    assert "The run: near_duplicate" in told
    assert "both have  " in told


def test_a_pair_that_does_not(out: Path) -> None:
    told = said(out, "a", "c")
    assert "Copies of one text? no" in told
    assert "Reports on one event? no" in told
    assert "nothing to each other" in told


def test_json(out: Path) -> None:
    told = json.loads(said(out, "a", "b", "--json"))
    assert told["recorded"]["relation"] == told["alone"]["relation"] == "near_duplicate"
    assert told["judgements"][0]["features"][0]["credit"] != 0
    assert told["passages"][0]["left_start"] < told["passages"][0]["left_end"]


def test_records_of_a_dump(out: Path) -> None:
    assert "Copies of one text? yes" in said(out.parent / "x.jsonl", "a", "b")
    assert "Nothing to change." in said(out.parent / "x.jsonl", "--id", "c")


def test_one_id_is_not_a_pair(out: Path) -> None:
    assert CliRunner().invoke(app, ["explain", str(out), "a"]).exit_code == 2
