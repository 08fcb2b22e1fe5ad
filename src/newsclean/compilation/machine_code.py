"""Machine code of kernels: kept as object files, loaded by LLVM alone, called by addresses.

numba takes a second to get ready to load what it has compiled, LLVM a twentieth. A kernel that is kept here is called
without numba, which is not imported then.
"""

import ctypes
import functools
import hashlib
import json
import os
import platform
import struct
import sys
import sysconfig
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

STANDS_ALONE = (
    sys.platform == "linux"  # elsewhere nobody has tried whether LLVM finds what code calls
    and platform.machine() == "x86_64"
    and sys.maxsize > 1 << 32
    and sys.implementation.name == "cpython"
    and not sysconfig.get_config_var("Py_GIL_DISABLED")  # numpy's arrays have another layout then
)
"""Whether code without numba is possible here; numba loads what it compiled where it is not."""
_MARK = "newsclean-code-2"
_KINDS = {
    "?": ctypes.c_bool,
    "b": ctypes.c_int8,
    "B": ctypes.c_uint8,
    "i": ctypes.c_int32,
    "I": ctypes.c_uint32,
    "q": ctypes.c_int64,
    "Q": ctypes.c_uint64,
    "f": ctypes.c_float,
    "d": ctypes.c_double,
}
_ROOM = ctypes.create_string_buffer(64)  # what a function without a result, and nobody, writes to and reads
_FINE = (0, -2)  # statuses of numba's functions: a result, or none


class UnportableError(Exception):
    """A kernel needs more of numba than an object file can hold."""


class Code(NamedTuple):
    """An object file."""

    symbol: str
    """Its function, which takes the address of a block: 8 bytes for each array (its numpy object) or number. None:
    numba has to load the kernel."""
    takes: str
    """A letter for each: `O` for an array, of `struct` for a number."""
    gives: str
    """Letters of `struct` for its result, or the parts of that."""
    calls: tuple[str, ...]
    """What it needs of the process."""
    data: bytes


UNPORTABLE = Code("", "", "", (), b"")


@functools.cache
def target_machine() -> Any:
    """The processor that code is made for, and how: this one, to be loaded anywhere in memory."""
    import llvmlite.binding as llvm

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    target = llvm.Target.from_triple(llvm.get_process_triple())
    reloc = "static" if target.name.startswith("x86") else "default"
    name, features = _processor()
    return target.create_target_machine(name, features, 3, reloc, "jitdefault", jit=True)


@functools.cache
def _processor() -> tuple[str, str]:
    """Its name and features: of this processor, or as numba is told."""
    import llvmlite.binding as llvm

    name, features = (os.environ.get(f"NUMBA_CPU_{what}") for what in ("NAME", "FEATURES"))
    own = llvm.get_host_cpu_features().flatten() if features is None else features
    return name or llvm.get_host_cpu_name(), own


@functools.cache
def _target() -> bytes:
    """What code is valid for."""
    import llvmlite
    import llvmlite.binding as llvm

    return "\0".join((llvm.get_process_triple(), *_processor(), llvmlite.__version__)).encode()


def file_name(kernel: str, fingerprint: str) -> str:
    """The name of the file with the code of a kernel for this processor."""
    return f"{kernel}-{hashlib.blake2b(fingerprint.encode(), digest_size=8, key=_key()).hexdigest()}.code"


@functools.cache
def _key() -> bytes:
    return hashlib.blake2b(_target(), digest_size=16).digest()


def save(code: Code, path: Path) -> None:
    """Write a file that appears only when it is complete."""
    digest = _digest(code.data)
    head = json.dumps([_MARK, _key().hex(), digest, *code[:-1]])
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    partial.write_bytes(head.encode() + b"\n" + code.data)
    partial.replace(path)


def load(path: Path) -> Code | None:
    """The code in a file, if there is one, it is whole, and it was made for this processor."""
    try:
        head, _, data = path.read_bytes().partition(b"\n")
        mark, key, digest, symbol, takes, gives, calls = json.loads(head)
    except (OSError, ValueError, TypeError):
        return None
    if (mark, key, digest) != (_MARK, _key().hex(), _digest(data)):
        return None
    return Code(symbol, takes, gives, tuple(calls), data)


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


@functools.cache
def _engine() -> Any:
    import llvmlite.binding as llvm

    return llvm.create_mcjit_compiler(llvm.parse_assembly(""), target_machine())


def native(name: str, code: Code) -> "Native":
    """The function of an object file, loaded.

    Raises:
        UnportableError: numba has to load it, or this process lacks what it calls. LLVM would end the process then.
    """
    import llvmlite.binding as llvm

    engine = _engine()
    missing = [name for name in code.calls if not llvm.address_of_symbol(name)]
    if missing or not code.symbol:
        raise UnportableError(f"{name} calls {', '.join(missing)}")
    engine.add_object_file(llvm.ObjectFileRef.from_data(code.data))
    engine.finalize_object()
    return Native(name, int(engine.get_function_address(code.symbol)), code.takes, code.gives)


class Native:
    """A loaded function, called with arrays and numbers as the kernel is."""

    def __init__(self, name: str, address: int, takes: str, gives: str) -> None:
        self._name = name
        self._pack = struct.Struct("=" + takes.replace("O", "Q")).pack
        self._arrays = [letter == "O" for letter in takes]
        fields = [(f"part{place}", _KINDS[letter]) for place, letter in enumerate(gives)]
        self._room: Any = type("Room", (ctypes.Structure,), {"_fields_": fields})
        self._parts = [name for name, _ in fields]
        self._function = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p)(address)

    def __call__(self, *arguments: Any) -> Any:
        leaves: list[Any] = []
        for argument in arguments:  # hundreds of short calls: what is done here for each costs more than some kernels
            leaves += argument if type(argument) is not np.ndarray and isinstance(argument, tuple) else (argument,)
        arrays = [type(leaf) is np.ndarray for leaf in leaves]
        if arrays != self._arrays:
            leaves = _leaves(arguments)
            arrays = [isinstance(leaf, np.ndarray) for leaf in leaves]
        if arrays != self._arrays:
            raise TypeError(f"{self._name} takes other arguments: {_told(leaves)}")
        block = self._pack(*[id(leaf) if array else leaf for leaf, array in zip(leaves, arrays, strict=True)])
        room = self._room() if self._parts else None
        status = self._function(_ROOM if room is None else ctypes.byref(room), _ROOM, block)
        if status not in _FINE:
            raise TypeError(f"{self._name} failed, or takes other arrays: {_told(leaves)}")
        if room is None:
            return None
        return room.part0 if len(self._parts) == 1 else tuple(getattr(room, part) for part in self._parts)


def _leaves(arguments: tuple[Any, ...]) -> list[Any]:
    """Arrays and numbers, those of tuples among them."""
    leaves: list[Any] = []
    for argument in arguments:
        if isinstance(argument, tuple):
            leaves += _leaves(argument)
        else:
            leaves.append(argument)
    return leaves


def _told(leaves: Sequence[Any]) -> str:
    return ", ".join(
        f"{leaf.dtype} {leaf.ndim}d{'' if leaf.flags.c_contiguous else ' not contiguous'}"
        f"{'' if leaf.flags.writeable else ' read-only'}"
        if isinstance(leaf, np.ndarray)
        else type(leaf).__name__
        for leaf in leaves
    )
