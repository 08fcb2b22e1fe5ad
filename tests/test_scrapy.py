"""The item pipelines of Scrapy, made as a crawler makes them."""

from pathlib import Path

import pytest

pytest.importorskip("scrapy")

import scrapy
from scrapy.exceptions import DropItem
from scrapy.utils.test import get_crawler

from newsclean.errors import InputError
from newsclean.scrapy import Clean, Duplicates

STORY = "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats."


class Article(scrapy.Item):  # type: ignore[misc]
    url = scrapy.Field()
    body = scrapy.Field()


def test_items_of_every_kind_are_cleaned() -> None:
    pipeline = Clean.from_crawler(get_crawler(settings_dict={"NEWSCLEAN_TEXT": "body"}))
    item = pipeline.process_item(Article(url="u", body="The cafÃ© is open."))
    assert item["body"] == "The café is open."
    mapping = pipeline.process_item({"body": "The cafÃ© is open."})
    assert mapping["edits"][0]["before"] == "Ã©"
    assert pipeline.process_item({"body": None}) == {"body": None}


def test_copies_are_dropped(tmp_path: Path) -> None:
    settings = {"NEWSCLEAN_TEXT": "body", "NEWSCLEAN_INDEX": str(tmp_path / "news.index")}
    pipeline = Duplicates.from_crawler(get_crawler(settings_dict=settings))
    pipeline.open_spider()
    pipeline.process_item({"url": "a", "body": STORY})
    pipeline.process_item({"url": "b", "body": "Nothing happened in the village of Ardenburg this week."})
    with pytest.raises(DropItem, match="identical of a"):
        pipeline.process_item({"url": "c", "body": STORY.upper()})
    pipeline.close_spider()


def test_an_index_must_be_named() -> None:
    with pytest.raises(InputError, match="NEWSCLEAN_INDEX"):
        Duplicates.from_crawler(get_crawler())
