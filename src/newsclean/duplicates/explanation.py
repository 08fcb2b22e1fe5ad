"""Why two articles match or not: what each feature adds to the decision, and what both have."""

from collections.abc import Mapping
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.clustering import Groups
from newsclean.duplicates.comparison import (
    CopyFeature,
    StoryFeature,
    copy_credits,
    copy_features,
    has_other_figures,
    has_own_passage,
    story_credits,
    story_features,
    texts_of,
)
from newsclean.duplicates.matching import BORDER, Corpus, compare_terms, compare_words, with_frames
from newsclean.duplicates.metadata import NO_DAY
from newsclean.duplicates.passages import Evidence, evidence
from newsclean.duplicates.results import (
    BORDER_COPY,
    BORDER_STORY,
    CONTAINED,
    IDENTICAL,
    NEAR_DUPLICATE,
    SAME_STORY,
    Pair,
)
from newsclean.duplicates.short import (
    Meta,
    ShortFeature,
    Tables,
    Texts,
    are_short,
    short_credits,
    short_features,
    vetoed,
)
from newsclean.duplicates.sketching import Sketches, sketch_batch
from newsclean.duplicates.tfidf import learn_weights
from newsclean.settings import DuplicateSettings

SAID = {
    "copy": {
        "CONTAINMENT": "five-word passages of the shorter text that the other has",
        "CONTAINMENT2": "two-word passages of the shorter text that the other has",
        "RESEMBLANCE2": "two-word passages that both have, of all",
        "NAMES": "names that both have",
        "NUMBERS": "numbers that both have",
        "STREAK": "longest run of shared passages",
        "RATIO": "ratio of the lengths",
        "LEAD_LOW": "shared beginnings, the lower share",
        "LEAD_HIGH": "shared beginnings, the higher share",
        "ALIGNED": "words in passages that both have in one order",
        "STEADY": "words in order in both, less those that moved",
        "OPENING": "how much of the openings occurs again",
        "COVERED": "words of the shorter body in shared passages",
        "COVERED_LONGER": "words of the longer body in shared passages",
        "BEGINNING": "first words of the shorter body in shared passages",
        "BEGINNING_LONGER": "first words of the longer body in shared passages",
        "PASSAGE": "longest shared passage, of the shorter body",
        "PASSAGES": "shared passages a page",
        "SLOTS": "places a page where a few words differ",
        "FACTS": "such places a page with a name or number: one frame, other facts",
        "NUMBERS_LOST": "numbers of the shorter text that the other has not",
        "NUMBERS_LOST_RATE": "numbers that the other has not, a page",
        "HEADLINE": "resemblance of the headlines (-1: one has none)",
        "WORDS": "length of the shorter body (log of words)",
        "SHARED": "words of the shorter body in shared passages, counted",
        "HEADLINE_OWN": "terms of the shorter text's headline that its own body has and the other text has not",
        "HEADLINE_OWN_LONGER": "the same of the longer text",
        "START": "words of the shorter body before the first shared passage (log)",
        "START_LONGER": "words of the longer body before the first shared passage (log)",
        "GAP": "most words in a row of the shorter body in no shared passage (log)",
        "TAIL": "words of the shorter body behind the last shared passage (log)",
        "TAIL_LONGER": "words of the longer body behind the last shared passage (log)",
    },
    "story": {
        "FULL": "cosine of all terms",
        "EARLY": "cosine of terms, early ones weigh more",
        "REST": "cosine without the term that adds most",
        "BREADTH": "number of telling terms that both have",
        "OPENING": "names and numbers of the openings that both have",
        "TEMPLATE": "how far names and numbers are behind other words",
    },
}
"""What features are. Those of short texts are called by their names."""


class Feature(NamedTuple):
    """One feature of a decision."""

    name: str
    meaning: str
    value: float
    credit: float
    """How much it moved the log-odds: above 0 it speaks for a match."""


class Judgement(NamedTuple):
    """Whether a pair are copies, or report one event, and why."""

    question: str
    """`copy` or `story`."""
    confidence: float
    threshold: float
    features: tuple[Feature, ...]
    """Those that moved the decision, the loudest first."""
    notes: tuple[str, ...]
    """What no feature outweighs."""


class PairExplanation(NamedTuple):
    """What two articles are to each other, judged alone, and why."""

    pair: Pair | None
    """What they are, if they are anything; `border_copy` where that is close."""
    judgements: tuple[Judgement, ...]
    """Of copies and of stories; none of identical articles, and of articles without words."""
    equal_bands: int
    """Bands of the signatures that are equal. One makes a candidate for copies."""
    bands: int
    evidence: Evidence


def explain_pair(
    left: str | Mapping[str, Any],
    right: str | Mapping[str, Any],
    settings: DuplicateSettings = DuplicateSettings(),
) -> PairExplanation:
    """Why two articles match or not. Third articles, whose terms and passages count in a run, are not known here.

    >>> report = "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats."
    >>> found = explain_pair(report, "Nothing of the kind happened in Porto.")
    >>> found.pair, [(each.question, each.confidence < each.threshold) for each in found.judgements]
    (None, [('copy', True), ('story', True)])

    Raises:
        TypeError: an article has no text.
    """
    documents = [{"text": each} if isinstance(each, str) else each for each in (left, right)]
    ids = str(documents[0].get("id", 0)), str(documents[1].get("id", 1))
    sketches = sketch_batch(documents, settings)
    signatures = sketches.signatures.reshape(2, settings.bands, settings.rows)
    equal = int((signatures[0] == signatures[1]).all(axis=1).sum()) if sketches.digests.all() else 0
    texts = str(documents[0]["text"]), str(documents[1]["text"])
    if not sketches.digests.all() or sketches.digests[0] == sketches.digests[1]:
        same = bool(sketches.digests[0]) and bool(sketches.digests[0] == sketches.digests[1])
        pair = Pair(*ids, IDENTICAL, 1.0, 1.0, 1.0) if same else None
        return PairExplanation(pair, (), equal, settings.bands, evidence(*texts, pair, settings))
    judgements, pair = _judged(sketches, ids, settings)
    return PairExplanation(pair, judgements, equal, settings.bands, evidence(*texts, pair, settings))


def _judged(
    sketches: Sketches, ids: tuple[str, str], settings: DuplicateSettings
) -> tuple[tuple[Judgement, ...], Pair | None]:
    """Both judgements, and the pair that they make."""
    groups = Groups(sketches, ids, settings)
    corpus = with_frames(groups.corpus(sketches))
    pairs = np.array([[0, 1]])
    weights = learn_weights(corpus.words, corpus.spans, corpus.languages)
    terms, words = compare_terms(corpus, pairs, weights, settings), compare_words(corpus, pairs, weights)
    scores = {"copy": float(words.copy[0]), "story": max(float(terms.story[0]), float(words.copy[0]))}
    thresholds = {"copy": settings.copy_threshold, "story": settings.story_threshold}
    of = _of_short if are_short(corpus.words, corpus.spans).all() else _of_long
    judgements = tuple(
        Judgement(question, scores[question], thresholds[question], features, notes)
        for question, (features, notes) in of(corpus, weights).items()
    )
    if days := _days_apart(corpus, settings):
        judgements = (*judgements[:1], judgements[1]._replace(notes=(*judgements[1].notes, days)))
    is_copy, is_story = (scores[question] >= thresholds[question] for question in ("copy", "story"))
    relation = CONTAINED if words.contained[0] else NEAR_DUPLICATE
    relation = relation if is_copy else SAME_STORY if is_story else _border(scores)
    if not relation:
        return judgements, None
    return judgements, Pair(*ids, relation, float(words.shared[0]), scores["story"], scores["copy"])


def _border(scores: Mapping[str, float]) -> str:
    """The relation of a pair that is none."""
    return BORDER_COPY if scores["copy"] >= BORDER else BORDER_STORY if scores["story"] >= BORDER else ""


_Found = dict[str, tuple[tuple[Feature, ...], tuple[str, ...]]]


def _of_long(corpus: Corpus, weights: NDArray[np.float32]) -> _Found:
    """What is asked of two texts of which one at least is not short."""
    pairs = np.array([[0, 1]])
    words = copy_features(texts_of(corpus.words, corpus.spans, corpus.heads), corpus.languages, pairs)
    terms = story_features(corpus.words, corpus.spans, corpus.languages, weights, pairs)
    other = ("most numbers of the shorter text are others: .4 at most",) if has_other_figures(words)[0] else ()
    own = ("the shorter text has a passage of its own: .75 at most",) if has_own_passage(words)[0] else ()
    return {
        "copy": (_features("copy", CopyFeature, words[0], copy_credits(words[0])), other + own),
        "story": (_features("story", StoryFeature, terms[0], story_credits(terms[0])), ()),
    }


def _of_short(corpus: Corpus, weights: NDArray[np.float32]) -> _Found:
    """What is asked of two short texts."""
    texts = Texts(corpus.words, corpus.spans, corpus.languages)
    meta = Meta(corpus.days, corpus.sources)
    features = short_features(texts, Tables(weights, corpus.frames), meta, np.array([[0, 1]]))
    told = ("other numbers, places, days or directions, or a rare word in place of another: no copies",)
    credits = short_credits(features[0])
    return {
        "copy": (_features("copy", ShortFeature, features[0], credits[0]), told if vetoed(features)[0] else ()),
        "story": (_features("story", ShortFeature, features[0], credits[1]), ()),
    }


def _features(
    question: str, names: type[IntEnum], values: NDArray[np.float32], credits: Mapping[int, float]
) -> tuple[Feature, ...]:
    """The features that moved a decision, the loudest first."""
    found = []
    for column, credit in sorted(credits.items(), key=lambda item: (-abs(item[1]), item[0])):
        name = names(column).name
        if not credit:
            continue
        meaning = SAID[question].get(name, "") if names is not ShortFeature else ""
        found.append(Feature(name.lower(), meaning or name.lower().replace("_", " "), float(values[column]), credit))
    return tuple(found)


def _days_apart(corpus: Corpus, settings: DuplicateSettings) -> str:
    """What their dates say of two articles on one event."""
    left, right = corpus.days.tolist()
    days = abs(left - right)
    if NO_DAY in (left, right) or days <= settings.story_days:
        return ""
    return f"{days} days apart, {settings.story_days} are allowed: no story"
