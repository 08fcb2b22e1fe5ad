"""Every data file under `src/` is in the manifest with its sum, and its command exists."""

import re

from tests.paths import ROOT
from training import manifest


def test_files_are_listed_and_as_committed() -> None:
    assert manifest.problems() == []


def test_every_entry_says_how_it_is_made() -> None:
    for entry in manifest.entries():
        assert entry["licences"], entry["path"]
        if entry["command"] != manifest.BY_HAND:
            assert entry["inputs"], entry["path"]
            [module] = re.findall(r"python -m (training[\w.]+)", entry["command"])
            assert (ROOT / (module.replace(".", "/") + ".py")).exists(), module
