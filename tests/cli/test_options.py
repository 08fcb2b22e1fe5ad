"""Options that commands share have one name, default and help."""

import inspect
from pathlib import Path
from typing import Any

import pytest

from newsclean.cli.options import FILES, OPTIONS, load_fields, load_settings, load_templates, takes
from newsclean.errors import InputError, SettingsError
from newsclean.formats.fields import Fields


def test_a_command_gets_its_shared_options_as_one_mapping() -> None:
    got: dict[str, Any] = {}

    @takes("mode", "force")
    def command(own: int, options: dict[str, Any]) -> None:
        """Help."""
        got.update(options, own=own)

    command(own=1, mode="safe", force=True)
    assert got == {"own": 1, "mode": "safe", "force": True}
    assert list(inspect.signature(command).parameters) == ["own", "mode", "force"]
    assert command.__doc__ == "Help."


def test_every_named_option_is_known() -> None:
    assert set(FILES) <= set(OPTIONS)


def test_fields_are_parsed() -> None:
    assert load_fields(["text=content.body", "url=link"]) == Fields(text="content.body", url="link")
    for wrong in ("body", "text=", "kicker=x", "=x"):
        with pytest.raises(SettingsError, match="ROLE=NAME"):
            load_fields([wrong])


def test_options_lie_on_top_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text('[boilerplate]\nmode = "safe"\n[duplicates]\nkeep = "newest"\n')
    found = load_settings({"settings": path, "mode": "thorough", "keep": None})
    assert (found.boilerplate.mode, found.duplicates.keep) == ("thorough", "newest")


@pytest.mark.parametrize("content", [b"", b"no templates", b"PK\x03\x04", b"\0" * 100])
def test_damaged_templates_are_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "t.bin"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"t\.bin"):
        load_templates(path)
