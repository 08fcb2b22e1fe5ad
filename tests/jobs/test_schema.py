"""Every output file and the settings have a JSON Schema."""

import json

from newsclean.formats.writers import output_names
from newsclean.jobs.schema import schemas


def test_every_file_has_one() -> None:
    assert set(schemas()) >= {*output_names("jsonl")[2:], "summary.json", "settings"}


def test_they_are_json() -> None:
    assert set(json.loads(json.dumps(schemas()))) == set(schemas())


def test_bounds_of_settings_are_in_it() -> None:
    table = schemas()["settings"]["$defs"]["BoilerplateSettings"]["properties"]
    assert table["mode"]["enum"] == ["balanced", "safe", "thorough"]
    assert table["max_removed"]["exclusiveMinimum"] == 0
