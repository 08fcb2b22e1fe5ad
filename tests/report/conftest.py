"""Runs to report on: the seeds, and articles that are hostile to a page."""

import json
from pathlib import Path

import pytest

import newsclean
from tests.paths import ROOT

HOSTILE = [
    "<script>document.title = 'taken'</script> The council met on Monday. caf\u00c3\u00a9 <img src=x onerror=alert(1)>",
    "Prices rose \u202egnorw daer eb ot\u202c and fell again \x1b[31mred\x07 on Tuesday, the ministry said. Â© 2020",
    "\ud800 lone surrogates \x00 and NULs </textarea></script><b>bold</b> in the Krak\u00c3\u00b3w gazette.",
    "{{ 7 * 7 }} {% raw %} is what a template would run in a caf\u00c3\u00a9 of the old town on a Sunday.",
]


@pytest.fixture(scope="session")
def seeds_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("seeds") / "out"
    newsclean.run([str(ROOT / "seeds")], str(out), workers=1)
    return out


@pytest.fixture(scope="session")
def hostile_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    rows = [
        {
            "id": f"<i>{place}</i>\u202e",
            "text": text,
            "title": text,
            "source": "<b>paper</b>",
            "lang": "\"'><x>",
            "date": "2026-01-0" + str(place + 1),
        }
        for place, text in enumerate([*HOSTILE, *HOSTILE[:2]])
    ]
    (folder / "articles.jsonl").write_text("\n".join([*map(json.dumps, rows), "<u>no json</u>"]))
    newsclean.run([str(folder / "articles.jsonl")], str(folder / "out"), workers=1)
    return folder / "out"


@pytest.fixture(scope="session")
def large_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from benchmarks.report_size import write

    folder = tmp_path_factory.mktemp("large")
    write(folder, 4_000)
    return folder
