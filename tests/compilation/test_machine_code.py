"""Machine code is kept in files and called without numba; arrays that a kernel does not take are refused."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from newsclean.compilation import Column, kernel, machine_code
from newsclean.compilation.machine_code import UNPORTABLE, Code, UnportableError
from tests.compilation.test_cache import KERNEL

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


def test_code_for_another_processor_is_not_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = Code("symbol", "O", "", (), b"code")
    with monkeypatch.context() as patch:
        patch.setattr(machine_code, "_key", lambda: b"another processor")
        machine_code.save(code, tmp_path / "code")
        assert machine_code.load(tmp_path / "code") == code
    assert machine_code.load(tmp_path / "code") is None


def test_what_numba_is_told_of_processors_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CPU_NAME", "x86-64-v3")
    monkeypatch.setenv("NUMBA_CPU_FEATURES", "")
    assert machine_code._processor.__wrapped__() == ("x86-64-v3", "")


def test_damaged_code_is_compiled_again(tmp_path: Path) -> None:
    script, cache = tmp_path / "job.py", tmp_path / "cache"
    script.write_text(KERNEL)

    def ran() -> str:
        environment = os.environ | {"NEWSCLEAN_CACHE_DIR": str(cache)}
        done = subprocess.run([sys.executable, script], env=environment, capture_output=True, check=True, timeout=120)
        return done.stdout.decode().split(" ")[0]

    assert ran() == "7"
    [path] = cache.rglob("*.code")
    whole = path.read_bytes()
    head, _, data = whole.partition(b"\n")
    key = json.loads(head)[1].encode()
    flipped = bytes([data[len(data) // 2] ^ 1])
    for damaged in (
        whole[: len(whole) // 2],
        b"",
        head.replace(key, key[::-1]) + b"\n" + data,  # of another processor
        head + b"\n" + data[: len(data) // 2] + flipped + data[len(data) // 2 + 1 :],
    ):
        path.write_bytes(damaged)
        assert ran() == "7"
        assert machine_code.load(path) is not None
