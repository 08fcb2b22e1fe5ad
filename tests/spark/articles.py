"""Articles for the tests of the engine: what sources repeat, what is damaged, what is missing."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.paths import ROOT, SEEDS

ARTICLE = (
    "The mayor of town {0} said on Monday that bridge number {0} will be built for {0} million, her office said. "
    "Work on it begins in the spring of the year after next, if the council of the town agrees.\n"
    "Share this page with friends\nRead by 10 people"
)
SCHEMA = "id string, text string, source string, title string"


def articles() -> list[dict[str, Any]]:
    """Rows in order of their ids."""
    rows = [
        {"id": f"a{at:02d}", "text": ARTICLE.format(at), "source": "ab"[at % 2], "title": f"The bridge of town {at}"}
        for at in range(12)
    ]
    rows += [{**rows[at], "id": f"b{at:02d}", "source": "b"} for at in range(3)]  # copies teach nothing
    rows += [{"id": f"c{at}", "text": "GrÃ¼ÃŸe aus KÃ¶ln", "source": "c", "title": None} for at in range(4)]
    rows += [{"id": "d0", "text": None, "source": "a", "title": None}, {"id": "d1", "text": "", "source": None}]
    rows += [{"id": f"e{at}", "text": seed.read_bytes().decode(), "source": None} for at, seed in enumerate(SEEDS)]
    return [{"title": None, **row} for row in rows]


def dump(count: int, folder: Path) -> list[dict[str, Any]]:
    """The first articles of a dump of `benchmarks/make_dump.py`: with copies, templates and stories."""
    path = folder / "dump.jsonl"
    script = ROOT / "benchmarks/make_dump.py"
    subprocess.run([sys.executable, script, str(count), path], check=True, capture_output=True, cwd=script.parent)
    found = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [{name: each.get(name) for name in COLUMNS} for each in found]


COLUMNS = ("id", "text", "title", "date", "source", "lang", "raw")
DOCUMENTS = "id string, text string, title string, date string, source string, lang string, raw string"
HEADLINE = "Port of {0} closed after {1} boats sink in storm, {2} people are missing, the harbour master of {0} says"


def documents(folder: Path) -> list[dict[str, Any]]:
    """A dump, with what is hard for partitions: one text and one source many times, no dates, no words, short texts."""
    rows = dump(250, folder)
    told = {**rows[7], "text": f"LISBON (AP) - {rows[7]['text']}"}
    rows += [{**told, "id": f"many{at:02d}", "source": "one", "date": f"2026-05-{at + 1:02d}"} for at in range(14)]
    rows += [{**rows[9], "id": f"undated{at}", "date": None, "text": f"{rows[9]['text']} {at}"} for at in range(12)]
    places = ("Lisbon", "Porto", "Faro")
    rows += [
        {"id": f"short{at:02d}", "text": HEADLINE.format(places[at % 3], at % 4, at % 2), "date": "2026-05-01"}
        for at in range(12)
    ]
    rows += [{"id": "null", "text": None}, {"id": "blank", "text": " \n"}, {"id": "marks", "text": "***"}]
    rows += [{"id": f"seed{at}", "text": seed.read_bytes().decode()} for at, seed in enumerate(SEEDS)]
    rows = [dict.fromkeys(COLUMNS) | row for row in rows]
    for at in range(0, 60, 6):  # one menu below articles that have little to do with each other
        rows[at]["raw"] = " ".join([rows[at]["text"], *(rows[other]["text"] for other in range(100, 104)), str(at % 4)])
    return sorted(rows, key=lambda row: str(row["id"]))
