"""Lost bytes are guessed by the language of the line."""

import json
from pathlib import Path

from newsclean.damage import repair_batch
from newsclean.damage.lossy.columns import Option, Partial
from newsclean.damage.lossy.lost_bytes import unit_room

WILD = (Path(__file__).parents[1] / "cases/in_the_wild.jsonl").read_text("utf-8").splitlines()
[TURKISH] = [case for case in map(json.loads, WILD) if case["id"] == "lost bytes of Turkish letters"]


def test_turkish_letters_are_guessed() -> None:
    after = repair_batch([TURKISH["text"]])[0].text
    assert "sokağa çıkma" in after
    assert after == TURKISH["expected"]


def test_room_has_the_columns_of_its_tables() -> None:
    room = unit_room()
    assert room.stack.shape[1] == len(Partial)
    assert room.options.shape[1] == len(Option)
