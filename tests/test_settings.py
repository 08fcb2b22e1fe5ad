"""Settings are checked where they are made."""

from pathlib import Path

import pytest

from newsclean.errors import SettingsError
from newsclean.settings import BoilerplateSettings, DuplicateSettings, RepairSettings, Settings


def test_a_toml_file_sets_what_it_names(tmp_path: Path) -> None:
    path = tmp_path / "newsclean.toml"
    path.write_text('[repair]\nthreshold = 1\n[duplicates]\npreferred_sources = ["a", "b"]\n')
    settings = Settings.from_toml(path)
    assert settings.repair == RepairSettings(threshold=1.0)
    assert settings.duplicates.preferred_sources == ("a", "b")
    assert settings.boilerplate == BoilerplateSettings()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("[boilerplates]", "boilerplates", id="unknown-table"),
        pytest.param("[repair]\nlimit = 1", "repair.limit", id="unknown-name"),
        pytest.param("[repair]\nthreshold = 'high'", "float", id="wrong-type"),
        pytest.param("[repair]\nthreshold = 2", "<= 1", id="out-of-range"),
        pytest.param("repair = 1", "table", id="not-a-table"),
        pytest.param("[repair", "cannot read", id="not-toml"),
    ],
)
def test_what_is_wrong_in_a_file_is_named(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "newsclean.toml"
    path.write_text(content)
    with pytest.raises(SettingsError, match=message):
        Settings.from_toml(path)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(SettingsError, match=r"missing\.toml"):
        Settings.from_toml("missing.toml")


def test_values_are_checked() -> None:
    for make in (
        lambda: BoilerplateSettings(mode="brutal"),
        lambda: BoilerplateSettings(max_removed=0),
        lambda: DuplicateSettings(bands=0),
        lambda: DuplicateSettings(keep="best"),
    ):
        with pytest.raises(SettingsError):
            make()
