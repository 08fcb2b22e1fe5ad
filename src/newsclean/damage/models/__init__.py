"""What correct text looks like: pairs of characters, letter pairs of each language, classes of characters."""

from newsclean.damage.models.bigrams import cost_of, model, pair_cost
from newsclean.damage.models.character_classes import class_of, script
from newsclean.damage.models.letter_pairs import Fit, fit

__all__ = ["Fit", "class_of", "cost_of", "fit", "model", "pair_cost", "script"]
