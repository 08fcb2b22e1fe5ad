"""A line a minute where there is no terminal."""

import logging

import pytest

from newsclean.jobs.progress import LogProgress, Silence


def test_a_line_when_a_task_begins_and_as_it_goes_on(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "newsclean")
    progress = LogProgress(every=0.0)
    progress.start("cleaning", 200)
    progress.advance(50)
    progress.start("writing", None)
    progress.advance(1)
    assert caplog.messages == ["cleaning", "cleaning: 25% done so far", "writing", "writing: done so far"]


def test_silence() -> None:
    Silence().start("x", 1)
    Silence().advance(1)
