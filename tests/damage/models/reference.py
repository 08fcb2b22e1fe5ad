"""Slow and obvious costs of a text."""

from newsclean.damage.models import bigrams


def cost(text: str) -> float:
    """Cost of a text in nats, pair by pair, a line feed before it."""
    return sum(bigrams.pair_cost(ord(a), ord(b)) for a, b in zip("\n" + text, text, strict=False))
