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
    """The sum of a file, or of the names and sums of all files of a folder; nothing if it is not there."""
    file = ROOT / path
    if file.is_dir():
        names = sorted(each.name for each in file.iterdir() if each.is_file())
        listing = "".join(f"{name} {sha256(f'{path}/{name}')}\n" for name in names)
        return hashlib.sha256(listing.encode()).hexdigest()
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""


def data_files() -> set[str]:
    """All data files under `src/`."""
    folders = (ROOT / "src/newsclean").glob("**/data")
    files = (file for folder in folders for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(ROOT).as_posix() for file in files}


def problems() -> list[str]:
    """What is wrong: files that no entry covers, and entries that differ from their sum."""
    listed = entries()
    covered = {entry["path"] for entry in listed}
    unknown = (path for path in sorted(data_files()) if not covered & {path, path.rpartition("/")[0]})
    made = (entry for entry in listed if entry["command"] != BY_HAND)
    found = [f"{path}: not in the manifest" for path in unknown]
    found += [f"{entry['path']}: differs from its sum" for entry in made if sha256(entry["path"]) != entry["sha256"]]
    return found + [f"{path}: is not there" for path in sorted(covered) if not (ROOT / path).exists()]


def update() -> None:
    """Write the sums of the files as they are now; everything else of the manifest stays."""
    text = MANIFEST.read_text(encoding="utf-8")
    for entry in entries():
        if entry["command"] == BY_HAND:
            continue
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
