"""Texts whose bytes were read in another encoding than the one they were written in, UTF-8 in a code page aside.

Each chain is tried on the stretches it could apply to; the plausibility model decides which one, if any, is right.
"""

import functools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.damage import plausibility, search
from newsclean.damage.codepages import CODEPAGES, characters
from newsclean.edits import Edit

SUSPICIOUS = 120  # excess in cost units (10 nats) below which nothing is tried
LEAST_GAIN = 8.0  # nats a recoding must gain
READ_AS = (
    "windows-1252", "windows-1251", "windows-1250", "windows-1253", "windows-1254", "windows-1257", "mac-roman",
    "cp437", "cp850", "cp852", "cp866", "koi8-r", "iso-8859-2", "iso-8859-5", "iso-8859-7",
)  # fmt: skip
WRITTEN_IN = tuple(page.name for page in CODEPAGES)
WIDE = ("gb18030", "big5hkscs", "cp932", "cp949", "euc_jp")  # multi-byte encodings, Python's names
WIDE_NAMES = {"gb18030": "gbk", "big5hkscs": "big5", "cp949": "euc-kr", "cp932": "shift-jis", "euc_jp": "euc-jp"}


class Stretch(NamedTuple):
    """A stretch of text, what it becomes, the gain in nats and the chain."""

    start: int
    end: int
    after: str
    gain: float
    chain: str


def repair(text: str, threshold: float) -> tuple[str, tuple[Edit, ...]]:
    """The text with the best recoding of each suspicious line applied, and the edits."""
    edits = []
    position = 0
    for line in text.splitlines(keepends=True):
        body = line.rstrip("\r\n")
        if not body.isascii():
            stretch = best_recoding(body)
            if stretch and stretch.gain >= LEAST_GAIN:
                before = body[stretch.start : stretch.end]
                edits.append(Edit(position + stretch.start, before, stretch.after, stretch.chain, 0.9))
        position += len(line)
    if edits:
        from newsclean.edits import apply_edits

        return apply_edits(text, edits), tuple(edits)
    return text, ()


def best_recoding(line: str) -> Stretch | None:
    """The recoding of a part of `line` that gains most."""
    codes = search.code_points(line)
    model: Any = tuple(plausibility.model())
    before = np.empty(len(codes), np.int64)
    if search.costs(codes, model, before) < SUSPICIOUS:
        return None
    found = [*single_byte(line, codes, model), *wide(line, before, model), *unread(line, before, model), *swapped(codes, before, model)]
    return max(found, key=lambda stretch: stretch.gain, default=None)


@functools.cache
def page_table() -> NDArray[np.uint32]:
    """Code point of each byte in each page of WRITTEN_IN; 0 where undefined. Shape (pages, 256)."""
    table = np.zeros((len(WRITTEN_IN), 256), np.uint32)
    for row, name in enumerate(WRITTEN_IN):
        for byte, character in enumerate(characters(name)):
            table[row, byte] = 0 if 0x80 <= ord(character) < 0xA0 else ord(character)
    return table


@functools.cache
def byte_table(name: str) -> NDArray[np.int16]:
    """Byte of each character below 65536 in a code page, C1 and windows-1252 filling undefined bytes; -1: none."""
    table = np.full(65536, -1, np.int16)
    own, windows = characters(name), characters("windows-1252")
    for byte in range(0x80, 0x100):
        if own[byte] == chr(byte):
            table[ord(windows[byte])] = byte
            table[byte] = byte
    for byte in range(256):
        table[ord(own[byte])] = byte
    return table


def to_bytes(codes: NDArray[np.uint32], name: str) -> NDArray[np.int16]:
    """The byte of each character in the page it was read in, -1 where it has none."""
    return np.where(codes < 65536, byte_table(name)[np.minimum(codes, 65535)], np.int16(-1))


def single_byte(line: str, codes: NDArray[np.uint32], model: Any) -> Iterator[Stretch]:
    """One code page read as another."""
    best = np.zeros((len(WRITTEN_IN), 3), np.int64)
    for name in READ_AS:
        data = to_bytes(codes, name)
        if (data[codes > 0x7F] < 0).all():
            continue
        search.recode(codes, data, page_table(), model, best)
        row = int(best[:, 0].argmax())
        gain, start, end = best[row].tolist()
        if gain > 0:
            target = page_table()[row]
            after = "".join(
                character if character < "\x80" else chr(target[byte])
                for character, byte in zip(line[start:end], data[start:end].tolist(), strict=True)
            )
            yield Stretch(start, end, after, gain * plausibility.UNIT, f"{WRITTEN_IN[row]}>{name}")


def gain_of(before: NDArray[np.int64], start: int, end: int, line: str, after: str, model: Any) -> float:
    """Nats gained by replacing line[start:end] with `after`."""
    window = line[max(0, start - 1) : start] + after + line[end : end + 1]
    codes = search.code_points(window)
    out = np.empty(len(codes), np.int64)
    search.costs(codes, model, out)
    skipped = 1 if start else 0
    return float(before[start : end + 1].sum() - out[skipped:].sum()) * plausibility.UNIT


@functools.cache
def readable(name: str) -> "re.Pattern[str]":
    """Stretches of characters of a code page with at least three beyond ASCII."""
    table = byte_table(name)
    extra = "".join(re.escape(chr(code)) for code in range(0x80, 65536) if table[code] >= 0)
    return re.compile(f"[{extra}](?:[\x20-\x7e{extra}]*[{extra}][\x40-\x7e]?)?")


def wide(line: str, before: NDArray[np.int64], model: Any) -> Iterator[Stretch]:
    """A multi-byte encoding read in a code page, and UTF-8 read in a multi-byte encoding."""
    for name in ("windows-1252", "mac-roman", "windows-1251", "cp437"):
        for match in readable(name).finditer(line):
            stretch = match[0]
            if len(stretch) < 2:
                continue
            data = bytes(byte_table(name)[[ord(c) for c in stretch]].astype(np.uint8))
            for codec in WIDE:
                try:
                    after = data.decode(codec)
                except UnicodeDecodeError:
                    continue
                gain = gain_of(before, match.start(), match.end(), line, after, model)
                yield Stretch(match.start(), match.end(), after, gain, f"{WIDE_NAMES[codec]}>{name}")


def unread(line: str, before: NDArray[np.int64], model: Any) -> Iterator[Stretch]:
    """UTF-8 read in a multi-byte encoding."""
    for match in re.finditer(r"[^\x00-\x7f]+", line):
        for codec in WIDE:
            for extra in (0, 1):
                end = match.end() + extra
                if end > len(line):
                    continue
                try:
                    after = line[match.start() : end].encode(codec).decode("utf-8")
                except UnicodeError:
                    continue
                gain = gain_of(before, match.start(), end, line, after, model)
                yield Stretch(match.start(), end, after, gain, f"utf-8>{WIDE_NAMES[codec]}")


def swapped(codes: NDArray[np.uint32], before: NDArray[np.int64], model: Any) -> Iterator[Stretch]:
    """UTF-16 read with the wrong byte order."""
    turned = np.where(codes < 65536, (codes & 0xFF) << 8 | codes >> 8, codes).astype(np.uint32)
    turned.flags.writeable = False
    out = np.empty(len(codes), np.int64)
    search.costs(turned, model, out)
    start, end, gain = largest_sum(before - out)
    if gain > 0:
        after = turned[start:end].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
        yield Stretch(start, end, after, gain * plausibility.UNIT, "utf-16be>utf-16le")


def largest_sum(values: NDArray[np.int64]) -> tuple[int, int, int]:
    """Start, end and sum of the stretch of `values` with the largest sum."""
    total = np.concatenate(([0], np.cumsum(values)))
    lowest = np.minimum.accumulate(total)
    end = int((total - lowest).argmax())
    start = int(total[: end + 1].argmin())
    return start, end, int(total[end] - total[start])
