"""Speed of boilerplate removal next to other removers of lines, in one run on the same texts.

    python benchmarks/boilerplate.py CASES.jsonl.gz [--most 1500]

Prints megabytes of UTF-8 a CPU second and the ratio to newsclean; a peer that is not installed is named as such.
"""

import argparse
import gzip
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from newsclean.boilerplate import strip_batch

Remover = Callable[[list[str]], object]


def newsclean(texts: list[str]) -> object:
    return strip_batch(texts)


def newsclean_one_by_one(texts: list[str]) -> object:
    return [strip_batch([text]) for text in texts]


def justext_on_lines(texts: list[str]) -> object:
    from justext import get_stoplist
    from justext.core import classify_paragraphs, revise_paragraph_classification

    stop = frozenset(get_stoplist("English"))
    for text in texts:
        lines = [_Paragraph(line.strip()) for line in text.split("\n") if line.strip()]
        classify_paragraphs(lines, stop)
        revise_paragraph_classification(lines, 200)
    return None


class _Paragraph:
    """A line as the classifier wants a paragraph of HTML."""

    heading = is_heading = False
    cf_class = class_type = xpath = dom_path = ""
    chars_count_in_links = tags_count = 0

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = text.split()
        self.words_count = len(self.words)

    def __len__(self) -> int:
        return len(self.text)

    def links_density(self) -> float:
        return 0.0

    def stopwords_count(self, stop: frozenset[str]) -> int:
        return sum(word.lower() in stop for word in self.words)

    def stopwords_density(self, stop: frozenset[str]) -> float:
        return self.stopwords_count(stop) / max(1, self.words_count)

    @property
    def is_boilerplate(self) -> bool:
        return self.class_type != "good"


def datatrove_c4(texts: list[str]) -> object:
    from datatrove.data import Document
    from datatrove.pipeline.filters import C4QualityFilter

    c4 = C4QualityFilter(min_num_sentences=-1)
    return [c4.filter(Document(text=text, id="")) for text in texts]


def datatrove_fineweb(texts: list[str]) -> object:
    from datatrove.data import Document
    from datatrove.pipeline.filters import FineWebQualityFilter

    fineweb = FineWebQualityFilter()
    return [fineweb.filter(Document(text=text, id="")) for text in texts]


def winnow_md(texts: list[str]) -> object:
    import winnow

    return [winnow.clean(text.replace("\n", "\n\n")) for text in texts]


REMOVERS: tuple[Remover, ...] = (
    newsclean,
    newsclean_one_by_one,
    justext_on_lines,
    datatrove_c4,
    datatrove_fineweb,
    winnow_md,
)


def measured(remover: Remover, texts: list[str]) -> Iterator[float]:
    """Megabytes a CPU second, the best of two runs after a short one to warm up."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    remover(texts[:20])
    for _ in range(2):
        started = time.process_time()
        remover(texts)
        yield size / (time.process_time() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--most", type=int, default=1500, help="texts of each kind")
    options = parser.parse_args()
    with gzip.open(options.cases, "rt", encoding="utf-8") as file:
        cases = [json.loads(line) for line in file]
    for regime in ("residue", "page"):
        texts = [case["text"] for case in cases if case["regime"] == regime][: options.most]
        print(f"\n| {regime} texts ({len(texts)}) | MB/s | newsclean is × as fast |\n| --- | --- | --- |")
        ours = max(measured(newsclean, texts))
        for remover in REMOVERS:
            name = remover.__name__.replace("_", " ")
            try:
                speed = ours if remover is newsclean else max(measured(remover, texts))
            except ImportError as error:
                print(f"| {name} | not installed: {error} | |")
                continue
            print(f"| {name} | {speed:.1f} | {ours / speed:.1f} |", flush=True)


if __name__ == "__main__":
    main()
