"""What the repair must and must not do, on the seeds and on arbitrary strings."""

import json
from pathlib import Path

import pytest
from ftfy.badness import is_bad
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.damage import ftfy_fallback, repair_batch
from newsclean.edits import apply_edits, revert

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
CASES = [json.loads(line) for line in Path(__file__).with_name("cases.jsonl").read_text("utf-8").splitlines()]
ANY_TEXT = st.text(st.characters(codec=None), max_size=40)
MOJIBAKE = st.builds(
    lambda text, page: text.encode("utf-8", "replace").decode(page, "replace"),
    st.text(max_size=20),
    st.sampled_from(["cp1252", "latin-1", "cp1251", "cp437", "koi8_r", "gbk", "cp932"]),
)


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_seeds_change_only_where_they_are_damaged(path: Path) -> None:
    raw = path.read_text("utf-8")
    assert repair_batch([raw])[0].text == raw.replace("šŸ’¬", "💬")


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, str]) -> None:
    assert repair_batch([case["text"]])[0].text == case.get("expected", case["text"])


@settings(max_examples=400, deadline=None)
@given(st.lists(ANY_TEXT | MOJIBAKE, max_size=4).map("".join))
def test_edits_round_trip_and_repair_is_idempotent(raw: str) -> None:
    (cleaned,) = repair_batch([raw])
    assert apply_edits(raw, cleaned.edits) == cleaned.text
    assert revert(cleaned.text, cleaned.edits) == raw
    assert repair_batch([cleaned.text])[0].text == cleaned.text


def test_the_batch_does_not_matter() -> None:
    texts = [case["text"] for case in CASES]
    assert repair_batch(texts) == [repair_batch([text])[0] for text in texts]


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        st.characters(min_codepoint=0x2E80) | st.characters(max_codepoint=0xFF) | st.sampled_from("“—·£"), max_size=40
    )
)
def test_ftfy_thinks_nothing_bad_that_it_is_not_asked_about(text: str) -> None:
    assert ftfy_fallback.MISREAD.search(text) or not is_bad(text)
    left = ftfy_fallback.MISREAD.sub("", text)
    assert not is_bad(left)
