"""All kernels compiled at once, so that later processes find their machine code."""

import importlib
import pkgutil
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from newsclean.compilation.cache import VARIABLE, cache_directory, chosen_directory, close_to_readers, open_to_readers
from newsclean.compilation.kernels import Kernel
from newsclean.errors import OutputError

STAGES = ("newsclean.models", "newsclean.damage", "newsclean.boilerplate", "newsclean.duplicates")


def entries(packages: Sequence[str]) -> Iterator[Kernel[..., object]]:
    """The kernels of some packages that Python calls, each once."""
    seen: set[int] = set()
    for package in packages:
        found = importlib.import_module(package)
        names = [package, *(module.name for module in pkgutil.walk_packages(found.__path__, f"{package}."))]
        for name in names:
            importlib.import_module(name)
            for value in vars(sys.modules[name]).values():
                if isinstance(value, Kernel) and value.entry and id(value) not in seen:
                    seen.add(id(value))
                    yield value


class Warmed(NamedTuple):
    """How many kernels are compiled, how many seconds of this process it took, and where they are."""

    kernels: int
    seconds: float
    directory: Path


def warm(shared: bool = False) -> Warmed:
    """Compile all kernels, or load those that are there; `shared`: for other users to read.

    Raises:
        OutputError: the directory that is to be shared is not named, or cannot be written.
    """
    directory = _to_share() if shared else cache_directory()
    started = time.process_time()
    count = 0
    for each in entries(STAGES):
        _ = each.compiled
        count += 1
    if shared:
        open_to_readers(directory)
    return Warmed(count, time.process_time() - started, directory)


def _to_share() -> Path:
    """The directory that was named for others to read, private until it is filled."""
    chosen = chosen_directory()
    if chosen is None:
        raise OutputError(f"set {VARIABLE} to the directory that other users are to read")
    close_to_readers(chosen)
    if cache_directory() != chosen:
        raise OutputError(f"{chosen.parent} cannot be written, or others can write it too")
    return chosen
