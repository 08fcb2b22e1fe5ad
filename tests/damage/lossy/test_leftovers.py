"""Leftovers of misread UTF-8 are repaired where no text has them."""

import pytest

from newsclean.damage import repair_batch
from newsclean.damage.lossy.leftovers import acute, edits_of, has_signs
from newsclean.edits import apply_edits


@pytest.mark.parametrize(
    "text",
    [
        "LISTA Â 5", "Ă,Â ,B", "a B", "HÂLÂ", "Â A", "ăâÂ« Â", "Â°lÂ°(,,,,);", "n Â° C",  # letters and drawings
        "100 €“ und €” 100", "“100€”", "€˜", "5€™",  # prices in quotation marks
        "atât de mult", "le mât t", "château d’Ât", "Il a pâli", "mâs",  # words that end as an English contraction does
        "„Î” și „â”", "l’Île", "Ï", "Îles", "aÎ±b", "ΑÎ²",  # letters of French, Romanian and Greek
        "NÃO", "MÃE", "JOÃO", "irmÃ", "xÃz", "aÃq",  # capitals; words that are not known
        "weâ??foo", "a â€? b", "�t�",
    ],
)  # fmt: skip
def test_left_alone(text: str) -> None:
    assert edits_of(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("outside atÂ a vigil onÂ Friday", "outside at a vigil on Friday"),
        ("It ended.Â  Then it began.", "It ended.  Then it began."),
        ("about 5Â km", "about 5 km"),
        ("a Make-A-WishÂ® gift", "a Make-A-Wish® gift"),
        ("Â© 2020 by us", "© 2020 by us"),
        ("10Â±2 m, nÂº 5, NÂ° 7, Â§ 5", "10±2 m, nº 5, N° 7, § 5"),
        ("10Ã—20 cm", "10×20 cm"),
        ("Lâ€™été est là", "L’été est là"),
        ("we donâ??t ask", "we don’t ask"),
        ("Itâs the companyâs best year", "It’s the company’s best year"),
        ("we€˜re in b€˜ham", "we‘re in b‘ham"),
        ("they don€™t €œlook", "they don’t “look"),
        ("to the account\ufffds full benefit of every player", "to the account’s full benefit of every player"),
        ("Test 8 â€?the slot throws", "Test 8 — the slot throws"),
        ("Î²-carotene and 5 Î¼g of TNF-Î± here", "β-carotene and 5 μg of TNF-α here"),
        ("una fotografÃa de GarcÃa", "una fotografía de García"),
    ],
)
def test_repaired(text: str, expected: str) -> None:
    assert has_signs(text)
    assert apply_edits(text, edits_of(text)) == expected
    assert repair_batch([text])[0].text == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("voilÃ tout", "voilÃ tout"),
        ("Vivo aquÃ con mi familia", "Vivo aquí con mi familia"),
        ("siempre vivo allÃ con mi madre y mis hermanos", "siempre vivo allí con mi madre y mis hermanos"),
        ("aquÃ  con", "aquÃ  con"),
    ],
)
def test_acute(text: str, expected: str) -> None:
    assert apply_edits(text, acute(text)) == expected
