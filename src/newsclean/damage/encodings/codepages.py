"""Which character each byte becomes in the code pages that UTF-8 (or another code page) is wrongly read as.

One row per code page: a new code page is a new row. Some decoders show bytes that a code page leaves undefined as C1
controls. Others (HTML parsers, many converters) show the windows-1252 character. Both are accepted at once.
"""

import functools
from typing import NamedTuple


class CodePage(NamedTuple):
    """A single-byte code page: its name in rules, Python's codec for it, and where its mojibake comes from."""

    name: str
    codec: str
    rarity: float  # nats that a text read in this code page must gain more than one read in windows-1252
    why: str


CODEPAGES = (
    CodePage("windows-1252", "cp1252", 0, "default of western Windows, and what HTML parsers use for latin-1"),
    CodePage("latin-1", "latin-1", 0, "default of HTTP/1 and of older databases"),
    CodePage("windows-1250", "cp1250", 2, "Central European Windows"),
    CodePage("windows-1251", "cp1251", 2, "Cyrillic Windows"),
    CodePage("windows-1253", "cp1253", 2, "Greek Windows"),
    CodePage("windows-1254", "cp1254", 2, "Turkish Windows"),
    CodePage("windows-1255", "cp1255", 2, "Hebrew Windows"),
    CodePage("windows-1256", "cp1256", 2, "Arabic Windows"),
    CodePage("windows-1257", "cp1257", 2, "Baltic Windows"),
    CodePage("windows-1258", "cp1258", 2, "Vietnamese Windows"),
    CodePage("windows-874", "cp874", 2, "Thai Windows"),
    CodePage("iso-8859-2", "iso8859_2", 4, "Central European Unix, older mail"),
    CodePage("iso-8859-3", "iso8859_3", 7, "Maltese and Esperanto"),
    CodePage("iso-8859-4", "iso8859_4", 4, "older Baltic"),
    CodePage("iso-8859-5", "iso8859_5", 4, "older Cyrillic"),
    CodePage("iso-8859-6", "iso8859_6", 7, "older Arabic"),
    CodePage("iso-8859-7", "iso8859_7", 4, "Greek Unix"),
    CodePage("iso-8859-8", "iso8859_8", 7, "older Hebrew"),
    CodePage("iso-8859-9", "iso8859_9", 4, "Turkish Unix"),
    CodePage("iso-8859-10", "iso8859_10", 7, "Nordic"),
    CodePage("iso-8859-13", "iso8859_13", 7, "Baltic Unix"),
    CodePage("iso-8859-14", "iso8859_14", 7, "Celtic"),
    CodePage("iso-8859-15", "iso8859_15", 4, "western Unix with the euro sign"),
    CodePage("iso-8859-16", "iso8859_16", 7, "south-eastern European"),
    CodePage("mac-roman", "mac_roman", 2, "western Mac OS before OS X, still a default of some Mac tools"),
    CodePage("mac-latin2", "mac_latin2", 4, "Central European Mac"),
    CodePage("mac-cyrillic", "mac_cyrillic", 4, "Cyrillic Mac"),
    CodePage("mac-greek", "mac_greek", 7, "Greek Mac"),
    CodePage("mac-turkish", "mac_turkish", 7, "Turkish Mac"),
    CodePage("mac-iceland", "mac_iceland", 7, "Icelandic Mac"),
    CodePage("cp437", "cp437", 2, "DOS, ZIP file names"),
    CodePage("cp850", "cp850", 2, "western DOS and consoles"),
    CodePage("cp852", "cp852", 4, "Central European DOS"),
    CodePage("cp855", "cp855", 7, "older Cyrillic DOS"),
    CodePage("cp857", "cp857", 7, "Turkish DOS"),
    CodePage("cp858", "cp858", 4, "western DOS with the euro sign"),
    CodePage("cp862", "cp862", 7, "Hebrew DOS"),
    CodePage("cp866", "cp866", 2, "Russian DOS and consoles"),
    CodePage("cp737", "cp737", 7, "Greek DOS"),
    CodePage("cp775", "cp775", 7, "Baltic DOS"),
    CodePage("koi8-r", "koi8_r", 2, "Russian mail and Unix"),
    CodePage("koi8-u", "koi8_u", 7, "Ukrainian mail and Unix"),
)


@functools.cache
def characters(name: str) -> tuple[str, ...]:
    """The characters of the bytes 0 to 255 in the code page `name`; undefined bytes are C1 controls.

    >>> characters("windows-1257")[0xF0]
    'š'
    """
    codec = next(codepage.codec for codepage in CODEPAGES if codepage.name == name)
    decoded = bytes(range(256)).decode(codec, "replace")
    return tuple(chr(byte) if decoded[byte] == "\ufffd" else decoded[byte] for byte in range(256))


def undefined(name: str) -> tuple[int, ...]:
    """The bytes that the code page shows as C1 controls or does not define at all.

    >>> [hex(byte) for byte in undefined("windows-1252")]
    ['0x81', '0x8d', '0x8f', '0x90', '0x9d']
    """
    table = characters(name)
    return tuple(byte for byte in range(0x80, 0x100) if table[byte] == chr(byte) and byte < 0xA0)
