"""What decoding made of a text: edits from the runs of one layer, or of several."""

import functools
import itertools
from collections.abc import Iterator, Sequence
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from newsclean.damage.codepoints import text_of
from newsclean.damage.encodings.chains import MOST_CODEPAGES, chain, codepages_in, most
from newsclean.damage.encodings.codepages import CODEPAGES
from newsclean.damage.mojibake.columns import Splice
from newsclean.damage.screening.report import ScreeningReport
from newsclean.edits import Edit, compose

_NEW = tuple.__new__  # makes an edit in a third of the time


class Layer(NamedTuple):
    """The runs of a text that were decoded, and the code points of the text before and after."""

    before: NDArray[np.uint32]
    after: NDArray[np.uint32]
    runs: NDArray[np.int64]
    """Columns: `Splice`."""
    sure: NDArray[np.float64]


class LayerEdits(Sequence[Edit]):
    """The edits of one layer, made when they are asked for: most of them never are."""

    def __init__(self, before: str, after: str, layer: Layer, prefix: str = "") -> None:
        self._before, self._after, self._prefix = before, after, prefix
        self._runs, self._sure = layer.runs.astype(np.int32), layer.sure.copy()  # not the arrays of the whole batch

    def __len__(self) -> int:
        return len(self._runs)

    @overload
    def __getitem__(self, place: int) -> Edit: ...
    @overload
    def __getitem__(self, place: slice) -> list[Edit]: ...
    def __getitem__(self, place: int | slice) -> Edit | list[Edit]:
        if isinstance(place, slice):
            return self._edits(place)
        return self._edits(slice(place, place + 1 or None))[0]

    def __iter__(self) -> Iterator[Edit]:
        return iter(self._edits(slice(None)))

    def part(self, first: int, last: int) -> "LayerEdits":
        """Those from number `first` to `last`, not made yet, either."""
        other = LayerEdits.__new__(LayerEdits)
        other.__dict__.update(self.__dict__, _runs=self._runs[first:last], _sure=self._sure[first:last])
        return other

    def codepages(self, first: int, last: int) -> list[int]:
        """The code pages of those from number `first` to `last`."""
        found: list[int] = self._runs[first:last, Splice.CODEPAGE].tolist()
        return found

    def _edits(self, some: slice) -> list[Edit]:
        """Some of the edits. A text of 3 KB has 150 of them, of which each takes 0.4 µs."""
        before, after = self._before, self._after
        runs, sure = self._runs[some], np.round(self._sure[some], 3)
        rules = _rules(self._prefix)[runs[:, Splice.CODEPAGE], runs[:, Splice.FILLED]]
        rows = zip(*runs[:, :4].T.tolist(), rules.tolist(), sure.tolist(), strict=True)
        return [_NEW(Edit, (i, before[i:j], after[k:m], rule, sure)) for i, j, k, m, rule, sure in rows]


class JoinedEdits(Sequence[Edit]):
    """Edits of several sequences, one after the other."""

    def __init__(self, parts: Sequence[Sequence[Edit]]) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    @overload
    def __getitem__(self, place: int) -> Edit: ...
    @overload
    def __getitem__(self, place: slice) -> list[Edit]: ...
    def __getitem__(self, place: int | slice) -> Edit | list[Edit]:
        return list(self)[place]

    def __iter__(self) -> Iterator[Edit]:
        return itertools.chain.from_iterable(self._parts)


def part_of(edits: Sequence[Edit], first: int, last: int) -> Sequence[Edit]:
    """Some edits from number `first` to `last`."""
    return edits.part(first, last) if isinstance(edits, LayerEdits) else edits[first:last]


def codepages_of(edits: Sequence[Edit], first: int, last: int) -> list[int]:
    """The MOST_CODEPAGES code pages that most of some edits, from number `first` to `last`, decode from, most first."""
    if isinstance(edits, LayerEdits):
        return most(edits.codepages(first, last))[:MOST_CODEPAGES]
    return most([codepage for edit in edits[first:last] for codepage in codepages_in(edit[3])])[:MOST_CODEPAGES]


class Decoded(NamedTuple):
    """Edits that decode a text, the text that they make, and its signs.

    The first four columns of `spans` are where each edit begins and ends, before and after. `codepages` are the code
    pages that most was decoded from (rows of CODEPAGES), most first.
    """

    edits: Sequence[Edit]
    text: str
    signs: ScreeningReport
    spans: NDArray[np.int64]
    codepages: Sequence[int]


def decoded_texts(texts: Sequence[str], found: Sequence[tuple[Sequence[Layer], ScreeningReport]]) -> list[Decoded]:
    """What the layers found in each of some texts make of it, and the signs of that."""
    results: list[Decoded] = []
    for text, (own, signs) in zip(texts, found, strict=True):
        if not own:
            results.append(Decoded((), text, signs, np.empty((0, 4), np.int64), ()))
        elif len(own) == 1:
            codepages = most(own[0].runs[:, Splice.CODEPAGE].tolist())
            after = text_of(own[0].after)
            results.append(Decoded(LayerEdits(text, after, own[0]), after, signs, own[0].runs, codepages))
        else:
            edits = composed(own)
            codepages = most([codepage for edit in edits for codepage in codepages_in(edit[3])])
            results.append(Decoded(edits, text_of(own[-1].after), signs, spans_of(edits), codepages))
    return results


@functools.cache
def _rules(prefix: str) -> NDArray[np.object_]:
    """The rule of each code page, without and with bytes that windows-1252 fills. Shape (code pages, 2)."""
    rules = [(f"{prefix}utf-8>{codepage.name}", f"{prefix}utf-8>{codepage.name}+1252") for codepage in CODEPAGES]
    return np.array(rules, np.object_)


def composed(own: Sequence[Layer]) -> list[Edit]:
    """The edits of several layers of a text as those of one."""
    script: Sequence[Edit] = ()
    for number in range(len(own) - 1, -1, -1):
        before, after = text_of(own[number].before), text_of(own[number].after)
        script = compose(LayerEdits(before, after, own[number], f"{number} ")[:], script)
    return [Edit(start, before, after, chain(rule), sure) for start, before, after, rule, sure in script]


def spans_of(edits: Sequence[Edit]) -> NDArray[np.int64]:
    """Where each edit starts and ends before and after. Shape (edits, 4)."""
    rows = np.array([(start, len(before), len(after)) for start, before, after, _, _ in edits], np.int64)
    start, before, after = rows.reshape(-1, 3).T
    grown = np.cumsum(after - before) - (after - before)
    return np.column_stack((start, start + before, start + grown, start + grown + after))
