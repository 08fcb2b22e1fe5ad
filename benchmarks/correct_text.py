"""Correct text that is changed: messages of programs and manuals in some 120 languages, ours and ftfy's in one run.

    python benchmarks/correct_text.py [--half tune|measure|all] [--most N] [--show] [DIRECTORY ...]

Reads message catalogues, translated manuals and help, and messages of web programs and browsers (`translations.py`)
below the directories (default: /usr/share and the packages of this Python). Programs fall into two halves by the
checksum of their name: choices are made on one, figures are told of the other. Catalogues that the models learned from
(Django, WordPress, VLC, iso-codes) are left out.

A chunk is a message, or a paragraph. It is changed if an edit of mojibake or of a recoding is made:
entities, controls and zero-width characters are other damage. Running text: chunks of at least 200 characters, most of
them letters.
"""

import argparse
import os
import re
import site
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import ftfy
from translations import Chunk, chunks_of

from newsclean.damage import repair_batch
from newsclean.damage.characters.rules import RULES

LEARNED = re.compile(r"^(django|djangojs|vlc|admin|continents|iso[_-]?\d.*|plone.*)")
OTHER = {rule.name for rule in RULES if rule.family != "mojibake"}
RUNNING = 200  # characters of a chunk that is running text
LETTERS = 0.7
BATCH = 2000
DAMAGED = re.compile("\ufffd|Ã[\x80-\xbf]|â€|â\x80|Â[«»]")  # in a catalogue: it is not correct


def chunks(directories: list[Path]) -> Iterator[Chunk]:
    """All chunks, each text once."""
    seen: set[int] = set()
    for directory in directories:
        for root, _, names in sorted(os.walk(directory)):
            for name in sorted(names):
                path = Path(root, name)
                for chunk in chunks_of(path) if path.is_file() and not LEARNED.match(name) else ():
                    if hash(chunk.text) not in seen and not DAMAGED.search(chunk.text):
                        seen.add(hash(chunk.text))
                        yield chunk


def half(program: str) -> str:
    """The half that a program falls into."""
    return "tune" if zlib.crc32(program.encode()) % 2 else "measure"


def changed(texts: list[str]) -> list[bool]:
    """Whether each text gets an edit of mojibake or of a recoding."""
    return [any(set(edit.rule.split(" + ")) - OTHER for edit in cleaned.edits) for cleaned in repair_batch(texts)]


def running(text: str) -> bool:
    """Whether a chunk is running text."""
    return len(text) >= RUNNING and sum(c.isalpha() or c.isspace() for c in text) >= LETTERS * len(text)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", default="measure", choices=("tune", "measure", "all"))
    parser.add_argument("--most", type=int, default=0, help="characters of a program and language; 0: all")
    parser.add_argument("--ours", action="store_true", help="do not ask ftfy")
    parser.add_argument("--show", action="store_true")
    parser.add_argument(
        "directories", nargs="*", type=Path, default=[Path("/usr/share"), *map(Path, site.getsitepackages())]
    )
    arguments = parser.parse_args()
    counts = {name: [0, 0] for name in ("ours", "ftfy.fix_encoding")[: 1 if arguments.ours else 2]}
    taken: dict[tuple[str, str], int] = {}
    size, whole, seconds = 0, 0, dict.fromkeys(counts, 0.0)
    some: list[Chunk] = []
    languages: set[str] = set()

    def measure() -> None:
        nonlocal size, whole
        texts = [chunk.text for chunk in some]
        size += sum(map(len, texts))
        long = [running(text) for text in texts]
        whole += sum(len(text) for text, own in zip(texts, long, strict=True) if own)
        for name in counts:
            start = time.process_time()
            found = changed(texts) if name == "ours" else [ftfy.fix_encoding(text) != text for text in texts]
            seconds[name] += time.process_time() - start
            counts[name][0] += sum(found)
            counts[name][1] += sum(a and b for a, b in zip(found, long, strict=True))
            if name == "ours" and arguments.show:
                for chunk, own in zip(some, found, strict=True):
                    if own:
                        [cleaned] = repair_batch([chunk.text])
                        edits = [(e.before[:40], e.after[:40], e.rule, e.confidence) for e in cleaned.edits]
                        edits = [e for e in edits if set(e[2].split(" + ")) - OTHER]
                        print(chunk.program, chunk.language, repr(chunk.text[:100]), edits[:3])
        some.clear()

    for chunk in chunks(arguments.directories):
        if arguments.half not in ("all", half(chunk.program)):
            continue
        key = chunk.program, chunk.language
        if arguments.most and taken.get(key, 0) >= arguments.most:
            continue
        taken[key] = taken.get(key, 0) + len(chunk.text)
        languages.add(chunk.language.split("_")[0].split("@")[0])
        some.append(chunk)
        if len(some) >= BATCH:
            measure()
    measure()
    print(f"{size / 1e6:.1f} M characters, {whole / 1e6:.1f} M of running text, {len(languages)} languages")
    for name, (every, long_ones) in counts.items():
        print(
            f"{name:18} changed chunks {every:5} = {every / size * 1e6:.2f} a million; "
            f"in running text {long_ones:4} = {long_ones / max(whole, 1) * 1e6:.2f}; {seconds[name]:.0f} s"
        )


if __name__ == "__main__":
    main()
