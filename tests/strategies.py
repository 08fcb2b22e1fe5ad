"""Strings and edit scripts that hypothesis draws from."""

from collections.abc import Iterable

from hypothesis import strategies as st

from newsclean.edits import Edit, apply_edits

NASTY = "ab \r\n\t\0\ud800\udfff\u0301\u200b\ufeff\xa0é💬中ش"
TEXTS = st.text(st.characters() | st.sampled_from(NASTY), max_size=60)


def edit_script(raw: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Sort `edits`, drop those that change nothing, and check that the rest is a valid script for `raw`.

    Raises:
        EditError: an edit's `before` is not what stands in `raw`, or two edits overlap.
    """
    script = tuple(sorted((edit for edit in edits if edit.before != edit.after), key=lambda edit: edit.start))
    apply_edits(raw, script)
    return script


@st.composite
def scripts(draw: st.DrawFn, raw: str, most: int = 6) -> tuple[Edit, ...]:
    """A valid edit script for `raw`: insertions, deletions and replacements that may touch."""
    count = draw(st.integers(0, most))
    bounds = st.integers(0, len(raw))
    cuts = sorted(draw(st.lists(bounds, min_size=2 * count, max_size=2 * count)))
    after = st.text(st.sampled_from(NASTY), max_size=4)
    rules = st.sampled_from(("first", "second", "third"))
    edits = [
        Edit(start, raw[start:end], draw(after), draw(rules), draw(st.sampled_from((0.5, 1.0))))
        for start, end in zip(cuts[::2], cuts[1::2], strict=True)
    ]
    return edit_script(raw, edits)
