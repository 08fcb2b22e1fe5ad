"""What the machine code of a kernel depends on, as a digest.

numba takes the values of a kernel's global names when it compiles, so the digest holds those values. These are numbers,
columns, types, and the kernels and intrinsics that are called, with all that they depend on. Comments, docstrings and
the rest of a module change nothing.
"""

import contextlib
import enum
import functools
import hashlib
import inspect
import sys
import types
import typing
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import llvmlite
import numpy as np

_LEAVES = (int, float, complex, str, bytes, type(None), type(Ellipsis))
_HAS_DOCSTRING = 0x4000000  # of Python 3.13
_LIBRARIES = {"numpy", "numba", "llvmlite", *sys.stdlib_module_names}  # `toolchain` has their versions


@functools.cache
def toolchain() -> str:
    """A digest of what compiles: this folder, Python, numba and the libraries that it asks."""
    digest = _Digest()
    digest.add(version("numba"), llvmlite.__version__, np.__version__)
    digest.add(sys.implementation.name, *map(str, sys.version_info[:2]))
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.add(path.read_text(encoding="utf-8"))
    return digest.hexdigest()


def fingerprint(function: Callable[..., Any], *options: object) -> str:
    """A digest of a function, of all that its global names stand for, and of how it is to be compiled.

    A kernel or an intrinsic among them is told by its attribute `compiled_from`: a function, and how it is compiled.

    Raises:
        TypeError: a name stands for something whose value has no digest, such as a list.
    """
    digest = _Digest()
    digest.function(function)
    digest.value(options)
    return digest.hexdigest()


class _Digest:
    """Takes values one after the other, each with its type and length, so that no two sequences look alike."""

    def __init__(self) -> None:
        self._digest = hashlib.blake2b(digest_size=12)
        self._seen: list[Callable[..., Any]] = []

    def hexdigest(self) -> str:
        """Of all that was added."""
        return self._digest.hexdigest()

    def add(self, *parts: str | bytes) -> None:
        """Words, or the bytes of values."""
        for part in parts:
            data = part.encode() if isinstance(part, str) else part
            self._digest.update(b"%d:" % len(data) + data)

    def function(self, function: Callable[..., Any]) -> None:
        """Its code, and what it finds when it runs. One that was seen before is said by its place."""
        if function in self._seen:
            self.add("seen", str(self._seen.index(function)))
            return
        self._seen.append(function)
        code = function.__code__
        self.add("function", function.__module__, function.__qualname__)
        self.code(code, function.__doc__)
        self.value((function.__defaults__, tuple(sorted((function.__kwdefaults__ or {}).items()))))
        self.value(tuple(cell.cell_contents for cell in function.__closure__ or ()))
        self.value(_annotations(function))
        names = sorted(set(_names(code)))
        for name in names:
            if name in function.__globals__:
                self.add("global", name)
                self.value(function.__globals__[name], names)

    def code(self, code: types.CodeType, documentation: str | None = None) -> None:
        """What Python runs, and numba reads: without its place in the source, and without the docstring."""
        constants = code.co_consts
        if constants and constants[0] == documentation:
            constants = (None, *constants[1:])
        flags = code.co_flags & ~_HAS_DOCSTRING
        shape = (code.co_argcount, code.co_posonlyargcount, code.co_kwonlyargcount, flags)
        names = (code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars)
        self.add(repr((code.co_code, code.co_exceptiontable, shape, names)))
        self.value(constants)

    def value(self, value: object, names: typing.Sequence[str] = ()) -> None:
        """Anything that a kernel can refer to. Of modules of this package, only `names` in them count."""
        self.add(type(value).__name__)
        if isinstance(value, _LEAVES):
            self.add(repr(value))
        elif isinstance(value, (np.generic, np.ndarray)):
            self.add(str(value.dtype), repr(value.shape), value.tobytes())
        elif isinstance(value, np.dtype):
            self.add(str(value))
        elif isinstance(value, tuple):
            self.add(str(len(value)))
            for part in value:
                self.value(part)
        elif isinstance(value, frozenset):
            self.value(tuple(sorted(map(repr, value))))
        elif isinstance(value, types.CodeType):
            self.code(value)
        elif callable(value) and isinstance(made := getattr(value, "compiled_from", None), tuple):
            self.function(made[0])
            self.value(made[1:])
        elif isinstance(value, types.ModuleType):
            self._module(value, names)
        elif isinstance(value, type) or typing.get_origin(value) is not None or _is_of_library(value):
            self.add(_definition(value))
        elif isinstance(value, types.FunctionType):
            self.function(value)
        else:
            raise TypeError(f"a kernel cannot refer to {value!r}: nothing would tell that its machine code is stale")

    def _module(self, module: types.ModuleType, names: typing.Sequence[str]) -> None:
        """A library is told by its name; of another module, what is taken from it."""
        self.add(module.__name__)
        for name in () if module.__name__.split(".")[0] in _LIBRARIES else names:
            if hasattr(module, name):
                self.add("attribute", name)
                self.value(getattr(module, name), names)


@functools.cache
def _definition(value: Any) -> str:
    """A digest of a type, or of a function of a library."""
    digest = _Digest()
    if typing.get_origin(value) is not None:
        digest.value((typing.get_origin(value), typing.get_args(value)))
        return digest.hexdigest()
    digest.add(value.__module__, getattr(value, "__qualname__", str(value)))
    if isinstance(value, enum.EnumMeta):
        columns: dict[str, enum.Enum] = dict(value.__members__)
        digest.add(repr([(name, member.value) for name, member in columns.items()]))
    elif isinstance(value, type) and issubclass(value, tuple) and hasattr(value, "_fields"):
        digest.value((value._fields, _annotations(value)))
    elif not _is_of_library(value):
        raise TypeError(f"a kernel cannot refer to the class {value.__qualname__}: it has no digest")
    return digest.hexdigest()


def _is_of_library(value: object) -> bool:
    return str(getattr(value, "__module__", "")).split(".")[0] in _LIBRARIES


def _annotations(value: Any) -> tuple[tuple[str, Any], ...]:
    """Of a function or a NamedTuple; strings stand for what they name, if that can be found."""
    with contextlib.suppress(NameError):
        return tuple(inspect.get_annotations(value, eval_str=True).items())
    return tuple(inspect.get_annotations(value).items())


def _names(code: types.CodeType) -> Iterator[str]:
    """The global names and attributes of a function and of those that are written in it."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _names(constant)
