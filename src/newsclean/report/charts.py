"""Charts as inline SVG, without scripts; every chart has its figures in words for screen readers."""

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
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


def _drawing(title: str, said: str, parts: Sequence[str], height: int = HEIGHT) -> Markup:
    label = escape(f"{title}. {said or 'nothing to show'}", quote=True)
    return Markup(
        f'<svg class="chart" role="img" aria-label="{label}" viewBox="0 0 {WIDTH} {height}">{"".join(parts)}</svg>'
    )


def spans(rows: Mapping[str, Sequence[str]], title: str) -> Markup:
    """A line for each row from its first to its last day, with a mark for each day; the label stands above it."""
    days = [date.fromordinal(number).isoformat() for number in _ordinals(day for row in rows.values() for day in row)]
    if not days:
        return _drawing(title, "", [])
    first, last = date.fromisoformat(days[0]).toordinal(), date.fromisoformat(days[-1]).toordinal()
    height, scale = 26, (WIDTH - 16) / max(1, last - first)
    parts, said = [], []
    for place, (label, own) in enumerate(rows.items()):
        marks = _ordinals(own)
        if not marks:
            continue
        line = place * height + 20
        ends = [8 + (number - first) * scale for number in (marks[0], marks[-1])]
        parts.append(f'<text x="{min(ends[0], WIDTH / 2):.1f}" y="{line - 6}">{escape(label)}</text>')
        parts.append(f'<rect x="{ends[0]:.1f}" y="{line - 1}" width="{ends[1] - ends[0]:.1f}" height="2"/>')
        for number in marks:
            at = 8 + (number - first) * scale
            when = f"{date.fromordinal(number)}: {own.count(date.fromordinal(number).isoformat()):,}"
            parts.append(f'<circle cx="{at:.1f}" cy="{line}" r="3"><title>{when}</title></circle>')
        said.append(f"{label}: {len(own):,} articles, {date.fromordinal(marks[0])} to {date.fromordinal(marks[-1])}")
    foot = len(rows) * height + 12
    parts.append(f'<text x="0" y="{foot}">{days[0]}</text>')
    parts.append(f'<text x="{WIDTH}" y="{foot}" text-anchor="end">{days[-1]}</text>')
    return _drawing(title, "; ".join(said), parts, foot + 4)


def _ordinals(days: Iterable[str]) -> list[int]:
    """Different days that the calendar has, in order, as numbers."""
    found = set()
    for day in days:
        with contextlib.suppress(ValueError):
            found.add(date.fromisoformat(day).toordinal())
    return sorted(found)
