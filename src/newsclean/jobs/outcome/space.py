"""How much disk a run takes, said before it starts: a full disk at its end would cost all the time before."""

import logging
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from newsclean.errors import OutputError, SettingsError
from newsclean.formats.base import Source
from newsclean.formats.inputs import total_bytes
from newsclean.formats.places import is_remote

logger = logging.getLogger("newsclean")
UNPACKED = 4.0  # bytes of text for a byte of compressed input, about
PARTS = 0.45  # bytes of parts for a byte of text: articles and edits, compressed
CHANGED = 0.2  # the same where what nothing changes stays in the input: .02 of clean articles, .18 of dirty ones
SKETCHED = 0.35  # the same of sketches in the parts
RESULTS = 1.2  # the same of outputs
SEARCHED = 1.3  # the same of files of the search for duplicates, for articles of a kilobyte
REFUSED = 0.5  # share of the estimate below which a run does not start
BASE = 320 << 20  # bytes of memory that Python, its libraries and the kernels take
PER_ARTICLE = 64  # bytes that some steps hold for each article
_TABLES = 320  # bytes an article of tables of terms, which stop growing at 1 million articles


class Need(NamedTuple):
    """Bytes of disk."""

    parts: int
    """In the output directory, until the run ends."""
    results: int
    """In the output directory, from the end of the search on."""
    scratch: int
    """In the scratch directory, until the end of the search."""


def estimate(sources: Sequence[Source], dedup: bool, read_again: bool = False) -> Need:
    """What a run needs, from the sizes of its inputs. `read_again`: articles that nothing changes stay in the inputs
    that can be read again, uncompressed JSON Lines."""
    parts = text = 0.0
    for source in sources:
        size = (total_bytes([source]) or 0) * (UNPACKED if _is_packed(source) else 1.0)
        stays = read_again and source.format == "jsonl" and not (source.compression or is_remote(source.path))
        parts += size * ((CHANGED if stays else PARTS) + SKETCHED * dedup)
        text += size
    return Need(int(parts), int(text * RESULTS), int(text * SEARCHED * dedup))


def _is_packed(source: Source) -> bool:
    return bool(source.compression) or source.format == "parquet"


def check_space(need: Need, out: Path, scratch: Path) -> None:
    """Say how much disk a run takes.

    Raises:
        OutputError: there is not half of it.
    """
    out, scratch = _nearest_existing(out), _nearest_existing(scratch)
    same = os.stat(out).st_dev == os.stat(scratch).st_dev
    if same:
        wanted = {out: need.parts + max(need.results, need.scratch)}
    else:
        wanted = {out: need.parts + need.results, scratch: need.scratch}
    for place, size in wanted.items():
        free = shutil.disk_usage(place).free
        logger.info("%s: about %s of disk needed, %s free", place, human_size(size), human_size(free))
        if free < size * REFUSED:
            raise OutputError(
                f"{place} has {human_size(free)} free, and the run takes about {human_size(size)}: "
                "choose another --out or --scratch, or run parts of the input"
            )


def check_memory(memory: int, articles: int) -> None:
    """Raise SettingsError if so many articles take more memory than there may be."""
    least = BASE + articles * PER_ARTICLE + min(articles, 1 << 20) * _TABLES
    if memory < least:
        raise SettingsError(
            f"finding duplicates among {articles:,} articles takes at least {human_size(least)} of memory, "
            f"and --memory is {human_size(memory)}; what is done is kept: run the same command again with more"
        )


def _nearest_existing(path: Path) -> Path:
    """The path, or the nearest directory above it that exists."""
    path = path.absolute()
    return next(each for each in (path, *path.parents) if each.is_dir())


def human_size(size: int) -> str:
    """A number of bytes for people.

    >>> human_size(1_500_000_000), human_size(64 << 10)
    ('1.5 GB', '66 kB')
    """
    value, unit = float(size), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if value < 1000:
            break
        value, unit = value / 1000, larger
    return f"{value:.1f} {unit}" if value < 10 and unit != "B" else f"{value:.0f} {unit}"
