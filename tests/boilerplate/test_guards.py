"""Articles with lists, tables, questions, verses and times in them stay as they are, in each mode but `thorough`; and
they come out whole from under what a site puts around them. (But for their titles: between a menu and the text a
title looks like a kicker or a caption, and may go.)"""

from pathlib import Path

import pytest

from newsclean.boilerplate import strip_batch
from newsclean.settings import BoilerplateSettings

ARTICLES = sorted((Path(__file__).parent / "cases/articles").glob("*.txt"))
AROUND = (
    "Home\nMenu\nSubscribe to our newsletter\n\n",
    "\n\nShare this article\n\nRead more\n\nLeave a comment\n\n© 2024 Example Media. All rights reserved.\n",
)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
@pytest.mark.parametrize("mode", ["safe", "balanced"])
def test_clean_articles_stay(article: Path, mode: str) -> None:
    text = article.read_text(encoding="utf-8")
    [cleaned] = strip_batch([text], BoilerplateSettings(mode=mode))
    assert cleaned.edits == ()


@pytest.mark.parametrize("article", ARTICLES, ids=lambda path: path.stem)
def test_articles_come_out_whole(article: Path) -> None:
    text = article.read_text(encoding="utf-8").strip()
    body = text.partition("\n\n")[2]
    [cleaned] = strip_batch([text.join(AROUND)])
    assert body in cleaned.text
    assert "rights reserved" not in cleaned.text
