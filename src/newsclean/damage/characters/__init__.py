"""Damage to single characters, by named rules, and the composition of letters and marks."""

from newsclean.damage.characters.normalization import composed, uncomposed
from newsclean.damage.characters.rules import RULES, Rule, apply_rules

__all__ = ["RULES", "Rule", "apply_rules", "composed", "uncomposed"]
