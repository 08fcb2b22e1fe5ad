"""What is known of each segment of some texts: its line, its rule, its features, how likely it is residue."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate import tagger
from newsclean.boilerplate.features import Floats, features
from newsclean.boilerplate.lines import Lines, lengths, prose, text_bounds
from newsclean.boilerplate.pieces import judge_parted
from newsclean.boilerplate.rules import NUMBER, dictionary, rule_lines
from newsclean.boilerplate.segments import cue_rules, joined, sentences
from newsclean.boilerplate.templates import Templates, known_lines
from newsclean.settings import BoilerplateSettings

Flags = NDArray[np.bool_]


class Context(NamedTuple):
    """What a batch is judged by; `sources` has an entry a text."""

    settings: BoilerplateSettings
    templates: Templates | None
    sources: Sequence[object]


class Evidence(NamedTuple):
    """What is known of the lines of a batch, an entry a line (features: a row a line)."""

    lines: Lines
    hits: NDArray[np.int32]
    length: NDArray[np.int32]
    prose: Flags
    found: NDArray[np.int16]
    template: NDArray[np.int8]  # 0, REPEATED or TITLE
    features: Floats
    probability: Floats


class Described(NamedTuple):
    """What is known of each line by itself: the first fields of `Evidence`."""

    lines: Lines
    hits: NDArray[np.int32]
    length: NDArray[np.int32]
    prose: NDArray[np.bool_]
    found: NDArray[np.int16]


def describe(texts: Sequence[str], restored: Flags | None = None, scanned: Lines | None = None) -> Described:
    """The lines of `texts`, each by itself; `restored` says of which texts line breaks were put back. `scanned` are
    their lines as `scan` gives them, if they are known."""
    known = dictionary()
    lines, hits = joined(sentences(texts, known, restored, scanned), known, restored)
    length = lengths(lines)
    found = cue_rules(rule_lines(texts, lines, hits, known), lines)
    return Described(lines, hits, length, prose(lines, length), found)


def weigh(described: Described, context: Context) -> Evidence:
    """The evidence on lines amid the others that are left of their texts. What a disabled rule names stays."""
    template = np.zeros(len(described.found), np.int8)
    if context.templates is not None and "template" not in context.settings.disabled:
        template = known_lines(described.lines, context.templates, context.sources)
    table = features(*described)
    bounds = text_bounds(described.lines)
    probability = tagger.probabilities(tagger.Batch(table, bounds, described.length, described.found))
    judge_parted(described.lines.table, probability)
    probability[np.isin(described.found, [NUMBER[name] for name in context.settings.disabled])] = 0
    return Evidence(*described, template, table, probability)


def gather(
    texts: Sequence[str], context: Context, restored: Flags | None = None, scanned: Lines | None = None
) -> Evidence:
    """The evidence on all lines of `texts`; what else is given, see `describe`."""
    return weigh(describe(texts, restored, scanned), context)
