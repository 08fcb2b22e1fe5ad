"""The data files under `src/`: which command makes each of them, and whether it is the one that was committed.

python -m training.manifest            # every command, and the files that differ from their sum
python -m training.manifest --update   # after retraining: write the sums of the files as they are now
"""

import argparse
import hashlib
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
MANIFEST = ROOT / "training/MANIFEST.toml"
BY_HAND = "by hand"
"""The command of a file that people write."""


def entries() -> list[dict[str, Any]]:
    """The files of the manifest, in its order."""
    found: list[dict[str, Any]] = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))["file"]
    return found


def sha256(path: str) -> str:
    """The sum of a file of the checkout, or nothing if it is not there."""
    file = ROOT / path
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""


def data_files() -> set[str]:
    """All data files under `src/`."""
    folders = (ROOT / "src/newsclean").glob("**/data")
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file() and file.suffix != ".pyc")
    return {file.relative_to(ROOT).as_posix() for file in files}


def problems() -> list[str]:
    """What is wrong: files that the manifest does not know, or that differ from their sum."""
    listed = {entry["path"]: entry["sha256"] for entry in entries()}
    found = [f"{path}: not in the manifest" for path in sorted(data_files() - listed.keys())]
    return found + [f"{path}: differs from its sum" for path, known in listed.items() if sha256(path) != known]


def update() -> None:
    """Write the sums of the files as they are now; everything else of the manifest stays."""
    text = MANIFEST.read_text(encoding="utf-8")
    for entry in entries():
        pattern = rf'(path = "{re.escape(entry["path"])}"\nsha256 = ")[0-9a-f]*'
        text = re.sub(pattern, rf"\g<1>{sha256(entry['path'])}", text)
    MANIFEST.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--update", action="store_true", help="write the sums of the files as they are now")
    if parser.parse_args().update:
        update()
    for entry in entries():
        print(f"{entry['path']}\n  {entry['command']}")
    if found := problems():
        sys.exit("\n".join(found))


if __name__ == "__main__":
    main()
