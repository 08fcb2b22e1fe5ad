"""Named pairs of documents from verified pairs of texts, bounded where many documents have one text."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product

import numpy as np

from newsclean.duplicates.groups import Groups
from newsclean.duplicates.results import Pair
from newsclean.duplicates.verify import Found

IDENTICAL, NEAR_DUPLICATE, CONTAINED, SAME_STORY = "identical", "near_duplicate", "contained", "same_story"
EXPANDED = 8  # documents with one text, or texts in one star of copies, of which every one is paired
Row = tuple[int, int, str, float, float]


def name_pairs(found: Found, stars: list[list[int]], stories: list[list[int]], groups: Groups) -> list[Pair]:
    """All pairs in order of input; every document that is dropped has one with the document that is kept for it."""
    rows = [*_identical(groups), *_copies(found, stars, groups), *_stories(found, stories, groups)]
    rows.sort(key=lambda row: (min(row[:2]), max(row[:2])))
    return [Pair(groups.ids[left], groups.ids[right], *scores) for left, right, *scores in rows]  # type: ignore[arg-type]


def _identical(groups: Groups) -> Iterator[Row]:
    """The first documents of every text with each other, then each with the best one."""
    for documents in groups.several.values():
        for left, right in combinations(documents[:EXPANDED], 2):
            yield min(left, right), max(left, right), IDENTICAL, 1.0, 1.0
        for document in documents[EXPANDED:]:
            yield min(documents[0], document), max(documents[0], document), IDENTICAL, 1.0, 1.0


def _copies(found: Found, stars: list[list[int]], groups: Groups) -> Iterator[Row]:
    """Pairs of copies; of a contained pair the one with fewer words first."""
    centre = {text: star[0] for star in stars for text in star}
    copies = found.copies
    columns = (copies.pairs, copies.contained, copies.shared, copies.story)
    for (left, right), contained, shared, story in zip(*(column.tolist() for column in columns), strict=True):
        lefts, rights = groups.documents(left), groups.documents(right)
        ends = list(product(lefts[:EXPANDED], rights[:EXPANDED]))
        if centre.get(left) == right:
            ends += ((document, rights[0]) for document in lefts[EXPANDED:])
        if centre.get(right) == left:
            ends += ((lefts[0], document) for document in rights[EXPANDED:])
        for one, two in ends:
            low, high = (one, two) if one < two else (two, one)
            if contained and groups.sizes[low] > groups.sizes[high]:
                low, high = high, low
            yield low, high, CONTAINED if contained else NEAR_DUPLICATE, shared, story


def _stories(found: Found, stories: list[list[int]], groups: Groups) -> Iterator[Row]:
    """Pairs of leaders that are in one story, with all who follow them, and of the followers of one leader."""
    story = {text: at for at, group in enumerate(stories) for text in group}
    copies = set(map(tuple, found.copies.pairs.tolist()))
    followers: dict[int, list[int]] = {}
    for text in np.flatnonzero(found.leaders != np.arange(len(found.leaders))).tolist():
        followers.setdefault(int(found.leaders[text]), []).append(text)

    def expand(texts: Iterable[tuple[int, int]], shared: float, confidence: float) -> Iterator[Row]:
        for left, right in texts:
            if (min(left, right), max(left, right)) not in copies:
                for one, two in product(groups.documents(left)[:EXPANDED], groups.documents(right)[:EXPANDED]):
                    yield min(one, two), max(one, two), SAME_STORY, shared, confidence

    def star(leader: int) -> Sequence[int]:
        return [leader, *followers.get(leader, ())][:EXPANDED]

    pairs = found.stories
    for (left, right), shared, confidence in zip(
        pairs.pairs.tolist(), pairs.shared.tolist(), pairs.story.tolist(), strict=True
    ):
        if story.get(left, -1) == story.get(right, -2):
            yield from expand(product(star(left), star(right)), shared, confidence)
    for leader in followers if stories else ():
        # They are copies of one text, but were not verified as copies of each other.
        yield from expand(combinations(star(leader), 2), 0.0, 1.0)
