"""Bytes of unknown encoding in, text out; no byte is lost."""

from collections.abc import Sequence

from newsclean.damage.decoding.result import HOW, Decoded, Part

__all__ = ["HOW", "Decoded", "Part", "decode", "decode_as", "encoding_of"]


def decode(data: bytes | bytearray | memoryview, declared: str | None = None, languages: Sequence[str] = ()) -> Decoded:
    """Text from bytes of unknown encoding; never raises for any bytes, and `encode` of what it returns gives them back.

    `declared` is what the source says the encoding is, such as the `charset` of HTTP. What a file says itself (`meta`,
    XML, CSS, message catalogues) is found without. Both are believed unless the bytes say otherwise. `languages` are
    codes of languages that the text is likely to be in.

    >>> found = decode("Съешь ещё этих мягких французских булок".encode("koi8-r"), declared="iso-8859-1")
    >>> found.text, found.encoding, found.overruled
    ('Съешь ещё этих мягких французских булок', 'koi8-r', True)

    Raises:
        TypeError: `data` is not bytes.
    """
    from newsclean.damage.decoding import pipeline

    if isinstance(data, str):
        raise TypeError("decode takes bytes; text is repaired with repair")
    return pipeline.decode(bytes(data), declared, languages)


def decode_as(data: bytes | bytearray | memoryview, encoding: str) -> Decoded:
    """Text from bytes that are in `encoding`, whatever they look like; a byte order mark still decides.

    >>> decode_as(b"\\xcf\\xf0\\xe8", "windows-1251").text
    'При'

    Raises:
        ValueError: nobody knows such an encoding.
    """
    from newsclean.damage.decoding import pipeline

    return pipeline.decode_as(bytes(data), encoding)


def encoding_of(label: str) -> str | None:
    """The name of the encoding that a label means; None if nobody knows it.

    >>> encoding_of("ISO-8859-1"), encoding_of("x-sjis"), encoding_of("none")
    ('windows-1252', 'cp932', None)
    """
    from newsclean.damage.decoding import declarations

    return declarations.encoding_of(label)
