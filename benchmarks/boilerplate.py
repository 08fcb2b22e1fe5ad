"""Speed of boilerplate removal next to other removers of lines, in one run on the same texts.

    python benchmarks/boilerplate.py CASES.jsonl.gz [--most 1500]

Prints megabytes of UTF-8 a CPU second and the ratio to newsclean; a peer that is not installed is named as such. Then
what each stage takes, what one text takes, and how long hostile texts keep it busy and how much memory they need.
FineWeb's filter needs `spacy` as well (a blank English tokenizer).
"""

import argparse
import gzip
import json
import multiprocessing
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from newsclean.boilerplate import strip_batch, tagger
from newsclean.boilerplate.decision import POINTS, removable
from newsclean.boilerplate.evidence import Context, describe, weigh
from newsclean.boilerplate.features import features
from newsclean.boilerplate.lines import scan, text_bounds, unwrapped
from newsclean.boilerplate.rules import dictionary, rule_lines
from newsclean.boilerplate.rules.words import forget
from newsclean.boilerplate.segments import joined, sentences
from newsclean.compilation import tier
from newsclean.settings import BoilerplateSettings

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


HOSTILE = {
    "one line of 100 MB": lambda: "word " * 20_000_000,
    "50 million lines of one character": lambda: "a\n" * 50_000_000,
    "100 million line breaks": lambda: "\n" * 100_000_000,
    "one line of 4 MB, the longest that is judged": lambda: "word " * 800_000,
    "100,000 lines of one character, the most that are judged": lambda: "a\n" * 100_000,
    "100,000 lines of 39 characters, all alike": lambda: "Read more about this article on our page\n"[1:] * 100_000,
}


def measured(run: Callable[[], object], rounds: int = 3) -> float:
    """CPU seconds, the least of some runs."""
    seconds = []
    for _ in range(rounds):
        forget()
        started = time.process_time()
        run()
        seconds.append(time.process_time() - started)
    return min(seconds)


def peers(texts: list[str]) -> Iterator[tuple[str, float | ImportError]]:
    """Megabytes a CPU second of each remover, after a short run to warm up."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    for remover in REMOVERS:
        name = remover.__name__.replace("_", " ")
        try:
            remover(texts[:20])
        except ImportError as error:
            yield name, error
            continue
        yield name, size / measured(lambda run=remover: run(texts))  # type: ignore[misc]


def stages(texts: list[str]) -> Iterator[tuple[str, float]]:
    """CPU seconds of the steps of one round (`phrases, cues and pieces` has the first two in it), and of everything."""
    known, context = dictionary(), Context(BoilerplateSettings(), None, [None] * len(texts))
    lines = scan(texts)
    found = sentences(texts, known)
    segments, hits = joined(found, known)
    described = describe(texts)
    table, evidence = features(*described), weigh(described, context)
    yield "sentences and words", measured(lambda: scan(texts))
    yield "wrapped lines", measured(lambda: unwrapped(lines))
    yield "phrases, cues and pieces", measured(lambda: sentences(texts, known))
    yield "segments", measured(lambda: joined(found, known))
    yield "rules", measured(lambda: rule_lines(texts, segments, hits, known))
    yield "features", measured(lambda: features(*described))
    of_lines = text_bounds(described.lines), described.length, described.found
    yield "tagger", measured(lambda: tagger.probabilities(tagger.Batch(table, *of_lines)))
    yield "decision", measured(lambda: removable(evidence, POINTS["balanced"]))
    yield "all, with later rounds and edits", measured(lambda: strip_batch(texts))


def hostile(name: str) -> tuple[float, float, str]:
    """CPU seconds, megabytes of memory beyond the text, and the flag; runs in a process of its own."""
    with tier(False):
        strip_batch(["Read more\nabout this"])
        text = HOSTILE[name]()
        before = peak()
        started = time.process_time()
        [cleaned] = strip_batch([text])
        return time.process_time() - started, peak() - before, ", ".join(cleaned.flags)


def peak() -> float:
    """Megabytes this process has held at most (of Linux; `getrusage` would count what its parent held)."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path)
    parser.add_argument("--most", type=int, default=1500, help="texts of each kind")
    options = parser.parse_args()
    texts: dict[str, list[str]] = {"residue": [], "page": []}
    with gzip.open(options.cases, "rt", encoding="utf-8") as file:
        for case in map(json.loads, file):  # the labels are not kept: they would slow down every collection of garbage
            texts[case["regime"]].append(case["text"])
    with tier(False):
        for regime, every in texts.items():
            chosen = every[: options.most]
            print(f"\n| {regime} texts ({len(chosen)}) | MB/s | newsclean is × as fast |\n| --- | --- | --- |")
            ours = 0.0
            for name, speed in peers(chosen):
                if isinstance(speed, ImportError):
                    print(f"| {name} | not installed: {speed} | |")
                    continue
                ours = ours or speed
                print(f"| {name} | {speed:.1f} | {ours / speed:.1f} |", flush=True)
            size, lines = sum(len(text.encode()) for text in chosen), len(scan(chosen).table)
            print(f"\n| stage, {regime} texts | ms a MB | µs a line ({size / lines:.0f} bytes) |\n| --- | --- | --- |")
            for name, seconds in stages(chosen):
                print(f"| {name} | {seconds * 1e9 / size:.1f} | {seconds * 1e6 / lines:.2f} |", flush=True)
        print("\n| one text, bytes | lines | ms |\n| --- | --- | --- |")
        for size in (1_000, 3_000, 6_000):
            text = min(texts["residue"], key=lambda text: abs(len(text.encode()) - size))
            seconds = measured(lambda text=text: [strip_batch([text]) for _ in range(100)]) / 100  # type: ignore[misc]
            print(f"| {len(text.encode())} | {len(scan([text]).table)} | {seconds * 1e3:.2f} |")
    print("\n| hostile text | CPU s | MB beyond the text | flag |\n| --- | --- | --- | --- |")
    for name in HOSTILE:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            seconds, memory, flags = pool.apply(hostile, (name,))
        print(f"| {name} | {seconds:.2f} | {memory:.0f} | {flags} |", flush=True)


if __name__ == "__main__":
    main()
