"""Making sketches of documents, batch by batch."""

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from newsclean.duplicates.agencies import agency_codes, have_names
from newsclean.duplicates.metadata import day_of, source_hash
from newsclean.duplicates.sketching._minhash import EMPTY
from newsclean.duplicates.sketching.minhash import sign
from newsclean.duplicates.sketching.sketches import Sketches, no_sketches
from newsclean.duplicates.tokens import (
    ASKED,
    language_code,
    split,
    split_whole,
    tell_languages,
    told_by_script,
    without_rubrics,
)
from newsclean.settings import DuplicateSettings

HEADLINE = 160  # code points of a first line that is taken for a headline at most
_NO_WORDS, _FACTOR = np.uint64(0), np.uint64(0xD6E8FEB86659FD93)
LOST = 40  # code points that cleaning removes from a text at least before its raw text is looked at


def sketch_batch(
    documents: Sequence[str | Mapping[str, Any]],
    settings: DuplicateSettings = DuplicateSettings(),
    signed: bool = True,
) -> Sketches:
    """The sketches of some documents: texts, or mappings with `text` and optional `title`, `date`, `source`, `lang`.

    With `raw`, the text before it was cleaned, agencies are looked for there first: cleaning takes credit lines out.

    What goes to a file need not be `signed`: signatures are made when it is read.

    Depends on nothing but its arguments, so that batches can be cut anywhere and sketched by any number of processes.

    >>> sketches = sketch_batch(["Stocks fell.", {"text": "", "date": "2024-05-01"}])
    >>> sketches.bounds.tolist(), sketches.lengths.tolist()
    ([0, 2, 2], [12, 0])
    """
    records = [{"text": document} if isinstance(document, str) else document for document in documents]
    texts = _texts(records)
    present = set(chain.from_iterable(records))  # what no document has is not asked of every one
    dates, sources, given, titles = (
        [record.get(name) for record in records] if name in present else [None] * len(records)
        for name in ("date", "source", "lang", "title")
    )
    full = list(map(_full_text, texts, titles)) if "title" in present else texts
    names = [name if isinstance(name, str) else "" for name in sources]
    compared = list(map(without_rubrics, full, names))
    heads = [
        headline if text is whole else without_rubrics(headline, name)
        for headline, text, whole, name in zip(map(_headline, full, titles), compared, full, names, strict=True)
    ]
    words, bounds, endings = split_whole(compared)
    width = settings.bands * settings.rows
    signatures, digests = sign(words, bounds, width if signed else 0)
    languages = np.full(len(records), ASKED, np.uint8)
    if "lang" in present:
        languages[:] = [language_code(name) if isinstance(name, str) and name else ASKED for name in given]
    tell_languages(words, bounds, languages)
    told_by_script(full, bounds, languages)
    # A rubric that was taken off may be what names the agency.
    shortened = [text is not whole for text, whole in zip(compared, full, strict=True)]
    likely = have_names(texts, words, bounds) | np.array(shortened, np.bool_)
    return Sketches(
        words,
        bounds,
        signatures if signed else np.broadcast_to(EMPTY, (len(records), width)),
        _whole(digests, endings),
        _column(dates, day_of, np.int32),
        _column(sources, source_hash, np.uint32),
        languages,
        np.fromiter(map(len, texts), np.int64, len(records)),
        np.minimum(np.diff(split(heads)[1]), np.diff(bounds)).astype(np.int32),
        agency_codes(texts, [record.get("raw") for record in records] if "raw" in present else (), likely),
    )


def sketch_raw(
    documents: Sequence[str | Mapping[str, Any]], settings: DuplicateSettings = DuplicateSettings()
) -> Sketches:
    """The sketches of `raw`, the text before it was cleaned, of those documents that cleaning made shorter.

    The others, as those without `raw`, count as empty: what has lost nothing is paired for nothing that it has lost.

    >>> sketch_raw(["Stocks fell.", {"text": "", "raw": "Share"}, {"text": "Up.", "raw": "Up. " * 50}]).bounds.tolist()
    [0, 0, 0, 50]
    """
    shorter: dict[int, Mapping[str, Any]] = {}
    for row, document in enumerate(documents):
        if isinstance(document, str) or not isinstance(raw := document.get("raw"), str):
            continue
        if len(raw) - len(document["text"]) >= LOST:
            shorter[row] = {**document, "text": raw}
    whole = no_sketches(len(documents), settings)
    if not shorter:
        return whole
    sketched, rows = sketch_batch(list(shorter.values()), settings), np.array(list(shorter), np.int64)
    whole.bounds[rows + 1] = np.diff(sketched.bounds)
    np.cumsum(whole.bounds, out=whole.bounds)
    columns: list[tuple[NDArray[Any], NDArray[Any]]] = list(zip(whole[2:], sketched[2:], strict=True))
    for column, values in columns:
        column[rows] = values
    return whole._replace(words=sketched.words)


def _column(values: Sequence[Any], number: Callable[[Any], int], kind: type[np.generic]) -> NDArray[Any]:
    """The `number` of each value; None, which most documents have or none, is looked up once."""
    if values.count(None) == len(values):
        return np.full(len(values), number(None), kind)
    return np.fromiter(map(number, values), kind, len(values))


def _whole(digests: NDArray[np.uint64], endings: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Digests of whole words, from those of their stems and of what stands behind these."""
    found: NDArray[np.uint64] = np.where(digests == 0, _NO_WORDS, np.maximum(digests + endings * _FACTOR, 1))
    return found


def _texts(records: Sequence[Mapping[str, Any]]) -> list[str]:
    """The texts of documents."""
    texts = [record.get("text") for record in records]
    if not all(issubclass(kind, str) for kind in set(map(type, texts))):
        place = next(place for place, text in enumerate(texts) if not isinstance(text, str))
        name = f"document {place}, id {records[place].get('id')!r}"
        raise TypeError(f"a document needs a text (str), got {type(texts[place]).__name__}: {name}")
    return cast(list[str], texts)


def _full_text(text: str, title: Any) -> str:
    """Text with its title in front, unless it begins with it."""
    if not isinstance(title, str) or not title.strip() or text.lstrip().startswith(title.strip()):
        return text
    return f"{title}\n\n{text}"


def _headline(text: str, title: Any) -> str:
    """The title, or else the first line, if it is short and others follow."""
    if isinstance(title, str) and title.strip():
        return title
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start, start + HEADLINE + 1)
    return text[start:end] if end >= 0 else ""
