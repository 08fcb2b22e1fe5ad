"""Pages are short, and so are their sentences."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.paths import ROOT

LONGEST_SENTENCE = 25  # words
LARGEST_PAGE = 8 << 10  # bytes of an explanation
EXPLANATIONS = [path for path in sorted((ROOT / "docs/explanation").glob("*.md")) if path.stem != "glossary"]
WRITTEN = [  # by hand
    *sorted(ROOT.glob("*.md")),
    *(path for path in sorted((ROOT / "docs").glob("*.md")) if path.stem != "evaluation"),
    *(path for folder in ("how-to", "explanation") for path in sorted((ROOT / "docs" / folder).glob("*.md"))),
]


def sentences(page: str) -> Iterator[str]:
    """Those of paragraphs, items of lists and cells of tables."""
    text = re.sub(r"```.*?```", "\n\n", page, flags=re.DOTALL)
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*]|\d+\.)\s)|\n(?=[|#])", text):
        for part in block.strip("|").split("|") if block.startswith("|") else [block]:
            plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", " ".join(part.split()))
            yield from re.split(r"(?<=[.!?])[\"')*]*\s+", plain)


@pytest.mark.parametrize("path", WRITTEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_sentences_are_short(path: Path) -> None:
    every = sentences(path.read_text(encoding="utf-8"))
    assert [sentence for sentence in every if len(sentence.split()) > LONGEST_SENTENCE] == []


@pytest.mark.parametrize("path", EXPLANATIONS, ids=lambda path: path.stem)
def test_an_explanation_is_one_short_page_with_one_picture(path: Path) -> None:
    assert path.stat().st_size <= LARGEST_PAGE
    assert path.read_text(encoding="utf-8").count("```mermaid") == 1
