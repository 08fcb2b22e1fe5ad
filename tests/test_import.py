"""What importing newsclean costs, and that kernels compile wherever they are first used."""

import inspect
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import newsclean

HEAVY = ("numba", "pyarrow", "numpy", "datasketch", "ftfy", "rich", "typer")
CLEAN = "import newsclean; print(newsclean.clean('The cafÃ© is open.').text)"
COMPILED = """
import numpy as np
from newsclean.compilation import kernels
from newsclean.models import Forest, log_odds

leaf = Forest.load(dict(feature=[-1], threshold=[0], child=[0], value=[1.5], roots=[0]))
with kernels.tier(interprets=False):
    print(log_odds(leaf, np.zeros((2, 1), np.float32)).tolist())
"""  # one kernel: all of them take a minute


def python(code: str, **environment: str) -> str:
    """What a fresh interpreter prints."""
    command = [sys.executable, "-c", code]
    result = subprocess.run(command, env=os.environ | environment, capture_output=True, timeout=300)
    assert result.returncode == 0, result.stderr.decode()
    return result.stdout.decode().strip()


def test_importing_newsclean_loads_nothing_heavy() -> None:
    code = f"import json, sys, newsclean; print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    assert json.loads(python(code)) == []


def test_every_public_name_is_there() -> None:
    for name in newsclean.__all__:
        assert getattr(newsclean, name) is not None
    assert set(newsclean.__all__) <= set(dir(newsclean))


def test_a_first_text_is_cleaned_without_numba() -> None:
    assert python(f"{CLEAN}; import sys; print('numba' in sys.modules)") == "The café is open.\nFalse"
    rare = "ꜷÃ©ꟿ ᚠᛇᚻ ÐžÑ‚ ᏣᎳᎩ, voilÃ le travail"  # letters the models hardly know, and lost bytes
    assert python(f"import newsclean, sys; newsclean.clean({rare!r}); print('numba' in sys.modules)") == "False"


def test_kernels_compile_where_nothing_is_writable(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a directory")
    below = str(blocked / "x")
    assert python(COMPILED, HOME=below, XDG_CACHE_HOME=below, NEWSCLEAN_CACHE_DIR=below) == "[1.5, 1.5]"


def test_processes_that_start_at_once_do_not_disturb_each_other(tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        jobs = [pool.submit(python, COMPILED, NEWSCLEAN_CACHE_DIR=str(tmp_path)) for _ in range(4)]
    assert {job.result() for job in jobs} == {"[1.5, 1.5]"}


@pytest.mark.parametrize("name", newsclean.__all__)
def test_help_of_every_public_name_has_an_example(name: str) -> None:
    """The examples run as doctests."""
    assert ">>> " in (inspect.getdoc(getattr(newsclean, name)) or "")
