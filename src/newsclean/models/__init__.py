"""What the trained models of all stages share: boosted trees, probabilities and their log-odds."""

from newsclean.models.probability import expit, expits
from newsclean.models.trees import Forest, Stopping, credits_of, log_odds, log_odds_of

__all__ = ["Forest", "Stopping", "credits_of", "expit", "expits", "log_odds", "log_odds_of"]
