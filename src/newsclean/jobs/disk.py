"""Files that survive a power cut: one that is renamed while its content is still in memory would be empty."""

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

_THREADS = 16  # a file system writes many files at once in one journal entry
_FEW = 4  # files for which threads are not worth their start


def sync_tree(directory: Path) -> None:
    """Make the system write all files and directories below `directory` to the disk."""
    paths = [path for path in directory.rglob("*") if not path.is_symlink() and (path.is_file() or path.is_dir())]
    paths.append(directory)
    if len(paths) <= _FEW:
        for path in paths:
            sync_path(path)
        return
    with ThreadPoolExecutor(_THREADS) as pool:
        for _ in pool.map(sync_path, paths):
            pass


def sync_path(path: Path) -> None:
    """Make the system write one file, or the names in one directory, to the disk."""
    if os.name == "nt":  # needs a writable handle, and has none for directories
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
