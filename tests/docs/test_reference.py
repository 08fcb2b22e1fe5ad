"""The generated pages are those that the code gives now."""

import importlib.util
from types import ModuleType

import pytest

from tests.paths import ROOT


def script(path: str) -> ModuleType:
    """A script of the checkout as a module."""
    spec = importlib.util.spec_from_file_location(path.replace("/", "_").removesuffix(".py"), ROOT / path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATE = script("docs/generate.py")


@pytest.mark.parametrize("name", GENERATE.PAGES)
def test_page_is_current(name: str) -> None:
    written = (ROOT / "docs/reference" / name).read_text(encoding="utf-8")
    assert written == GENERATE.PAGES[name](), "run python docs/generate.py"
