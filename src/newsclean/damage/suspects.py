"""Which texts of a batch are repaired at once, which are looked at one by one, and which are left as they are."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.compilation import encode, read_only
from newsclean.damage import utf7
from newsclean.damage.characters import rules
from newsclean.damage.codepoints import code_points
from newsclean.damage.evidence import RepairHints
from newsclean.damage.lossy import leftovers, lost_letters
from newsclean.damage.mojibake import confidence, whole
from newsclean.damage.mojibake.edits import decoded_texts
from newsclean.damage.recoding import repair
from newsclean.damage.screening import _ascii
from newsclean.damage.screening.report import AMPERSAND, CONTROL, LOST, PLUS, ScreeningReport, Step
from newsclean.damage.screening.screen import damaged_texts, screen_codes, screen_texts

BATCH = 1 << 18  # code points that are screened at once: they and their bytes stay in the processor's cache

LOUD = 60.0  # nats that runs gain in a text of which words may be decoded at once although many others are correct

Texts = Sequence[str] | Mapping[int, str]
"""Texts by their numbers."""


class Found(NamedTuple):
    """What is found in some texts, by their numbers: signs of damage, and what texts become whose words are decoded at
    once. The latter have signs, too, if there is more to do."""

    signs: dict[int, ScreeningReport]
    decoded: dict[int, Step]


def suspects(texts: Sequence[str], known: RepairHints, settled: frozenset[int] = frozenset()) -> Iterator[Found]:
    """What is found in texts, until there is about BATCH to repair. Those that are `settled` are not screened. A part
    of correct text has a text or two with signs. A call for them takes as long as one for many: a quarter of the time
    of correct text."""
    some = Found({}, {})
    size = 0
    for part in _screened(texts, known, settled):
        some.signs.update(part.signs)
        some.decoded.update(part.decoded)
        size += sum(len(texts[number]) for number in part.signs)
        if size >= BATCH:
            yield some
            some, size = Found({}, {}), 0
    yield some


def _screened(texts: Sequence[str], known: RepairHints, settled: frozenset[int]) -> Iterator[Found]:
    """What is found in each part of the texts."""
    plain: list[int] = []
    other: list[int] = []
    for number, text in enumerate(texts):
        (plain if text.isascii() else other).append(number)
    for some in parts(texts, plain):
        doubted = list(_suspects(texts, some))
        seen = screen_texts([texts[number] for number in doubted])
        yield Found(dict(zip(doubted, seen, strict=True)), {})
    for some in parts(texts, other):
        codes, lengths = _joined(texts, some)
        decoded = _decoded(texts, some, codes, lengths, known, whole.PATIENCE)
        if decoded or settled:
            some = [number for number in some if number not in decoded and number not in settled]
            codes, lengths = _joined(texts, some)
        signs = {some[k]: seen for k, seen in damaged_texts(codes, lengths)}
        loud = [k for k, seen in signs.items() if seen.gain >= LOUD]
        if loud:
            decoded |= _decoded(texts, loud, *_joined(texts, loud), known, -whole.PATIENCE)
        yield Found({k: v for k, v in signs.items() if k not in decoded and not is_idle(texts[k], v, known)}, decoded)


def _joined(texts: Sequence[str], numbers: Sequence[int]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """The code points of some texts, one after the other, and their lengths."""
    some = [texts[number] for number in numbers]
    return code_points("".join(some)), np.array(list(map(len, some)), np.int64)


def _decoded(
    texts: Sequence[str],
    numbers: Sequence[int],
    codes: NDArray[np.uint32],
    lengths: NDArray[np.int64],
    known: RepairHints,
    patience: int,
) -> dict[int, Step]:
    """What those texts become whose words are decoded at once, if that leaves no mojibake to be decoded. Their lines
    are then looked at as those of other texts."""
    offsets = np.concatenate(([0], np.cumsum(lengths)))
    layers = [(numbers[k], layer) for k, layer in whole.decoded_whole(codes, offsets, known, patience)]
    if not layers:
        return {}
    made = read_only(np.concatenate([layer.after for _, layer in layers]))
    signs = screen_codes(made, [len(layer.after) for _, layer in layers])
    some = [(*own, seen) for own, seen in zip(layers, signs, strict=True) if not _has_runs(seen, known)]
    before = [texts[number] for number, _, _ in some]
    decoded = decoded_texts(before, [([layer], seen) for _, layer, seen in some])
    steps = repair.repair_lines(before, decoded, [unscreened(text) for text in before], known)
    numbers, unseen = [number for number, _, _ in some], [step.text for step in steps if not step.signs]
    again = iter(screen_texts(unseen))
    seen = [step.signs or next(again) for step in steps]
    return {
        number: step._replace(signs=None if is_settled(step.text, own, known) else own)
        for number, step, own in zip(numbers, steps, seen, strict=True)
    }


def _has_runs(seen: ScreeningReport, known: RepairHints) -> bool:
    """Whether some mojibake may be decoded."""
    return bool(seen.codepages) and confidence.possible(seen, known)


def unscreened(text: str) -> ScreeningReport:
    """The signs of a text that was not screened."""
    return ScreeningReport(0, 0, 0, len(text), 0.0, 0, None)


def is_suspect(text: str, seen: ScreeningReport, known: RepairHints) -> bool:
    """Whether a text that was screened would be looked at one by one."""
    if text.isascii():
        return _is_suspect(text, seen.flags)
    return seen.damaged and not is_idle(text, seen, known)


def is_settled(text: str, seen: ScreeningReport, known: RepairHints) -> bool:
    """Whether a text beyond ASCII with some signs is left as it is, unless whole words of it are decoded at once."""
    return seen.gain < LOUD and not text.isascii() and (not seen.damaged or is_idle(text, seen, known))


def is_idle(text: str, seen: ScreeningReport, known: RepairHints) -> bool:
    """Whether all stages would leave a text as it is. It has nothing but ampersands that begin no entity, and runs none
    of which can be sure enough. Most Cyrillic texts of 3 KB are so, and would take three times the time."""
    if seen.suspicious or seen.flags & ~(AMPERSAND | LOST) or (seen.flags & LOST and _has_lost(text)):
        return False
    if seen.flags & AMPERSAND and rules.has_entity(text):
        return False
    return not _has_runs(seen, known)


def _has_lost(text: str) -> bool:
    """Whether a text has what may be left of lost letters, or of misread signs."""
    return lost_letters.has_signs(text) or leftovers.has_signs(text) or rules.has_sign(text, rules.MISREAD_SIGNS)


def parts(texts: Texts, numbers: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of texts in parts of about BATCH code points."""
    some: list[int] = []
    size = 0
    for number in numbers:
        some.append(number)
        size += len(texts[number])
        if size >= BATCH:
            yield some
            some, size = [], 0
    if some:
        yield some


def _suspects(texts: Sequence[str], plain: Sequence[int]) -> Iterator[int]:
    """The numbers of those of some ASCII texts that may be damaged."""
    data, offsets = encode([texts[number] for number in plain])
    found = np.empty(len(plain), np.int64)
    _ascii.screen_bytes(data, offsets, found)
    for k in np.flatnonzero(found).tolist():
        if _is_suspect(texts[plain[k]], int(found[k])):
            yield plain[k]


def _is_suspect(text: str, flags: int) -> bool:
    """Whether an ASCII text with some flags may be damaged."""
    entity = flags & AMPERSAND and rules.has_entity(text)
    return bool(flags & CONTROL or entity or (flags & PLUS and utf7.utf7(text)))
