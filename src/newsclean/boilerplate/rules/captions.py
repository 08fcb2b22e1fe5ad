"""Captions: lines that end with who made a picture."""

import functools
import re

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.rules._keys import FILTER_BITS
from newsclean.boilerplate.rules.phrases import word_hashes
from newsclean.boilerplate.rules.registry import phrases
from newsclean.boilerplate.rules.words import remembered

TAIL = 100  # code points at its end in which the credit stands
MOST_NAMES = 7  # words of a credit behind its label,
MOST_STOPPED = 4  # and of one that ends with a stop
_ALSO_OF_TEXTS = frozenset(["quelle", "source", "fuente", "fonte", "bron", "источник", "źródło", "kaynak"])
_LABELLED = re.compile(
    r"(?:^|[-–—|/(\[.!?…。）)\]，,»”\"])\s*([^\W\d_][^:：()\[\]|/.!?…。–—\n-]{0,30}?)\s?(?:[:：／]|(?<=[^\x00-\x7f])=)\s?([^:：()\[\]（）\n]{2,80})$"
)
_AGENCIES = (  # and sites that pictures are from, as credits name them
    *("Getty Images", "Getty", "AFP", "AP", "REUTERS", "Reuters", "EPA-EFE", "EPA", "EFE", "Dpa", "dpa", "DPA", "ANSA"),
    *("LaPresse", "Shutterstock", "Alamy", "iStock", "AdobeStock", "Unsplash", "Pexels", "Pixabay", "Xinhua"),
    *("Bloomberg", "Facebook", "Instagram", "Twitter", "YouTube", "MTI", "PAP", "CTK", "ČTK", "APA", "NTB", "Scanpix"),
    *("Lehtikuva", "ANP", "Belga", "Keystone", "Picture alliance", "picture alliance", "Imago", "imago", "IMAGO"),
    *("PTI", "ANI", "AAP", "TASS", "ТАСС", "Sputnik", "Anadolu"),
)
AGENCIES = "|".join(_AGENCIES)
_NAMES = r"(?![a-zß-ÿ])[^\s()\[\]]+\s[^()\[\]\n]{1,60}?"  # two words or more: `(dpa/gem)` and `(AP/AFP)` sign articles
AGENCY_CREDIT = rf"{_NAMES}(?:\s?/\s?|\bvia\s)(?:{AGENCIES})|(?:{AGENCIES})(?: Photo)?\s?/\s?{_NAMES}"
_WORDS = re.compile(r"[^\W_]+")
_BY_AGENCY = re.compile(AGENCY_CREDIT)
_OWNED = re.compile(r"\w\W+[©ⓒ]\s?[^\W\d_][^\d©ⓒ.!?…。:|]{1,40}$")  # `The bridge after the flood. © Jane Doe/Agency`
_NAME = r"(?![a-zß-ÿа-яё])[^\W\d_][^\s/.!?…:()\[\]]*\.?"
_SENTENCE = (
    r"(?:\S+\s+){3}\S*(?:\w{3}|[)\d”\"»])[.!?…][”\"’»)\]]*\s+"  # no `12. Rescue Rod/Hook`, no `Clippers vs. Time/TV`
)
_BEHIND = re.compile(r"[.!?…][”\"’»)\]]*\s+")  # behind each of these a credit may stand
_SIGNATURE = re.compile(  # `The bridge at dawn. Jane Doe/Agency`, `He says no. janedoe/Instagram`
    rf"(?:(?:{_NAME}\s){{0,4}}{_NAME}(?:/{_NAME}(?:\s{_NAME}){{0,3}}){{1,3}}|@?[\w.]+/(?:{AGENCIES}|X|TikTok))\s*$"
)
_SIGNED = re.compile(_SENTENCE + _SIGNATURE.pattern)
_NUMBERED = re.compile(r"[-–—]\s?([^\W\d_]+)\s?\d{1,2}\.?\s*$")  # `The bridge at dawn - Photo 1.`
_LABEL_AND_NAMES = re.compile(rf"([^\W\d_]+(?:\s[^\W\d_]+)??)\s+{_NAME}(?:\s{_NAME}){{0,4}}\s*$")
_UNPARTED = re.compile(_SENTENCE + _LABEL_AND_NAMES.pattern)
_BEHIND_STOP = re.compile(r"[.!?…][”\"’»)\]]*\s+([^\W\d_]+)")
_CLOSING = frozenset(")]）】.")  # what ends a line that ends with a bracket, but for white space
_BRACKET = re.compile(r"[(\[（【]\s*([^()\[\]（）【】\n]{3,90})[)\]）】][\s.]*$")


@functools.cache
def _labels() -> frozenset[str]:
    known = {phrase.words.casefold() for phrase in phrases() if phrase.rule == "photo-credit"}
    return frozenset(known - _ALSO_OF_TEXTS)


@functools.cache
def caption_words() -> NDArray[np.uint64]:
    """A bit for each 20 highest bits of the hash of the first word of a label or agency. A line without any such word
    has no credit but behind a sign of copyright."""
    words, counts = word_hashes([*_labels(), *_AGENCIES])
    occurs = np.zeros(1 << FILTER_BITS, np.uint8)
    occurs[(words[np.cumsum(counts) - counts] >> np.uint64(64 - FILTER_BITS)).astype(np.int64)] = 1
    return np.packbits(occurs, bitorder="little").view("<u8").astype(np.uint64)


@functools.cache
def _longest_label() -> int:
    return max(len(label.split()) for label in _labels())


@remembered
def is_caption(line: str) -> bool:
    """Whether a line ends with the credit of a picture, and so says what it shows.

    >>> is_caption("The bridge after the flood - Photo: Jane Doe"), is_caption("The bridge (Photo by Jane Doe/AP)")
    (True, True)
    >>> is_caption("The bridge after the flood. Photo: Jane Doe."), is_caption("He saw it. Photo: It was the bridge.")
    (True, False)
    >>> is_caption("The bridge at dawn (Jane Doe/AFP)"), is_caption("The talks in town (Jane Doe/CDU)")
    (True, False)
    >>> is_caption("The bridge at dawn, in May. Jane Doe/Sun"), is_caption("It is one of the clubs. Men/Women")
    (True, True)
    >>> is_caption("The bridge at dawn, in May. Foto Sun"), is_caption("The old bridge at dawn - Photo 1.")
    (True, True)
    >>> is_caption("The bridge at dawn. © Jane Doe/Sun"), is_caption("It is closed. Copyright © The Sun")
    (True, False)
    >>> is_caption("He took a photo: it shows the bridge after the flood, and a dog")
    False
    """
    tail = line[-TAIL:]
    if ("©" in tail or "ⓒ" in tail) and _OWNED.search(tail):
        return not _is_notice(tail.casefold())
    last = tail[-1:]
    if (last in _CLOSING or last.isspace()) and (bracket := _BRACKET.search(tail)):
        by_agency = "/" in bracket[1] or "via" in bracket[1]
        return _credits(bracket[1]) or (by_agency and _BY_AGENCY.fullmatch(bracket[1].rstrip()) is not None)
    if "/" in tail and _is_behind(tail, _SIGNATURE) and _SIGNED.search(tail):
        return True
    if (last.isdigit() or last == ".") and (numbered := _NUMBERED.search(tail)) and numbered[1].casefold() in _labels():
        return True
    if ":" not in tail and "：" not in tail and "=" not in tail and "／" not in tail:
        if not (_may_follow(tail) and _is_behind(tail, _LABEL_AND_NAMES)):
            return False
        return (found := _UNPARTED.search(tail)) is not None and found[1].casefold() in _labels()
    if "=" not in tail and "／" not in tail and not _may_end_label(tail[: max(tail.rfind(":"), tail.rfind("："))]):
        return False
    match = _LABELLED.search(tail)
    if match is None or match[1].casefold() not in _labels() or len(match[2].split()) > MOST_NAMES:
        return False
    return match[2][-1] not in ".!?…。" or (match[2][-1] == "." and _only_names(match[2]))


def _is_notice(tail: str) -> bool:
    """Whether what stands behind a sign of copyright is the owner of a text: who may copy that."""
    return any(words in tail for words in _notices())


@functools.cache
def _notices() -> frozenset[str]:
    return frozenset(
        ["copyright", *(phrase.words for phrase in phrases() if phrase.rule == "legal" and phrase.how == "any")]
    )


def _is_behind(tail: str, credit: re.Pattern[str]) -> bool:
    """Whether a credit stands behind what looks like the end of a sentence: to look for the sentence takes a hundred
    times as long."""
    return any(credit.match(tail, stop.end()) for stop in _BEHIND.finditer(tail))


def _may_follow(tail: str) -> bool:
    """Whether a word that begins a label stands behind the end of a sentence: a search for the whole takes long."""
    return any(word.casefold() in _first_words() for word in _BEHIND_STOP.findall(tail))


def _may_end_label(before: str) -> bool:
    """Whether what stands before a line's last colon ends like a label: most of it is addresses."""
    last = before.rstrip()[-2:].casefold()
    return last in _last_letters() or last[-1:] in _last_letters()  # some have but one


@functools.cache
def _last_letters() -> frozenset[str]:
    """The last two letters of each label."""
    return frozenset(label[-2:] for label in _labels())


@functools.cache
def _first_words() -> frozenset[str]:
    """The first word of each label."""
    return frozenset(_WORDS.findall(label)[0] for label in _labels())


def _only_names(credit: str) -> bool:
    """Whether all words of a credit that ends with a stop have capitals, so that it is no sentence.

    >>> _only_names("Jane Doe."), _only_names("The bridge fell.")
    (True, False)
    """
    words = re.findall(r"[^\W\d_]+", credit)
    return 0 < len(words) <= MOST_STOPPED and all(word[0].isupper() for word in words)


def _credits(aside: str) -> bool:
    """Whether what stands in brackets begins with the label of a credit."""
    first = _WORDS.search(aside)
    if first is None or first[0].casefold() not in _first_words():
        return False
    words = _WORDS.findall(aside.casefold())
    return any(" ".join(words[:count]) in _labels() for count in range(1, min(len(words), _longest_label() + 1)))
