"""Web archives: pages with their addresses, wherever they end."""

from pathlib import Path

import pytest

pytest.importorskip("fastwarc")

from tests.formats.readers.common import read
from tests.jobs.hostile import HTML, WET, warc


def test_pages_of_html_and_of_text(tmp_path: Path) -> None:
    (tmp_path / "x.warc.gz").write_bytes(warc(HTML, WET, ("response", "image/png", b"x")))
    documents, rejects = read(tmp_path)
    assert not rejects
    assert [(each["id"], each["source"]) for each in documents] == [
        ("https://www.a.example/0", "a.example"),
        ("https://www.a.example/1", "a.example"),
    ]
    assert documents[0]["title"] == "Storm"


@pytest.mark.parametrize("share", [0.23, 0.47, 0.83, 0.97])
@pytest.mark.parametrize("packed", [True, False])
def test_a_cut_archive_gives_what_it_has(tmp_path: Path, share: float, packed: bool) -> None:
    data = warc(*[HTML] * 10, packed=packed)
    (tmp_path / ("x.warc.gz" if packed else "x.warc")).write_bytes(data[: int(len(data) * share)])
    documents, rejects = read(tmp_path)
    assert len(documents) < 10
    assert len(rejects) == 1
    assert rejects[0].line == len(documents) + 1


def test_long_pages_are_rejected(tmp_path: Path) -> None:
    (tmp_path / "x.wet").write_bytes(warc(WET, ("conversion", "", b"x" * 5000), WET, packed=False))
    documents, [reject] = read(tmp_path, limit=1000)
    assert len(documents) == 2
    assert reject.line == 2
