"""Encodings that bytes prove by their form alone: marks, wide units, escape sequences, UTF-8."""

import re

from newsclean.damage.decoding import result
from newsclean.damage.decoding.costs import COLUMNS, text_costs
from newsclean.damage.decoding.result import Decoded, Part
from newsclean.damage.models import bigrams

SAMPLE = 4096  # bytes by which it is found out whether two or four are a unit
SHORT_WIDE = 2000  # bytes that may be wide units without a zero among them: Chinese without spaces and lines
GIBBERISH = 10.0  # nats a character that no text costs
WIDE = {"utf-16-le": 2, "utf-16-be": 2, "utf-32-le": 4, "utf-32-be": 4}

MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
UTF_16_ZERO = b"\xff\xfe\x00\x00"  # the mark of UTF-32, or that of UTF-16 and a zero
ESCAPES = (  # what only these encodings have, and they; the first that reads it
    (re.compile(rb"\x1b\$\)C"), ("iso-2022-kr",)),
    (re.compile(rb"\x1b(?:\$[@B]|\$\([D]|\([IJ])"), ("iso-2022-jp", "iso-2022-jp-2", "iso-2022-jp-ext")),
    (re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+(?:~\}|$)"), ("hz",)),
)


def marked(data: bytes) -> Decoded | None:
    """Bytes with a byte order mark."""
    for mark, name in MARKS:
        if data.startswith(mark) and not (mark == UTF_16_ZERO and _broken(data, name)):
            text, parts = read(data[len(mark) :], name)
            return Decoded(text, name, 1.0, "mark", parts=parts, mark=mark)
    return None


def _broken(data: bytes, name: str) -> bool:
    try:
        data.decode(name)
    except UnicodeDecodeError:
        return True
    return False


def wide(data: bytes, other: str) -> Decoded | None:
    """Bytes that are UTF-16 or UTF-32 without a mark, if that reads better than `other`, which they read as else."""
    if b"\x00" not in data and (len(data) > SHORT_WIDE or b"\n" in data):  # a space or a line feed would have one
        return None
    sample = data[:SAMPLE]
    least, best = _cost(other[: len(sample)]), ""
    for name, size in WIDE.items():
        if len(sample) < 2 * size:
            continue
        text, _ = read(sample[: len(sample) // size * size], name)
        if text.count("\ufffd") * 50 <= len(text) and text.count("\x00") * 50 <= len(text):
            cost = _cost(text)
            if cost < least:
                least, best = cost, name
    if not best:
        return None
    text, parts = read(data, best)
    gibberish = least > GIBBERISH * len(sample) / WIDE[best]
    return Decoded(text, best, 0.2 if gibberish else 0.99, "units", parts=parts)


def rare(data: bytes, declared: str | None, other: str) -> Decoded | None:
    """Bytes in a declared encoding that is not looked for, such as EBCDIC or UTF-7. None unless they read better in it
    than as `other`."""
    if declared is None or declared in COLUMNS or declared in WIDE:
        return None
    try:
        text = data.decode(declared)
        better = _cost(text[:SAMPLE]) < _cost(other[:SAMPLE])
    except (UnicodeError, ValueError):
        return None
    return Decoded(text, declared, 0.99, "declared", parts=(result.part(text, 0, declared, data),)) if better else None


def _cost(text: str) -> float:
    return float(text_costs(text).sum()) * bigrams.UNIT


def escaped(data: bytes) -> Decoded | None:
    """Bytes of seven bits with the escape sequences of ISO-2022, or the tildes of HZ."""
    if not data.isascii():
        return None
    for pattern, names in ESCAPES:
        if not pattern.search(data):
            continue
        for name in names:
            text = data.decode(name, "replace")
            if text.count("\ufffd") <= 1 + len(text) // 100 and _cost(text) < _cost(data.decode("ascii")):
                return Decoded(text, name, 0.99, "escapes", parts=(result.part(text, 0, name, data),))
    return None


def ascii_or_utf8(data: bytes) -> Decoded | None:
    """Bytes that are ASCII or UTF-8, or UTF-8 but for a last character that was cut."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason != "unexpected end of data" or error.end < len(data) or data[: error.start].isascii():
            return None
        text = data.decode("utf-8", "surrogateescape")
    if len(text) == len(data):
        return Decoded(text, "ascii", 1.0, "ascii", parts=(Part(0, len(text), "ascii"),))
    units = len(data) - len(text)  # bytes that only continue a character
    return Decoded(text, "utf-8", 1.0 - 0.03 ** min(units, 3), "utf-8", parts=(Part(0, len(text), "utf-8"),))


def read(data: bytes, name: str) -> tuple[str, tuple[Part, ...]]:
    """Text in an encoding that is certain, and its parts; what cannot be read is kept."""
    size = WIDE.get(name)
    if size is None:
        try:
            text = data.decode(name, "surrogateescape")
        except UnicodeError:  # bytes of ASCII that are none in ISO-2022, UTF-7 and the like
            text = data.decode(name, "replace")
        return text, (result.part(text, 0, name, data),)
    whole, rest = data[: len(data) // size * size], data[len(data) // size * size :]
    try:
        text = whole.decode(name, "surrogatepass")
    except UnicodeDecodeError:
        text = whole.decode(name, "replace")
    parts = [result.part(text, 0, name, whole)]
    if rest:
        parts.append(Part(len(text), len(text) + 1, name, rest))
        text += "\ufffd"
    return text, tuple(parts)
