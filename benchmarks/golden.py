"""Saves what the stages do to the development data, and compares it with what was saved before.

    python benchmarks/golden.py save DIR [--parts repair,strip,duplicates,run] [--every 5]
    python benchmarks/golden.py compare DIR [--parts ...]

A change that only moves or renames code leaves every byte as it was. `save` before the change (or from a checkout of
the version before it, by PYTHONPATH), `compare` after it; `compare` uses the parts and the sample that were saved,
lists the first differences and exits with 1 if there are any. The parts:

    repair      edits of the damaged and the correct texts of data/mojibake
    strip       edits of the labelled texts of data/boilerplate, in all modes
    duplicates  pairs, kept articles and clusters of the sets of data/coverage
    run         the bytes that `newsclean.run` writes for a sample of articles and for the seeds
"""

import argparse
import gzip
import hashlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared/data"
MODES = ("safe", "balanced", "thorough")
DIFFERENCES = 10  # shown of each part
BATCH = 500


def read(path: Path, every: int = 1) -> Iterator[dict[str, Any]]:
    """Every so-many-th record of a shared file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % every == 0:
                yield json.loads(line)


def repair(every: int) -> Iterator[tuple[str, Any]]:
    """Edits of each text of data/mojibake."""
    import newsclean

    settings = newsclean.Settings()
    for path in sorted((DATA / "mojibake").glob("*.jsonl.gz")):
        records = list(read(path, every))
        texts = [record.get("corrupted", record.get("text")) for record in records]
        for start in range(0, len(texts), BATCH):
            batch = newsclean.clean_batch(texts[start : start + BATCH], settings, steps=["repair"])
            for record, cleaned in zip(records[start:], batch, strict=False):
                yield f"{path.stem}/{record['id']}", _edits(cleaned)


def strip(every: int) -> Iterator[tuple[str, Any]]:
    """Edits of each text of data/boilerplate in each mode."""
    import newsclean

    for path in sorted((DATA / "boilerplate").glob("*.jsonl.gz")):
        records = list(read(path, every))
        texts = [record["text"] for record in records]
        for mode in MODES:
            settings = newsclean.Settings(boilerplate=newsclean.BoilerplateSettings(mode=mode))
            for start in range(0, len(texts), BATCH):
                batch = newsclean.clean_batch(texts[start : start + BATCH], settings, steps=["strip"])
                for record, cleaned in zip(records[start:], batch, strict=False):
                    yield f"{path.stem}/{mode}/{record['id']}", _edits(cleaned)


def duplicates(every: int) -> Iterator[tuple[str, Any]]:
    """Pairs, kept articles and clusters of each set of data/coverage."""
    import newsclean

    names = ("text", "id", "title", "date", "source", "lang")
    for path in sorted((DATA / "coverage").glob("*.jsonl.gz")):
        if ".pairs." in path.name:
            continue
        documents = [
            {name: record[name] for name in names if record.get(name) is not None} for record in read(path, every)
        ]
        unique = {document["id"]: document for document in documents}  # crawls hold some ids twice
        found = newsclean.find_duplicates(unique.values())
        yield f"{path.stem}/pairs", [list(pair) for pair in found.pairs]
        yield f"{path.stem}/keep", found.keep
        for kind in ("duplicate", "story"):
            yield f"{path.stem}/{kind}", [list(cluster) for cluster in found.clusters(kind)]


def run(every: int) -> Iterator[tuple[str, Any]]:
    """Digests of the files that a run over the seeds, and over articles with metadata, writes."""
    import newsclean

    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "articles.jsonl"
        lines = (json.dumps(record) for record in read(DATA / "coverage/crawls.jsonl.gz", max(every, 3)))
        corpus.write_text("\n".join(lines) + "\n", encoding="utf-8")
        for name, source in (("seeds", ROOT / "seeds"), ("articles", corpus)):
            out = Path(folder) / f"out-{name}"
            newsclean.run([str(source)], str(out), workers=1)
            for path in sorted(out.rglob("*")):
                if path.is_file():
                    data = path.read_bytes().replace(folder.encode(), b"").replace(str(ROOT).encode(), b"")
                    yield f"{name}/{path.relative_to(out)}", hashlib.blake2b(data, digest_size=16).hexdigest()


PARTS: dict[str, Callable[[int], Iterator[tuple[str, Any]]]] = {
    "repair": repair, "strip": strip, "duplicates": duplicates, "run": run,
}  # fmt: skip


def _edits(cleaned: Any) -> list[Any]:
    return [[list(edit) for edit in cleaned.edits], list(cleaned.flags)]


def save(folder: Path, parts: list[str], every: int) -> None:
    """Write one file a part."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sample.json").write_text(json.dumps({"every": every}))
    for part in parts:
        with gzip.open(folder / f"{part}.jsonl.gz", "wt", encoding="utf-8", compresslevel=1) as out:
            for name, value in PARTS[part](every):
                out.write(json.dumps([name, value]) + "\n")
        print(f"saved {part}", file=sys.stderr)


def compare(folder: Path, parts: list[str]) -> int:
    """How many outputs differ from those saved."""
    every = json.loads((folder / "sample.json").read_text())["every"]
    total = 0
    for part in parts:
        with gzip.open(folder / f"{part}.jsonl.gz", "rt", encoding="utf-8") as lines:
            saved = dict(map(json.loads, lines))
        now = {name: json.loads(json.dumps(value)) for name, value in PARTS[part](every)}
        differing = [name for name in saved.keys() | now.keys() if saved.get(name) != now.get(name)]
        print(f"{part}: {len(differing)} of {len(saved)} outputs differ")
        for name in sorted(differing)[:DIFFERENCES]:
            print(f"  {name}\n    saved {str(saved.get(name))[:300]}\n    now   {str(now.get(name))[:300]}")
        total += len(differing)
    return total


def main() -> None:
    """Save or compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("action", choices=("save", "compare"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--parts", default=",".join(PARTS), help="comma-separated, of " + ", ".join(PARTS))
    parser.add_argument("--every", type=int, default=1, help="save every so-many-th record only")
    options = parser.parse_args()
    parts = options.parts.split(",")
    if options.action == "save":
        save(options.folder, parts, options.every)
    else:
        sys.exit(1 if compare(options.folder, parts) else 0)


if __name__ == "__main__":
    main()
