"""Machine code of kernels: read from files and called without numba, whose import and set-up take half a second.

What is kept of a kernel is an object file that needs nothing but Python and the system's library, with one function
that Python calls like those of its own modules; compiling.py makes it. llvmlite, which is a twentieth of numba, puts it
into memory.
"""

import ctypes
import functools
import threading
from collections.abc import Callable
from typing import Any

import llvmlite.binding
import numpy as np

binding: Any = llvmlite.binding  # it has no types
_FASTCALL = 0x80  # how Python passes arguments: as an array of objects, and their number
_loading = threading.Lock()


class _Method(ctypes.Structure):
    """Python's description of a function in machine code."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("address", ctypes.c_void_p),
        ("convention", ctypes.c_int),
        ("text", ctypes.c_char_p),
    )


_methods: dict[str, _Method] = {}  # Python keeps their addresses


def target_machine() -> Any:
    """This machine, for LLVM, with all that its processor can do."""
    binding.initialize_native_target()
    binding.initialize_native_asmprinter()
    target = binding.Target.from_triple(binding.get_process_triple())
    cpu, features = binding.get_host_cpu_name(), binding.get_host_cpu_features().flatten()
    reloc = "static" if target.name.startswith("x86") else "default"
    return target.create_target_machine(cpu, features, 3, reloc, "jitdefault", jit=True)


def processor() -> str:
    """The processor that machine code is made for, and what LLVM calls this system."""
    features: str = binding.get_host_cpu_features().flatten()
    return f"{binding.get_process_triple()} {binding.get_host_cpu_name()} {features}"


@functools.cache
def _engine() -> Any:
    return binding.create_mcjit_compiler(binding.parse_assembly(""), target_machine())


def load(name: str, code: bytes) -> Callable[..., Any] | None:
    """The function that compiling.py made `code` of; it stays in memory as long as the process.

    Nothing if the code needs functions that only numba has.
    """
    needed, _, objects = code.partition(b"\n")
    if not all(map(_known, needed.decode().split())):
        return None
    with _loading:  # a function that two threads ask for is loaded once
        if name not in _methods:
            _engine().add_object_file(binding.ObjectFileRef.from_data(objects))
            _engine().finalize_object()
            _methods[name] = _Method(name.encode(), _engine().get_function_address(name), _FASTCALL, None)
    make = ctypes.pythonapi.PyCFunction_NewEx
    make.argtypes, make.restype = (ctypes.c_void_p, ctypes.py_object, ctypes.c_void_p), ctypes.py_object
    function: Callable[..., Any] = make(ctypes.addressof(_methods[name]), np.ndarray, None)
    return function


def _known(name: str) -> bool:
    """Whether LLVM finds a function or variable in this process; Python's are made known to it where it does not."""
    if binding.address_of_symbol(name) is None and hasattr(ctypes.pythonapi, name):
        binding.add_symbol(name, ctypes.addressof(ctypes.c_char.in_dll(ctypes.pythonapi, name)))
    return binding.address_of_symbol(name) is not None
