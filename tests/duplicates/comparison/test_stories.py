"""What makes two articles reports on one event: terms they share, more than one rare name, and their groups."""

import numpy as np

from newsclean.duplicates.comparison._stories import StoryFeature
from newsclean.duplicates.comparison.stories import story_features
from newsclean.duplicates.sketching.sketch import sketch_batch
from newsclean.duplicates.tfidf.idf import learn_weights

STORM = "The harbour of Lisbon was closed on Monday after a storm sank four fishing boats near the western breakwater."
REPORT = "Four fishing boats sank in a storm near Lisbon, whose harbour stayed closed. The breakwater was damaged."
NAME_1 = "Quexford said its quarterly profit rose on strong demand for turbines in Asia."
NAME_2 = "A judge dismissed the claim of former workers against Quexford over their pensions."


def features(texts: list[str]) -> dict[str, float]:
    """The features of the first two texts."""
    sketches = sketch_batch(texts)
    weights = learn_weights(sketches.words, sketches.spans, sketches.languages)
    row = story_features(sketches.words, sketches.spans, sketches.languages, weights, np.array([[0, 1]]))[0]
    return {column.name.lower(): float(row[column]) for column in StoryFeature}


def test_a_report_shares_terms_and_a_name_alone_is_not_enough() -> None:
    report, name = features([STORM, REPORT]), features([NAME_1, NAME_2])
    assert report["rest"] > 3 * name["rest"]
    assert report["breadth"] > name["breadth"] + 0.5
    assert name["early"] > name["rest"]


def test_a_template_with_other_facts_agrees_in_words_and_not_in_facts() -> None:
    forecast = "Forecasters expect light rain in {} on {} with a mild westerly wind of {} metres and fog at night."
    same, other = forecast.format("Amursk", "8 November", 14), forecast.format("Omsk", "16 October", 27)
    template, report = features([same, other]), features([STORM, REPORT])
    assert template["early"] > 0.5
    assert template["template"] > report["template"] + 0.4
    assert template["opening"] < report["opening"] - 0.2


def test_features_do_not_depend_on_the_side() -> None:
    one, two = features([STORM, REPORT]), features([REPORT, STORM])
    np.testing.assert_allclose(list(one.values()), list(two.values()), atol=1e-6)


def test_what_stands_early_counts_for_more() -> None:
    padding = " ".join(f"filler{at}" for at in range(300))
    assert features([STORM, f"{REPORT} {padding}"])["early"] > features([STORM, f"{padding} {REPORT}"])["early"]
