"""Lines, words and keys as the kernels find them are those of the slow reference."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.boilerplate.columns import NAMES
from newsclean.boilerplate.echoes import echo
from newsclean.boilerplate.heads import since_heads
from newsclean.boilerplate.lines import scan, text_bounds
from newsclean.boilerplate.manner import manner
from newsclean.boilerplate.phrases import Hit, Place, dictionary, look_up
from newsclean.boilerplate.rules import RULES, phrases
from newsclean.boilerplate.sharing import rarity, share
from newsclean.boilerplate.verdicts import lengths
from newsclean.kernels import tier
from tests.boilerplate import naive

CHARACTERS = st.one_of(
    st.characters(),
    st.sampled_from('\n\n\n\r \t.,:!?"”»|•-–Aaé1٣年かก\u0301\u200b\ud800\x00😀𠀀Ⅷ'),
    st.sampled_from("\n aB."),
    st.sampled_from(["good", "три", "Abcd", "12", " ", ",", ".", "!", "…", ":", ")", '"', "«", "—", "\n"]),
)
TEXTS = st.lists(CHARACTERS, max_size=80).map("".join)


@settings(deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_scan_equals_reference(texts: list[str]) -> None:
    with tier(bool(len(texts) % 2)):
        lines = scan(texts)
    rows: list[list[int]] = []
    words: list[int] = []
    for number, text in enumerate(texts):
        table, hashes = naive.scan(text)
        for row in table:
            row[0] = number
            row[5] += len(words)
        rows += table
        words += hashes
    assert lines.table.tolist() == rows
    assert lines.words.tolist() == words


WORDY = st.lists(st.sampled_from(["Paris", "the", "zygote", "7", "12", "ab", "税", "关", "\n", "\n", "."]), max_size=40)


@settings(deadline=None)
@given(st.lists(WORDY.map(" ".join), min_size=1, max_size=3), st.integers(0, 2**40))
def test_share_equals_reference(texts: list[str], bits: int) -> None:
    lines = scan(texts)
    rows = len(lines.table)
    if rows == 0:
        return
    is_prose = np.array([bits >> row & 1 for row in range(rows)], np.bool_)
    expected = naive.share(texts, is_prose.tolist(), rarity())
    for interprets in (False, True):
        table = np.zeros((rows, len(NAMES)), np.float32)
        with tier(interprets):
            share(lines, text_bounds(lines), is_prose, table)
        found = table[:, [NAMES.index(name) for name in ("shared", "content", "lead", "themes", "theme")]]
        assert np.allclose(found, expected, atol=1e-5)


@settings(deadline=None)
@given(st.lists(WORDY.map(" ".join), min_size=1, max_size=3))
def test_echo_equals_reference(texts: list[str]) -> None:
    lines = scan(texts)
    expected = [share for text in texts for share in naive.echo(text)]
    for interprets in (False, True):
        table = np.zeros((len(lines.table), len(NAMES)), np.float32)
        with tier(interprets):
            echo(lines, text_bounds(lines), table)
        assert np.allclose(table[:, NAMES.index("echo")], expected)


PIECES = [
    "так,как",
    "Anna",
    "12.3",
    "ab — cd",
    "“a”",
    '"b"',
    "«c»",
    "why?!",
    "so..",
    "word " * 14,
    "слово " * 12,
    "\n",
    "\n",
]


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join), min_size=1, max_size=3))
def test_manner_equals_reference(texts: list[str]) -> None:
    lines = scan(texts)
    expected = [row for text in texts for row in naive.manner(text)]
    for interprets in (False, True):
        table = np.zeros((len(lines.table), len(NAMES)), np.float32)
        with tier(interprets):
            manner(lines, text_bounds(lines), lengths(lines), table)
        for found, row in zip(table, expected, strict=True):
            assert {name: pytest.approx(found[NAMES.index(name)], abs=1e-5) for name in row} == row


FAMILIES = st.sampled_from(["", "", "comments", "related", "endings", "signup"])


@settings(deadline=None)
@given(st.lists(st.lists(st.tuples(FAMILIES, st.booleans()), min_size=1), min_size=1, max_size=3))
def test_since_heads_equals_reference(texts: list[list[tuple[str, bool]]]) -> None:
    number = {rule.family: place for place, rule in enumerate(RULES)}
    found = np.array([number.get(family, -1) for text in texts for family, _ in text], np.int16)
    bounds = np.cumsum([0, *(len(text) for text in texts)])
    expected = [row for text in texts for row in naive.since_heads(*map(list, zip(*text, strict=True)))]
    for interprets in (False, True):
        table = np.zeros((len(found), len(NAMES)), np.float32)
        table[:, NAMES.index("prose")] = [is_prose for text in texts for _, is_prose in text]
        with tier(interprets):
            since_heads(bounds, found, table)
        columns = [NAMES.index(name) for name in ("since_comments", "prose_since_head")]
        assert table[:, columns].tolist() == [list(row) for row in expected]


def test_keys_equal_reference() -> None:
    known = dictionary()
    listed = set(known.keys.tolist())
    for phrase in phrases()[::17]:
        place = {"line": Place.LINE, "end": Place.END, "any": Place.ANY, "only": Place.ANY}.get(phrase.how, Place.START)
        assert naive.key([value for _, value in naive.words(phrase.words)], place) in listed


def test_phrases_are_found_where_they_may_stand() -> None:
    lines = scan(["All rights reserved", "The paper says: all rights reserved, and more", "Reserved all rights"])
    hits = look_up(lines, dictionary())
    assert (hits[:, Hit.ANY] > 0).tolist() == [True, True, False]


def test_empty_batch_and_blank_texts() -> None:
    assert len(scan([]).table) == 0
    assert len(scan(["", "\n\n", " \t\r\n "]).table) == 0
    assert np.array_equal(scan(["a\r\nb"]).table[:, 2], [0, 3])
