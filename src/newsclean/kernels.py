"""How kernels are compiled and cached, and how texts reach them.

A kernel is a plain loop over numpy arrays, compiled by numba for one signature. Compiling costs 0.1 to 0.3 s a kernel,
once per machine; afterwards the machine code is read from a cache directory.
"""

import contextlib
import functools
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
import numpy as np
from filelock import FileLock
from numpy.typing import NDArray

config: Any = numba.config
Function = TypeVar("Function", bound=Callable[..., Any])


def kernel(*signatures: str, **options: Any) -> Callable[[Function], Function]:
    """Compile a function for the given numba signatures when it is first called, or load it from the cache.

    Not before: a text without mojibake never needs the kernels that look into mojibake, which take half of the time
    of the first call on a machine. Kernels run without the GIL.
    """

    def decorated(function: Function) -> Function:
        compiled = functools.cache(lambda: _compiled(function, signatures, options))

        @functools.wraps(function)
        def run(*arguments: Any) -> Any:
            return compiled()(*arguments)

        return cast(Function, run)

    return decorated


def inner_kernel(*signatures: str, **options: Any) -> Callable[[Function], Function]:
    """As `kernel`, for functions that other kernels call, which must be compiled before these are."""
    return lambda function: _compiled(function, signatures, options)


def _compiled(function: Function, signatures: Sequence[str], options: dict[str, Any]) -> Function:
    """Processes that start at once compile one after the other: two writers have crashed readers of the cache."""
    with _cache():
        dispatcher: Any = numba.njit(list(signatures), nogil=True, cache=True, **options)(function)
    return cast(Function, dispatcher)


@functools.cache
def cache_directory() -> Path:
    """Where machine code is kept: `NEWSCLEAN_CACHE_DIR`, the user's cache directory or, if neither can be written, a
    temporary directory of this user (then each boot of the machine compiles once more)."""
    user = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    fallback = Path(tempfile.gettempdir()) / f"newsclean-{getattr(os, 'getuid', int)()}"
    for directory in (os.environ.get("NEWSCLEAN_CACHE_DIR"), os.path.join(user, "newsclean"), fallback):
        if directory and _writable(Path(directory)):
            return Path(directory)
    return Path(tempfile.mkdtemp(prefix="newsclean-"))


def _writable(directory: Path) -> bool:
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            return True
    except OSError:
        return False


@contextlib.contextmanager
def _cache() -> Iterator[None]:
    """Point numba's cache at ours while a kernel is decorated: that is when numba reads the setting."""
    theirs = config.CACHE_DIR
    directory = cache_directory()
    with FileLock(directory / "compile.lock"):
        config.CACHE_DIR = str(directory)
        try:
            yield
        finally:
            config.CACHE_DIR = theirs


def encode(texts: Sequence[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """UTF-8 bytes of all texts, one after the other, and the n + 1 byte offsets of their bounds.

    Lone surrogates are encoded like any other code point (three bytes), so that every `str` has a place.
    """
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    offsets = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(data) for data in encoded], out=offsets[1:])
    return np.frombuffer(b"".join(encoded), np.uint8), offsets
