"""What articles begin with, and how passages shift: what tells feeds and rewritten reports from edited copies."""

import numpy as np
import pytest

from newsclean.duplicates.comparison.copies import CopyFeature, copy_features, texts_of
from newsclean.duplicates.sketching.sketch import sketch_batch

BODY = (
    "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats near the western breakwater. "
    "Port officials said that dredging would begin as soon as the swell allowed divers to inspect the wrecks. "
    "Nobody was hurt, because all crews had been ordered ashore on Sunday evening, the coast guard reported. "
    "Insurers expect claims of two million euros, and the fishermen's union asked the government for help."
)
FEED = (
    "Orchestra appoints its first woman conductor. Marina Costa will lead the city's orchestra from September, the "
    "board announced. Costa studied in Vienna and conducted in Helsinki for six seasons. The orchestra plays forty "
    "concerts a year in a hall that was restored in 2019. Tickets for the opening night go on sale in June."
)
CASES = {
    # what: left, right, least and most that may be found of the opening
    "the same text": (f"Storm shuts Lisbon harbour\n{BODY}", f"Storm shuts Lisbon harbour\n{BODY}", 0.8, 1.0),
    "a new headline": (f"Storm shuts Lisbon harbour\n{BODY}", f"Boats sink, harbour closed\n{BODY}", 0.6, 1.0),
    "a byline above the text": (
        f"Lisbon harbour: Marina Costa, Monday 4 February, read by our editors\n{BODY}",
        BODY,
        0.8,
        1.0,
    ),
    "a headline above a feed": (f"Striker signs for rival club after medical\n{FEED}", FEED, 0.0, 0.5),
    "headlines above one notice": (
        "How giants sink their teeth into advertising\nOnce registered, you can read free articles each month.",
        "Ten brands that vanished since last decade\nOnce registered, you can read free articles each month.",
        0.0,
        0.5,
    ),
}


def features(left: str, right: str) -> dict[str, float]:
    """The features of one pair of texts."""
    sketches = sketch_batch([left, right])
    spans = np.stack([sketches.bounds[:-1], sketches.bounds[1:]], axis=1)
    row = copy_features(texts_of(sketches.words, spans, sketches.heads), sketches.languages, np.array([[0, 1]]))[0]
    return {column.name.lower(): float(row[column]) for column in CopyFeature}


@pytest.mark.parametrize("label", CASES)
def test_opening(label: str) -> None:
    left, right, least, most = CASES[label]
    for one, two in ((left, right), (right, left)):
        assert least <= features(one, two)["opening"] <= most


def test_misread_words_are_recognised_by_their_places() -> None:
    words = f"Storm shuts Lisbon harbour {BODY}".split()
    misread = " ".join(word[:1] + "#" + word[2:] if at % 3 == 1 else word for at, word in enumerate(words))
    found = features(" ".join(words), misread)
    assert found["opening"] >= 0.5
    assert found["steady"] > 2 * found["containment"]


def test_replaced_words_do_not_shift_passages_and_rewriting_does() -> None:
    words = BODY.split()
    replaced = " ".join("other" if at % 5 == 4 else word for at, word in enumerate(words))
    longer = " ".join(f"{word} indeed so" if at % 5 == 4 else word for at, word in enumerate(words))
    assert features(BODY, replaced)["steady"] == features(BODY, replaced)["aligned"]
    assert features(BODY, longer)["steady"] < features(BODY, longer)["aligned"] - 0.3


def test_short_and_empty_texts() -> None:
    assert 0 <= features("Rain", "Sun")["opening"] <= 1
    assert features("Rain", "Rain")["steady"] == -1  # ten words in passages are what chance makes


def test_the_order_of_two_articles_does_not_matter() -> None:
    for left, right in ((BODY, f"{FEED} {BODY[:200]}"), (BODY[:60], BODY), (FEED, BODY)):
        assert features(left, right) == features(right, left)


def test_short_reports_on_one_event_are_not_aligned() -> None:
    found = features(
        "The senator will end her campaign for president, several media reported. She told her staff on Tuesday.",
        "Two people who know of the decision said that the senator will end her run for president. On Tuesday she told "
        "her staff that she lacks the money for a further month.",
    )
    assert found["aligned"] < 0.3
