"""From the values of a record to what the stages need of it, or to the reason why it is no article."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from newsclean.formats.base import Document, Reject
from newsclean.formats.dates import iso_date
from newsclean.formats.fields import MISSING, ROLES, Fields

_NAMES_SHOWN = 12
_OTHERS = ("title", "date", "source", "lang", "url")
_HAS = {role: f"has:{role}" for role in ROLES}


class Reader:
    """Makes documents of the records of one chunk, and counts what it meets."""

    def __init__(self, file: str, name: str, fields: Fields) -> None:
        self.file, self.name, self.fields = file, name, fields
        self.rejects: list[Reject] = []
        self._asked: Counter[tuple[str, ...]] = Counter()  # documents by the roles that they were asked for
        self._lacking: Counter[str] = Counter()  # those without a role
        self._dates: Counter[str] = Counter()

    @property
    def counts(self) -> dict[str, int]:
        """How many documents have each role, and dates that could not be read."""
        has: Counter[str] = Counter()
        for roles, count in self._asked.items():
            for role in roles:
                has[_HAS[role]] += count
        for role, count in self._lacking.items():
            has[_HAS[role]] -= count
        return {**has, **self._dates}

    def reject(self, line: int | None, reason: str, identifier: str | None = None) -> None:
        """Note a record that cannot be used."""
        self.rejects.append(Reject(self.file, line, reason, identifier))

    def document(self, values: dict[str, Any], line: int, names: Iterable[str]) -> tuple[Document | None, bool]:
        """The document that the values of a record's roles make, and whether its id is its own.

        A record without an id gets one from its place. `names` are all fields of the record.
        """
        identifier, own = values.get("id"), True
        if identifier is MISSING or identifier is None or identifier == "":
            identifier, own = f"{self.name}:{line}", False
        elif isinstance(identifier, bool) or not isinstance(identifier, (str, int)):
            kind = type(identifier).__name__
            self.reject(line, f"field {self.fields.id!r} must be a string or an integer, not {kind}")
            return None, False
        identifier = str(identifier)
        text = values.get("text", MISSING)
        if not isinstance(text, str) or not text or text.isspace():
            self.reject(line, self._no_text(text, names), identifier)
            return None, False
        title, date, source, lang, url = map(values.get, _OTHERS)  # most records lack most of them
        lang = _string(lang)
        for role, value in values.items():
            if value is None or value is MISSING or value == "":
                self._lacking[role] += 1
        self._asked[tuple(values)] += 1
        found: Document = {
            "id": identifier,
            "text": text,
            "title": None if title is None else _string(title),
            "date": None if date is None else self._date(date, lang),
            "source": (source and _string(source)) or (url and _host(url)) or None,
            "lang": lang,
        }
        return found, own

    def _no_text(self, text: Any, names: Iterable[str]) -> str:
        """Why there is no text."""
        field = self.fields.text
        if text is MISSING:
            known = sorted(names)
            there = ", ".join(known[:_NAMES_SHOWN]) or "none at all"
            return f"no field {field!r} (fields: {there}); name it with --field text=NAME"
        if not isinstance(text, str):
            kind = "null" if text is None else type(text).__name__
            return f"field {field!r} must be a string, not {kind}"
        return f"field {field!r} is empty"

    def _date(self, value: Any, lang: str | None) -> str | None:
        if value is MISSING or value is None or value == "":
            return None
        found = iso_date(value, lang)
        if found is None:
            self._dates[f"date-unread:{str(value)[:40]}"] += 1
        return found


def _string(value: Any) -> str | None:
    """An optional field as a string; other types are ignored."""
    return value or None if isinstance(value, str) else None


def _host(url: Any) -> str | None:
    """The site an article comes from, where only its address is known."""
    if not isinstance(url, str):
        return None
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None
