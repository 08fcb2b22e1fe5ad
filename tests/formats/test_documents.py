"""Documents are made of values, with counts of what was met."""

from newsclean.formats.documents import Reader
from newsclean.formats.fields import MISSING, Fields


def reader() -> Reader:
    return Reader("x.jsonl", "x.jsonl", Fields(text="text", id="id"))


def test_a_record_without_an_id_gets_one_from_its_place() -> None:
    for value in (MISSING, None, ""):
        found, own = reader().document({"id": value, "text": "a"}, 7, ["text"])
        assert found is not None
        assert (found["id"], own) == ("x.jsonl:7", False)
    found, own = reader().document({"id": 5, "text": "a"}, 7, ["text"])
    assert found is not None
    assert (found["id"], own) == ("5", True)


def test_the_host_stands_for_a_source() -> None:
    made = reader()
    hosts = {"https://www.a.example/x": "a.example", "http://[::1": None, 5: None, MISSING: None}
    for url, host in hosts.items():
        found, _ = made.document({"text": "a", "url": url}, 1, ["text"])
        assert found is not None
        assert found["source"] == host


def test_roles_and_unread_dates_are_counted() -> None:
    made = reader()
    for date in ("2025-11-13", "03/04/2025", None):
        made.document({"text": "a", "date": date, "title": ""}, 1, ["text"])
    assert made.counts == {"has:text": 3, "has:date": 2, "has:title": 0, "date-unread:03/04/2025": 1}
