"""Speed of repair beside ftfy and plsfix, on the same texts in the same run.

    python benchmarks/damage.py [--megabytes N]

Needs the development data of the project beside the checkout. Prints a Markdown table of MB/s and ratios.
"""

import argparse
import gzip
import json
import time
from collections.abc import Callable
from pathlib import Path

import ftfy
import plsfix

from newsclean.damage import repair_batch

DATA = Path(__file__).parents[1] / "../shared/data/mojibake"
CHAINS = ("utf8>cp1252", "utf8>latin1", "utf8>cp1251", "utf8>cp1250", "utf8>mac_roman", "utf8>cp437")
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
        found.setdefault("mojibake", []).extend(documents(broken, size // 8 // len(CHAINS)))
    return found


def speed(function: Callable[[list[str]], object], texts: list[str]) -> float:
    """MB of UTF-8 per second of CPU time."""
    size = sum(len(text.encode("utf-8", "replace")) for text in texts)
    start = time.process_time()
    function(texts)
    return size / 1e6 / (time.process_time() - start)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--megabytes", type=float, default=4.0)
    size = int(parser.parse_args().megabytes * 1e6)
    repair_batch(
        ["GrÃ¼ÃŸe", "voilÃ\u00a0 Ã©tÃ©s Ã  lâ€™", *(r["corrupted"] for r in read("dev.jsonl.gz")[::40])]
    )  # warm
    print(
        "| text | newsclean MB/s | plsfix | ftfy.fix_encoding | ratio to plsfix | ratio to ftfy |\n"
        + "| --- " * 6
        + "|"
    )
    for name, texts in corpora(size).items():
        few = texts[: max(1, len(texts) // 4)]
        ours = speed(repair_batch, texts)
        rust = speed(lambda batch: [plsfix.fix_text(text) for text in batch], few)
        python = speed(lambda batch: [ftfy.fix_encoding(text) for text in batch], few)
        print(f"| {name} | {ours:.1f} | {rust:.1f} | {python:.1f} | {ours / rust:.1f} | {ours / python:.1f} |")


if __name__ == "__main__":
    main()
