"""Segments: sentences and pieces that may be residue stand alone, whatever the line breaks."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.boilerplate import strip_batch
from newsclean.boilerplate.evidence import Context, gather
from newsclean.boilerplate.lines import LineColumn
from newsclean.boilerplate.rules import dictionary
from newsclean.boilerplate.segments import joined, sentences
from newsclean.settings import BoilerplateSettings

STORY = (
    "The minister resigned on Monday, her office said in a brief statement. She had led the ministry for three years, "
    "and will be followed by her deputy, who takes over at once."
)
NOTICES = [
    row.split("\t")[1].split(" || ")
    for row in (Path(__file__).parent / "cases/notices.tsv").read_text(encoding="utf-8").splitlines()
    if not row.startswith("#")
]


def segments(text: str) -> list[str]:
    found = joined(sentences([text], dictionary()), dictionary())
    return [text[start:end] for start, end in found.lines.table[:, [LineColumn.START, LineColumn.END]].tolist()]


def test_sentences_of_a_paragraph_are_one_segment() -> None:
    assert segments(STORY) == [STORY]


@pytest.mark.parametrize("break_", [" ", "\n", "\n\n"])
def test_a_cue_is_a_segment_whatever_stands_before_it(break_: str) -> None:
    cue = "Read more about this on our page."
    assert segments(f"{STORY}{break_}{cue}") == [STORY, cue]


def test_a_date_before_the_first_sentence_is_a_segment() -> None:
    assert segments(f"date 2025-11-13 {STORY}") == ["date 2025-11-13 ".strip(), STORY]


def test_lines_of_a_wrapped_paragraph_are_one_segment() -> None:
    width, lines, line = 60, [], ""
    for word in (STORY * 3).split(" "):
        if len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    wrapped = "\n".join([*lines, line])
    assert segments(wrapped) == [wrapped]


WORDS = st.sampled_from([*STORY.split(), "Read", "more", "Photo:", "(AP)", "\n", "\n\n", "Share.", "年。", "見出し"])


@settings(deadline=None, max_examples=80)
@given(st.lists(WORDS, max_size=120).map(" ".join))
def test_segments_hold_all_that_is_not_space(text: str) -> None:
    evidence = gather([text], Context(BoilerplateSettings(), None, [None]))
    table = evidence.lines.table
    place = 0
    for start, end in table[:, [LineColumn.START, LineColumn.END]].tolist():
        assert not text[place:start].strip()
        assert start < end
        place = end
    assert not text[place:].strip()
    assert table[:, LineColumn.WORDS].sum() <= len(evidence.lines.words)


def test_a_label_that_ran_into_a_sentence_is_a_segment() -> None:
    assert segments(f"{STORY}Read more") == [STORY, "Read more"]


@pytest.mark.parametrize("parts", NOTICES, ids=lambda parts: parts[-1][:40])
def test_a_notice_behind_a_sentence_is_a_segment(parts: list[str]) -> None:
    assert segments(" ".join(parts)) == parts


@pytest.mark.parametrize("parts", [parts for parts in NOTICES if len(parts) > 1], ids=lambda parts: parts[-1][:40])
def test_the_sentence_before_a_notice_stays(parts: list[str]) -> None:
    text = f"{STORY}\n{STORY}\n{' '.join(parts)}\n"
    [cleaned] = strip_batch([text])
    assert parts[0] in cleaned.text
