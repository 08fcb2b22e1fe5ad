"""Lost letters are filled in where one known word fits."""

import pytest

from newsclean.damage import repair_batch
from newsclean.damage.lossy.lost_letters import edits_of
from newsclean.edits import apply_edits


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("die da dr\ufffdben jetzt \ufffdber den Haufen", "die da drüben jetzt über den Haufen"),
        ("no arquivo de configura\ufffd\ufffdo. Senha", "no arquivo de configuração. Senha"),
        ("ENVÃ?O PENDIENTE DE RECIBIR", "ENVÍO PENDIENTE DE RECIBIR"),
    ],
)
def test_filled(text: str, expected: str) -> None:
    assert apply_edits(text, edits_of(text)) == expected
    assert repair_batch([text])[0].text == expected


@pytest.mark.parametrize(
    "text",
    ["\ufffdBristle\ufffd pada", "a strong\ufffdearthquake in Japan", "\ufffd\ufffd\ufffd", "\ufffdber alles", "x"],
)
def test_left_alone(text: str) -> None:
    assert edits_of(text) == []
