"""What a release needs says the same everywhere: version and dependencies."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import newsclean
from tests.paths import ROOT


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_one_version_everywhere() -> None:
    version = newsclean.__version__
    assert f"\nversion: {version}\n" in read("CITATION.cff")
    assert f'  version: "{version}"\n' in read("conda/recipe.yaml")
    assert re.search(rf"^## {re.escape(version)} \(.+\)$", read("CHANGELOG.md"), re.M)


def test_conda_recipe_has_the_dependencies_of_the_package() -> None:
    listed = tomllib.loads(read("pyproject.toml"))["project"]["dependencies"]
    wanted = {re.sub(r"([\w.-]+)(>=[\d.]+).*", r"\1 \2", each) for each in listed}
    run = read("conda/recipe.yaml").partition("  run:\n")[2].partition("\ntests:")[0]
    assert set(re.findall(r"- (\S+ >=[\d.]+)", run)) - {"python >=3.11"} == wanted


def test_changelog_compares_with_no_version_before() -> None:
    first = read("CHANGELOG.md").rpartition("\n## ")[2]
    assert not re.search(r"than before|faster|no longer|instead of", first)


def test_conda_recipe_is_one() -> None:
    rattler = pytest.importorskip("rattler_build", reason="py-rattler-build is not installed (extra test)")
    [rendered] = rattler.Stage0Recipe.from_file(ROOT / "conda/recipe.yaml").render(rattler.VariantConfig())
    found = rendered.recipe.to_dict()
    assert found["package"] == {"name": "newsclean", "version": newsclean.__version__}
    assert found["build"]["noarch"] == "python"
    for place in (*found["about"]["license_file"], found["source"][0]["path"]):
        assert (ROOT / "conda" / found["source"][0]["path"] / place).exists()


def test_dockerfile_is_without_fault() -> None:
    linter = shutil.which("hadolint", path=os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"])))
    if linter is None:
        pytest.skip("hadolint is not installed (extra test)")
    found = subprocess.run([linter, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (found.returncode, found.stdout) == (0, "")
