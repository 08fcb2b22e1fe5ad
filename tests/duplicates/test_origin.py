"""The earliest article of a cluster."""

from typing import Any

from newsclean import find_duplicates

TEXT = "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats near the western breakwater."


def origins(*days: str | None) -> list[str | None]:
    documents: list[dict[str, Any]] = [{"id": str(at), "text": TEXT, "date": day} for at, day in enumerate(days)]
    return [cluster.origin for cluster in find_duplicates(documents).clusters()]


def test_origin() -> None:
    assert origins("2024-05-02", "2024-05-01", None) == ["1"]
    assert origins("2024-05-01", "2024-05-01") == [None]
    assert origins(None, None) == [None]
