"""Rows of the evaluation are read from what the commands print."""

import sys
from collections.abc import Iterator
from types import ModuleType

import pytest

from tests.docs.test_reference import script
from tests.paths import ROOT


@pytest.fixture(scope="module")
def sections() -> Iterator[ModuleType]:
    sys.path.insert(0, str(ROOT / "benchmarks"))
    yield script("benchmarks/sections.py")
    sys.path.remove(str(ROOT / "benchmarks"))


def test_table_of_a_benchmark(sections: ModuleType) -> None:
    printed = (
        "warm\n| text | newsclean MB/s | plsfix |\n| --- | --- | --- |\n| ASCII | 1,993.2 | 67.6 |\n\n| hostile | s |\n"
    )
    assert sections.table("text", 3)([printed]) == [["ASCII", 1993.2, 67.6]]


def test_families_of_repair(sections: ModuleType) -> None:
    line = "{:26}{:6} {:7.1%}  full {:7.1%}\n"
    printed = "3.1 s\n" + line.format("ALL", 100, 0.8, 0.9) + line.format("double", 40, 0.7, 0.95)
    printed += line.format("full", 90, 0.9, 0.9)
    head = "| family | cases | newsclean | ftfy | plsfix |\n| --- | --- | --- | --- | --- |\n"
    peers = f"{head}| all | 90 | 0.9 | 0.4 | 0.3 |\n"
    rows = sections.repairs([printed, printed, printed, peers])
    assert rows[0] == ["all", 90, 0.9, 0.9, 0.9, 0.4, 0.3]
    assert rows[1][:3] == ["all, half-destroyed ones included", 100, 0.8]
    assert rows[2][:3] == ["double", 40, 0.95]


def test_modes_of_boilerplate(sections: ModuleType) -> None:
    head = (
        "| set | texts | removed | article lost | exact | clean untouched | pieces removed |\n" + "| --- " * 7 + "|\n"
    )
    printed = f"fold 0\n\nsafe\n\n{head}| wild  | 9 | 0.300 | 0.0010 | 0.400 | 0.990 | - |\n\nbalanced\n\n{head}"
    printed += (
        "| wild  | 9 | 0.600 | 0.0020 | 0.500 | 0.980 | 0.700 |\n| wild en | 12 | 0.500 | 0.0030 | 0.5 | 0.9 | - |\n"
    )
    assert sections.modes(("wild",))([printed]) == [
        ["wild, safe", 9, 0.001, 0.3, 0.4, 0.99, None],
        ["wild, balanced", 9, 0.002, 0.6, 0.5, 0.98, 0.7],
    ]
    assert sections.languages([printed]) == [["en", 12, 0.003, 0.5]]


def test_pairs_of_crawls(sections: ModuleType) -> None:
    printed = (
        "| pairs | n / copies | newsclean, named | sure | five words | ten, .5 | ten, .6 |\n" + "| --- " * 7 + "|\n"
        "| all | 9 / 4 | 0.846 (0.88/0.82) | 0.7 (0.9/0.6) | 0.737 (0.7/0.7) | 0.7 (0.6/0.9) | 0.767 (0.7/0.8) |\n"
    )
    assert sections.real_pairs([printed]) == [["all", 0.846, 0.88, 0.82, 0.737, 0.767]]


def test_stories(sections: ModuleType) -> None:
    printed = "t2_basil, left out: F1 1.000 (P 1.000 R 1.000)\nt2_basil alone, left out: F1 0.990 (P 1.000 R 0.980)\n"
    assert sections.stories([printed]) == [["BASIL", 1.0, 0.99]]


def test_correct_texts(sections: ModuleType) -> None:
    head = "| correct texts | texts | newsclean | ftfy | plsfix |\n| --- | --- | --- | --- | --- |\n"
    printed = [
        "{'upper': 3, 'word+symbol': 5} 8\n",
        f"{head}| news | 100 | 3 | 55 | 60 |\n| hard cases | 9 | 1 | 2 | 3 |\n",
    ]
    assert sections.correct(printed) == [["news", 100, 8, 3, 55, 60], ["hard cases", 9, None, 1, 2, 3]]


def test_decoded_bytes(sections: ModuleType) -> None:
    head = "| bytes | newsclean | chardet |\n| --- | --- | --- |\n"
    rows = "| legacy, 50 | 0.9 | 0.8 |\n| cp1250, 200 | 0.9 | 0.8 |\n| MB/s | 1.00 | 2.00 |\n"
    printed = f"\n## messages: 9 pieces, 2 languages in legacy encodings\n\n{head}{rows}"
    assert sections.decoded([printed]) == [["messages, legacy, 50 bytes", 0.9, None, 0.8, None, None, None]]


def test_quick_commands_are_those_of_sections(sections: ModuleType) -> None:
    evaluate = script("benchmarks/evaluate.py")
    commands = {command for section in sections.SECTIONS.values() for command in section.commands}
    assert set(evaluate.QUICK) <= commands


def test_a_plot_draws_a_bar_a_row() -> None:
    tables = script("benchmarks/tables.py")
    section = {"title": "A & b", "columns": [["set", "text"], ["F1", "score"]], "rows": [["x<y", 0.5], ["z", None]]}
    drawing = tables.plot(section)
    assert drawing.count("<rect") == 1
    assert "A &amp; b: F1" in drawing
    assert "x&lt;y" in drawing
    assert tables.plot(section | {"rows": []}) == ""
