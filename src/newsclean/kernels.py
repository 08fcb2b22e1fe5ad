"""How kernels are run, compiled and kept, and how texts reach them.

A kernel is a plain loop over numpy arrays. It runs in two tiers that give the same results. On a machine that has not
compiled it yet, and while a process has seen little text, a kernel that allows it is interpreted: Python itself runs
the loop, some ten milliseconds a kilobyte, but at once. From `INTERPRETED_MOST` code points on it is compiled by numba
for one signature (0.1 to 2 s a kernel). What is kept is machine code that later processes call without numba: importing
it and setting it up took 0.6 s of every one.
"""

import contextlib
import functools
import hashlib
import importlib
import os
import sys
import tempfile
import types
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Generic, ParamSpec, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
INTERPRETED_MOST = 16_000  # code points, in a few tenths of a second; compiling takes ten

_CHECKED = 16  # bytes of checksum that a file of machine code begins with


class Kernel(Generic[Parameters, Result]):
    """A function that numba can compile, called as it is written or compiled.

    What kernels call must be kernels too (or numpy functions). An interpreted kernel is given its arrays as
    `memoryview`, whose elements are Python's own numbers: twice as fast as numpy's, and without their wraparound at
    8, 16 or 32 bits, which compiled code does not have either.
    """

    def __init__(self, function: Callable[Parameters, Result], signature: str, interpreted: bool) -> None:
        functools.update_wrapper(self, function)
        self.function = function
        self.signature = signature
        self.interpreted = interpreted

    def __call__(self, *arguments: Parameters.args, **_: Parameters.kwargs) -> Result:
        if not self.signature or (self.interpreted and _tier.interprets and (_tier.forced or not self._path.exists())):
            function: Callable[..., Result] = self.function
            with np.errstate(over="ignore"):  # hashes wrap around at 64 bits
                return function(*_views(arguments))
        compiled: Callable[..., Result] = self.compiled
        return compiled(*arguments)

    @functools.cached_property
    def compiled(self) -> Callable[..., Any]:
        """The function in machine code, which runs without the GIL.

        Not before it is called: a text without mojibake never needs the kernels that look into mojibake. Processes
        that start at once compile one after the other.
        """
        from newsclean import native

        name = self._name
        if not name.startswith("newsclean."):  # others change without our noticing
            return native.load(name, self._machine_code(name)) or self._dispatcher(wrapped=True)
        path = self._path
        code = _kept(path)
        if code is None:
            from filelock import FileLock

            with FileLock(path.with_name("compile.lock")):
                code = _kept(path) or self._machine_code(name)
                _keep(path, code)
        return native.load(name, code) or self._dispatcher(wrapped=True)

    @property
    def _name(self) -> str:
        return f"{self.function.__module__}.{self.function.__qualname__}"

    @functools.cached_property
    def _path(self) -> Path:
        return cache_directory() / f"{self._name}.code"

    @functools.cached_property
    def typed(self) -> Any:
        """The function as other kernels call it."""
        return self._dispatcher(wrapped=False)

    def _machine_code(self, name: str) -> bytes:
        from newsclean import compiling

        return compiling.machine_code(name, self.typed)

    def _dispatcher(self, wrapped: bool) -> Any:
        from newsclean import compiling

        called = {name: value.typed for name, value in self._globals() if isinstance(value, Kernel | Intrinsic)}
        function = self.function
        if called:
            scope = {**function.__globals__, **called}
            function = types.FunctionType(function.__code__, scope, function.__name__, function.__defaults__)
            function = functools.update_wrapper(function, self.function)
        return compiling.dispatcher(function, self.signature, wrapped)

    def _globals(self) -> Iterator[tuple[str, Any]]:
        scope = self.function.__globals__
        return ((name, scope[name]) for name in self.function.__code__.co_names if name in scope)


class Intrinsic:
    """An operation that numba lacks, for compiled kernels: the function `name` of a module that tells LLVM what to do,
    which is imported, and numba with it, when a kernel is compiled."""

    def __init__(self, module: str, name: str) -> None:
        self.module, self.name = module, name

    def __call__(self, *_: Any) -> Any:
        raise TypeError(f"only compiled kernels can call {self.name}")

    @property
    def typed(self) -> Any:
        """As kernels call it."""
        return getattr(importlib.import_module(self.module), self.name)


def kernel(
    signature: str = "", *, interpreted: bool = False
) -> Callable[[Callable[Parameters, Result]], Kernel[Parameters, Result]]:
    """Make a function a kernel with the given numba signature (none: only kernels call it).

    An `interpreted` one must give the same results as plain Python: elements by `a[i]` or `a[i, j]`, no slices, sizes
    by `len(a)` or `a.shape`, products of 64-bit hashes as `np.uint64`, sums of float32 in float64.
    """
    return lambda function: Kernel(function, signature, interpreted)


class _Tier:
    """How much text the kernels of this process have seen."""

    seen = 0
    interprets = True
    forced = False  # whether kernels are interpreted although they were compiled before


_tier = _Tier()


def expect(texts: Sequence[str]) -> None:
    """Announce texts that a stage will look at, so that kernels are compiled once interpreting would be slower."""
    if _tier.interprets:
        _tier.seen += sum(map(len, texts))
        _tier.interprets = _tier.seen <= INTERPRETED_MOST


@contextlib.contextmanager
def tier(interprets: bool) -> Iterator[None]:
    """Interpret or compile kernels within the block, however much text was seen: for tests and measurements."""
    before = vars(_tier).copy()
    vars(_tier).update(interprets=interprets, forced=True, seen=-(1 << 60) if interprets else _tier.seen)
    try:
        yield
    finally:
        vars(_tier).clear()
        vars(_tier).update(before)


def _views(arguments: Sequence[Any]) -> list[Any]:
    return [
        memoryview(cast(Any, argument))
        if isinstance(argument, np.ndarray)
        else tuple(_views(argument))
        if isinstance(argument, tuple)
        else argument
        for argument in arguments
    ]


@functools.cache
def cache_directory() -> Path:
    """Where the machine code of this very source is kept: below `NEWSCLEAN_CACHE_DIR`, the user's cache directory or,
    if neither can be written, a temporary directory of this user (then each boot of the machine compiles once more).

    One directory for each digest of the package's source, since machine code holds constants of other modules, and of
    the processor and the versions that it depends on.
    """
    user = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    fallback = Path(tempfile.gettempdir()) / f"newsclean-{getattr(os, 'getuid', int)()}"
    for directory in (os.environ.get("NEWSCLEAN_CACHE_DIR"), os.path.join(user, "newsclean"), fallback):
        if directory and _writable(Path(directory) / _digest()):
            return Path(directory) / _digest()
    return Path(tempfile.mkdtemp(prefix="newsclean-"))


@functools.cache
def _digest() -> str:
    from newsclean import native

    versions = f"{sys.implementation.cache_tag} {np.__version__} {native.processor()}"
    digest = hashlib.blake2b(versions.encode(), digest_size=8)
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _writable(directory: Path) -> bool:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            return True
    except OSError:
        return False


def _keep(path: Path, code: bytes) -> None:
    """Write machine code to a file, which appears whole."""
    partial = path.with_suffix(f".{os.getpid()}")
    partial.write_bytes(_checksum(code) + code)
    partial.replace(path)


def _kept(path: Path) -> bytes | None:
    """The machine code in a file; nothing if there is no file, or not all of it has survived a power cut."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    code = data[_CHECKED:]
    return code if data[:_CHECKED] == _checksum(code) else None


def _checksum(code: bytes) -> bytes:
    return hashlib.blake2b(code, digest_size=_CHECKED).digest()


def encode(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """UTF-8 bytes of all texts, one after the other, and the n + 1 byte offsets of their bounds.

    Lone surrogates are encoded like any other code point (three bytes), so that every `str` has a place.
    """
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    offsets = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(data) for data in encoded], out=offsets[1:])
    return np.frombuffer(b"".join(encoded), np.uint8), offsets
