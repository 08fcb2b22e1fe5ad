"""Constructed pairs of pages: what sites make of articles, and what running news looks like.

Of background articles: different articles under which a site repeats the same other things, and edited long pages. Of
background articles and of unlabelled crawls in eight languages: reports with leads of their own above one background,
which are no copies; edited copies and items of round-ups, which are.
"""

import random
import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from training.duplicates.datasets import Document, Labelled, measured, plain, read

BACKGROUND = "background"
EACH = 70  # pairs of every kind made of a crawl
LENGTH = 6000  # characters of a body, at most
SHORT, SHORT_IDEOGRAPHS = 350, 120  # characters of a body, at least
_SENTENCE = re.compile(r"(?<=[.!?。！？।])\s*|\n+")
_UNSPACED = 60  # characters without a space, from which words are not parted by spaces
Pair = tuple[str, str, int]


class Article(NamedTuple):
    """A headline and what stands below it."""

    title: str
    body: str

    @property
    def text(self) -> str:
        return f"{self.title}\n\n{self.body}"


def pages(count: int = 900, seed: int = 5) -> Labelled:
    """Constructed pages: different articles under which a site repeats the same other things, and edited long pages.

    The former are *not* copies; real ones (endless pages, feeds, footers, lists of headlines) are the commonest wrong
    duplicates of exact containment. The latter are copies, lest a model hold length against them.
    """
    chooser = random.Random(seed)
    background = plain(read(BACKGROUND))
    bodies = [document["text"] for document in background if len(document["text"]) > 600]
    makers = (_endless, _footer, _revised)
    made = [("page", makers[pair % 3](chooser, bodies)) for pair in range(count)]
    return _labelled(made, background)


def crawled(seed: int = 5) -> Labelled:
    """Pairs made of articles of one crawl each; the crawl is their group, and their kind stands in `judged`."""
    every = {document["crawl"] for document in read("crawls")}
    made: list[tuple[str, Pair]] = []
    for crawl in (BACKGROUND, *sorted(every)):
        chooser, articles = random.Random(seed), articles_of(crawl)
        made += [
            (f"{crawl} {kind}", pair)
            for kind, maker in KINDS.items()
            for _ in range(EACH)
            if (pair := maker(chooser, articles)) is not None
        ]
    return _labelled(made, [])


def articles_of(crawl: str) -> list[Article]:
    """The articles of a crawl, or of the background, that are long enough to be cut."""
    documents = read(BACKGROUND) if crawl == BACKGROUND else [each for each in read("crawls") if each["crawl"] == crawl]
    found = []
    for document in documents:
        lines = [line for line in document["text"].split("\n") if line.strip()]
        title = document.get("title") or (lines[0][:120] if lines else "")
        body = document["text"].removeprefix(title).strip()
        least = SHORT if _is_spaced(body) else SHORT_IDEOGRAPHS
        if 0 < len(title) < 200 and len(body) > least:
            found.append(Article(title, body[:LENGTH]))
    return found


def _labelled(made: Sequence[tuple[str, Pair]], others: list[Document]) -> Labelled:
    """Pairs with features, in the order in which they were made; `made` has the group and kind of each."""
    documents: list[Document] = []
    judged: list[Document] = []
    for number, (name, (left, right, label)) in enumerate(made):
        group, _, kind = name.partition(" ")
        ids = [f"page-{number}-{side}" for side in "ab"]
        documents += ({"id": each, "text": text} for each, text in zip(ids, (left, right), strict=True))
        judged.append({"a": ids[0], "b": ids[1], "label": label, "source": group, "lang": "", "kind": kind})
    return measured(documents + others, len(documents), judged)


def _is_spaced(text: str) -> bool:
    return " " in text[:_UNSPACED]


def _sentences(text: str) -> list[str]:
    return [sentence for sentence in _SENTENCE.split(text) if sentence.strip()]


def _round_up(chooser: random.Random, articles: list[Article]) -> Pair:
    """An article, and a page of several in which it stands, cut at times, below another headline."""
    one, *others = chooser.sample(articles, chooser.randint(4, 12))
    sentences = _sentences(one.body)
    item = one.body if chooser.random() < 0.6 else " ".join(sentences[: chooser.randint(2, 6)])
    items = [" ".join(_sentences(other.body)[: chooser.randint(2, 8)]) for other in others]
    headline = f"{one.title}\n" if chooser.random() < 0.5 else ""
    items.insert(chooser.randint(0, len(items)), headline + item)
    return one.text, "\n\n".join([others[0].title, *items]), 1


def _follow_up(chooser: random.Random, articles: list[Article]) -> Pair | None:
    """Two articles with leads of their own above the same background."""
    shared, left, right = chooser.sample(articles, 3)
    sentences = _sentences(shared.body)
    background = sentences[len(sentences) // 3 :]
    if len(sentences) < 4:
        return None
    room = sum(map(len, background)) * chooser.uniform(0.25, 0.55)
    kept = [sentence for sentence in background if chooser.random() < 0.9]
    pages = ((left, background), (right, kept))
    made = (f"{each.title}\n\n{' '.join(_lead(each, room) + rest)}" for each, rest in pages)
    return next(made), next(made), 0


def _lead(article: Article, room: float) -> list[str]:
    """The first sentences of an article, until they fill the room."""
    found, size = list[str](), 0
    for sentence in _sentences(article.body):
        found.append(sentence)
        size += len(sentence)
        if size >= room:
            break
    return found


def _edited(chooser: random.Random, articles: list[Article]) -> Pair:
    """An article and itself, with some words replaced, perhaps without its end, with counters and times below."""
    one, other = chooser.choice(articles), chooser.choice(articles)
    cut, join = (str.split, " ".join) if _is_spaced(one.body) else (list, "".join)
    words, spare = cut(one.text), cut(other.body)
    changed, kept = chooser.uniform(0.0, 0.12), chooser.uniform(0.5, 1.2)
    edited = [chooser.choice(spare) if chooser.random() < changed else word for word in words]
    stamps = " ".join(_stamp(chooser) for _ in range(chooser.randrange(3)))
    return one.text, f"{join(edited[: int(kept * len(edited))])}\n{stamps}", 1


KINDS: dict[str, Callable[[random.Random, list[Article]], Pair | None]] = {
    "round-up": _round_up,
    "follow-up": _follow_up,
    "edited": _edited,
}


def _endless(chooser: random.Random, bodies: list[str]) -> Pair:
    """Two articles with the same other articles below, not always in the same order, sometimes each other."""
    first, second, *feed = chooser.sample(bodies, chooser.randint(4, 14))
    other = list(feed)
    if chooser.random() < 0.5:
        chooser.shuffle(other)
    if chooser.random() < 0.4:
        feed, other = [*feed, second], [*other, first]
    kept = chooser.uniform(0.6, 1.0)
    other = [body for body in other if chooser.random() < kept] or other
    first, second = (body[: chooser.choice((90, len(body)))] for body in (first, second))  # some have a headline only
    return "\n\n".join([first, *feed]), "\n\n".join([second, *other]), 0


def _footer(chooser: random.Random, bodies: list[str]) -> Pair:
    """Two articles, cut, with the same footer or headlines."""
    first, second = (body[: chooser.choice((60, 200, 1200))] for body in chooser.sample(bodies, 2))
    words = " ".join(chooser.sample(bodies, 2)).split()
    start = chooser.randrange(max(1, len(words) - 150))
    footer = " ".join(words[start : start + chooser.randint(20, 140)])
    return f"{first}\n\n{footer}", f"{second}\n\n{footer}", 0


def _revised(chooser: random.Random, bodies: list[str]) -> Pair:
    """A long article and itself, with some words replaced, perhaps without its end, with other counters and times."""
    words = "\n\n".join(chooser.sample(bodies, chooser.randint(1, 12))).split(" ")
    changed, kept = chooser.uniform(0.0, 0.12), chooser.uniform(0.5, 1.2)
    spare = chooser.choice(bodies).split(" ")
    edited = [chooser.choice(spare) if chooser.random() < changed else word for word in words]
    left, right = " ".join(words), " ".join(edited[: int(kept * len(edited))])
    if chooser.random() < 0.5:  # a number more or less must not matter where nothing else differs
        left, right = (re.sub(r"\S*\d\S*", "", text) for text in (left, right))
    if chooser.random() < 0.3:  # a caption, or headlines of other articles, below the headline
        headlines = " ".join(chooser.choice(bodies)[:70] for _ in range(chooser.randint(1, 6)))
        cut = right.find(" ", chooser.randint(30, 80))
        right = f"{right[:cut]}\n{headlines}\n{right[cut:]}"
    stamps = chooser.randrange(4)  # times, counters of comments and views
    left, right = (f"{text}\n{' '.join(_stamp(chooser) for _ in range(stamps))}" for text in (left, right))
    return left, right, 1


def _stamp(chooser: random.Random) -> str:
    """Something with a number that a site adds to an article."""
    number = chooser.randrange(1, 3000)
    return chooser.choice(("Comments ({})", "{} views", "Updated {}", "Share {}", "Page {}")).format(number)
