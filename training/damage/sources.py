"""Correct text to learn from, as (language, text, weight); see README.md for licences.

Which fold a language belongs to is decided here, so that cross-validation never sees its test languages.
"""

import gettext
import gzip
import importlib.util
import json
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

SHARED = Path(__file__).parents[2] / "../shared/data/mojibake"
GROUPS = {  # languages so close that they belong to the same half
    "sh": "sr", "hr": "sr", "bs": "sr", "cnr": "sr", "nb": "no", "nn": "no", "nno": "no", "cmn": "zh", "yue": "zh",
    "fil": "tl", "ms": "id", "ro": "ro", "mo": "ro", "lzh": "zh", "por": "pt", "swh": "sw", "pes": "fa",
}  # fmt: skip
TEXTS = ("running_text", "word_lists")  # what is left out of a fold where the names and messages are known
LONE = frozenset(["el", "he", "ko", "ja", "zh", "th", "hi"])  # alone with their script in the development data
PLACEHOLDER = re.compile(r"%(?:\([^)]*\))?[-#0 +.\d]*[a-zA-Z%]|\{[^}]*\}|<[^>]*>|&\w+;|https?:\S+")
WORDS = 20_000  # words of a language's list that are used; more changes nothing that is measurable


def language(code: str) -> str:
    """The group of languages that stands or falls together.

    >>> language("sr-Latn"), language("zh-Hans"), language("udhr:oci_1")
    ('sr', 'zh', 'oci')
    """
    base = code.removeprefix("udhr:").replace("_", "-").split("-")[0].lower()
    return GROUPS.get(base, base)


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


def model_name(fold: int, folds: int, known: bool) -> str:
    """File name of the model without a fold; `known`: only running text and word lists of the fold are left out."""
    return f"newsclean-damage-{fold}-{folds}{'-known' if known else ''}.npz"


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


def interface_texts() -> Iterator[tuple[str, str, float]]:
    """Messages of the web framework Django in some hundred languages."""
    yield from _translations("django", "**/LC_MESSAGES/django.mo")


def place_names() -> Iterator[tuple[str, str, float]]:
    """Names of places, languages and currencies in some 150 languages, from `pycountry`."""
    yield from _translations("pycountry", "locales/*/LC_MESSAGES/*.mo")


def _translations(package: str, pattern: str) -> Iterator[tuple[str, str, float]]:
    """Translated messages of a package, without placeholders and markup."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"training needs the package {package}")
    for path in sorted(Path(spec.origin).parent.glob(pattern)):
        code = path.parent.parent.name
        with path.open("rb") as file:
            catalog: dict[object, str] = gettext.GNUTranslations(file)._catalog  # type: ignore[attr-defined]
        for message, text in catalog.items():
            if message and text != message and not text.isascii():
                yield code.replace("@", "-"), "\n" + PLACEHOLDER.sub(" ", text).strip() + "\n", 1.0
