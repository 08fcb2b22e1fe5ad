"""The chains of encodings that a line may have gone through, UTF-8 in a code page aside, and what each makes of it."""

import functools
import itertools
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from newsclean.damage import plausibility, search
from newsclean.damage.codepages import CODEPAGES
from newsclean.damage.plausibility import MODEL_TYPE
from newsclean.damage.search import CODES_TYPE, cost
from newsclean.damage.tables import WRITTEN_IN, byte_table, page_table
from newsclean.kernels import kernel

LEAST_PAIRS = 3  # UTF-16 units that are the least to be believed
READ_AS = (
    "windows-1252", "windows-1251", "windows-1250", "windows-1253", "windows-1254", "windows-1257", "mac-roman",
    "cp437", "cp850", "cp852", "cp866", "koi8-r", "iso-8859-2", "iso-8859-5", "iso-8859-7",
)  # fmt: skip
WIDE = (  # multi-byte encodings: name in rules, Python's codec
    ("gbk", "gbk"), ("big5", "big5hkscs"), ("shift-jis", "cp932"), ("euc-kr", "cp949"), ("euc-jp", "euc_jp"),
)  # fmt: skip
COMMON = (  # pages that whole texts were written in and later misread, beside UTF-8
    "windows-1252", "windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1255", "windows-1256",
    "windows-1257", "windows-874", "iso-8859-2", "cp437", "cp737", "cp850", "cp852", "cp866", "koi8-r", "mac-roman",
)  # fmt: skip
UNCOMMON = 6.0  # nats that a recoding from another page must gain more
RARITY = {page.name: 0.0 if page.name in COMMON else UNCOMMON for page in CODEPAGES}
WIDE_READ_AS = ("windows-1252", "mac-roman", "windows-1251", "cp437")


WIDE_RARITY = 8.0  # nats that a multi-byte encoding must gain more in other pages than windows-1252
SWAPPED = "utf-16be>utf-16le"
SHORT = 6  # code points of a neighbouring word, its space included, that goes with a stretch
MOST_STRETCHES = 12  # stretches of a line that are tried in multi-byte encodings
FEWEST_WIDE = 4  # characters beyond ASCII: a degree sign and a superscript are a Korean syllable, too


class Stretch(NamedTuple):
    """A stretch of text, what it becomes, and what that gains (nats)."""

    start: int
    end: int
    before: str
    after: str
    gain: float


class Recoding(NamedTuple):
    """A chain and where it applies."""

    chain: str
    kind: str
    stretches: tuple[Stretch, ...]

    @property
    def gain(self) -> float:
        return sum(stretch.gain for stretch in self.stretches)


class Line(NamedTuple):
    """A line under suspicion: text, code points, cost of each character after the one before it."""

    text: str
    codes: NDArray[np.uint32]
    costs: NDArray[np.int64]


def recodings(line: Line, model: Any, only: frozenset[str]) -> Iterator[Recoding]:
    """Every chain, or those in `only`, that could explain a part of the line."""
    yield from single_byte(line, model, only)
    for generator in (wide, unread, crossed, swapped):
        yield from (recoding for recoding in generator(line, model, only) if not only or recoding.chain in only)


@functools.cache
def rarities() -> NDArray[np.int64]:
    """Cost units that a text written in each page must gain more than one written in windows-1252."""
    return np.array([RARITY[page.name] / plausibility.UNIT for page in CODEPAGES]).astype(np.int64)


def to_bytes(codes: NDArray[np.uint32], name: str) -> NDArray[np.int16]:
    """The byte of each character in the page it was read in, -1 where it has none."""
    return np.where(codes < 65536, byte_table(name)[np.minimum(codes, 65535)], np.int16(-1))


def single_byte(line: Line, model: Any, only: frozenset[str]) -> Iterator[Recoding]:
    """One code page read as another."""
    best = np.zeros((len(WRITTEN_IN), 3), np.int64)
    for name in READ_AS:
        if only and not any(chain.endswith(f">{name}") for chain in only):
            continue
        data = to_bytes(line.codes, name)
        if (data[line.codes > 0x7F] < 0).all():
            continue
        _gains(line.codes, line.costs, data, page_table(), model, best)
        order = (rarities() - best[:, 0]).argsort(kind="stable")[:3]
        for row in order.tolist():
            gain, start, end = best[row].tolist()
            if gain > 0:
                start, end = widened(line.text, data, start, end)
                codes = line.codes[start:end]
                read = np.where(codes < 0x80, codes, page_table()[row][data[start:end]])
                after = read.astype("<u4").tobytes().decode("utf-32-le")
                value = (gain - int(rarities()[row])) * plausibility.UNIT
                yield Recoding(
                    f"{WRITTEN_IN[row]}>{name}", "page", (Stretch(start, end, line.text[start:end], after, value),)
                )


def reread(text: str, chain: str) -> str:
    """A text after one code page read as another, what has no byte left as it is.

    >>> reread("Íîâîñòè…", "windows-1251>latin-1")
    'Новости…'
    """
    written, read_as = chain.split(">")
    codes = plausibility.code_points(text)
    data = to_bytes(codes, read_as)
    read = page_table()[WRITTEN_IN.index(written)][data]
    return np.where((codes < 0x80) | (data < 0) | (read == 0), codes, read).astype("<u4").tobytes().decode("utf-32-le")


def widened(text: str, data: NDArray[np.int16], start: int, end: int) -> tuple[int, int]:
    """A stretch with the words before and after it, as far as they are short and all of their characters have bytes.

    A word of one or two letters is often as plausible before as after; alone, it gains nothing and would be left out.
    """
    first, last = text.rfind(" ", 0, max(start - 1, 0)) + 1, text.find(" ", end + 1)
    last = len(text) if last < 0 else last
    if start > 0 and start - first <= SHORT and not text[first:start].isascii() and (data[first:start] >= 0).all():
        start = first
    if last - end <= SHORT and not text[end:last].isascii() and (data[end:last] >= 0).all():
        end = last
    return start, end


def gain_of(line: Line, start: int, end: int, after: str, model: Any) -> float:
    """Nats gained by replacing line.text[start:end] with `after`."""
    codes = plausibility.code_points(line.text[max(0, start - 1) : start] + after + line.text[end : end + 1])
    out = np.empty(len(codes), np.int64)
    search.costs(codes, model, out)
    return float(line.costs[start : end + 1].sum() - out[1 if start else 0 :].sum()) * plausibility.UNIT


@functools.cache
def readable(name: str) -> "re.Pattern[str]":
    """Stretches of characters of a code page with characters beyond ASCII at both ends."""
    table = byte_table(name)
    extra = "".join(re.escape(chr(code)) for code in range(0x80, 65536) if table[code] >= 0)
    return re.compile(f"[{extra}](?:[\x20-\x7e{extra}]*[{extra}])?")


def wide(line: Line, model: Any, only: frozenset[str]) -> Iterator[Recoding]:
    """A multi-byte encoding read in a code page."""
    for name in WIDE_READ_AS:
        if only and not any(chain.endswith(f">{name}") for chain in only):
            continue
        table = byte_table(name)
        for match in itertools.islice(readable(name).finditer(line.text), MOST_STRETCHES):
            if len(match[0]) < FEWEST_WIDE:
                continue
            start, end = match.span()
            data = bytes(table[line.codes[start : end + 1].clip(0, 65535)].clip(0).astype(np.uint8))
            for chain, codec in WIDE:
                for length in (end - start, end + 1 - start, end - 1 - start):
                    try:
                        after = data[:length].decode(codec)
                    except UnicodeDecodeError:
                        continue
                    stop = min(start + length, len(line.text))
                    if length <= len(data) and not (length > end - start and stop == end):
                        gain = gain_of(line, start, stop, after, model)
                        value = gain - WIDE_RARITY * (name != WIDE_READ_AS[0])
                        yield Recoding(
                            f"{chain}>{name}", "wide", (Stretch(start, stop, line.text[start:stop], after, value),)
                        )
                    break


def unread(line: Line, model: Any, only: frozenset[str]) -> Iterator[Recoding]:
    """UTF-8 read in a multi-byte encoding."""
    if only and not any(chain.startswith("utf-8>") for chain in only):
        return
    for chain, codec in WIDE:
        stretches = []
        for match in re.finditer(r"[^\x00-\x7f]+", line.text):
            for end in (match.end(), match.end() + 1):
                try:
                    after = line.text[match.start() : end].encode(codec).decode("utf-8")
                except UnicodeError:
                    continue
                if end <= len(line.text):
                    gain = gain_of(line, match.start(), end, after, model)
                    if gain > 0:
                        stretches.append(Stretch(match.start(), end, line.text[match.start() : end], after, gain))
                break
        if stretches:
            yield Recoding(f"utf-8>{chain}", "unread", tuple(stretches))


def crossed(line: Line, model: Any, only: frozenset[str]) -> Iterator[Recoding]:
    """One multi-byte encoding, or a Cyrillic page, read as another multi-byte encoding."""
    match = re.search(r"[^\x00-\x7f](?:.*[^\x00-\x7f])?", line.text)
    if only and not any(chain.endswith(f">{name}") for chain in only for name, _ in WIDE):
        return
    if match is None or len(match[0]) < FEWEST_WIDE:
        return
    for read_as, codec in WIDE:
        for end in (match.end(), match.end() + 1):
            try:
                data = line.text[match.start() : end].encode(codec)
            except UnicodeError:
                break
            for chain, written in (*WIDE, ("windows-1251", "cp1251")):
                if written == codec or end > len(line.text):
                    continue
                try:
                    after = data.decode(written)
                except UnicodeError:
                    continue
                gain = gain_of(line, match.start(), end, after, model)
                before = line.text[match.start() : end]
                yield Recoding(f"{chain}>{read_as}", "crossed", (Stretch(match.start(), end, before, after, gain),))


def swapped(line: Line, model: Any, only: frozenset[str]) -> Iterator[Recoding]:
    """UTF-16 read with the wrong byte order."""
    if only and SWAPPED not in only:
        return
    codes = line.codes
    turned = np.where(codes < 65536, (codes & 0xFF) << 8 | codes >> 8, codes).astype(np.uint32)
    turned.flags.writeable = False
    out = np.empty(len(codes), np.int64)
    search.costs(turned, model, out)
    start, end, gain = largest_sum(np.where(codes < 0x100, -200, line.costs - out))
    if end - start >= LEAST_PAIRS:
        after = turned[start:end].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
        after = after.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        yield Recoding(
            SWAPPED,
            "swapped",
            (Stretch(start, end, line.text[start:end], after, gain * plausibility.UNIT),),
        )


def largest_sum(values: NDArray[np.int64]) -> tuple[int, int, int]:
    """Start, end and sum of the stretch of `values` with the largest sum.

    >>> largest_sum(np.array([1, -2, 3, 4, -1]))
    (2, 4, 7)
    """
    total = np.concatenate(([0], np.cumsum(values)))
    lowest = np.minimum.accumulate(total)
    end = int((total - lowest).argmax())
    start = int(total[: end + 1].argmin())
    return start, end, int(total[end] - total[start])


@kernel(f"void({CODES_TYPE}, int64[::1], int16[::1], uint32[:, ::1], {MODEL_TYPE}, int64[:, ::1])", interpreted=True)
def _gains(codes: Any, paid: Any, data: Any, pages: Any, model: Any, best: Any) -> None:
    """For each page, the stretch of words that gains most when its bytes are read in that page instead.

    `paid` is what each character costs as it stands; `data` holds the byte of each character in the page it was read
    in, -1 where it has none; `pages[p, byte]` the code point of the byte in page p, 0 where undefined. A row of
    `best` becomes gain (cost units), start, end.
    """
    symbol, frequent = model[0], model[4]
    for p in range(len(pages)):
        gain, start, same, right = 0, 0, True, 10
        best[p, 0], best[p, 1], best[p, 2] = 0, 0, 0
        for i in range(len(codes)):
            before = codes[i]
            after = before if before < 0x80 else pages[p, data[i]] if data[i] >= 0 else 0
            if after == 0:
                gain, start, same, right = 0, i + 1, True, before
                continue
            if before == 32 or before == 10:
                if gain > best[p, 0]:
                    best[p, 0], best[p, 1], best[p, 2] = gain, start, i
                if gain <= 0:
                    gain, start, same, right = 0, i + 1, True, before
            if not same or before != after:
                a, b = symbol[right], symbol[after]
                if a < len(frequent) and b < len(frequent):  # a call takes ten times as long
                    gain += paid[i] - frequent[a, b]
                else:
                    gain += paid[i] - cost(model, right, after)
            same, right = before == after, after
        if gain > best[p, 0]:
            best[p, 0], best[p, 1], best[p, 2] = gain, start, len(codes)
