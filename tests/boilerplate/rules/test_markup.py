"""HTML of pictures and frames is residue; tags that an article talks about, or that mark its words, stay."""

import pytest

from newsclean.boilerplate import strip_batch
from newsclean.boilerplate.lines import scan
from newsclean.boilerplate.rules import markup

PICTURE = '<img src="https://example.org/a.jpg" width="350">'


def found(text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in markup([text], scan([text]))]


@pytest.mark.parametrize(
    "text",
    [
        "If a < b and b > c, then a < c. The bridge is closed.",
        'Write <img src="photo.png"> into the page, and close it with </div>.',
        "The <b>bridge</b> is <i>closed</i>.<br/>It opens on Monday.",
    ],
)
def test_what_belongs_to_the_article_stays(text: str) -> None:
    assert found(text) == []


def test_a_picture_goes_with_the_tags_around_it_and_frames_go_too() -> None:
    text = f'<div class="a"><a href="">{PICTURE}</a></div>The bridge is closed.</div>'
    assert found(text) == [f'<div class="a"><a href="">{PICTURE}</a></div>', "</div>"]


def test_the_paragraph_below_a_picture_keeps_its_mark() -> None:
    assert found(f"{PICTURE}<p>The bridge is closed.</p>") == [PICTURE]


def test_scripts_go_with_what_is_in_them() -> None:
    text = "The bridge is closed. <script>setTimeout(show, 5000)</script> It opens on Monday."
    assert found(text) == ["<script>setTimeout(show, 5000)</script>"]


def test_pieces_of_a_run_that_spans_sentences_lie_in_their_rows() -> None:
    text = f'The bridge is closed. <img alt="A bridge is seen. It is old." {PICTURE[5:]} It opens on Monday.'
    lines = scan([text])
    for piece in markup([text], lines):
        start, end = lines.table[piece.row, 2:4].tolist()
        assert start <= piece.start < piece.end <= end


def test_the_words_of_the_article_are_left() -> None:
    text = f'<a href="">{PICTURE}</a>The bridge over the river was closed on Monday, the mayor of the town said.'
    [cleaned] = strip_batch([text])
    assert cleaned.text == "The bridge over the river was closed on Monday, the mayor of the town said."
    assert cleaned.original == text


def test_pictures_of_markdown_go_with_their_link() -> None:
    picture = "![The bridge](https://example.org/a.jpg)"
    text = f"The bridge is closed. [{picture}](https://example.org/bridge) It opens on Monday.\n{picture}"
    assert found(text) == [f"[{picture}](https://example.org/bridge)", picture]
    assert found("Write `![The bridge](photo.png)` and the picture is there. Stop![1](2)") == []
