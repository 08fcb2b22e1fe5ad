"""Messages for people and for log collectors."""

import json
import logging
import subprocess
import sys

import pytest

from newsclean.cli.log import set_up


@pytest.mark.parametrize(
    ("options", "levels"),
    [({"quiet": True}, "e"), ({}, "we"), ({"verbose": True}, "iwe"), ({"as_json": True}, "iwe")],
    ids=str,
)
def test_what_is_shown(capsys: pytest.CaptureFixture[str], options: dict[str, bool], levels: str) -> None:
    logger = logging.getLogger("newsclean")
    before = (logger.handlers[:], logger.propagate, logger.level)
    try:
        set_up(**({"verbose": False, "quiet": False, "as_json": False} | options))
        logger.info("i\x1b[2J")
        logger.warning("w")
        logger.error("e")
    finally:
        logger.handlers[:], logger.propagate = before[0], before[1]
        logger.setLevel(before[2])
    lines = capsys.readouterr().err.splitlines()
    if options.get("as_json"):
        assert [json.loads(line)["level"][0] for line in lines] == list(levels)
        lines = [json.loads(line)["message"] for line in lines]
    else:
        assert "\x1b" not in "".join(lines)
    assert [line.removeprefix("newsclean: ")[0] for line in lines] == list(levels)


def test_libraries_speak_in_one_line_without_escape_codes() -> None:
    code = """
import logging
from newsclean.cli.log import set_up
set_up(verbose=False, quiet=False, as_json=False)
try:
    raise OSError("no route")
except OSError:
    logging.getLogger("gcsfs.retry").exception("out of retries for \\x1b[2J")
logging.getLogger("newsclean").warning("once")
logging.getLogger("botocore").info("nothing")
"""
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert found.stderr.splitlines() == ["gcsfs: out of retries for \\x1b[2J", "newsclean: once"]
