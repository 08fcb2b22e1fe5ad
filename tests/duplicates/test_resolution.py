"""Out of memory as in memory: what is found depends on the documents, not on where arrays lie and on steps."""

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from newsclean.duplicates import (
    DuplicateSettings,
    Raw,
    Resolved,
    Scratch,
    arrays,
    find_duplicates,
    resolution,
    resolve_numbered,
)
from newsclean.duplicates.matching import Corpus, verify
from newsclean.duplicates.pipeline import named
from newsclean.duplicates.sketching import Joiner, sketch_batch, sketch_raw
from newsclean.settings import MEMORY
from tests.duplicates.articles import article

MENU = "Home News Sport Business About us Subscribe to our newsletter All rights reserved " * 8


def documents() -> list[dict[str, Any]]:
    """Articles with copies, excerpts, reports on one event, shared menus, short texts and templates."""
    chooser, made = random.Random(1), list[dict[str, Any]]()
    for seed in range(150):
        text = article(seed, 120)
        made.append({"text": text, "date": f"2024-05-{seed % 28 + 1:02}", "source": f"s{seed % 5}"})
        words = text.split()
        if seed % 3 == 0:
            edited = " ".join("edited" if chooser.random() < 0.07 else word for word in words)
            made.append({"text": edited, "date": f"2024-05-{seed % 27 + 2:02}", "source": "s9"})
        if seed % 5 == 0:
            made.append({"text": text.upper()})
            made.append({"text": " ".join(words[:60])})
        if seed % 4 == 0:  # other sentences on one event
            event = " ".join(chooser.sample(words, 40))
            made.append({"text": f"{article(1000 + seed, 60)} {event}", "date": f"2024-05-{seed % 28 + 1:02}"})
            made.append({"text": f"{event} {article(2000 + seed, 60)}", "date": f"2024-05-{seed % 28 + 1:02}"})
        made.append({"text": " ".join(words[:12]), "source": f"s{seed % 7}"})
    for at in range(0, len(made), 6):
        made[at]["raw"] = f"{made[at]['text']} {MENU}"
    return [each | {"id": f"d{at}"} for at, each in enumerate(made)]


def resolved(given: list[dict[str, Any]], settings: DuplicateSettings, scratch: Scratch) -> Resolved:
    """What is found, by number."""
    raw = sketch_raw(given, settings)
    rows = np.flatnonzero(raw.digests)
    ids = [each["id"] for each in given]
    return resolve_numbered(
        sketch_batch(given, settings), ids, settings, Raw(raw.take(rows.tolist()), rows), 0, scratch
    )


def flat(found: Any) -> list[Any]:
    """All arrays of nested tuples."""
    return [found.tolist()] if isinstance(found, np.ndarray) else [each for part in found for each in flat(part)]


@pytest.mark.parametrize("stories", [True, False])
def test_memory_does_not_matter(tmp_path: Path, stories: bool) -> None:
    given, settings = documents(), DuplicateSettings(stories=stories, border=True)
    expected = resolved(given, settings, Scratch())
    relations = set(expected.pairs.relation.tolist())
    assert relations >= ({0, 1, 2, 3, 4} if stories else {0, 1, 2, 4})
    for memory in (1 << 12, 1 << 16, 1 << 20):
        assert flat(resolved(given, settings, Scratch(tmp_path, memory))) == flat(expected), memory
        assert flat(resolved(given, settings, Scratch(None, memory))) == flat(expected), memory
    assert not list(tmp_path.iterdir())  # files have no names, so that none is left behind


@pytest.mark.parametrize("memory", [1 << 12, 1 << 20, MEMORY])
def test_threads_do_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, memory: int) -> None:
    given, settings = documents(), DuplicateSettings(border=True)
    expected = resolved(given, settings, Scratch())
    monkeypatch.setattr(arrays, "_SEVERAL", 1)
    assert flat(resolved(given, settings, Scratch(tmp_path, memory, threads=3))) == flat(expected)


def test_numbers_and_names_say_the_same() -> None:
    given, settings = documents(), DuplicateSettings()
    assert named(resolved(given, settings, Scratch()), [each["id"] for each in given]) == find_duplicates(given)


def test_order_does_not_matter(tmp_path: Path) -> None:
    given, settings = documents(), DuplicateSettings()
    shuffled = random.Random(2).sample(given, len(given))
    one, two = (
        named(resolved(order, settings, Scratch(tmp_path, 1 << 14)), [each["id"] for each in order])
        for order in (given, shuffled)
    )
    assert one.keep == two.keep
    assert {frozenset(each.members) for each in one.stories} == {frozenset(each.members) for each in two.stories}
    assert {(frozenset(pair[:2]), *pair[2:]) for pair in one.pairs} == {
        (frozenset(pair[:2]), *pair[2:]) for pair in two.pairs
    }


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="files without names are counted where Linux tells them")
def test_room_of_signatures_and_raw_texts_is_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given, settings, scratch = documents(), DuplicateSettings(), Scratch(tmp_path, 1 << 12)
    whole, raw = Joiner(scratch), Joiner(scratch)
    whole.add(sketch_batch(given, settings))
    shorter = sketch_raw(given, settings)
    rows = np.flatnonzero(shorter.digests)
    raw.add(shorter.take(rows.tolist()))
    free = {size * 4 * settings.bands * settings.rows for size in (whole.size, raw.size)}
    held: list[set[int]] = []

    def looked(corpus: Corpus, met: Any, settings: DuplicateSettings) -> Any:
        assert not corpus.signatures.size
        held.append({path.stat().st_size for path in Path("/proc/self/fd").iterdir() if path.exists()})
        return verify(corpus, met, settings)

    monkeypatch.setattr(resolution, "verify", looked)
    ids = [each["id"] for each in given]
    resolve_numbered(whole.joined(), ids, settings, Raw(raw.joined(), rows), 0, scratch)
    assert held
    assert not held[0] & free
