"""Charts as inline SVG, without scripts; every chart has its figures in words for screen readers."""

from collections.abc import Mapping, Sequence
from html import escape

from markupsafe import Markup

WIDTH, HEIGHT = 320, 120
_FOOT = 18  # room for the labels below


def histogram(counts: Mapping[int, int], labels: Sequence[str], title: str) -> Markup:
    """Columns for bins 0 to len(labels) - 1; the first, middle and last label stand below."""
    most = max([*counts.values(), 1])
    step = WIDTH / len(labels)
    bars = []
    for place, label in enumerate(labels):
        count = counts.get(place, 0)
        height = (HEIGHT - _FOOT) * count / most
        bars.append(
            f'<rect x="{place * step + 1:.1f}" y="{HEIGHT - _FOOT - height:.1f}" width="{step - 2:.1f}"'
            f' height="{height:.1f}"><title>{escape(label)}: {count:,}</title></rect>'
        )
    named = {0: "start", len(labels) // 2: "middle", len(labels) - 1: "end"}
    marks = [
        f'<text x="{(place + {"start": 0, "middle": 0.5, "end": 1}[anchor]) * step:.1f}" y="{HEIGHT - 4}"'
        f' text-anchor="{anchor}">{escape(labels[place])}</text>'
        for place, anchor in named.items()
    ]
    said = ", ".join(f"{label}: {counts[place]:,}" for place, label in enumerate(labels) if counts.get(place))
    return _drawing(title, said, bars + marks)


def timeline(days: Mapping[str, int], title: str) -> Markup:
    """Columns for the days from the first to the last, put together to at most 60."""
    ordered = sorted(days)
    size = -(-len(ordered) // 60) if ordered else 1
    groups = [ordered[start : start + size] for start in range(0, len(ordered), size)]
    labels = [group[0] if len(group) == 1 else f"{group[0]} to {group[-1]}" for group in groups]
    counts = {place: sum(days[day] for day in group) for place, group in enumerate(groups)}
    return histogram(counts, [label[:10] for label in labels] or ["no dates"], title)


def _drawing(title: str, said: str, parts: Sequence[str]) -> Markup:
    label = escape(f"{title}. {said or 'nothing to show'}", quote=True)
    return Markup(
        f'<svg class="chart" role="img" aria-label="{label}" viewBox="0 0 {WIDTH} {HEIGHT}">{"".join(parts)}</svg>'
    )
