"""Lines and credits that are known by their form."""

import pytest

from newsclean.boilerplate.lines import scan
from newsclean.boilerplate.rules import RULES, agency_credits, dictionary, look_up, rule_lines

NEITHER = [
    "Les «anciens» et les «nouveaux» ponts",
    "If more > 10 it is closed",
    "The bridge on Facebook",
    "Let it be, let it be",
    "bora bora",
    "/ \\ / \\",
    "Read the file setup.png first",
    "(AP) The bridge",
    "Facebook",
    "https://example.org/a.jpg is the address of the picture.",
]
FORMED = [
    ("FacebookTwitterTelegramWhatsAppCorreo", "share-prompt"),
    ("2.1k SHARES Facebook Twitter", "share-prompt"),
    ("[14591313022025_accf102caaa9.jpg]", "markup"),
    ("[1fe5dfd1-8ec3-4270-b7c6-cde5988962f7]", "markup"),
    ("(BUTTON) Send", "markup"),
    ("The Old Bridge The Old Bridge", "markup"),
    ("Start > Local > The old bridge opens", "navigation"),
    ("Пример » Новости » Мост открыт", "navigation"),
]


def rule_of(line: str) -> str:
    texts = [f"A title\n{line}"]
    lines = scan(texts)
    found = rule_lines(texts, lines, look_up(lines, dictionary()), dictionary())[-1]
    return RULES[found].name if found >= 0 else ""


def test_a_title_that_is_said_twice_stays() -> None:
    texts = ["The Old Bridge Opens The Old Bridge Opens\nIt opened on Monday."]
    lines = scan(texts)
    assert rule_lines(texts, lines, look_up(lines, dictionary()), dictionary())[0] < 0


@pytest.mark.parametrize("line", NEITHER)
def test_words_are_no_form(line: str) -> None:
    assert rule_of(line) not in ("markup", "share-prompt") or line == "Facebook"


@pytest.mark.parametrize(("line", "rule"), FORMED)
def test_form(line: str, rule: str) -> None:
    assert rule_of(line) == rule


@pytest.mark.parametrize(
    "line",
    [
        "The parties (CDU/CSU) spoke. The talks (Olaf Muster/SPD) failed.",
        "Er ließ die Frage offen. (dpa/gem)",
        "Both agencies said so (AP/AFP) today.",
        "In the squad: Dana Example (Real Muster/España), Jo Example (Santos).",
        "© 2024 Example News, AFP",
    ],
)
def test_no_credit(line: str) -> None:
    assert not agency_credits([line], scan([line]))


@pytest.mark.parametrize(
    ("line", "credit"),
    [
        ("The bridge (Dana Example/Agency via Getty Images) opened.", "(Dana Example/Agency via Getty Images)"),
        ("The bridge (AP Photo/Dana Example) opened.", "(AP Photo/Dana Example)"),
        ("Die Brücke ist zu. © Jonas Muster/dpa Zum Juni öffnet sie.", "© Jonas Muster/dpa"),
    ],
)
def test_credit(line: str, credit: str) -> None:
    [piece] = agency_credits([line], scan([line]))
    assert line[piece.start : piece.end] == credit


@pytest.mark.parametrize("line", ["Xyz facebook " + "- " * 90 + "x", "Xyz mail " + "1 " * 90 + "x", "[" * 190 + "a"])
def test_long_runs_of_signs_end(line: str) -> None:
    assert rule_of(line) != "markup"
