"""Headlines without the names of outlets and the rubrics that feeds and sites add: ` - CBS News`, `LIVE:`, `(종합)`.

What is left is what is compared, so that one headline from a site and from its feed is one text.
"""

import functools
from importlib.resources import files

import regex

LONGEST_HEADED = 600  # code points of a text that is looked at: a headline, with a blurb or without
_AROUND = 4  # phrases taken away on each side
_MARKS = frozenset("-–—|·•:;：｜,([【（〔<＜")
_CLOSING = regex.compile(r"(?:\s[-–—|·•]+|[|:;：｜,])\s*([^-–—|·•:;：｜,]{1,60})$")
_CLOSING_MARKS = "-–—|·•:;：｜,"
_ENDS = ")]】）〕>＞"
_DOMAIN = regex.compile(r"^(?:www\.)|\.[a-z]{2,3}(?:\.[a-z]{2})?$")
_LONGEST_PHRASE = 60  # code points behind the last mark of a headline that may be an outlet's name
_CLOSING_BRACKET = regex.compile(r"\s*[(\[【（〔<＜]([^()\[\]【】（）〔〕<>＜＞]{1,24})[)\]】）〕>＞]\s*$")
_OPENING = regex.compile(r"^\s*([^|:：｜–—-]{1,24}?)\s*(?:[|:：｜]|\s[–—-])\s*(.+)$", regex.S)
_OPENING_BRACKET = regex.compile(
    r"^\s*[(\[【（〔<＜]([^()\[\]【】（）〔〕<>＜＞]{1,24})[)\]】）〕>＞]\s*(.+)$", regex.S
)


@functools.cache
def _phrases() -> tuple[frozenset[str], frozenset[str]]:
    """Names of outlets and rubrics, case folded."""
    text = (files("newsclean.duplicates.tokens") / "data/headlines.tsv").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {"outlet": set(), "rubric": set()}
    for kind, _, phrases in (line.split("\t") for line in text.splitlines()[1:]):
        found[kind].update(phrase.strip().casefold() for phrase in phrases.split("|"))
    return frozenset(found["outlet"]), frozenset(found["rubric"])


def without_rubrics(text: str, source: str = "") -> str:
    """A short text whose first line has no outlet's name at its end and no rubric around it.

    `source` is the outlet's name or domain. What is nothing else is left alone, and so are longer texts.

    >>> without_rubrics("LIVE: Storm shuts the harbour of Lisbon - CBS News")
    'Storm shuts the harbour of Lisbon'
    >>> without_rubrics("Storm - what we know")
    'Storm - what we know'
    """
    if len(text) > LONGEST_HEADED:
        return text
    headline, line_break, rest = text.partition("\n")
    if _MARKS.isdisjoint(headline):
        return text
    for _ in range(_AROUND):
        shorter = _without_end(_without_start(headline), source)
        if shorter == headline:
            break
        headline = shorter
    return headline + line_break + rest


def _without_start(headline: str) -> str:
    """The headline behind a rubric."""
    for pattern in (_OPENING_BRACKET, _OPENING):
        match = pattern.match(headline)
        if match and match[1].strip().casefold() in _phrases()[1]:
            return str(match[2])
    return headline


def _without_end(headline: str, source: str) -> str:
    """The headline before an outlet's name or a rubric."""
    for match in (_closing_bracket(headline), _closing(headline)):
        if match and match.start() and _is_added(match[1].strip().casefold(), source.casefold()):
            return headline[: match.start()].rstrip()
    return headline


def _closing_bracket(headline: str) -> regex.Match[str] | None:
    """What stands in brackets at the end: looked for only where a bracket is."""
    return _CLOSING_BRACKET.search(headline) if headline.rstrip()[-1:] in _ENDS else None


def _closing(headline: str) -> regex.Match[str] | None:
    """What stands behind the last mark, which is looked for from the end: from the start on it takes a hundred times
    as long."""
    last = max(map(headline.rfind, _CLOSING_MARKS))
    if last < 0 or len(headline[last + 1 :].strip()) > _LONGEST_PHRASE:
        return None
    start = last
    while start > 0 and headline[start - 1] in _CLOSING_MARKS:
        start -= 1
    return _CLOSING.search(headline, max(0, start - 1))


def _is_added(phrase: str, source: str) -> bool:
    """Whether a phrase at a headline's end is a rubric, or the name of an outlet or of this source."""
    outlets, rubrics = _phrases()
    stem = _DOMAIN.sub("", source)
    return phrase in outlets or phrase in rubrics or (len(stem) > 2 and phrase in (source, stem))
