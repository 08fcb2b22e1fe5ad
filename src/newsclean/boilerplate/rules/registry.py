"""The rules: what each one is about, why its lines are residue, and the phrases by which it knows them, by language."""

import functools
from importlib import resources
from typing import NamedTuple

HOWS = ("line", "start", "end", "any", "label", "signed", "named", "only")


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
    """Words that a rule knows, where they must stand (`how`, one of HOWS), and their language."""

    rule: str
    how: str
    language: str
    words: str


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
    Rule("glued-label", "inline", 40, "A label that ran into the end of a sentence", "lost line breaks"),
    Rule("report-error", "corrections", 260, "Asks readers for corrections and tips", "feedback boxes"),
    Rule("byline", "authors", 40, "Names who wrote or edited the article, or the agency", "bylines, agency codes"),
)
MONTH = "MONTH"  # in a phrase: the name of any month, as the rows `month` give them for its language


@functools.cache
def _rows() -> list[list[str]]:
    text = (resources.files(__package__) / "data/phrases.tsv").read_text(encoding="utf-8")
    return [row.split("\t") for row in text.splitlines() if row and not row.startswith("#")]


def month_names() -> list[str]:
    """The names of months in all languages."""
    return [name.strip() for rule, _, _, many in _rows() if rule == "month" for name in many.split("|")]


@functools.cache
def phrases() -> tuple[Phrase, ...]:
    """All phrases of `data/phrases.tsv`, in its order."""
    rows = _rows()
    months = {language: many.split("|") for rule, _, language, many in rows if rule == "month"}
    listed = (
        Phrase(rule, how, language, words.replace(MONTH, month).strip())
        for rule, how, language, many in rows
        if rule != "month"
        for words in many.split("|")
        for month in (months[language] if MONTH in words else ("",))
    )
    return tuple(phrase for phrase in listed if any(char.isalpha() for char in phrase.words))


def _with_languages() -> tuple[Rule, ...]:
    spoken: dict[str, dict[str, None]] = {}
    for phrase in phrases():
        spoken.setdefault(phrase.rule, {})[phrase.language] = None
    return tuple(rule._replace(languages=tuple(spoken.get(rule.name, ()))) for rule in _KINDS)


RULES = _with_languages()
NUMBER = {rule.name: number for number, rule in enumerate(RULES)}
