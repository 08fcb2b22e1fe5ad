"""One layer of mojibake, decoded and spliced."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from newsclean.damage.codepoints import code_points, text_of
from newsclean.damage.encodings.codepages import CODEPAGES, characters
from newsclean.damage.encodings.tables import utf8_tables
from newsclean.damage.mojibake._layer import decode_runs, splice
from newsclean.damage.mojibake.columns import DecodedRuns, Splice, Spliced

CODEPAGE = [codepage.name for codepage in CODEPAGES].index("windows-1252")


def misread(text: str) -> str:
    table = characters("windows-1252")
    return "".join(table[byte] for byte in text.encode("utf-8"))


def runs_of(before: list[str]) -> tuple[str, DecodedRuns]:
    text, rows = "", []
    for part in before:
        rows.append([len(text), len(text) + len(part), 1, 0, CODEPAGE])
        text += part + " "
    spans, read = np.empty((len(rows), 3), np.int64), np.empty(len(text), np.uint32)
    return text, DecodedRuns(np.array(rows, np.int64).reshape(-1, 5), spans, read)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.characters(min_codepoint=0xA0, codec="utf-8"), min_size=1, max_size=4), max_size=4))
def test_what_was_misread_is_decoded(parts: list[str]) -> None:
    text, runs = runs_of([misread(part) for part in parts])
    end = decode_runs(code_points(text), runs, 0, len(parts), utf8_tables(), 0)
    assert text_of(runs.read[:end]) == "".join(parts)
    sizes = (len(text) + 1, len(parts) + 1)
    out = Spliced(
        np.empty(sizes[0], np.uint32), np.empty(1, np.int64), np.empty((sizes[1], len(Splice)), np.int64),
        np.empty((1, 4), np.int64),
    )  # fmt: skip
    sure = np.ones(len(parts) + 1)
    count, stop = splice.compiled(code_points(text), runs, (0, len(parts)), sure, 0.5, out, 0, 0)
    assert count == len(parts)
    assert text_of(out.codes[:stop]) == "".join(f"{part} " for part in parts)
