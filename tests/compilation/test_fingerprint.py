"""Machine code is compiled again when something changes that it depends on, and only then."""

import os
import subprocess
import sys
import types
from pathlib import Path

import llvmlite
import numpy as np
import pytest

from newsclean.compilation import fingerprint as module
from newsclean.compilation.fingerprint import fingerprint, toolchain
from newsclean.compilation.kernels import Kernel

SOURCE = '''
import enum
import math
from typing import NamedTuple

import numpy as np
from newsclean.compilation import Column, Intrinsic, kernel, signatures

LEAST = 3
MASK = np.uint64(7)
TABLE = np.array([1, 2, 3])
SCALE = (1.0, 2.0)
OTHER = 5


class Place(enum.IntEnum):
    """Columns."""

    FIRST = 0
    LAST = 1


class Rows(NamedTuple):
    """Arrays that belong together."""

    starts: Column[np.int64]
    ends: Column[np.int64]


def _bits():
    return 8


@Intrinsic
def count(_):
    return _bits()


@kernel(inline=True)
def _innermost(value: int) -> int:
    return value * LEAST


@kernel()
def _helper(value: int) -> int:
    return _innermost(value) + count()


@kernel(entry=True, interpreted=True)
def total(rows: Rows, value: int, most: int = 9) -> float:
    """What a kernel does."""
    # why it does so
    found = TABLE[Place.LAST] + math.log(2) + SCALE[1] + MASK
    return found + _helper(value) + rows.starts[0] + signatures.LIMIT
'''


def printed(source: str, limit: int = 1) -> str:
    """The digest of the kernel in a source; `signatures` stands for a module of this package, with a constant."""
    scope: dict[str, object] = {"__name__": "made"}
    exec(source, scope)
    scope["signatures"] = stand_in = types.ModuleType("newsclean.made")
    stand_in.LIMIT, stand_in.OTHER = limit, source  # type: ignore[attr-defined]
    total = scope["total"]
    assert isinstance(total, Kernel)
    return fingerprint(*total.compiled_from)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("# why it does so", "# why it does so, or not\n\n"),
        ('"""What a kernel does."""', '"""Another docstring."""'),
        ('    """What a kernel does."""\n', ""),
        ('    """Columns."""\n', ""),
        ("OTHER = 5", "OTHER = 6"),
        ("def _bits", "def unused():\n    return 1\n\n\ndef _bits"),
        ("interpreted=True", "interpreted=False"),
    ],
)
def test_what_changes_no_machine_code(before: str, after: str) -> None:
    assert before in SOURCE
    assert printed(SOURCE.replace(before, after)) == printed(SOURCE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("LEAST = 3", "LEAST = 4", id="constant of a kernel that a called kernel calls"),
        pytest.param("LEAST = 3", "LEAST = 3.0", id="type of a constant"),
        pytest.param("np.uint64(7)", "np.uint32(7)", id="type of a number of numpy"),
        pytest.param("[1, 2, 3]", "[1, 2, 4]", id="table"),
        pytest.param("[1, 2, 3]", "[[1, 2, 3]]", id="shape of a table"),
        pytest.param("[1, 2, 3]", "[1, 2, 3], np.uint8", id="type of a table"),
        pytest.param("(1.0, 2.0)", "(1.0, 2.5)", id="tuple"),
        pytest.param("LAST = 1", "LAST = 2", id="column"),
        pytest.param("FIRST = 0\n", "FIRST = 0\n    NEW = 5\n", id="new column"),
        pytest.param("ends: Column[np.int64]", "ends: Column[np.int32]", id="type of an array of a NamedTuple"),
        pytest.param("ends:", "stops:", id="name of an array of a NamedTuple"),
        pytest.param("    ends: Column[np.int64]\n", "", id="arrays of a NamedTuple"),
        pytest.param("value: int, most", "value: float, most", id="type of a parameter"),
        pytest.param(") -> float", ") -> int", id="type of a result"),
        pytest.param("most: int = 9", "most: int = 8", id="default"),
        pytest.param("rows.starts[0]", "rows.ends[0]", id="attribute"),
        pytest.param("math.log(2)", "math.log(3)", id="number in the code"),
        pytest.param("math.log(2)", "math.exp(2)", id="function of a library"),
        pytest.param("_innermost(value) +", "_innermost(value) -", id="called kernel"),
        pytest.param("value * LEAST", "value * value * LEAST", id="inlined kernel"),
        pytest.param("inline=True", "inline=False", id="whether a kernel is inlined"),
        pytest.param("return 8", "return 16", id="function that an intrinsic calls"),
        pytest.param("return _bits()", "return _bits() + 1", id="intrinsic"),
    ],
)
def test_what_changes_machine_code(before: str, after: str) -> None:
    assert before in SOURCE
    assert printed(SOURCE.replace(before, after)) != printed(SOURCE)


def test_a_constant_of_another_module_counts() -> None:
    assert printed(SOURCE, limit=2) != printed(SOURCE)


@pytest.mark.parametrize("value", ["[1, 2]", "{1: 2}", "object()", "type('Other', (), {})"])
def test_what_has_no_digest_is_refused(value: str) -> None:
    with pytest.raises(TypeError, match="a kernel cannot refer to"):
        printed(SOURCE.replace("MASK = np.uint64(7)", f"MASK = {value}"))


@pytest.mark.parametrize("changed", ["numba", "llvmlite", "numpy", "python", "source"])
def test_another_toolchain_compiles_anew(changed: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = toolchain.__wrapped__()
    if changed == "numba":
        monkeypatch.setattr(module, "version", lambda name: "0.0")
    elif changed == "llvmlite":
        monkeypatch.setattr(llvmlite, "__version__", "0.0")
    elif changed == "numpy":
        monkeypatch.setattr(np, "__version__", "0.0")
    elif changed == "python":
        monkeypatch.setattr(sys, "version_info", (3, 99))
    else:
        (tmp_path / "emission.py").write_text("CHANGED = True\n")
        monkeypatch.setattr(module, "__file__", str(tmp_path / "fingerprint.py"))
    assert toolchain.__wrapped__() != before


EVERY = """
from newsclean.compilation.fingerprint import fingerprint
from newsclean.compilation.warming import STAGES, entries
for kernel in entries(STAGES):
    print(kernel.__module__, kernel.__name__, fingerprint(*kernel.compiled_from))
"""


def test_every_kernel_has_one_digest_in_all_processes() -> None:
    def told(seed: str) -> list[str]:
        environment = os.environ | {"PYTHONHASHSEED": seed}
        return subprocess.run(
            [sys.executable, "-c", EVERY], env=environment, capture_output=True, text=True, check=True
        ).stdout.splitlines()

    first = told("1")
    assert first == told("2")
    assert len({line.split()[2] for line in first}) == len(first) > 80


def test_running_a_kernel_does_not_change_its_digest() -> None:
    def looped(value: int) -> int:
        for _ in range(value):
            value += 1
        return value

    before = fingerprint(looped)
    for _ in range(100):
        looped(50)
    assert fingerprint(looped) == before
