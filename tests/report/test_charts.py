"""Charts say in words what they show."""

from newsclean.report.charts import histogram, spans, timeline


def test_a_histogram_names_its_columns() -> None:
    chart = histogram({0: 3, 2: 1}, ["a", "<b>", "c"], "Pairs & more")
    assert 'aria-label="Pairs &amp; more. a: 3, c: 1"' in chart
    assert "&lt;b&gt;" in chart
    assert "<b>" not in chart


def test_days_are_put_together() -> None:
    days = {f"2026-{month:02}-{day:02}": 1 for month in range(1, 7) for day in range(1, 29)}
    chart = timeline(days, "Articles")
    assert chart.count("<rect") <= 60
    assert timeline({}, "Articles").count("<rect") == 1


def test_spans_show_when_stories_were_told() -> None:
    chart = spans(
        {"Storm <b>": ["2025-11-01", "2025-11-03", "2025-11-03"], "Vote": ["2025-11-02", "no day"]}, "Stories"
    )
    assert chart.count("<circle") == 3
    assert "Storm &lt;b&gt;: 3 articles, 2025-11-01 to 2025-11-03" in chart
    assert spans({"Vote": ["no day"]}, "Stories").count("<circle") == 0
