"""Where records hold what: given by name, or found among the names that news data sets use."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

SAMPLE = 20
"""Records that are looked at to find the fields of a file."""


@dataclasses.dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields of a record that hold what the stages need; `a.b` is field `b` of the object in field `a`.

    None: the field is looked for under its usual names, file by file.
    """

    text: str | None = None
    id: str | None = None
    title: str | None = None
    date: str | None = None
    source: str | None = None
    lang: str | None = None
    url: str | None = None


ROLES = tuple(field.name for field in dataclasses.fields(Fields))
USUAL = {
    "text": (
        "text body content article maintext main_text article_text articlebody article_body full_text fulltext "
        "plain_text plaintext raw_text clean_text news_text story document_text content_text description"
    ),
    "id": "id _id uid uuid guid docid doc_id article_id articleid document_id news_id",
    "title": "title headline heading article_title news_title",
    "date": (
        "date published published_at publishedat publish_date published_date date_publish pubdate pub_date "
        "publication_date datepublished date_published published_time publish_time publishing_date timestamp datetime "
        "created_at time"
    ),
    "source": (
        "source domain source_domain host hostname site site_name sitename publisher outlet source_name news_source "
        "publication newspaper"
    ),
    "lang": "lang language language_code lang_code iso_language",
    "url": "url link uri href canonical_link canonical_url source_url article_url page_url warc-target-uri",
}
"""Usual names of the fields of news data sets, best first: news-please, fundus, trafilatura, NewsAPI, Kaggle, GDELT."""
_KINDS: dict[str, tuple[type, ...]] = dict.fromkeys(ROLES, (str,))
_KINDS["id"] = (str, int)


class Choice(NamedTuple):
    """The fields of a file, and how many names there were to choose from."""

    fields: Fields
    names: int

    def __str__(self) -> str:
        chosen = ", ".join(f"{role}={name}" for role in ROLES if (name := getattr(self.fields, role)) is not None)
        return f"{chosen} (of {self.names} fields)"


def choose(records: Sequence[Mapping[str, Any]], given: Fields) -> Choice:
    """The fields of a file from its first records: those that are given, and for the others those with a usual name.

    A field counts if some record has a value of the right type there. Fields of the record itself come before those of
    objects within it. A text is called `text` where nothing is found, so that rejects can say what is missing.

    >>> choose([{"headline": "A", "content": {"body": "B"}, "n": 1}], Fields()).fields
    Fields(text='content.body', id=None, title='headline', date=None, source=None, lang=None, url=None)
    """
    found: dict[str, list[Any]] = {}
    for record in records[:SAMPLE]:
        for path, value in _leaves(record):
            found.setdefault(path, []).append(value)
    chosen = {role: getattr(given, role) or _usual(role, found) for role in ROLES}
    chosen["text"] = chosen["text"] or "text"
    return Choice(Fields(**chosen), len(found))


def _leaves(record: Mapping[str, Any], prefix: str = "", depth: int = 3) -> Iterator[tuple[str, Any]]:
    for name, value in record.items():
        if isinstance(value, Mapping) and depth > 1:
            yield from _leaves(value, f"{prefix}{name}.", depth - 1)
        else:
            yield f"{prefix}{name}", value


def _usual(role: str, found: Mapping[str, Sequence[Any]]) -> str | None:
    kinds = _KINDS[role]
    usable = [
        path
        for path, values in found.items()
        if (role == "date" and any(value is not None and not isinstance(value, (list, dict, bool)) for value in values))
        or any(isinstance(value, kinds) and not isinstance(value, bool) for value in values)
    ]
    top = {path.lower(): path for path in reversed(usable) if "." not in path}
    nested = {path.lower().rpartition(".")[2]: path for path in reversed(usable) if "." in path}
    if role in ("id", "date"):  # `author.id`, `image.date` are of something else
        nested = {}
    return next((names[name] for names in (top, nested) for name in USUAL[role].split() if name in names), None)


MISSING = object()
"""What `value_at` gives where there is nothing, which is not the same as null."""


def value_at(record: Mapping[str, Any], path: str) -> Any:
    """The value of a field, or of a field within an object; MISSING if there is none.

    >>> value_at({"a": {"b": 1}, "a.c": 2}, "a.b"), value_at({"a": {"b": 1}, "a.c": 2}, "a.c")
    (1, 2)
    """
    if path in record:
        return record[path]
    value: Any = record
    for part in path.split("."):
        if not isinstance(value, Mapping) or part not in value:
            return MISSING
        value = value[part]
    return value
