"""Machine code is found by what it was made of, wherever the source lies and whenever it was written."""

import os
import subprocess
import sys
from pathlib import Path

from newsclean.compilation.cache import kernel_directory
from newsclean.compilation.locator import ContentLocator
from tests.compilation.test_cache import KERNEL


def ran(script: Path, cache: Path) -> tuple[str, dict[str, int]]:
    """What a script prints, and when each file of machine code was written."""
    environment = os.environ | {"NEWSCLEAN_CACHE_DIR": str(cache)}
    result = subprocess.run([sys.executable, str(script)], env=environment, capture_output=True, timeout=120)
    assert result.returncode == 0, result.stderr.decode()
    return result.stdout.decode().split(" ")[0], {p.name: p.stat().st_mtime_ns for p in cache.rglob("*.code")}


def test_code_is_found_from_another_path_time_and_comment_but_not_for_another_source(tmp_path: Path) -> None:
    first, second, cache = tmp_path / "a" / "job.py", tmp_path / "b" / "job.py", tmp_path / "cache"
    for script, source in (
        (first, KERNEL),
        (second, KERNEL.replace("\n    return", '\n    """The first."""  # or not\n    return')),
    ):
        script.parent.mkdir()
        script.write_text(source)
    os.utime(second, (0, 0))
    value, compiled = ran(first, cache)
    assert value == "7"
    assert len(compiled) == 1
    assert ran(second, cache) == (value, compiled)
    second.write_text(KERNEL.replace("return values[0]", "return values[0] + 1"))
    value, other = ran(second, cache)
    assert value == "8"
    assert other != compiled


def test_kernels_of_one_name_have_files_of_their_own() -> None:
    def located(module: str) -> ContentLocator:
        def function() -> None:
            """Stands for a kernel of that module."""

        function.__module__ = module
        return ContentLocator.from_function(function, __file__)

    one, other = located("newsclean.damage.a"), located("newsclean.damage.b")
    assert one.get_disambiguator() != other.get_disambiguator()
    assert one.get_cache_path() == other.get_cache_path() == str(kernel_directory("newsclean.damage.a"))
    assert one.get_source_stamp() != other.get_source_stamp()
    one.ensure_cache_path()
    assert Path(one.get_cache_path()).is_dir()
