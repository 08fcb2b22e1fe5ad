"""Columns of what two short texts have in common."""

from enum import IntEnum


class ShortFeature(IntEnum):
    """Columns of what two short texts have in common. `LEAD`: of the first 14 words, which hold the headline."""

    LEAD_COSINE = 0
    """Cosine of the inverse document frequencies (idf) of the terms in both leads."""
    LEAD_CONTAINMENT = 1
    """Idf of the terms of a lead that the other text has, of the lead with less."""
    LEAD_RESEMBLANCE = 2
    """The same of what either lead has (Jaccard)."""
    LEAD_COVERED_LOW = 3
    """Share of a lead's idf that the other text has: the lower of the two."""
    LEAD_COVERED_HIGH = 4
    LEAD_FIRST = 5
    """Idf of the most telling term of a lead that both have."""
    LEAD_SECOND = 6
    LEAD_THIRD = 7
    LEAD_SHARED = 8
    """Idf of all terms of a lead that both have."""
    LEAD_TERMS = 9
    """Terms that both have, of those of the lead with fewer."""
    COSINE = 10
    """As `LEAD_COSINE`, of the whole texts."""
    CONTAINMENT = 11
    RESEMBLANCE = 12
    SHARED = 13
    TERMS = 14
    """Terms that both have, of all that either has."""
    ALIGNED_SHORTER = 15
    """Longest common subsequence of tokens, of the shorter text."""
    ALIGNED_LONGER = 16
    LEAD_ALIGNED_SHORTER = 17
    LEAD_ALIGNED_LONGER = 18
    SWAPS = 19
    """Places of the alignment where each text has something of its own."""
    SWAPPED = 20
    """Idf of the most telling tokens that stand for each other in such a place: the lower of the two."""
    INSERTIONS = 21
    """Places of the alignment where only one text has something of its own."""
    RUN = 22
    """Longest run of aligned tokens, of the shorter text."""
    PREFIX = 23
    """Tokens that both begin with, of the shorter text."""
    OWN_LOW = 24
    """Idf of the most telling token that only one text has: the lower of the two."""
    OWN_HIGH = 25
    OWN_SUM_LOW = 26
    OWN_SUM_HIGH = 27
    OWN_TOKENS_LOW = 28
    OWN_TOKENS_HIGH = 29
    NUMBERS_LOW = 30
    """Numbers that only one text has: the lower of the two counts. Above 0, both have other numbers."""
    NUMBERS_HIGH = 31
    NUMBERS_SHARED = 32
    FACTS_LOW = 33
    """The same of names of countries, cities, months and weekdays."""
    TURNED = 34
    """1 where the texts have opposite directions (rises, falls), which the other one has not."""
    FRAME_LEAST = 35
    """Log of half the number of texts that have a run of three tokens of both: of the rarest run; -1 for none."""
    FRAME_MOST = 36
    FRAME_MEAN = 37
    FRAME_RARE = 38
    """Runs of three tokens that only these two texts have, of those of the shorter text."""
    FRAME_SHARED = 39
    """Runs of three tokens that both have, of those of the shorter text."""
    OPENING_FRAME = 40
    """Log of the number of texts that begin with the same three tokens as both; 0 where these two differ."""
    CLOSING_FRAME = 41
    """The same of the last two tokens."""
    DAYS = 42
    """Days between them, up to 5; -1 where one has no date."""
    OUTLET = 43
    """1 for one source, 0 for two, -1 where one is unknown."""
    SHORTER = 44
    """Tokens of the shorter text."""
    LONGER = 45
    RATIO = 46
    IDEOGRAPHS = 47
    """Share of ideographs in a text."""
