"""Words of a code page that was read as windows-1252, amid code or English; correct words stay."""

import pytest

from newsclean.damage import repair_batch
from newsclean.damage.recoding.by_words import by_words


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ('print("Adlý Kullanýcý Eklendi");', 'print("Adlı Kullanıcı Eklendi");'),
        ("-- procedura se pak zase ukonèí", "-- procedura se pak zase ukončí"),
        ("// nebude pøedávat, jenom upozoròovat", "// nebude předávat, jenom upozorňovat"),
        ("élève: pøedávat dle pøedchozích", "élève: předávat dle předchozích"),
    ],
)
def test_recoded(line: str, expected: str) -> None:
    assert repair_batch([line])[0].text == expected


@pytest.mark.parametrize(
    "line",
    [
        "Sørensen købte rødgrød",
        "hann býr í Reykjavík",
        "la kòn, mèsi, yo pèdi",
        "les élèves où ils sont; ukonèí",
        "Navenda kontrolê",
        "Panelê veşêre",
        "Dengên Pergalê",
        "_Paceya Chatê",
        "dirbê",
        "Stón na diskù",
        "Dokùmentë zmienioné na diskù",
    ],
)
def test_left_alone(line: str) -> None:
    assert by_words(line) is None


def test_known_words_stay() -> None:
    found = by_words("élève: pøedávat dle pøedchozích")
    assert found is not None
    assert [stretch.before for stretch in found[0].stretches] == ["pøedávat", "pøedchozích"]
