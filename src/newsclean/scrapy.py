"""Item pipelines for Scrapy. Needs Scrapy (and nothing else of it than items).

ITEM_PIPELINES = {"newsclean.scrapy.Clean": 300, "newsclean.scrapy.Duplicates": 400}
NEWSCLEAN_INDEX = "news.index"
"""

from typing import Any

from newsclean.duplicates import DuplicateIndex
from newsclean.errors import InputError
from newsclean.formats.dates import iso_date
from newsclean.pipeline import clean
from newsclean.settings import Settings

try:
    from itemadapter import ItemAdapter
    from scrapy.exceptions import DropItem
except ImportError as error:
    raise InputError("newsclean.scrapy needs Scrapy: pip install scrapy") from error

__all__ = ["Clean", "Duplicates"]
COPIES = ("identical", "near_duplicate", "contained")


class Clean:
    """Cleans the field `NEWSCLEAN_TEXT` (`text`) of each item; `edits` is filled where the item has that field."""

    def __init__(self, text: str = "text", source: str = "source", settings: Settings = Settings()) -> None:
        self.text, self.source, self.settings = text, source, settings

    @classmethod
    def from_crawler(cls, crawler: Any) -> "Clean":
        """With the names of fields, and a settings file, from the settings of the crawler."""
        get = crawler.settings.get
        path = get("NEWSCLEAN_SETTINGS")
        settings = Settings.from_toml(path) if path else Settings()
        return cls(get("NEWSCLEAN_TEXT", "text"), get("NEWSCLEAN_SOURCE", "source"), settings)

    def process_item(self, item: Any, spider: Any = None) -> Any:
        """The item with its text cleaned; an item without a text passes."""
        fields = ItemAdapter(item)
        text = fields.get(self.text)
        if not isinstance(text, str):
            return item
        source = fields.get(self.source)
        result = clean(text, self.settings, source=source if isinstance(source, str) else None)
        fields[self.text] = result.text
        if "edits" in fields.field_names() or isinstance(item, dict):
            fields["edits"] = [edit._asdict() for edit in result.edits]
        return item


class Duplicates:
    """Drops items that are copies of one in the index `NEWSCLEAN_INDEX`, and adds all others to it."""

    def __init__(self, index: str, text: str = "text", identifier: str = "url") -> None:
        self.path, self.text, self.identifier = index, text, identifier
        self.index: DuplicateIndex | None = None

    @classmethod
    def from_crawler(cls, crawler: Any) -> "Duplicates":
        """With the path of the index and the names of fields from the settings of the crawler."""
        get = crawler.settings.get
        index = get("NEWSCLEAN_INDEX")
        if not index:
            raise InputError("name the index in the setting NEWSCLEAN_INDEX")
        return cls(index, get("NEWSCLEAN_TEXT", "text"), get("NEWSCLEAN_ID", "url"))

    def open_spider(self, spider: Any = None) -> None:
        """Open the index."""
        self.index = DuplicateIndex(self.path)

    def close_spider(self, spider: Any = None) -> None:
        """Close the index."""
        if self.index is not None:
            self.index.close()

    def process_item(self, item: Any, spider: Any = None) -> Any:
        """The item, if it is none that is known.

        Raises:
            DropItem: it is a copy; the message names the article it is a copy of.
        """
        fields = ItemAdapter(item)
        text, identifier = fields.get(self.text), fields.get(self.identifier)
        if self.index is None or not isinstance(text, str) or not text.strip() or identifier is None:
            return item
        document = {"id": str(identifier), "text": text, "date": iso_date(fields.get("date"))}
        for pair in self.index.query([document]):
            if pair.relation in COPIES:
                other = pair.left if pair.right == document["id"] else pair.right
                raise DropItem(f"{pair.relation} of {other}")
        self.index.add([document])
        return item
