"""Where compiled kernels are kept: a directory that belongs to this user and that nobody else can write.

numba loads pickles from its cache, and a pickle can run any code. So a directory is used only if it is private: it
belongs to this user, its mode is 0700, and nobody else can put another one in its place.
"""

import atexit
import functools
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import platformdirs

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
    """Where machine code is kept, made if need be.

    The first that can be used of: a directory below `NEWSCLEAN_CACHE_DIR`, below the user's cache directory, below a
    directory of this user in the temporary folder, and a fresh one, which goes when the process ends.
    """
    for directory in _candidates():
        if is_private(directory, make=True):
            return directory
    fresh = Path(tempfile.mkdtemp(prefix="newsclean-"))  # mode 0700
    atexit.register(shutil.rmtree, fresh, ignore_errors=True)
    return fresh


def _candidates() -> Iterator[Path]:
    if _shared is not None:
        yield _shared
    chosen = os.environ.get(VARIABLE)
    bases = [chosen] if chosen else []
    bases.append(platformdirs.user_cache_dir("newsclean", appauthor=False))
    if hasattr(os, "getuid"):
        bases.append(os.path.join(tempfile.gettempdir(), f"newsclean-{os.getuid()}"))
    for base in bases:
        yield Path(os.path.realpath(base)) / "kernels"


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


GROUND = ("compilation", "models", "display.py", "edits.py", "errors.py", "settings.py")
"""What every stage may import, besides itself; the import rules say the same."""


def kernel_directory(module: str) -> Path:
    """Where the machine code of the kernels of a module is kept: one directory for each stage and digest of its source.

    Machine code holds constants of other modules, and numba looks only at the time and size of the file that a kernel
    is in. A stage imports nothing but itself and the modules of the ground floor.
    """
    directory = cache_directory() / _stage_name(module)
    directory.mkdir(mode=0o700, exist_ok=True)
    return directory


@functools.cache
def _stage_name(module: str) -> str:
    package = Path(__file__).parents[1]
    name = module.split(".")[1] if module.startswith("newsclean.") else ""
    stage = name if name and name not in GROUND and (package / name / "__init__.py").is_file() else "ground"
    digest = hashlib.blake2b(digest_size=8)
    for part in sorted({*GROUND, *({stage} - {"ground"})}):
        for path in sorted((package / part).rglob("*.py")) or [package / part]:
            digest.update(path.read_bytes())
    return f"{stage}-{digest.hexdigest()}"
