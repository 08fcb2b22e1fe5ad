"""The earliest article of a cluster, and the agency that its members name."""

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


def test_origins_and_agencies_by_article() -> None:
    documents: list[dict[str, Any]] = [
        {"id": "paper", "text": f"LISBON (AP) - {TEXT}", "date": "2024-05-02"},
        {"id": "wire", "text": f"LISBON (AP) - {TEXT}", "date": "2024-05-01"},
        {"id": "other", "text": "Nothing happened in the town hall of Porto, says dpa.", "date": "2024-05-01"},
        {"id": "third", "text": f"LISBON (AP) - {TEXT} More follows.", "date": "2024-05-03"},
    ]
    found = find_duplicates(documents)
    assert found.agencies == {"paper": "AP", "wire": "AP", "third": "AP"}
    assert found.origins == {"paper": "wire", "wire": "wire", "third": "wire"}
    assert [cluster.agency for cluster in found.clusters()] == ["AP"]


def test_two_agencies_are_none() -> None:
    texts = [f"LISBON ({agency}) - {TEXT}" for agency in ("AP", "dpa")] + [TEXT]
    found = find_duplicates(texts)
    assert [cluster.agency for kind in ("duplicate", "story") for cluster in found.clusters(kind)] == ["dpa", None]


def test_an_agency_that_cleaning_took_out_is_told() -> None:
    found = find_duplicates([{"id": "a", "text": TEXT, "raw": f"{TEXT}\n\n(dpa)"}, {"id": "b", "text": TEXT}])
    assert found.agencies == {"a": "dpa"}
