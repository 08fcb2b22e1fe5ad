"""Articles for the tests of the engine: what sources repeat, what is damaged, what is missing."""

from typing import Any

from tests.paths import SEEDS

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
