"""Where numba finds the machine code of a kernel: by what it was made of, not by path and time of the source file.

numba is told the name of this class while a kernel is compiled (`kernels`), and asks it for directories and stamps.
"""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any

from newsclean.compilation.cache import kernel_directory, ready_directories
from newsclean.compilation.fingerprint import fingerprint


class ContentLocator:
    """The directory of one kernel's machine code.

    The names of its files hold a digest of all that the code depends on. numba compares the signature and the processor
    with what the code was made for. So code is taken from another environment, image or machine only if it fits.
    """

    def __init__(self, directory: Path, name: str) -> None:
        self._directory, self._name = directory, name

    @classmethod
    def from_function(cls, function: Callable[..., Any], file: str) -> "ContentLocator":
        """numba's constructor. What was made beforehand is only read: what is missing there goes to the user's own."""
        module = function.__module__
        name = fingerprint(inspect.unwrap(function))  # before numba's functions took the place of kernels in it
        own = kernel_directory(module)
        ready = [directory for directory in ready_directories(module) if any(directory.glob(f"*-{name}.*.nbi"))]
        return cls(ready[0] if ready else own, name)

    def ensure_cache_path(self) -> None:
        """Before numba writes: the directory is there."""

    def get_cache_path(self) -> str:
        """Where the files are."""
        return str(self._directory)

    def get_source_stamp(self) -> str:
        """What has to be the same for files to be valid."""
        return self._name

    def get_disambiguator(self) -> str:
        """What tells kernels of the same name apart, in files of the same name."""
        return self._name
