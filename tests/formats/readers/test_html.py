"""HTML pages: main text and what the page says of itself."""

from pathlib import Path

import pytest

pytest.importorskip("resiliparse")

from tests.formats.readers.common import read
from tests.jobs.hostile import PAGE


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252", "utf-16"])
def test_a_page_is_an_article(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "x.html").write_bytes(PAGE.format(encoding).encode(encoding))
    [document], rejects = read(tmp_path)
    assert not rejects
    assert "café" in document["text"]
    assert "Home" not in document["text"]
    assert (document["id"], document["title"], document["lang"]) == ("x.html", "Storm", "en")
    assert document["date"] == "2025-11-13T08:00:00Z"


def test_a_page_without_text_is_rejected(tmp_path: Path) -> None:
    (tmp_path / "x.htm").write_text("<html><body></body></html>")
    [reject] = read(tmp_path)[1]
    assert "no main text" in reject.reason


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<div>" * 300_000, "more than 2,000 elements within each other"),
        ("<x-y>" * 4_000 + "</x-y>" * 4_000, "more than 2,000 elements within each other"),
        ("<i>x</i>" * 600_000, "more than 1,000,000 tags"),
    ],
)
def test_a_page_that_no_parser_ends_is_rejected(tmp_path: Path, page: str, reason: str) -> None:
    (tmp_path / "x.html").write_text(page)
    documents, [reject] = read(tmp_path)
    assert (documents, reject.reason) == ([], f"the page cannot be read: {reason}")


def test_a_long_page_of_sloppy_tags_is_read(tmp_path: Path) -> None:
    page = "<html><body><article>" + "<p>The storm took the bridge of Ardenburg, and the mayor wept.<br>" * 4_000
    (tmp_path / "x.html").write_text(page)
    assert len(read(tmp_path)[0]) == 1
