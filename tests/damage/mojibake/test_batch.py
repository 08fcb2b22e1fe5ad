"""Texts of a batch are decoded as they are alone."""

from newsclean.damage.evidence import RepairHints
from newsclean.damage.mojibake.decoder import decode_mojibake
from newsclean.damage.screening.screen import screen_text, screen_texts

TEXTS = ["GrÃ¼ÃŸe aus KÃ¶ln", "РњРѕСЃРєРІР° Рё РњРёРЅСЃРє", "CafÃƒÂ© de lâ€™Ãƒâ€°toile", "plain", "caffÃ¨ e tÃ¨"]


def test_batch() -> None:
    hints = RepairHints(0.5)
    together = decode_mojibake(TEXTS, screen_texts(TEXTS), hints)
    for text, own in zip(TEXTS, together, strict=True):
        [alone] = decode_mojibake([text], [screen_text(text)], hints)
        assert (alone.text, list(alone.edits)) == (own.text, list(own.edits))
