"""Build `interface/`: what the interfaces of blogs, comment boxes, players and consent banners say, in all languages.

Run from the checkout: `python -m training.boilerplate.interface PACKAGES`. `PACKAGES` holds the unpacked packages that
`README.md` lists, each in a folder of its name. Which message means which rule is in `interface_messages.tsv`.
Names of months and phrases such as `5 minutes ago` come from CLDR, by way of Babel. Deterministic.
"""

import ast
import json
import re
import sys
from collections import defaultdict
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

import yaml
from babel import Locale
from babel.localedata import locale_identifiers
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from newsclean.boilerplate.lines import scan

HERE = Path(__file__).parent
TARGET = HERE.parents[1] / "src/newsclean/boilerplate/rules/data/interface"
LONGEST = 18  # words of a phrase
OPENING = 7  # words by which a long sentence is known, or
OPENING_UNSPACED = 12  # characters of a script without spaces
HEAD = "# rule\thow\tinside\tsource\twhy\tphrases; built by `python -m training.boilerplate.interface`"
WHY = ("messages of an interface", "names and patterns of dates")
HOWS = {"count": "line", "first": "start"}
UNITS = ("minute", "hour", "day", "week", "month", "year")
NAMES = {"nb": "no", "nn": "no", "cz": "cs", "se": "sv", "cn": "zh", "sh": "sr", "np": "ne", "ba": "bs", "fil": "tl"}
LEFT_OUT = {"fu", "ia", "to", "tzm", "zu"}  # hardly any message, or a code that is no language's
MISTAKEN = {"thẻ"}  # without its accent a common word of another language
_HOLE = re.compile(r"%\(\w+\)[sdi]|%[sdi]|\$\{\w+\}|\{\{\s*\w+\s*\}\}|\{\w*\}|#")
_PAIR = re.compile(r"""["']([\w.+: ()'-]+)["']\s*:\s*["']((?:[^"'\\]|\\.|(?<=\w)'(?=\w))*)["']""")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")

Messages = Iterator[tuple[str, str, str]]  # language, message, what it says


def language(code: str) -> str:
    """ISO 639-1 code of a locale's name.

    >>> language("pt_BR"), language("nb_NO"), language("zh-TW"), language("sr@latn")
    ('pt', 'no', 'zh', 'sr')
    """
    base = re.split(r"[-_@.]", code)[0].lower()
    return NAMES.get(base, base)


def catalogs(root: Path, pattern: str) -> Messages:
    for path in sorted(root.glob(pattern)):
        with path.open("rb") as file:
            for message in read_mo(file) if path.suffix == ".mo" else read_po(file, ignore_obsolete=True):
                several = isinstance(message.id, tuple)
                key = message.id[0] if several else message.id
                for says in message.string if several else (message.string,):
                    if key and says and not message.fuzzy:
                        yield language(path.parts[-3]), str(key), str(says)


def pairs(root: Path, pattern: str) -> Messages:
    """Messages of scripts: `"key": "value"`, the language after the first dot or dash of the file's name."""
    for path in sorted(root.glob(pattern)):
        code = re.sub(r"^(?:tarteaucitron|messages)[._]", "", path.name.removesuffix(path.suffix))
        for key, says in _PAIR.findall(path.read_text(encoding="utf-8")):
            for part in says.replace("\\'", "'").split("\\n"):
                yield language(code), key, part


def trees(root: Path, pattern: str) -> Messages:
    for path in sorted(root.glob(pattern)):
        load = json.loads if path.suffix == ".json" else yaml.safe_load
        for key, says in leaves(load(path.read_text(encoding="utf-8"))):
            yield language(path.stem), key, says


def leaves(tree: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from leaves(value, f"{path}.{key}" if path else str(key))
    elif isinstance(tree, str):
        yield path, tree


def nikola(root: Path) -> Messages:
    for path in sorted(root.glob("**/themes/base/messages/messages_*.py")):
        text = path.read_text(encoding="utf-8")
        for key, says in ast.literal_eval(text[text.index("{") :]).items():
            yield language(path.stem.removeprefix("messages_")), key, says


PACKAGES = {
    "nikola": nikola,
    "django_contrib_comments": lambda root: catalogs(root, "**/locale/*/LC_MESSAGES/django.po"),
    "djangocms_blog": lambda root: catalogs(root, "**/locale/*/LC_MESSAGES/django.po"),
    "mezzanine": lambda root: catalogs(root, "mezzanine/*/locale/*/LC_MESSAGES/django.po"),
    "django_blog_zinnia": lambda root: catalogs(root, "zinnia/locale/*/LC_MESSAGES/django.mo"),
    "mkdocs_material": lambda root: pairs(root, "material/templates/partials/languages/*.html"),
    "isso": lambda root: pairs(root, "**/js/app/i18n/*.js"),
    "video.js": lambda root: trees(root, "package/dist/lang/*.json"),
    "klaro": lambda root: trees(root, "package/**/translations/*.yml"),
    "tarteaucitronjs": lambda root: pairs(root, "package/lang/tarteaucitron.[a-z][a-z].js"),
}


def phrase(says: str, how: str) -> str:
    """The words of a message that a rule can know, or an empty string: numbers are 0, and other gaps end the phrase.

    >>> phrase("%(comments_count)s comments", "count"), phrase("Reply to {name}", "start"), phrase("{0} hits", "line")
    ('0 comments', 'Reply to', '')
    """
    says = says.replace("|", " ").replace("\t", " ").strip()
    if how == "count":
        says = _HOLE.sub("0", says)
    elif how in ("start", "label", "first"):
        says = _HOLE.split(says)[0]
    elif _HOLE.search(says):
        return ""
    says = " ".join(re.sub(r"<[^>]*>", " ", says).split()).strip(" :：…»«>").rstrip(".")
    unspaced = len(_UNSPACED.findall(says)) > 1
    if how == "first":
        says = says[:OPENING_UNSPACED] if unspaced else " ".join(says.split()[:OPENING])
    words = len(re.findall(r"[^\W_]+", _UNSPACED.sub(" a ", says)))
    least = 1 if how not in ("start", "first") else 6 if unspaced else 3 if how == "start" else 4
    if not says or not least <= words or sum(char.isalpha() for char in says) < 2:
        return ""
    return says.lower() if words <= LONGEST else ""


def wanted() -> dict[tuple[str, str], tuple[str, str]]:
    """Rule and place by package and message."""
    rows = (HERE / "interface_messages.tsv").read_text(encoding="utf-8").splitlines()
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return {(package, message): (rule, how) for package, message, rule, how in cells}


def calendar(codes: Collection[str]) -> Iterator[tuple[str, str, str, str]]:
    """Rule, place, language and phrase of CLDR's months and units of time, in these languages."""
    for code in locale_identifiers():
        if "_" in code or language(code) not in codes:
            continue
        locale = Locale.parse(code)
        for style in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for name in locale.months[style][width].values():
                    if not re.search(r"\d", name) and sum(char.isalpha() for char in name) > 1:
                        yield "month", "name", language(code), name.strip(".").lower()
        for unit in UNITS:
            for pattern in locale._data["date_fields"].get(unit, {}).get("past", {}).values():
                yield "date-stamp", "line", language(code), pattern.replace("{0}", "0").lower()


def main(folder: Path) -> None:
    meaning = wanted()
    found: dict[tuple[str, str, str, str], dict[str, None]] = defaultdict(dict)
    for package, read in PACKAGES.items():
        for code, message, says in read(folder / package):
            rule, how = meaning.get((package, message), ("", ""))
            words = phrase(says, how) if rule and code.isalpha() and code not in LEFT_OUT else ""
            if words:
                found[rule, HOWS.get(how, how), code, package][words] = None
    for rule, how, code, words in calendar({code for _, _, code, _ in found}):
        found[rule, how, code, "cldr"][words] = None
    rows: dict[str, list[str]] = defaultdict(list)
    for (rule, how, code, source), listed in sorted(found.items()):
        words = [each for each in listed if len(scan([each]).words) <= LONGEST and each not in MISTAKEN]
        rows[code].append("\t".join([rule, how, "-", source, WHY[source == "cldr"], " | ".join(words)]))
    for code, several in rows.items():
        (TARGET / f"{code}.tsv").write_text("\n".join([HEAD, *several]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
