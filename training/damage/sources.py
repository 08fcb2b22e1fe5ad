"""Correct text to learn from, as (language, text, weight); see README.md for licences.

Which fold a language belongs to is decided here, so that cross-validation never sees its test languages.
"""

import functools
import gettext
import gzip
import importlib.util
import json
import os
import re
import subprocess
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pycountry

SHARED = Path(__file__).parents[2] / "../shared/data/mojibake"
DEBIAN = Path(os.environ.get("DEBIAN_FILES", "/"))  # where the files of Debian's packages were unpacked
GROUPS = {  # languages so close that they belong to the same half
    "sh": "sr", "hr": "sr", "bs": "sr", "cnr": "sr", "nb": "no", "nn": "no", "cmn": "zh", "yue": "zh", "kmr": "ku",
    "fil": "tl", "ms": "id", "mo": "ro", "lzh": "zh", "swh": "sw", "pes": "fa", "azj": "az", "grc": "el",
}  # fmt: skip
LEVELS = {  # what is left out of a fold: everything of its languages, or only some streams
    "": ("running_text", "word_lists", "dictionaries", "locale_names", "interface_texts", "site_texts", "place_names"),
    "names": ("running_text", "word_lists", "dictionaries"),
    "words": ("running_text", "word_lists"),
}
LONE = frozenset(["el", "he", "ko", "ja", "zh", "th", "hi"])  # alone with their script in the development data
PLACEHOLDER = re.compile(r"%(?:\([^)]*\))?[-#0 +.\d]*[a-zA-Z%]|\{[^}]*\}|<[^>]*>|&\w+;|https?:\S+")
WORDS = 20_000  # words of a language's list that are used; more changes nothing that is measurable
CAPITAL = 0.3  # weight of a word in capitals: they are as many as others in a list, and rare in text


def language(code: str) -> str:
    """The group of languages that stands or falls together.

    >>> language("sr-Latn"), language("zh-Hans"), language("udhr:oci_1")
    ('sr', 'zh', 'oc')
    """
    base = code.removeprefix("udhr:").replace("_", "-").split("-")[0].lower()
    base = _short(base) if len(base) == 3 else base
    return GROUPS.get(base, base)


@functools.cache
def _short(code: str) -> str:
    """The code of two letters of a language, if it has one."""
    found = pycountry.languages.get(alpha_3=code)
    return getattr(found, "alpha_2", code)


def fold(code: str, folds: int, text: str = "") -> int:
    """The fold, 0 to folds - 1, of a language; of the text where a language alone has its script.

    With two folds the language decides always, so that whole scripts are never seen.
    """
    by_text = folds > 2 and language(code) in LONE
    return zlib.crc32((text if by_text else language(code)).encode("utf-8", "surrogatepass")) % folds


def held_out(stream: str, code: str, text: str, folds: int) -> int | None:
    """The fold whose models must not see a text; None: all models may."""
    if code == "-" or (folds > 2 and language(code) in LONE and stream != "running_text"):
        return None
    return fold(code, folds, text)


def model_name(fold: int, folds: int, level: str, kind: str = "damage") -> str:
    """File name of the model of a kind without a fold; `level` is one of LEVELS."""
    return f"newsclean-{kind}-{fold}-{folds}{'-' * bool(level)}{level}.npz"


def read(name: str) -> list[dict[str, str]]:
    """The records of a development file."""
    with gzip.open(SHARED / name, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def running_text() -> Iterator[tuple[str, str, float]]:
    """Correct texts of the development data."""
    for record in read("clean_dev.jsonl.gz"):
        if record["kind"] in ("natural", "emoji", "nbsp"):
            yield record["lang"], record["text"], 1.0
        elif record["kind"] == "upper":
            yield record["lang"], record["text"], 0.2
    seen = set()
    for record in read("dev.jsonl.gz"):
        if record["clean"] not in seen and record["damage"] not in ("upper", "lower"):
            seen.add(record["clean"])
            yield record["lang"], record["clean"], 1.0


def word_lists() -> Iterator[tuple[str, str, float]]:
    """Words of `wordfreq`, the frequent ones weighing more, with capitals now and then."""
    import wordfreq

    for code in sorted(wordfreq.available_languages("small")):
        for word, frequency in list(wordfreq.get_frequency_dict(code).items())[:WORDS]:
            weight = 200 * frequency**0.5
            yield code, f" {word} ", weight
            if word != word.title():
                yield code, f" {word.title()} ", weight * 0.15
                yield code, f" {word.upper()} ", weight * 0.05


def locale_names() -> Iterator[tuple[str, str, float]]:
    """Names of languages, countries, months and days in the locales of CLDR (`babel`)."""
    from babel import Locale, localedata

    for identifier in sorted(localedata.locale_identifiers()):
        locale = Locale.parse(identifier)
        if locale.territory or identifier == "root":
            continue
        names = [*locale.languages.values(), *locale.territories.values(), *locale.currencies.values()]
        for width in ("wide", "abbreviated"):
            names += [*locale.months["format"][width].values(), *locale.days["format"][width].values()]
        yield identifier, "\n" + "\n".join(name for name in names if not name.isascii()) + "\n", 1.0


def dictionaries() -> Iterator[tuple[str, str, float]]:
    """Words of the dictionaries of `tesseract` in some hundred languages: no frequencies, but all forms."""
    for path in _debian("usr/share/tesseract-ocr/5/tessdata/*.traineddata"):
        if path.stem == "osd":  # comes with the tools, and tells scripts apart
            continue
        with tempfile.TemporaryDirectory() as directory:
            parts = [f"{directory}/a.{name}" for name in ("lstm-unicharset", "lstm-word-dawg", "txt")]
            _run("combine_tessdata", "-e", str(path), *parts[:2])
            _run("dawg2wordlist", *parts)
            words = sorted(Path(parts[2]).read_text("utf-8").split("\n"))
        for word in words[:: max(1, len(words) // WORDS)]:
            yield path.stem.replace("_", "-"), f" {word} ", 1.0 if word == word.lower() else CAPITAL


def _debian(pattern: str) -> list[Path]:
    """Files of Debian's packages; without them the models would be others."""
    found = sorted(DEBIAN.glob(pattern))
    if not found:
        raise SystemExit(f"no {DEBIAN / pattern}: training needs the Debian packages of training/damage/README.md")
    return found


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def interface_texts() -> Iterator[tuple[str, str, float]]:
    """Messages of the web framework Django in some hundred languages."""
    yield from _translations("django", "**/LC_MESSAGES/django.mo")


def site_texts() -> Iterator[tuple[str, str, float]]:
    """Messages of WordPress and of VLC, which are whole sentences more often."""
    for path in _debian("usr/share/wordpress/wp-content/languages/*.mo"):
        yield from _messages(re.sub(r"^(admin-network|admin|continents-cities)-", "", path.stem), path)
    for path in _debian("usr/share/locale/*/LC_MESSAGES/vlc.mo"):
        yield from _messages(path.parent.parent.name, path)


def place_names() -> Iterator[tuple[str, str, float]]:
    """Names of places, languages and currencies in some 150 languages, from `pycountry`."""
    yield from _translations("pycountry", "locales/*/LC_MESSAGES/*.mo")


def _translations(package: str, pattern: str) -> Iterator[tuple[str, str, float]]:
    """Translated messages of a package, without placeholders and markup."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"training needs the package {package}")
    for path in sorted(Path(spec.origin).parent.glob(pattern)):
        yield from _messages(path.parent.parent.name, path)


def _messages(code: str, path: Path) -> Iterator[tuple[str, str, float]]:
    """The translated messages of a catalogue that are not ASCII."""
    with path.open("rb") as file:
        catalog: dict[object, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
    for message, text in catalog.items():
        if message and text != message and not text.isascii():
            yield code.replace("@", "-"), "\n" + PLACEHOLDER.sub(" ", text).strip() + "\n", 1.0
