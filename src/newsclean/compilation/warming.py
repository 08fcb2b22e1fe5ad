"""All kernels compiled at once, so that later processes find their machine code."""

import importlib
import multiprocessing
import pkgutil
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import NamedTuple

from newsclean.compilation.cache import (
    VARIABLE,
    cache_directory,
    chosen_directory,
    close_to_readers,
    open_to_readers,
    share,
)
from newsclean.compilation.kernels import Kernel
from newsclean.errors import OutputError

STAGES = ("newsclean.duplicates", "newsclean.damage", "newsclean.boilerplate", "newsclean.models")
"""Those that take longest first."""


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
    """How many kernels are compiled, how many seconds it took, and where they are."""

    kernels: int
    seconds: float
    directory: Path


def warm(shared: bool = False, workers: int = 1) -> Warmed:
    """Compile all kernels, or load those that are there; `shared`: for other users to read.

    Stages keep their kernels apart, so that each is for one process: `workers` at once.

    Raises:
        OutputError: the directory that is to be shared is not named, or cannot be written.
    """
    directory = _to_share() if shared else cache_directory()
    started = time.monotonic()
    if min(workers, len(STAGES)) > 1:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(min(workers, len(STAGES)), context, initializer=share, initargs=(directory,)) as pool:
            found = set[str]().union(*pool.map(_warm_stage, STAGES))
    else:
        found = set[str]().union(*map(_warm_stage, STAGES))
    if shared:
        open_to_readers(directory)
    return Warmed(len(found), time.monotonic() - started, directory)


def _warm_stage(package: str) -> set[str]:
    """Compile the kernels of a stage, and those of others that it calls; returns their names."""
    ready = [each for each in entries([package]) if each.compiled is not None]
    return {f"{each.function.__module__}.{each.function.__qualname__}" for each in ready}


def _to_share() -> Path:
    """The directory that was named for others to read, private until it is filled."""
    chosen = chosen_directory()
    if chosen is None:
        raise OutputError(f"set {VARIABLE} to the directory that other users are to read")
    close_to_readers(chosen)
    if cache_directory() != chosen:
        raise OutputError(f"{chosen.parent} cannot be written, or others can write it too")
    return chosen
