"""Where the kernel ends a sentence: cases; that it equals the reference, `test_scanner` says."""

import pytest

from newsclean.boilerplate.lines import LineColumn, scan

ONE = [
    "She met Dr. Jane Doe and J. R. Muster of the U.S. Army on Monday",
    "It cost 3.50 dollars in version 2.0 of the plan",
    "1. Introduction to the plan",
    "They asked why? and went on with their work",
    "그는 3.1운동 기념식에 갔다",
]
TWO = [
    ("The bridge is closed. It opens in May.", "It opens in May."),
    ('The bridge is closed. "It opens," he said.', '"It opens," he said.'),
    ("The bridge is closed.Read more", "Read more"),
    ("桥梁已经关闭了。五月重新开放。", "五月重新开放。"),
    ("Мост закрыт на ремонт! Он откроется в мае", "Он откроется в мае"),
    ("다리를 닫는다고 했다. 오월에 다시 열린다", "오월에 다시 열린다"),
    ("다리를 닫는다고 했다.홍길동 기자", "홍길동 기자"),
    ("पुल बंद कर दिया गया है। यह मई में खुलेगा", "यह मई में खुलेगा"),
]


@pytest.mark.parametrize("line", ONE)
def test_one_sentence(line: str) -> None:
    assert len(scan([line]).table) == 1


@pytest.mark.parametrize(("line", "second"), TWO)
def test_two_sentences(line: str, second: str) -> None:
    table = scan([line]).table
    assert len(table) == 2
    assert line[table[1, LineColumn.START] : table[1, LineColumn.END]] == second
