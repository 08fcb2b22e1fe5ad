"""Chains with a multi-byte encoding (GBK, Big5, Shift-JIS, EUC) or UTF-16, and what each makes of a line."""

import functools
import itertools
import re
from collections.abc import Iterator

import numpy as np

from newsclean.compilation import read_only
from newsclean.damage.codepoints import code_points
from newsclean.damage.encodings.tables import byte_table
from newsclean.damage.models import bigrams
from newsclean.damage.models.bigrams import largest_sum
from newsclean.damage.recoding.types import FEWEST_WIDE, Line, Recoding, Stretch

LEAST_PAIRS = 4  # UTF-16 units that are the least to be believed
WIDE = (  # multi-byte encodings: name in rules, Python's codec
    ("gbk", "gbk"), ("big5", "big5hkscs"), ("shift-jis", "cp932"), ("euc-kr", "cp949"), ("euc-jp", "euc_jp"),
)  # fmt: skip
WIDE_READ_AS = ("windows-1252", "mac-roman", "windows-1251", "cp437", "windows-1254", "windows-1250")
OWN = {"windows-1254": set("ĞİŞğış"), "windows-1250": set("ĂăĄąĆćČčĎďĐđĘęĚěĹĺĽľŁłŃńŇňŐőŔŕŘřŞşŢţŤťŮůŰűŹźŻż")}
"""Letters by which code pages differ from windows-1252."""

WIDE_RARITY = 8.0  # nats that a multi-byte encoding must gain more in other code pages than windows-1252
SWAPPED = "utf-16be>utf-16le"
MOST_STRETCHES = 12  # stretches of a line that are tried in multi-byte encodings


def gain_of(line: Line, start: int, end: int, after: str) -> float:
    """Nats gained by replacing line.text[start:end] with `after`."""
    codes = code_points(line.text[max(0, start - 1) : start] + after + line.text[end : end + 1])
    after_costs = bigrams.code_costs(codes)[1 if start else 0 :]
    return float(line.costs[start : end + 1].sum() - after_costs.sum()) * bigrams.UNIT


@functools.cache
def readable(name: str) -> "re.Pattern[str]":
    """Stretches of characters of a code page with characters beyond ASCII at both ends."""
    table = byte_table(name)
    extra = "".join(re.escape(chr(code)) for code in range(0x80, 65536) if table[code] >= 0)
    return re.compile(f"[{extra}](?:[\x20-\x7e{extra}]*[{extra}])?")


def wide(line: Line, only: frozenset[str]) -> Iterator[Recoding]:
    """A multi-byte encoding read in a code page."""
    for name in WIDE_READ_AS:
        if only and not any(chain.endswith(f">{name}") for chain in only):
            continue
        if name in OWN and OWN[name].isdisjoint(line.text):
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
                        gain = gain_of(line, start, stop, after)
                        value = gain - WIDE_RARITY * (name != WIDE_READ_AS[0])
                        yield Recoding(
                            f"{chain}>{name}", "wide", (Stretch(start, stop, line.text[start:stop], after, value),)
                        )
                    break


@functools.lru_cache(maxsize=1 << 14)
def begins_utf8(character: str, codec: str) -> bool:
    """Whether the first byte of a character in a multi-byte encoding may begin one of UTF-8. To ask this first takes a
    tenth of the time of encoding and decoding what cannot be."""
    try:
        return 0xC2 <= character.encode(codec)[0] <= 0xF4
    except UnicodeError:
        return False


def unread(line: Line, only: frozenset[str]) -> Iterator[Recoding]:
    """UTF-8 read in a multi-byte encoding."""
    if only and not any(chain.startswith("utf-8>") for chain in only):
        return
    matches = list(re.finditer(r"[^\x00-\x7f]+", line.text))
    for chain, codec in WIDE:
        stretches = []
        for match in matches:
            for end in (match.end(), match.end() + 1) if begins_utf8(match[0][0], codec) else ():
                try:
                    after = line.text[match.start() : end].encode(codec).decode("utf-8")
                except UnicodeError:
                    continue
                if end <= len(line.text):
                    gain = gain_of(line, match.start(), end, after)
                    if gain > 0:
                        stretches.append(Stretch(match.start(), end, line.text[match.start() : end], after, gain))
                break
        if stretches:
            yield Recoding(f"utf-8>{chain}", "unread", tuple(stretches))


def crossed(line: Line, only: frozenset[str]) -> Iterator[Recoding]:
    """One multi-byte encoding, or a Cyrillic code page, read as another multi-byte encoding."""
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
                gain = gain_of(line, match.start(), end, after)
                before = line.text[match.start() : end]
                yield Recoding(f"{chain}>{read_as}", "crossed", (Stretch(match.start(), end, before, after, gain),))


def swapped(line: Line, only: frozenset[str]) -> Iterator[Recoding]:
    """UTF-16 read with the wrong byte order."""
    if only and SWAPPED not in only:
        return
    codes = line.codes
    turned = read_only(np.where(codes < 65536, (codes & 0xFF) << 8 | codes >> 8, codes).astype(np.uint32))
    start, end, gain = largest_sum(np.where(codes < 0x100, -200, line.costs - bigrams.code_costs(turned)))
    if end - start >= LEAST_PAIRS:
        after = turned[start:end].astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
        after = after.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        yield Recoding(
            SWAPPED,
            "swapped",
            (Stretch(start, end, line.text[start:end], after, gain * bigrams.UNIT),),
        )
