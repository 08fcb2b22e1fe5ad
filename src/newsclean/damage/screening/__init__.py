"""One look at every character of a batch: which texts are worth a closer look, and where."""

from newsclean.damage.screening.report import ScreeningReport, Step
from newsclean.damage.screening.screen import damaged_texts, excesses, screen_text, screen_texts

__all__ = ["ScreeningReport", "Step", "damaged_texts", "excesses", "screen_text", "screen_texts"]
