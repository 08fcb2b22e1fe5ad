"""How kernels are run, compiled and cached, and how texts reach them.

A kernel is a plain loop over numpy arrays. It runs in two tiers that give the same results. While a process has seen
little text, kernels that allow it are interpreted: Python itself runs the loop. That takes some ten milliseconds a
kilobyte, but numba is not imported (0.3 to 0.5 s). From `INTERPRETED_MOST` code points on, numba compiles kernels for
one signature, once a machine (0.1 to 0.4 s a kernel). Later processes read the machine code from a cache directory.
"""

import contextlib
import functools
import threading
import types
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Generic, ParamSpec, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import machine_code
from newsclean.compilation.cache import kernel_directory, ready_directories
from newsclean.compilation.fingerprint import fingerprint
from newsclean.compilation.interruptions import leave_garbage, uncollected, undisturbed
from newsclean.compilation.signatures import signature_of

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")
_loading = threading.RLock()  # two threads that need one kernel at once must not both load it
LOCATOR = "newsclean.compilation.locator.ContentLocator"
INTERPRETED_MOST = 16_000  # code points: reading the machine code of all kernels takes as long as interpreting so many


class Kernel(Generic[Parameters, Result]):
    """A function that numba can compile, called as it is written or compiled.

    What kernels call must be kernels too (or numpy functions). An interpreted kernel is given its arrays as
    `memoryview`, whose elements are Python's own numbers. They are twice as fast as numpy's. Like the numbers of
    compiled code, they do not wrap around at 8, 16 or 32 bits.
    """

    def __init__(
        self,
        function: Callable[Parameters, Result],
        entry: bool = False,
        interpreted: bool = False,
        inline: bool = False,
    ) -> None:
        functools.update_wrapper(self, function)
        self.function = function
        self.entry = entry
        self.interpreted = interpreted
        self.inline = inline

    def __call__(self, *arguments: Parameters.args, **_: Parameters.kwargs) -> Result:
        function: Callable[..., Result] = self.function
        if self.interpreted and _thread.within:
            return function(*_views(arguments))
        if self.interpreted and interprets():
            # Kernels that it calls are interpreted, too, whatever other threads have seen meanwhile.
            _thread.within = True
            try:
                with np.errstate(over="ignore"):  # hashes wrap around at 64 bits
                    return function(*_views(arguments))
            finally:
                _thread.within = False
        compiled: Callable[..., Result] = self.compiled
        return compiled(*arguments)

    @functools.cached_property
    def compiled(self) -> Any:
        """The function compiled by numba, without the GIL, or loaded from the cache.

        Not before it is called: a text without mojibake never needs the kernels that look into mojibake. Processes
        that start at once compile one after the other.
        """
        with _loading, uncollected(), undisturbed():
            if "compiled" in self.__dict__:  # by another thread, meanwhile
                return self.__dict__["compiled"]
            return self._native() if machine_code.STANDS_ALONE else self._by_numba()

    def _native(self) -> Any:
        """The function as machine code that needs no numba; by numba, where it cannot do without."""
        try:
            return machine_code.native(self.function.__name__, self._code())
        except machine_code.UnportableError:
            return self._by_numba()

    @property
    def compiled_from(self) -> tuple[Callable[..., object], bool, bool]:
        """The function, and what else decides on its machine code."""
        return self.function, self.entry, self.inline

    def _code(self) -> machine_code.Code:
        module = self.function.__module__
        name = machine_code.file_name(self.function.__name__, fingerprint(*self.compiled_from))
        own = kernel_directory(module) / name
        for path in (*(directory / name for directory in ready_directories(module)), own):
            if (code := machine_code.load(path)) is not None:
                return code
        from filelock import FileLock

        with FileLock(own.with_name("compile.lock")):
            code = machine_code.load(own) or self._emitted()
            with contextlib.suppress(OSError):  # the disk is full, say: it goes without a cache
                machine_code.save(code, own)
            return code

    def _emitted(self) -> machine_code.Code:
        from newsclean.compilation import emission

        leave_garbage()
        return emission.emit(self._scoped(), signature_of(self.function))

    def _by_numba(self) -> Any:
        """The function as numba itself compiles, keeps and calls it."""
        import numba

        function = self._scoped()
        signature = signature_of(self.function)
        try:
            with _cache(function.__module__):
                return numba.njit(signature, nogil=True, cache=True)(function)
        except OSError:
            return numba.njit(signature, nogil=True)(function)

    @functools.cached_property
    def inner(self) -> Any:
        """The function for other kernels to call; what Python calls, too, takes the same numbers there."""
        import numba

        if self.entry:
            return numba.njit(signature_of(self.function), nogil=True)(self._scoped())
        return numba.njit(nogil=True, inline="always" if self.inline else "never")(self._scoped())

    def _scoped(self) -> Callable[..., Any]:
        """The function with compiled kernels in place of those that it calls."""
        called = {name: value.inner for name, value in self._globals() if isinstance(value, (Kernel, Intrinsic))}
        function = self.function
        if not called:
            return function
        scope = {**function.__globals__, **called}
        scoped = types.FunctionType(function.__code__, scope, function.__name__, function.__defaults__)
        return functools.update_wrapper(scoped, function)

    def _globals(self) -> Iterator[tuple[str, Any]]:
        scope = self.function.__globals__
        return ((name, scope[name]) for name in self.function.__code__.co_names if name in scope)


class Intrinsic:
    """An operation that numba lacks, as `numba.extending.intrinsic` takes it."""

    def __init__(self, define: Callable[..., Any]) -> None:
        functools.update_wrapper(self, define)
        self.define = define

    @property
    def compiled_from(self) -> tuple[Callable[..., object]]:
        """The function that defines it."""
        return (self.define,)

    @functools.cached_property
    def inner(self) -> Any:
        """For kernels to call."""
        import numba.extending

        return numba.extending.intrinsic(self.define)

    def __call__(self, *arguments: Any) -> Any:
        raise TypeError(f"{self.define.__name__} is for compiled kernels only")


def kernel(
    *, entry: bool = False, interpreted: bool = False, inline: bool = False
) -> Callable[[Callable[Parameters, Result]], Kernel[Parameters, Result]]:
    """Make a function a kernel.

    What Python calls is an `entry`: it is compiled for the types that its annotations say
    (`newsclean.compilation.signatures`). Other kernels are compiled into their callers. `inline` is for those that take
    many arrays in a hot loop: numba counts the references to each array of a call.

    An `interpreted` one must give the same results as plain Python. It asks for elements by `a[i]` or `a[i, j]`, for
    slices of one dimension only, and for sizes by `len(a)` or `a.shape`. It multiplies 64-bit hashes as `np.uint64`,
    and sums up float32 in float64.
    """
    return lambda function: Kernel(function, entry, interpreted, inline)


class _Tier:
    """How much text the kernels of this process have seen."""

    seen = 0
    interprets = True


class _Thread(threading.local):
    """What a thread has to do, however much text was seen, and whether it is within an interpreted kernel."""

    interprets: bool | None = None
    within = False


_tier, _thread = _Tier(), _Thread()


def expect(texts: Sequence[str]) -> None:
    """Announce texts that a stage will look at, so that kernels are compiled once interpreting would be slower."""
    if _tier.interprets:
        _tier.seen += sum(map(len, texts))
        _tier.interprets = _tier.seen <= INTERPRETED_MOST


def interprets() -> bool:
    """Whether kernels that allow it are interpreted: for work that Python does better in another way."""
    return _tier.interprets if _thread.interprets is None else _thread.interprets


@contextlib.contextmanager
def tier(interprets: bool) -> Iterator[None]:
    """Interpret or compile kernels within the block, in this thread, however much text was seen."""
    before, _thread.interprets = _thread.interprets, interprets
    try:
        yield
    finally:
        _thread.interprets = before


def _views(arguments: Sequence[Any]) -> list[Any]:
    return [_view(argument) for argument in arguments]


def _view(argument: Any) -> Any:
    if isinstance(argument, np.ndarray):
        return memoryview(cast(Any, argument))
    if isinstance(argument, tuple):
        views = _views(argument)
        return argument._make(views) if hasattr(argument, "_make") else tuple(views)
    return argument


@contextlib.contextmanager
def _cache(module: str) -> Iterator[None]:
    """Point numba's cache at ours while a kernel is decorated: that is when numba reads the settings. Before 0.62 it
    has no setting for who finds the files, and looks for them by path and time of the source."""
    import numba
    from filelock import FileLock

    config: Any = numba.config
    directory = kernel_directory(module)
    ours = {"CACHE_DIR": str(directory), "CACHE_LOCATOR_CLASSES": LOCATOR}
    theirs = {name: getattr(config, name) for name in ours if hasattr(config, name)}
    with FileLock(directory / "compile.lock"):
        try:
            for name in theirs:
                setattr(config, name, ours[name])
            yield
        finally:
            for name, value in theirs.items():
                setattr(config, name, value)


def encode(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """UTF-8 bytes of all texts, one after the other, and the n + 1 byte offsets of their bounds.

    Lone surrogates are encoded like any other code point (three bytes), so that every `str` has a place.
    """
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    offsets = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(data) for data in encoded], out=offsets[1:])
    return np.frombuffer(b"".join(encoded), np.uint8), offsets
