"""Speed of repair beside ftfy and plsfix, on the same texts in the same run, and the time that hostile texts take.

    python benchmarks/damage.py [--megabytes N] [--whole]
    python benchmarks/damage.py --damaged          # damaged text only, all tools in turn on the same texts

With `--megabytes 100 --whole` plsfix sees the same 100 MB; ftfy, which takes 20 s for them, is then left out.

Needs the development data of the project beside the checkout. Prints a Markdown table of MB/s and ratios.
"""

import argparse
import gzip
import json
import math
import random
import time
from collections.abc import Callable
from pathlib import Path

import ftfy
import plsfix

from newsclean.damage import repair_batch
from newsclean.damage.lossy import repair
from newsclean.damage.models import bigrams
from newsclean.damage.recoding import by_words, classifier

DATA = Path(__file__).parents[1] / "../shared/data/mojibake"
CHAINS = ("utf8>cp1252", "utf8>latin1", "utf8>cp1251", "utf8>cp1250", "utf8>mac_roman", "utf8>cp437")
REMEMBERED = (classifier.judged, repair.repair_line, by_words.by_words, bigrams.cost_of)
ROUNDS = 7  # of all tools in turn
DOCUMENT = 3000  # characters of a text
GROUPS = {
    "Latin": [
        "cs",
        "da",
        "de",
        "es",
        "fi",
        "fr",
        "hu",
        "it",
        "lt",
        "nb",
        "nl",
        "pl",
        "pt",
        "ro",
        "sk",
        "sv",
        "tr",
        "vi",
    ],
    "Cyrillic": ["ru", "uk", "bg", "sr", "mk"],
    "Greek": ["el"],
    "Arabic": ["ar", "fa"],
    "Thai": ["th"],
    "CJK": ["zh", "ja", "ko", "zh-Hans"],
}


def read(name: str) -> list[dict[str, str]]:
    """The records of a development file."""
    with gzip.open(DATA / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def documents(texts: list[str], size: int) -> list[str]:
    """Documents of about DOCUMENT characters made of whole texts, in all `size` bytes or a little more."""
    made: list[str] = []
    total, current, length = 0, [], 0
    while total < size:
        for text in texts:
            current.append(text)
            length += len(text)
            if length >= DOCUMENT:
                made.append("\n".join(current))
                total += len(made[-1].encode("utf-8", "replace"))
                current, length = [], 0
                if total >= size:
                    break
        else:
            if not made:
                current, length = current * 2, length * 2
    return made


def corpora(size: int) -> dict[str, list[str]]:
    """Texts by kind."""
    clean = [record for record in read("clean_dev.jsonl.gz") if record["kind"] == "natural"]
    found = {"ASCII": documents([r["text"] for r in clean if r["lang"] == "en" and r["text"].isascii()], 4 * size)}
    for group, languages in GROUPS.items():
        found[group] = documents([r["text"] for r in clean if r["lang"] in languages], size)
    for chain in CHAINS:
        broken = [r["corrupted"] for r in read("dev.jsonl.gz") if r["chain"] == chain and r["damage"] == "none"]
        found.setdefault("mojibake", []).extend(documents(broken, size // 4 // len(CHAINS)))
    return found


def hostile() -> dict[str, str]:
    """Texts of about 1 MB that might take long."""
    chance = random.Random(3)
    russian = "Привет, мир! Это обычное предложение о погоде в Москве. ".encode().decode("latin-1")
    nested = "é"
    for _ in range(8):
        nested = nested.encode().decode("latin-1")
    units = {
        "lead bytes": "Ã", "units": "Ã¤", "units, one a line": "Ã©\n", "C1": "\x80\x9f", "nested 8 times": nested,
        "entities": "&amp;", "NUL": "a\x00", "UTF-7": "caf+AOk- ", "plus signs": "+", "surrogates": "\ud800a",
        "zero width": "\u200b\u200d", "escapes": "\x1b[0m\x1b[", "marks": "e\u0301\u0323", "one line": russian,
        "letters and C1": "a\x92", "letters and hints": "a\u200b", "emoji": "Ã°Å¸Ëœâ‚¬ ", "C1 in Chinese": "人\x92",
        "all at once": "Ã©\x92\u200b&amp;\x00 +AOk- \ud800\xa0a\u0301\x1b[0m", "escaped again": "&amp;amp;amp;#233;",
    }  # fmt: skip
    found = {name: unit * (1_000_000 // len(unit.encode("utf-8", "surrogatepass"))) for name, unit in units.items()}
    found["100,000 nested encodings"] = "é" + "Ã\x83" * 100_000 + "Â©"
    found["Latin, then a control"] = "a" * 1_000_000 + "\u0400\x00"
    found["one letter and its marks"] = "e" + "\u0301\u0323" * 250_000
    found["random leads and bytes"] = "".join(chance.choice("ÃÂâ€™Ğ¤ÐÑ±éä ,\u2019\x80\x9f") for _ in range(500_000))
    found["random letters"] = "\n".join(
        "".join(map(chr, chance.choices(range(0x80, 0x250), k=60))) for _ in range(8000)
    )
    return found


def speed(function: Callable[[list[str]], object], texts: list[str], times: int = 9) -> float:
    """MB of UTF-8 per second of CPU time, the best of some times."""
    size = sum(len(text.encode("utf-8", "replace")) for text in texts)
    best = 0.0
    for _ in range(times):
        for remembered in REMEMBERED:  # lines come again in real crawls, but how often?
            remembered.cache_clear()
        start = time.process_time()
        function(texts)
        best = max(best, size / 1e6 / (time.process_time() - start))
    return best


def print_damaged(size: int) -> None:
    """Damaged text: each tool in turn on the same texts, so that what else the machine does hits all of them alike."""
    tools: dict[str, Callable[[list[str]], object]] = {
        "newsclean": repair_batch,
        "plsfix.fix_text": lambda batch: [plsfix.fix_text(text) for text in batch],
        "ftfy.fix_text": lambda batch: [ftfy.fix_text(text) for text in batch],
    }
    texts = corpora(size)["mojibake"]
    best = dict.fromkeys(tools, 0.0)
    for _ in range(ROUNDS):
        for name, tool in tools.items():
            best[name] = max(best[name], speed(tool, texts, 1))
    print(f"| damaged text, {len(texts)} texts | MB/s | newsclean is times as fast |\n| --- | --- | --- |")
    for name, own in best.items():
        print(f"| {name} | {own:.2f} | {best['newsclean'] / own:.2f} |")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=float, default=4.0)
    parser.add_argument("--whole", action="store_true", help="give plsfix all texts, not every fourth; no ftfy")
    parser.add_argument("--damaged", action="store_true", help="damaged text only, beside plsfix and ftfy.fix_text")
    options = parser.parse_args()
    size, step = int(options.megabytes * 1e6), 1 if options.whole else 4
    repair_batch(
        ["GrÃ¼ÃŸe", "voilÃ\u00a0 Ã©tÃ©s Ã  lâ€™", *(r["corrupted"] for r in read("dev.jsonl.gz")[::40])]
    )  # warm
    if options.damaged:
        print_damaged(size)
        return
    print(
        "| text | newsclean MB/s | plsfix | ftfy.fix_encoding | ratio to plsfix | ratio to ftfy |\n"
        + "| --- " * 6
        + "|"
    )
    for name, texts in corpora(size).items():
        few = texts[::step]  # of all kinds of mojibake: the peers leave some kinds alone, which is fast
        ours = speed(repair_batch, texts)
        rust = speed(lambda batch: [plsfix.fix_text(text) for text in batch], few)
        python = math.nan if options.whole else speed(lambda batch: [ftfy.fix_encoding(text) for text in batch], few)
        print(f"| {name} | {ours:.1f} | {rust:.1f} | {python:.1f} | {ours / rust:.1f} | {ours / python:.1f} |")
    print("\n| hostile text | seconds |\n| --- | --- |")
    for name, text in hostile().items():
        start = time.process_time()
        repair_batch([text])
        print(f"| {name} | {time.process_time() - start:.2f} |")


if __name__ == "__main__":
    main()
