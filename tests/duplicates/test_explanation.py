"""Why two articles match or not: the explanation agrees with the search."""

import json

import pytest

from newsclean.duplicates import explain_pair, find_duplicates
from newsclean.settings import DuplicateSettings
from tests.paths import ROOT

TEXT = (
    "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats near the old pier of the town. "
)
MORE = (
    "The port authority said on Tuesday that it would stay closed until the weekend, and nobody was hurt, it added. "
    "Ferries across the river were to run again in the evening, and divers were looking for the wrecks, which lie at a "
    "depth of twelve metres. Fishermen asked the government for help, as the season had been a poor one so far. "
    "A committee of the parliament will hear the minister of the sea next week, a spokesman of the ministry said. "
)
PAIRS = {
    "identical": (TEXT + MORE, (TEXT + MORE).upper()),
    "edited": (TEXT + MORE, TEXT.replace("old", "small") + MORE),
    "contained": (TEXT + MORE, (TEXT + MORE) + "Prices of wheat rose in Chicago as traders waited. " * 4),
    "unlike": (TEXT + MORE, "Prices of wheat rose in Chicago as traders waited for the harvest of the season. " * 3),
    "short, other number": ("Storm sinks four boats in Lisbon", "Storm sinks two boats in Lisbon"),
    "short, alike": ("Storm sinks four boats in Lisbon", "Storm sinks four boats in Lisbon!"),
    "empty": (TEXT, " "),
}  # fmt: skip


@pytest.mark.parametrize("name", PAIRS)
def test_two_articles_alone_are_what_the_search_says(name: str) -> None:
    found = find_duplicates(PAIRS[name], DuplicateSettings(border=True)).pairs
    explained = explain_pair(*PAIRS[name]).pair
    if found and not found[0].relation.startswith("border"):
        assert explained is not None
        assert explained.relation == found[0].relation
        assert explained.copy == pytest.approx(found[0].copy, abs=1e-5)
    else:
        assert explained is None or explained.relation.startswith("border")


def test_credits_say_what_decided() -> None:
    copy, story = explain_pair(*PAIRS["edited"]).judgements
    assert (copy.question, story.question) == ("copy", "story")
    assert copy.confidence >= copy.threshold
    assert abs(copy.features[0].credit) >= abs(copy.features[-1].credit)
    assert all(feature.meaning for feature in (*copy.features, *story.features))


def test_what_no_feature_outweighs_is_said() -> None:
    copy, _ = explain_pair(*PAIRS["short, other number"]).judgements
    assert copy.notes
    dated = [
        {"text": text, "date": date} for text, date in zip(PAIRS["unlike"], ("2025-11-01", "2025-11-20"), strict=True)
    ]
    assert "19 days apart" in explain_pair(*dated).judgements[1].notes[0]


def test_the_explanation_is_data() -> None:
    seeds = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt"))[:2]]
    assert json.dumps(explain_pair(*seeds))
