"""Lines before and after."""

import io

from hypothesis import given
from rich.console import Console

import newsclean
from newsclean.cli.explain.diff import lines_of, print_diff
from newsclean.edits import Edit
from tests.strategies import TEXTS


def printed(raw: str, *edits: Edit) -> list[str]:
    out = io.StringIO()
    print_diff(Console(file=out, highlight=False, soft_wrap=True), raw, edits)
    return out.getvalue().splitlines()


def test_a_piece_is_marked_inside_its_line() -> None:
    raw = "one\ntwo caf\u00c3\u00a9 Share\nthree\nfour\nfive\nsix\n"
    edits = Edit(11, "\u00c3\u00a9", "\u00e9", "r"), Edit(13, " Share", "", "r")
    assert printed(raw, *edits) == [
        "@@ line 1 @@", " one", "-two caf[-\u00c3\u00a9-][- Share-]", "+two caf{+\u00e9+}", " three", " four",
    ]  # fmt: skip


def test_a_line_that_goes_has_no_other_side() -> None:
    assert printed("one\nShare\ntwo\n", Edit(4, "Share\n", "", "r")) == ["@@ line 1 @@", " one", "-Share", " two"]


def test_controls_do_not_reach_the_terminal() -> None:
    assert printed("a\x1b[31mb\n", Edit(0, "a", "", "r"))[1] == "-[-a-]\\x1b[31mb"


@given(TEXTS)
def test_the_lines_are_the_text_before_and_after(text: str) -> None:
    cleaned = newsclean.clean(text)
    lines = list(lines_of(text, cleaned.edits))
    assert "\n".join("".join(p.text for p in line if p.kind != "new") for line in lines) == text.removesuffix("\n")
