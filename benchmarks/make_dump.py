"""Makes a dump of any number of fresh news articles, for measurements at scale.

    python benchmarks/make_dump.py 1000000 dump.jsonl.zst [--truth truth.jsonl] [--words 170] [--seed 1]

No two events share their words: every article is written anew from made-up words of eight languages, frequent ones as
often as they are in news, and new ones for as long as the dump goes on (Zipf, Heaps). A year of dates; the share of
everything below is the same at any size, and a larger dump begins as a smaller one does, but for the dates.

    identical   the same text from another source
    edited      sentences left out, words replaced, often another headline and credit
    contained   a brief of its first sentences, or a round-up that holds it
    template    a frame of its source, filled with other facts: no copy
    story       two to six independent reports on one event, within a few hundred articles
    site text   a line of it below one in ten articles; garbled characters in one of fifty

The truth file has a line for each article that is a copy, of a template, or on a story with others.
"""

import argparse
import heapq
import itertools
import json
import os
import sys
import time
from collections import deque
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec
import numpy as np
from dump_text import (
    FORM_BITS,
    GENERAL,
    KIND_BITS,
    NAME,
    Article,
    Event,
    Tokens,
    Writer,
    joined,
    languages,
    ranks,
    spell,
    tables,
)

BATCH = 2000  # articles written at once
STORIES = 0.09  # share of the events that several sources report
SHARES = {"identical": 0.03, "edited": 0.06, "contained": 0.02, "template": 0.05}
REMEMBERED = 20_000  # articles that copies are made of
SPREAD = 400  # articles within which reports on one event appear
SOURCES = 400


class Archive:
    """Decides what each article is: a fresh report, or made of an earlier one."""

    def __init__(self, count: int, seed: int, words: int) -> None:
        self.count = count
        self.draw = np.random.default_rng([seed, 1])
        self.languages, self.weights = languages()
        self.tables = tables(self.languages)
        self.writer = Writer(seed, words)
        self.due: list[tuple[int, int, Event]] = []
        self.events = 0
        self.remembered: deque[Article] = deque(maxlen=REMEMBERED)

    def lines(self) -> Iterator[tuple[bytes, list[dict[str, Any]]]]:
        """Lines of JSON, many at once, and the truth where there is something to say of an article."""
        for start in range(0, self.count, BATCH):
            articles, truths = list[Article](), list[dict[str, Any]]()
            for article, truth in self._batch(start):
                articles.append(article)
                truths += [truth] if truth else []
            yield self._written(articles), truths

    def _batch(self, start: int) -> Iterator[tuple[Article, dict[str, Any] | None]]:
        shares = [*SHARES.values()]
        kinds = self.draw.choice(len(shares) + 1, BATCH, p=[*shares, 1 - sum(shares)]).tolist()
        if not self.remembered:
            kinds[:100] = [len(shares)] * 100
        numbers = [start + at for at in range(BATCH) if kinds[at] == len(shares)]
        fresh = self._events(numbers)
        written = zip(fresh, self.writer.write(fresh, numbers), strict=True)
        for number, kind in zip(range(start, min(start + BATCH, self.count)), kinds, strict=False):
            if kind < len(shares):
                yield self._derived(number, [*SHARES][kind])
                continue
            event, article = next(written)
            self.remembered.append(article)
            yield article, {"id": f"a{number}", "story": event.number} if event.reports > 1 else None

    def _events(self, numbers: list[int]) -> list[Event]:
        """What each article reports: an event that others have reported, or a new one."""
        found, size = list[Event](), len(numbers)
        languages = self.draw.choice(len(self.languages), size, p=self.weights).tolist()
        reports = np.where(self.draw.random(size) < STORIES, self.draw.integers(2, 7, size), 1).tolist()
        later = self.draw.integers(1, SPREAD, (size, 6)).tolist()
        for at, number in enumerate(numbers):
            if self.due and self.due[0][0] <= number:
                found.append(heapq.heappop(self.due)[2])
                continue
            self.events += 1
            event = Event(self.events, languages[at], reports[at])
            found.append(event)
            for away in later[at][: event.reports - 1]:
                heapq.heappush(self.due, (number + away, self.events, event))
        return found

    def _derived(self, number: int, kind: str) -> tuple[Article, dict[str, Any]]:
        draw = self.draw
        # Most copies appear soon, some long after.
        back = int(draw.random() ** 3 * len(self.remembered)) + 1
        old = self.remembered[-back]
        first = f"a{old.number}"
        if kind == "identical":
            return old._replace(number=number), {"id": f"a{number}", "of": first, "kind": kind}
        if kind == "template":
            frame = self.remembered[int(draw.integers(0, 40))] if number < BATCH else self._frame(old)
            return self._filled(number, frame), {"id": f"a{number}", "template": f"a{frame.number}"}
        if kind == "contained" and draw.random() < 0.5:
            other = self.remembered[-int(draw.integers(1, 200))]
            if other.language == old.language and other is not old:
                both = [other.sentences[0], *other.sentences[1:4], *old.sentences[1:]]
                return joined(number, old.language, both), {"id": f"a{number}", "of": first, "kind": kind}
        if kind == "contained":
            size = max(3, len(old.sentences) // 2)
            return joined(number, old.language, old.sentences[:size]), {"id": f"a{number}", "of": first, "kind": kind}
        return self._edited(number, old), {"id": f"a{number}", "of": first, "kind": kind}

    def _frame(self, old: Article) -> Article:
        """One of the frames that sources fill day by day: an article of a past block of a hundred."""
        behind = len(self.remembered) - 1 - old.number % 40
        return self.remembered[max(0, behind - behind % 500)]

    def _filled(self, number: int, frame: Article) -> Article:
        """The words of a frame, with other names and numbers."""
        rank = ranks(self.draw, len(frame.tokens), NAME)
        other = (frame.tokens >> KIND_BITS << KIND_BITS) | rank
        tokens = np.where(frame.tokens >> KIND_BITS & 3 >= NAME, other, frame.tokens)
        return frame._replace(number=number, tokens=tokens)

    def _edited(self, number: int, old: Article) -> Article:
        """Some sentences gone, some words replaced, often another headline."""
        draw, kept = self.draw, list[Tokens]()
        share = draw.random() * 0.06
        for at, sentence in enumerate(old.sentences):
            chance = draw.random()
            if at == 0 and chance < 0.5:
                sentence = draw.permutation(sentence)
            elif at > 1 and chance < 0.15:
                continue
            elif chance < 0.7:
                rank = ranks(draw, len(sentence), GENERAL)
                other = (sentence >> FORM_BITS << FORM_BITS) | GENERAL << KIND_BITS | rank
                sentence = np.where(draw.random(len(sentence)) < share, other, sentence)
            kept.append(sentence)
        return joined(number, old.language, kept)

    def _written(self, articles: list[Article]) -> bytes:
        """Articles as lines of JSON, in which nothing has to be escaped."""
        tokens = np.concatenate([each.tokens for each in articles])
        bases = np.cumsum([0, *(len(each.tokens) for each in articles)])[:-1]
        headlines, ends = (np.array([each.ends[at] for each in articles]) + bases for at in (0, -1))
        ends = np.stack([headlines, ends], axis=1).ravel()
        out, bounds = np.empty(64 * len(tokens), np.uint8), np.empty(len(ends), np.int64)
        spell(tokens, ends, self.tables, out, bounds)
        data = out[: bounds[-1]].tobytes()
        texts = [data[start:end] for start, end in itertools.pairwise([0, *bounds.tolist()])]
        sources = (self.draw.random(len(articles)) ** 2 * SOURCES).astype(np.int64).tolist()
        extras = self.draw.random(len(articles)).tolist()
        return b"".join(map(self._line, articles, texts[::2], texts[1::2], sources, extras))

    def _line(self, article: Article, title: bytes, text: bytes, source: int, extra: float) -> bytes:
        language = self.languages[article.language]
        text += language.stop.rstrip().encode()
        if extra < 0.1:
            text += b"\\n\\n" + language.share[int(extra * 10 * len(language.share))].encode().replace(b"{}", title)
        elif extra < 0.12:
            text = text.replace(b" ", " — ".encode(), 1).decode("latin-1").encode()
        elif extra < 0.2:
            text = b"(%b) %b" % (language.wire.encode(), text)
        day = date(2025, 1, 1) + timedelta(days=article.number * 365 // max(1, self.count))
        return b'{"id":"a%d","title":"%b","text":"%b","date":"%b","source":"site%d.example","lang":"%b"}\n' % (
            article.number, title, text, day.isoformat().encode(), source, language.code.encode(),
        )  # fmt: skip


def open_output(path: str) -> BinaryIO:
    """A file to write to, compressed if its name says so; `-` is standard output."""
    if path == "-":
        return sys.stdout.buffer
    if path.endswith(".zst"):
        from backports import zstd

        return cast(BinaryIO, zstd.open(path, "wb", level=3))
    return Path(path).open("wb")


def make(count: int, path: str, truth: str | None = None, words: int = 170, seed: int = 1) -> dict[str, float]:
    """Write a dump; how many articles, bytes and CPU seconds it has taken."""
    archive = Archive(count, seed, words)
    begun, size, encode = time.process_time(), 0, msgspec.json.Encoder().encode
    with open_output(path) as out, Path(truth or os.devnull).open("wb") as told:
        for lines, known in archive.lines():
            size += len(lines)
            out.write(lines)
            told.writelines(encode(each) + b"\n" for each in known)
    return {"articles": count, "bytes": size, "cpu": round(time.process_time() - begun, 2)}


def main() -> None:
    """Read the command line and make the dump."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int, help="articles")
    parser.add_argument("out", help="JSON Lines, compressed if it ends in .zst; - for standard output")
    parser.add_argument("--truth", help="file for what is a copy of what")
    parser.add_argument("--words", type=int, default=170, help="words of an article, on average")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    figures = make(options.count, options.out, options.truth, options.words, options.seed)
    print(json.dumps(figures | {"per_second": round(options.count / figures["cpu"])}), file=sys.stderr)


if __name__ == "__main__":
    main()
