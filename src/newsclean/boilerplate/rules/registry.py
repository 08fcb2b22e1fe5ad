"""The rules: what each one is about, why its lines are residue, and the phrases by which it knows them, by language."""

import functools
from importlib import resources
from typing import NamedTuple

HOWS = ("line", "start", "end", "any", "label", "signed", "named", "only", "credited", "framed")
INSIDE = ("-", "bracket", "cut")  # the more it does, the later


class Rule(NamedTuple):
    """A named kind of residue. `longest` is the greatest length of a line (letters, ideographs count three) it may
    remove."""

    name: str
    family: str
    longest: int
    why: str
    source: str
    languages: tuple[str, ...] = ()


class Phrase(NamedTuple):
    """Words that a rule knows, and their language. `how` says where they must stand (one of HOWS). `inside` says what
    they do in the middle of a line (one of INSIDE): nothing, begin a piece, or make a bracket residue. `source` says
    where they come from: `own` (knowledge of the language), `read:` and a collection of texts, or a package."""

    rule: str
    how: str
    language: str
    words: str
    inside: str = "-"
    source: str = "own"


_KINDS = (
    Rule("photo-credit", "credits", 300, "Names who made a picture that is not there", "agencies' credit styles"),
    Rule("source-credit", "credits", 160, "Says where the text was first published", "syndication footers"),
    Rule("share-prompt", "sharing", 120, "Buttons that share or print the page", "labels of share widgets"),
    Rule("newsletter-signup", "signup", 260, "Asks for an address, an account or money", "sign-up boxes, paywalls"),
    Rule("related-headlines", "related", 160, "Heads or is a list of other articles", "headings of teaser boxes"),
    Rule("end-matter", "endings", 160, "Heads sources, tags or authors below the article", "article footers"),
    Rule("player", "players", 160, "Controls and failures of audio and video players", "labels of players"),
    Rule("advert", "adverts", 260, "Marks an advertisement that is not there", "advertisement labels"),
    Rule("navigation", "navigation", 150, "Leads to other pages or around this one", "menus, pagers, breadcrumbs"),
    Rule(
        "comment-prompt",
        "comments",
        260,
        "Asks for or counts readers' comments",
        "comment forms (WordPress, Disqus)",
    ),
    Rule("legal", "legal", 500, "Copyright, licence and liability notes", "footers of publishers"),
    Rule("cookie-notice", "cookies", 500, "Asks for consent to cookies", "consent banners"),
    Rule("date-stamp", "datelines", 90, "When the page was published or changed", "bylines' time stamps"),
    Rule("author-bio", "authors", 200, "Leads to the author's other articles", "author boxes"),
    Rule("template", "templates", 10_000, "Its source repeats it, or it is another article's title", "the dump"),
    Rule("report-error", "corrections", 260, "Asks readers for corrections and tips", "feedback boxes"),
    Rule("byline", "authors", 40, "Names who wrote or edited the article, or the agency", "bylines, agency codes"),
    Rule("app-prompt", "apps", 300, "Asks readers into an app, a channel or a group", "boxes of publishers' channels"),
    Rule("paywall", "signup", 300, "Says that the rest is for subscribers", "paywalls"),
    Rule("donation", "donations", 400, "Asks readers for money", "appeals of independent media"),
    Rule(
        "disclaimer",
        "legal",
        500,
        "Says whose opinion it is, or that it is no advice",
        "notes below opinion and finance",
    ),
    Rule(
        "ai-notice", "legal", 400, "Says that a machine wrote, summed up or translated it", "notices on generated text"
    ),
    Rule("embed-notice", "embeds", 400, "Stands for embedded content, a poll or a script", "consent boxes of embeds"),
    Rule("markup", "markup", 10_000, "HTML of a picture, player, frame or script that is not there", "feeds"),
)
MONTH = "MONTH"  # in a phrase: the name of any month, as the rows `month` give them for its language
_UNSURE = (
    "label",
    "named",
    "signed",
    "credited",
)  # phrases that other signs must confirm: the same words as a plain phrase win


class _Row(NamedTuple):
    """A row of a table of phrases: a rule's phrases in one language that stand alike and mean the same."""

    language: str
    rule: str
    how: str
    inside: str
    source: str
    why: str
    phrases: tuple[str, ...]


@functools.cache
def _rows() -> tuple[_Row, ...]:
    """All rows of `data/interface` and `data/phrases`, a file a language."""
    tables = [
        (path.name.removesuffix(".tsv"), path.read_text(encoding="utf-8"))
        for folder in ("interface", "phrases")
        for path in sorted((resources.files(__package__) / "data" / folder).iterdir(), key=lambda path: path.name)
    ]
    rows = []
    for language, text in tables:
        for row in text.splitlines():
            if row and not row.startswith("#"):
                rule, how, inside, source, why, many = row.split("\t")
                words = tuple(phrase.strip() for phrase in many.split("|"))
                rows.append(_Row(language, rule, how, inside, source, why, words))
    return tuple(rows)


@functools.cache
def months() -> dict[str, tuple[str, ...]]:
    """The names of months, by language."""
    named: dict[str, dict[str, None]] = {}
    for row in _rows():
        if row.rule == "month":
            named.setdefault(row.language, {}).update(dict.fromkeys(row.phrases))
    return {language: tuple(names) for language, names in named.items()}


def month_names() -> list[str]:
    """The names of months in all languages."""
    return [name for names in months().values() for name in names]


def _says_more(row: _Row, known: Phrase) -> bool:
    """Whether a row lets a phrase do more inside lines, or says the same and was not read from a collection."""
    more, less = INSIDE.index(row.inside), INSIDE.index(known.inside)
    return more > less or (more == less and row.source == "own" and known.source != "own")


@functools.cache
def phrases() -> tuple[Phrase, ...]:
    """All phrases, each once for what it says: those that need a colon or names come before those that do not."""
    listed: dict[tuple[str, str, str], Phrase] = {}
    for row in _rows():
        if row.rule != "month":
            for words in row.phrases:
                for month in months()[row.language] if MONTH in words else ("",):
                    whole = words.replace(MONTH, month)
                    known = listed.get((row.rule, row.how, whole))
                    if known is None or _says_more(row, known):
                        listed[row.rule, row.how, whole] = Phrase(
                            row.rule, row.how, row.language, whole, row.inside, row.source
                        )
    found = [phrase for phrase in listed.values() if any(char.isalpha() for char in phrase.words)]
    return tuple(sorted(found, key=lambda phrase: phrase.how not in _UNSURE))


def _with_languages() -> tuple[Rule, ...]:
    spoken: dict[str, dict[str, None]] = {}
    for row in _rows():
        spoken.setdefault(row.rule, {})[row.language] = None
    return tuple(rule._replace(languages=tuple(spoken.get(rule.name, ()))) for rule in _KINDS)


RULES = _with_languages()
NUMBER = {rule.name: number for number, rule in enumerate(RULES)}
