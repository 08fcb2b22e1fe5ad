"""All kernels are compiled at once, and found by others who may read them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from newsclean.compilation import cache, warming
from newsclean.compilation.warming import entries
from newsclean.errors import OutputError

SCRIPT = """
import numpy as np
from newsclean.compilation import cache, warming
from newsclean.models import trees

warming.STAGES = ("newsclean.models",)
print(warming.warm(SHARED).kernels, cache.cache_directory())
"""


def ran(shared: bool, named: Path, home: Path) -> list[str]:
    environment = os.environ | {"NEWSCLEAN_CACHE_DIR": str(named), "XDG_CACHE_HOME": str(home)}
    script = SCRIPT.replace("SHARED", str(shared))
    result = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, timeout=300)
    assert result.returncode == 0, result.stderr.decode()
    return result.stdout.decode().split()


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no user ids")
def test_what_is_shared_is_read_and_not_compiled_again(tmp_path: Path) -> None:
    named, home = tmp_path / "named", tmp_path / "home"
    count, directory = ran(True, named, home)
    code = list(named.rglob("*.code"))
    assert len(code) == int(count) > 0
    assert Path(directory) == named / "kernels"
    assert all(path.stat().st_mode & 0o777 == 0o644 for path in code)
    assert (named / "kernels").stat().st_mode & 0o777 == 0o755
    again, directory = ran(False, named, home)  # a directory that is open to readers is nobody's to write
    assert again == count
    assert Path(directory).is_relative_to(home)
    assert list(home.rglob("*.code")) == []
    assert ran(True, named, home)[1] == str(named / "kernels")  # after an upgrade, say


def test_each_kernel_that_python_calls_is_found_once() -> None:
    found = list(entries(["newsclean.models", "newsclean.boilerplate"]))
    names = [kernel.function.__name__ for kernel in found]
    assert names.count("_walk") == 1
    assert "_look_up" in names
    assert "extend" not in names  # compiled into its callers
    assert len(set(map(id, found))) == len(found)


def test_a_directory_to_share_must_be_named_and_be_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(cache.VARIABLE, raising=False)
    with pytest.raises(OutputError, match=cache.VARIABLE):
        warming.warm(shared=True)
    (tmp_path / "kernels").mkdir()
    (tmp_path / "kernels").chmod(0o777)
    monkeypatch.setenv(cache.VARIABLE, str(tmp_path))
    with pytest.raises(OutputError, match="others can write"):
        warming.warm(shared=True)
