"""What a release needs says the same everywhere: version and dependencies."""

import re
import tomllib

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
