"""Which lines end with the credit of a picture."""

import pytest

from newsclean.boilerplate.rules import is_caption

NONE = [
    "He took a photo: it shows the bridge after the flood, and a dog",
    "The minister (CDU) spoke of a new bridge",
    "Prices rose (by 3 per cent)",
    "Er sagte: Das Bild ist schief",
    "The bridge is closed. Source: Ministry of Roads",
    "Photos of the flood were shown in court",
    "Game 5: Nuggets vs. Clippers, Time/TV TBD",
    "12. Rescue Rod/Hook",
    "He won all three of them. Then came the Berlin/Paris tour",
    "The talks went on in the old town - Part 2.",
    "He asked for it and went away. Image is everything",
]
CAPTIONS = [
    "The bridge after the flood - Photo: Jane Doe",
    "The bridge after the flood. Credit: EXAMPLE/Jane Doe",
    "The bridge (Photo by Jane Doe/AP)",
    "Cây cầu sau trận lũ - Ảnh: Nguyễn Văn A",
    "Die Brücke nach der Flut. Foto: dpa/Jan Muster",
    "הגשר אחרי השיטפון (צילום: רוני כהן)",
    "The bridge before the flood, in May. Jane Doe/Example Images",
    "The old bridge was a sight to see. @JaneDoe/X",
    "El puente tras la riada, este martes. Foto Ejemplo",
    "The old bridge in its new design. Courtesy Jane Doe",
    "Cây cầu sau trận lũ ở phía bắc - Ảnh 3.",
]


@pytest.mark.parametrize("line", NONE)
def test_no_caption(line: str) -> None:
    assert not is_caption(line)


@pytest.mark.parametrize("line", CAPTIONS)
def test_caption(line: str) -> None:
    assert is_caption(line)
