"""Where compiled kernels are kept: a directory that belongs to this user and that nobody else can write.

numba loads pickles from its cache, and a pickle can run any code. So a directory is written only if it is private: it
belongs to this user, its mode is 0700, and nobody else can replace it. A directory that was made beforehand, in an
image, is only read. It and all that is in it must belong to root or this user, and nobody else may write it.
"""

import atexit
import functools
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import platformdirs

from newsclean.compilation.fingerprint import toolchain

VARIABLE = "NEWSCLEAN_CACHE_DIR"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_shared: Path | None = None  # set in a worker: the directory of the process that started it


def share(directory: Path) -> None:
    """Use the directory of the process that started this one, if it is private."""
    global _shared
    _shared = directory


@functools.cache
def cache_directory() -> Path:
    """Where machine code is kept, made if need be. It is the first of these that can be used: a directory below
    `NEWSCLEAN_CACHE_DIR`, below the user's cache directory, or in the temporary folder. Else a fresh one is made, which
    goes when the process ends."""
    for directory in _candidates():
        if is_private(directory, make=True):
            return directory
    fresh = Path(tempfile.mkdtemp(prefix="newsclean-"))  # mode 0700
    atexit.register(shutil.rmtree, fresh, ignore_errors=True)
    return fresh


def _candidates() -> Iterator[Path]:
    if _shared is not None:
        yield _shared
    if (chosen := chosen_directory()) is not None:
        yield chosen
    yield _below(platformdirs.user_cache_dir("newsclean", appauthor=False))
    if hasattr(os, "getuid"):
        yield _below(os.path.join(tempfile.gettempdir(), f"newsclean-{os.getuid()}"))


def chosen_directory() -> Path | None:
    """The directory of the cache that `NEWSCLEAN_CACHE_DIR` names."""
    base = os.environ.get(VARIABLE)
    return _below(base) if base else None


def _below(base: str) -> Path:
    return Path(os.path.realpath(base)) / "kernels"


def is_private(directory: Path, *, make: bool = False) -> bool:
    """Whether `directory` can be written by this user and by nobody else; `make` makes it first, with mode 0700.

    On systems without user ids (Windows) access lists of the user's own folders see to that.
    """
    try:
        if make:
            _make(directory)
        if hasattr(os, "getuid") and not (_is_own(directory) and all(map(_is_safe, directory.parents))):
            return False
        with tempfile.TemporaryFile(dir=directory):
            return True
    except OSError:
        return False


def _make(directory: Path) -> None:
    """Make a directory and what is missing above it, all with mode 0700 whatever the umask."""
    missing = [directory, *directory.parents]
    for each in reversed(missing):
        if not each.exists():
            each.mkdir(mode=0o700, exist_ok=True)


def _is_own(directory: Path) -> bool:
    """Whether a directory is this user's, no symbolic link, and closed to all others."""
    found = os.lstat(directory)
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & _OTHERS


def _is_safe(parent: Path) -> bool:
    """Whether nobody else can rename what is in a directory. In a sticky one (`/tmp`) only owners can."""
    found = os.lstat(parent)
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (0, os.getuid()):
        return False
    return bool(found.st_mode & stat.S_ISVTX) or not _writers(found)


def _writers(found: os.stat_result) -> int:
    """The bits that let others write; the group of a user who is alone in it (a umask of 002) is no other."""
    bits = found.st_mode & _OTHERS_WRITE
    return bits & ~stat.S_IWGRP if _is_alone(found.st_gid) else bits


def _is_alone(group: int) -> bool:
    import grp
    import pwd

    try:
        user, entry = pwd.getpwuid(os.getuid()), grp.getgrgid(group)
    except KeyError:
        return False
    return group == user.pw_gid and entry.gr_name == user.pw_name and set(entry.gr_mem) <= {user.pw_name}


def kernel_directory(module: str) -> Path:
    """Where the machine code of the kernels of a module is kept: one directory for each stage and toolchain.

    Names of files in it hold what the code in them depends on.
    """
    directory = cache_directory() / _stage_name(module)
    directory.mkdir(mode=0o700, exist_ok=True)
    return directory


def ready_directories(module: str) -> Sequence[Path]:
    """Where machine code of a module's kernels lies that somebody made beforehand, to be read only."""
    return _ready(_stage_name(module))


@functools.cache
def _ready(name: str) -> Sequence[Path]:
    chosen = chosen_directory()
    directory = None if chosen is None else chosen / name
    return (directory,) if directory is not None and is_trusted(directory) else ()


def is_trusted(directory: Path) -> bool:
    """Whether only root or this user can have written what is in a directory.

    On systems without user ids only private directories are read.
    """
    if not hasattr(os, "getuid"):
        return False
    try:
        every = [os.lstat(path) for path in (directory, *directory.iterdir())]
        return all(map(_is_closed, every)) and all(map(_is_safe, directory.parents))
    except OSError:
        return False


def _is_closed(found: os.stat_result) -> bool:
    """Whether a file or directory is that of root or this user, and nobody else can write it."""
    return not stat.S_ISLNK(found.st_mode) and found.st_uid in (0, os.getuid()) and not _writers(found)


def open_to_readers(directory: Path) -> None:
    """Let other users read a directory of the cache and all below it, but not write it."""
    for path in (directory.parent, directory, *directory.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def close_to_readers(directory: Path) -> None:
    """Make a directory that was opened to readers private again, so that it can be written."""
    if is_trusted(directory) and os.lstat(directory).st_uid == os.getuid():
        directory.chmod(0o700)


def _stage_name(module: str) -> str:
    name = module.split(".")[1] if module.startswith("newsclean.") else "others"
    return f"{name}-{toolchain()}"
