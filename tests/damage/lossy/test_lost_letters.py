"""Lost letters are filled in where one known word fits."""

import pytest

from newsclean.damage import repair_batch
from newsclean.damage.lossy.lost_letters import lost_letters
from newsclean.edits import apply_edits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("die da dr\ufffdben jetzt \ufffdber den Haufen", "die da drüben jetzt über den Haufen"),
        ("no arquivo de configura\ufffd\ufffdo. Senha", "no arquivo de configuração. Senha"),
        ("to the account\ufffds full benefit of every player", "to the account’s full benefit of every player"),
        ("ENVÃ?O PENDIENTE DE RECIBIR", "ENVÍO PENDIENTE DE RECIBIR"),
        ("Test 8 â€?the slot throws", "Test 8 — the slot throws"),
    ],
)
def test_filled(text: str, expected: str) -> None:
    assert apply_edits(text, lost_letters(text)) == expected
    assert repair_batch([text])[0].text == expected


@pytest.mark.parametrize(
    "text",
    ["\ufffdBristle\ufffd pada", "a strong\ufffdearthquake in Japan", "\ufffd\ufffd\ufffd", "\ufffdber alles", "x"],
)
def test_left_alone(text: str) -> None:
    assert lost_letters(text) == []
