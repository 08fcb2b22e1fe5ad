"""The whole repair: seeds, cases, properties, bounded time."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.damage import repair_batch
from newsclean.damage.suspects import BATCH, parts
from newsclean.edits import apply_edits, revert
from newsclean.settings import RepairSettings

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
FILES = ("in_the_wild", "synthetic", "negative", "known_failures")
CASES = {
    name: [json.loads(line) for line in (Path(__file__).parent / f"cases/{name}.jsonl").read_text("utf-8").splitlines()]
    for name in FILES
}
KNOWN = [case for name in FILES[:3] for case in CASES[name]]
ANY_TEXT = st.text(st.characters(codec=None), max_size=40)
MOJIBAKE = st.builds(
    lambda text, codepage: text.encode("utf-8", "replace").decode(codepage, "replace"),
    st.text(max_size=20),
    st.sampled_from(["cp1252", "latin-1", "cp1251", "cp437", "koi8_r", "gbk", "cp932"]),
)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_seeds_change_only_where_they_are_damaged(path: Path) -> None:
    raw = path.read_text("utf-8")
    assert repair_batch([raw])[0].text == raw.replace("šŸ’¬", "💬")


@pytest.mark.parametrize("case", KNOWN, ids=[case["id"] for case in KNOWN])
def test_case(case: dict[str, str]) -> None:
    assert repair_batch([case["text"]])[0].text == case.get("expected", case["text"])


@pytest.mark.xfail(raises=AssertionError, reason="known failure")
@pytest.mark.parametrize("case", CASES["known_failures"], ids=[case["id"] for case in CASES["known_failures"]])
def test_known_failure(case: dict[str, str]) -> None:
    assert repair_batch([case["text"]])[0].text == case.get("expected", case["text"])


def test_cases_say_what_they_are() -> None:
    cases = [case for name in FILES for case in CASES[name]]
    assert len({case["id"] for case in cases}) == len(cases)
    assert all(case["comment"] for case in cases)


@settings(max_examples=400, deadline=None)
@given(st.lists(ANY_TEXT | MOJIBAKE, max_size=4).map("".join))
def test_edits_round_trip_and_repair_is_idempotent(raw: str) -> None:
    (cleaned,) = repair_batch([raw])
    assert apply_edits(raw, cleaned.edits) == cleaned.text
    assert revert(cleaned.text, cleaned.edits) == raw
    assert repair_batch([cleaned.text])[0].text == cleaned.text


def test_the_batch_does_not_matter() -> None:
    texts = [case["text"] for case in KNOWN]
    assert repair_batch(texts) == [repair_batch([text])[0] for text in texts]


def test_parts_hold_about_a_batch() -> None:
    texts = ["a" * (BATCH // 2)] * 5
    assert [len(some) for some in parts(texts, range(5))] == [2, 2, 1]
    assert list(parts([], [])) == []


def test_threshold_trades_recall_for_safety() -> None:
    (cleaned,) = repair_batch(["GrÃ¼ÃŸe aus KÃ¶ln"], RepairSettings(threshold=1.0))
    assert cleaned.text == "GrÃ¼ÃŸe aus KÃ¶ln"


@pytest.mark.parametrize(
    "text",
    [
        "Ã" * 50_000,
        "Ã¤" * 25_000,
        "\x80\x9f" * 25_000,
        "&amp;" * 10_000,
        "a\x00" * 25_000,
        "Ã\ufffd" * 20_000,
        "+" * 50_000,
        "a" * 200_000 + "\u0400\x00",
        "e" + "\u0301\u0323" * 50_000,
        "Ã©\n" * 50_000,
    ],
    ids=["leads", "pairs", "c1", "entities", "nul", "fffd", "plus", "latin", "marks", "lines"],
)
def test_hostile_texts_end(text: str) -> None:
    start = time.process_time()
    repair_batch([text])
    assert time.process_time() - start < 3
