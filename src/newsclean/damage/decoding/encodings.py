"""The encodings that bytes may be in: one row each, in the order that decides between readings that are the same text.

Some encodings have all their characters in another one, at the same bytes: ISO-8859-1 in windows-1252, GB 2312 in GB
18030. They have no row: `declarations.ALIASES` says which one stands for them.
"""

import functools
from typing import NamedTuple


class Encoding(NamedTuple):
    """An encoding: its name, which Python knows, how rare it is, and who wrote in it."""

    name: str
    rarity: float  # nats that text in this encoding must be more plausible than text in windows-1252
    languages: str  # codes of the languages that were written in it, "" for any
    why: str
    multibyte: bool = False


_WESTERN = "af an ast br ca da de en es eu fi fo fr fur fy ga gl ia id is it lb ms nb nds nl nn no oc pt sq sv sw wa"
_CENTRAL = "bs cs csb de dsb hr hsb hu pl ro sh sk sl sq sr"
_CYRILLIC = "be bg mk ru sr uk"

ENCODINGS = (
    Encoding("windows-1252", 0.0, _WESTERN, "western Windows; what web pages mean by ISO-8859-1"),
    Encoding("windows-1250", 0.5, _CENTRAL, "Central European Windows"),
    Encoding("windows-1251", 0.5, _CYRILLIC, "Cyrillic Windows"),
    Encoding("windows-1253", 0.5, "el", "Greek Windows"),
    Encoding("windows-1254", 0.5, "az crh ku tr", "Turkish Windows; what web pages mean by ISO-8859-9"),
    Encoding("windows-1255", 0.5, "he yi", "Hebrew Windows"),
    Encoding("windows-1256", 0.5, "ar ckb fa ps sd ug ur", "Arabic Windows"),
    Encoding("windows-1257", 0.5, "et lt lv", "Baltic Windows"),
    Encoding("windows-1258", 1.0, "vi", "Vietnamese Windows"),
    Encoding("cp874", 0.5, "th", "Thai Windows; TIS-620 and ISO-8859-11 with more signs"),
    Encoding("gb18030", 0.5, "zh", "Chinese; has GBK and GB 2312 in it", True),
    Encoding("cp950", 0.5, "zh", "traditional Chinese Windows; Big5 with more signs", True),
    Encoding("cp932", 0.5, "ja", "Japanese Windows; Shift-JIS with more signs", True),
    Encoding("euc-jp", 0.5, "ja", "Japanese Unix", True),
    Encoding("cp949", 0.5, "ko", "Korean Windows; EUC-KR with all syllables", True),
    Encoding("big5-hkscs", 3.0, "zh", "Big5 of Hong Kong", True),
    Encoding("johab", 6.0, "ko", "Korean DOS", True),
    Encoding("iso-8859-2", 1.0, _CENTRAL, "Central European Unix and older mail"),
    Encoding("iso-8859-15", 2.0, _WESTERN + " et", "western Unix with the euro sign"),
    Encoding("koi8-r", 1.0, "bg ru", "Russian Unix and mail"),
    Encoding("koi8-u", 1.5, "uk ru", "Ukrainian Unix and mail"),
    Encoding("iso-8859-5", 2.5, _CYRILLIC, "older Cyrillic"),
    Encoding("iso-8859-7", 1.0, "el", "Greek Unix"),
    Encoding("iso-8859-8", 2.0, "he yi", "older Hebrew"),
    Encoding("iso-8859-6", 2.0, "ar", "older Arabic"),
    Encoding("iso-8859-4", 3.0, "et lt lv se", "older Baltic"),
    Encoding("iso-8859-13", 2.5, "et lt lv mi", "Baltic Unix"),
    Encoding("iso-8859-3", 4.0, "eo mt", "Esperanto and Maltese"),
    Encoding("iso-8859-10", 6.0, "se", "Nordic"),
    Encoding("iso-8859-14", 4.0, "br cy ga gd gv kw", "Celtic"),
    Encoding("iso-8859-16", 6.0, "ro hr sl sq", "south-eastern European"),
    Encoding("cp850", 2.5, _WESTERN, "western DOS and consoles"),
    Encoding("cp437", 2.5, "de en es fr it nl sv fi", "the first DOS; ZIP file names, line art"),
    Encoding("cp852", 2.5, _CENTRAL, "Central European DOS"),
    Encoding("cp866", 1.5, "be ru", "Russian DOS and consoles"),
    Encoding("cp1125", 4.0, "uk ru", "Ukrainian DOS"),
    Encoding("cp855", 4.0, _CYRILLIC, "older Cyrillic DOS"),
    Encoding("cp857", 3.0, "tr", "Turkish DOS"),
    Encoding("cp862", 3.0, "he yi", "Hebrew DOS"),
    Encoding("cp720", 3.5, "ar", "Arabic DOS"),
    Encoding("cp737", 3.0, "el", "Greek DOS"),
    Encoding("cp869", 4.0, "el", "Greek DOS with the euro sign"),
    Encoding("cp775", 3.5, "et lt lv", "Baltic DOS"),
    Encoding("cp860", 5.0, "pt", "Portuguese DOS"),
    Encoding("cp861", 5.0, "is", "Icelandic DOS"),
    Encoding("cp863", 5.0, "fr", "Canadian French DOS"),
    Encoding("cp865", 4.0, "da nb nn no", "Nordic DOS"),
    Encoding("cp858", 4.0, _WESTERN, "western DOS with the euro sign"),
    Encoding("mac-roman", 2.5, _WESTERN, "western Mac OS before OS X"),
    Encoding("mac-latin2", 3.5, _CENTRAL + " et lt lv", "Central European Mac"),
    Encoding("mac-croatian", 6.0, "bs hr sl", "Croatian Mac"),
    Encoding("mac-romanian", 6.0, "ro", "Romanian Mac"),
    Encoding("mac-cyrillic", 2.5, _CYRILLIC, "Cyrillic Mac"),
    Encoding("mac-greek", 4.0, "el", "Greek Mac"),
    Encoding("mac-turkish", 4.0, "tr", "Turkish Mac"),
    Encoding("mac-iceland", 5.0, "fo is", "Icelandic Mac"),
    Encoding("kz1048", 4.0, "kk", "Kazakh Windows"),
    Encoding("ptcp154", 5.0, "kk ky", "Asian Cyrillic"),
    Encoding("koi8-t", 5.0, "tg", "Tajik Unix"),
)

SINGLE = tuple(encoding for encoding in ENCODINGS if not encoding.multibyte)
MULTIBYTE = tuple(encoding for encoding in ENCODINGS if encoding.multibyte)


@functools.cache
def characters(name: str) -> tuple[str, ...]:
    """The characters of the bytes 0 to 255; a byte without one is a lone surrogate, as of `surrogateescape`.

    >>> characters("windows-1257")[0xF0], characters("windows-1252")[0x81]
    ('š', '\\udc81')
    """
    return tuple(bytes((byte,)).decode(name, "surrogateescape") for byte in range(256))


_CEDILLAS = str.maketrans("ŞşŢţ", "ȘșȚț")
_ROMANIAN = frozenset(("windows-1250", "iso-8859-2", "cp852", "mac-latin2"))


def as_learned(text: str, name: str) -> str:
    """A text as the models know it: Romanian was written with cedillas where its encodings have no commas below.

    >>> as_learned("ţară", "windows-1250"), as_learned("şehir", "windows-1254")
    ('țară', 'şehir')
    """
    return text.translate(_CEDILLAS) if name in _ROMANIAN else text


@functools.cache
def known() -> dict[str, Encoding]:
    """All encodings by name."""
    return {encoding.name: encoding for encoding in ENCODINGS}
