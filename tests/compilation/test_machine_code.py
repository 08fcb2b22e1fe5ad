"""Machine code is kept in files and called without numba; arrays that a kernel does not take are refused."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from newsclean.compilation import Column, kernel, machine_code
from newsclean.compilation.machine_code import UNPORTABLE, Code, UnportableError

pytestmark = pytest.mark.skipif(not machine_code.STANDS_ALONE, reason="numba loads kernels here")


@kernel(entry=True)
def _nothing(values: Column[np.int64]) -> None:
    values[0] += 1


def test_a_kernel_without_a_result_gives_none() -> None:
    assert isinstance(_nothing.compiled, machine_code.Native)
    values = np.zeros(1, np.int64)
    assert _nothing(values) is None  # type: ignore[func-returns-value]
    assert values.tolist() == [1]


@pytest.mark.parametrize(
    "values",
    [
        np.zeros(2, np.int32),
        np.zeros(2, np.float64),
        np.zeros((2, 2), np.int64),
        np.zeros(4, np.int64)[::2],
        np.frombuffer(bytes(16), np.int64),
        np.zeros(17, np.uint8)[1:].view(np.int64),
        3,
        None,
    ],
    ids=["narrow", "float", "table", "steps", "read-only", "unaligned", "number", "nothing"],
)
def test_other_arrays_are_refused(values: object) -> None:
    with pytest.raises(TypeError, match="_nothing"):
        _nothing(values)  # type: ignore[arg-type]


def test_code_survives_a_file_and_damage_is_found(tmp_path: Path) -> None:
    code = Code("symbol", "OOq", "q", ("malloc",), b"\0\1\n\2")
    machine_code.save(code, tmp_path / "code")
    assert machine_code.load(tmp_path / "code") == code
    whole = (tmp_path / "code").read_bytes()
    for damaged in (whole[:-1], whole[:20], b"", b"{}\n", whole.replace(b"\1", b"\3")):
        (tmp_path / "code").write_bytes(damaged)
        assert machine_code.load(tmp_path / "code") is None
    assert machine_code.load(tmp_path / "missing") is None


def test_what_a_process_lacks_is_told_before_llvm_ends_it() -> None:
    for code in (UNPORTABLE, Code("symbol", "", "", ("newsclean_has_no_such_function",), b"")):
        with pytest.raises(UnportableError):
            machine_code.native("kernel", code)


def test_numba_is_not_imported_where_the_code_is_kept(tmp_path: Path) -> None:
    script = (
        "import sys, numpy as np; from newsclean.models import trees; from newsclean.compilation import warming;"
        "warming.STAGES = ('newsclean.models',); warming.warm(); print('numba' in sys.modules)"
    )
    found = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={"NEWSCLEAN_CACHE_DIR": str(tmp_path), "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            check=True,
            text=True,
            timeout=300,
        ).stdout.strip()
        for _ in range(2)
    ]
    assert found == ["True", "False"]
