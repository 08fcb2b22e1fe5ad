"""Texts as words, against a slow reference."""

import random
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.duplicates.tokens.tokenizer import character_table, split, split_whole
from tests.duplicates import reference

SCRIPTS = "aZ é1.9,0٣क्षिกสวัสดี漢字かなカナ한국어ʼ\u200d\u0301İſßß \n\ud800\U00020000\U000e0041—"


TEXTS = st.one_of(st.text(max_size=60), st.text(SCRIPTS, max_size=60))


@given(st.lists(TEXTS, max_size=5))
@settings(max_examples=300, deadline=None)
def test_words(texts: list[str]) -> None:
    words, bounds = split(texts)
    assert [words[bounds[row] : bounds[row + 1]].tolist() for row in range(len(texts))] == list(
        map(reference.split, texts)
    )


@given(st.lists(st.text("abcdefghXY 1.,!?\n’é-", max_size=400), max_size=3), st.integers(0, 200))
@settings(max_examples=200, deadline=None)
def test_words_across_blocks(texts: list[str], length: int) -> None:
    """ASCII is read 63 bytes at a time: words, numbers, stops and other letters at all places, and long words."""
    texts += ["w" * length, " " * length + "Word. Next", "é" * length + "Abc"]
    words, bounds = split(texts)
    assert [words[bounds[row] : bounds[row + 1]].tolist() for row in range(len(texts))] == list(
        map(reference.split, texts)
    )


def test_texts_that_need_no_normalization_are_known() -> None:
    """Only texts with marked code points are normalized."""
    table = character_table()
    stable = [chr(code) for code in range(0x20000) if not table[code] >> 31 and not 0xD800 <= code < 0xE000]
    chooser = random.Random(0)
    for _ in range(5):
        chooser.shuffle(stable)
        assert unicodedata.is_normalized("NFC", "".join(stable))
    for before in "aeoAEO가ක\u0995\u0b95\u1025":
        assert unicodedata.is_normalized("NFC", "".join(before + char for char in stable))


PARTS = ["abcdefgh", "ABCDEFGH", "presid", "presidents", "international", "é", "ß", "가나다", "สวัสดี", "1.5", "12"]
LONG = st.lists(st.sampled_from(PARTS), max_size=40)


@given(st.lists(st.one_of(TEXTS, LONG.map(" ".join), LONG.map("".join)), min_size=1, max_size=6))
@settings(max_examples=300, deadline=None)
def test_endings(texts: list[str]) -> None:
    """Texts with the same stems have the same endings where they have the same words, and only there."""
    texts += [texts[0].upper(), texts[0] + "s", texts[0].replace(" ", "-"), "é " + texts[0]]
    words, bounds, endings = split_whole(texts)
    stems = [tuple(words[bounds[row] : bounds[row + 1]] >> 2) for row in range(len(texts))]
    written = list(map(reference.whole_words, texts))
    for one in range(len(texts)):
        for two in range(one):
            if stems[one] == stems[two]:
                assert (endings[one] == endings[two]) == (written[one] == written[two])


def test_endings_stand_for_their_words() -> None:
    """The same ending of another word is another text, whatever a word touches."""
    same = ["foobar foobarx", "foobar-foobarx", "Foobar (foobarx)", "“foobar foobarx”", "foobar’foobarx"]
    other = ["foobarx foobar", "foobarx foobarx", "foobar foobarxy", "foobar foobar"]
    endings = split_whole([*same, *other])[2].tolist()
    assert len(set(endings[: len(same)])) == 1
    assert len(set(endings)) == 1 + len(other)
