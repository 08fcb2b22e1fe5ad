"""Named pairs of documents from verified pairs of texts, bounded where many documents have one text.

Most texts are those of one document that is nobody's copy: their pairs are named in arrays, the others one by one.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.groups import Groups
from newsclean.duplicates.results import Pair
from newsclean.duplicates.verify import Found, Verified

IDENTICAL, NEAR_DUPLICATE, CONTAINED, SAME_STORY = "identical", "near_duplicate", "contained", "same_story"
SHARED_BOILERPLATE = "shared_boilerplate"
_RELATIONS = (IDENTICAL, NEAR_DUPLICATE, CONTAINED, SAME_STORY, SHARED_BOILERPLATE)
EXPANDED = 8  # documents with one text, or texts in one star of copies, of which every one is paired
Row = tuple[int, int, str, float, float]


class _Rows:
    """Pairs of documents, in columns."""

    def __init__(self) -> None:
        self.parts: list[tuple[NDArray[Any], ...]] = []

    def add(self, documents: NDArray[np.int64], relations: NDArray[np.int64], scores: tuple[NDArray[Any], ...]) -> None:
        """Add pairs (n x 2), their relations as places in `_RELATIONS`, and their two scores."""
        self.parts.append((documents[:, 0], documents[:, 1], relations, *scores))

    def extend(self, rows: Iterable[Row]) -> None:
        """Add pairs one by one."""
        columns = list(zip(*rows, strict=True))
        if columns:
            left, right, relations, *scores = columns
            kinds = np.array([_RELATIONS.index(relation) for relation in relations])
            self.parts.append((np.array(left), np.array(right), kinds, *(np.array(score) for score in scores)))

    def named(self, ids: Sequence[str]) -> list[Pair]:
        """All pairs, in order of input."""
        if not self.parts:
            return []
        left, right, relations, *scores = (np.concatenate(column) for column in zip(*self.parts, strict=True))
        order = np.lexsort((np.maximum(left, right), np.minimum(left, right)))
        names = ([ids[row] for row in ends[order].tolist()] for ends in (left, right))
        kinds = [_RELATIONS[kind] for kind in relations[order].tolist()]
        return list(map(Pair, *names, kinds, *(score[order].tolist() for score in scores)))


def name_pairs(
    found: Found, stars: list[list[int]], stories: list[list[int]], boilerplate: list[Row], groups: Groups
) -> list[Pair]:
    """All pairs in order of input; every document that is dropped has one with the document that is kept for it.

    Pairs by `boilerplate` are named where documents are not paired for a better reason.
    """
    rows = _Rows()
    rows.extend(_identical(groups))
    alone = np.array([document not in groups.several for document in groups.best.tolist()], np.bool_)
    copies = found.copies
    simple: Any = alone[copies.pairs].all(axis=1)
    rows.add(*_plain_copies(_select(copies, simple), groups))
    rows.extend(_copies(_select(copies, ~simple), stars, groups))
    alone[found.leaders[found.leaders != np.arange(len(found.leaders))]] = False
    told = _told(found, stories)
    simple = alone[told.pairs].all(axis=1)
    reports = _select(told, simple & ~np.isin(_packed(told.pairs), _packed(copies.pairs)))
    relations = np.full(len(reports.pairs), _RELATIONS.index(SAME_STORY))
    rows.add(np.sort(groups.best[reports.pairs], axis=1), relations, (reports.shared, reports.story))
    rows.extend(_stories(found, _select(told, ~simple), bool(stories), groups))
    if boilerplate:
        known = {tuple(pair) for part in rows.parts for pair in np.sort(np.stack(part[:2], axis=1), axis=1).tolist()}
        rows.extend(row for row in boilerplate if row[:2] not in known)
    return rows.named(groups.ids)


def _packed(pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    """Each pair as one number, whatever its order."""
    return np.minimum(pairs[:, 0], pairs[:, 1]) << 32 | np.maximum(pairs[:, 0], pairs[:, 1])


def _select(verified: Verified, rows: NDArray[np.bool_]) -> Verified:
    """Some of the pairs."""
    columns: tuple[NDArray[Any], ...] = tuple(verified)
    return Verified(*(column[rows] for column in columns))


def _told(found: Found, stories: list[list[int]]) -> Verified:
    """Pairs of leaders that are in one story."""
    story = np.full(len(found.leaders), -1)
    for at, group in enumerate(stories):
        story[group] = at
    ends = story[found.stories.pairs]
    return _select(found.stories, (ends[:, 0] == ends[:, 1]) & (ends[:, 0] >= 0))


def _plain_copies(copies: Verified, groups: Groups) -> tuple[Any, ...]:
    """Pairs of copies of which either text is that of one document."""
    documents = np.sort(groups.best[copies.pairs], axis=1)
    longer = groups.sizes[documents[:, 0]] > groups.sizes[documents[:, 1]]
    turned = np.where((copies.contained & longer)[:, None], documents[:, ::-1], documents)
    near, contained = _RELATIONS.index(NEAR_DUPLICATE), _RELATIONS.index(CONTAINED)
    return turned, np.where(copies.contained, contained, near), (copies.shared, copies.story)


def _identical(groups: Groups) -> Iterator[Row]:
    """The first documents of every text with each other, then each with the best one."""
    for documents in groups.several.values():
        for left, right in combinations(documents[:EXPANDED], 2):
            yield min(left, right), max(left, right), IDENTICAL, 1.0, 1.0
        for document in documents[EXPANDED:]:
            yield min(documents[0], document), max(documents[0], document), IDENTICAL, 1.0, 1.0


def _copies(copies: Verified, stars: list[list[int]], groups: Groups) -> Iterator[Row]:
    """Pairs of copies; of a contained pair the one with fewer words first."""
    centre = {text: star[0] for star in stars for text in star}
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


def _stories(found: Found, told: Verified, stars: bool, groups: Groups) -> Iterator[Row]:
    """Pairs of leaders in one story, with all who follow them, and, with `stars`, of the followers of one leader."""
    copies = set(_packed(found.copies.pairs).tolist())
    followers: dict[int, list[int]] = {}
    for text in np.flatnonzero(found.leaders != np.arange(len(found.leaders))).tolist():
        followers.setdefault(int(found.leaders[text]), []).append(text)

    def expand(texts: Iterable[tuple[int, int]], shared: float, confidence: float) -> Iterator[Row]:
        for left, right in texts:
            if (min(left, right) << 32 | max(left, right)) not in copies:
                for one, two in product(groups.documents(left)[:EXPANDED], groups.documents(right)[:EXPANDED]):
                    yield min(one, two), max(one, two), SAME_STORY, shared, confidence

    def star(leader: int) -> Sequence[int]:
        return [leader, *followers.get(leader, ())][:EXPANDED]

    for (left, right), shared, confidence in zip(
        told.pairs.tolist(), told.shared.tolist(), told.story.tolist(), strict=True
    ):
        yield from expand(product(star(left), star(right)), shared, confidence)
    for leader in followers if stars else ():
        # They are copies of one text, but were not verified as copies of each other.
        yield from expand(combinations(star(leader), 2), 0.0, 1.0)
