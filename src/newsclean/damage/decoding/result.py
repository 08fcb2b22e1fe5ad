"""What decoding gives: the text, how it was read, and the way back to the bytes."""

import functools
from typing import NamedTuple


class Part(NamedTuple):
    """A stretch of text that was read in one encoding. `start` and `end` count code points."""

    start: int
    end: int
    encoding: str
    raw: bytes | None = None
    """The bytes themselves, where encoding the text would give others: some characters have two codes."""


class Decoded(NamedTuple):
    """Text read from bytes.

    A byte that the encoding has no character for is a lone surrogate in the text: U+DC80 to U+DCFF, as Python's
    `surrogateescape` makes them. In UTF-16 and UTF-32 it is U+FFFD. `encode` gives the bytes back, whatever they were.

    >>> from newsclean import decode
    >>> decode("Das Café öffnet wieder.".encode("windows-1252")).text
    'Das Café öffnet wieder.'
    """

    text: str
    encoding: str
    """The encoding that most of the bytes were read in, by a name that `bytes.decode` takes."""
    confidence: float
    """How likely it is that this is the right text, from 0 to 1."""
    how: str
    """How the encoding was found out: one of `HOW`."""
    declared: str | None = None
    """What the caller or the file itself said that it is."""
    parts: tuple[Part, ...] = ()
    mark: bytes = b""
    """The byte order mark before the text, which is no part of it."""

    def encode(self) -> bytes:
        """The bytes that were decoded."""
        return self.mark + b"".join(
            encoded(self.text[part.start : part.end], part.encoding) if part.raw is None else part.raw
            for part in self.parts
        )

    @property
    def encodings(self) -> tuple[str, ...]:
        """All encodings that were met, in order of first use."""
        return tuple(dict.fromkeys(part.encoding for part in self.parts))

    @property
    def overruled(self) -> bool:
        """Whether the bytes are not what they were declared to be."""
        return self.declared is not None and self.declared not in (*self.encodings, self.encoding)

    @property
    def unreadable(self) -> int:
        """How many bytes (of UTF-16 and UTF-32: units) could not be read."""
        escaped = sum("\udc80" <= character <= "\udcff" for character in self.text) if _has_surrogates(self.text) else 0
        return escaped + sum(
            self.text.count("\ufffd", part.start, part.end) for part in self.parts if part.raw is not None
        )


HOW = {
    "ascii": "there are no other bytes than those of ASCII",
    "mark": "the byte order mark says it",
    "utf-8": "the bytes are valid UTF-8, which other text is not by chance",
    "escapes": "the escape sequences of the encoding are there",
    "units": "read two or four bytes at a time it is text",
    "declared": "it was declared, and the bytes agree",
    "plausible": "the text reads most like text of some language",
    "mixed": "lines are in different encodings; each was read in the one that it reads best in",
}


def encoded(text: str, encoding: str) -> bytes:
    """The bytes of a text, lone surrogates as the bytes they stand for.

    Raises:
        UnicodeError: the encoding has no bytes for the text.
    """
    return text.encode(encoding, "surrogatepass" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape")


def part(text: str, start: int, encoding: str, raw: bytes) -> Part:
    """The part of a text that begins at `start`, with its bytes kept if the encoding would give others."""
    try:
        same = encoded(text, encoding) == raw
    except UnicodeError:
        same = False
    return Part(start, start + len(text), encoding, None if same else raw)


def _has_surrogates(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


@functools.cache
def nothing() -> Decoded:
    """What no bytes at all are read as."""
    return Decoded("", "ascii", 1.0, "ascii")
