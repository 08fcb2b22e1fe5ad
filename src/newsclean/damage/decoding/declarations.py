"""What bytes are said to be: labels, and declarations within the first bytes of a file."""

import codecs
import re

from newsclean.damage.decoding.encodings import ENCODINGS

LOOKED_AT = 4096  # bytes in which a file may declare its encoding
ALIASES = {
    "windows-1252": "ascii us-ascii iso8859-1 latin-1 l1 ansi x-ansi x-cp1252 cp819 ibm819",
    "windows-1254": "iso8859-9 latin5 l5 x-cp1254",
    "cp874": "windows-874 iso8859-11 tis-620 dos-874 x-windows-874",
    "gb18030": "gb2312 gbk gb-2312-80 x-gbk euc-cn cp936 ms936 chinese iso-ir-58",
    "cp950": "big5 big5-tw csbig5 x-x-big5 cn-big5 ms950",
    "cp932": "shift-jis sjis ms-kanji windows-31j x-sjis ms932 csshiftjis",
    "cp949": "euc-kr ks-c-5601-1987 ks-c-5601-1989 korean ksc5601 ksc-5601 windows-949 uhc ms949",
    "iso-8859-8": "iso8859-8-i iso8859-8-e logical visual",
    "koi8-r": "koi koi8 cskoi8r",
    "koi8-u": "koi8-ru",
    "mac-roman": "macintosh mac x-mac-roman macroman",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian maccyrillic",
    "utf-16-le": "utf-16le utf-16 unicode ucs-2 unicodefeff csunicode iso-10646-ucs-2",
    "utf-16-be": "utf-16be unicodefffe",
    "utf-32-le": "utf-32le utf-32 ucs-4",
    "utf-32-be": "utf-32be",
    "utf-8": "utf8 unicode-1-1-utf-8 x-unicode20utf8 utf-8-sig utf8mb4 cp65001",
}
"""Other labels of an encoding; `_` and blanks as `-`, in small letters.

They follow the Encoding Standard of the WHATWG: who says ISO-8859-1 or GB 2312 means the code page that has more in it.
"""

_LABELS = {label: name for name, labels in ALIASES.items() for label in labels.split()}
_CODECS = {codecs.lookup(name).name: name for name in (*ALIASES, *(encoding.name for encoding in ENCODINGS))}
_DECLARED = re.compile(
    rb"""<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([-\w:.]+)
    | ^\s*<\?xml\s[^>]{0,100}?encoding\s*=\s*["']([-\w:.]+)
    | ^@charset\s+["']([-\w:.]+)
    | ^.{0,20}?-\*-.{0,60}?coding:\s*([-\w.]+)
    | ^"?Content-Type:\s*text/[^;\n]{1,20};\s*charset=["']?([-\w:.]+)
    | ^SET\s+([-\w.]+)\s*$
    | \\usepackage\[([-\w]+)\]\{inputenc\}""",
    re.I | re.M | re.X,
)


def encoding_of(label: str) -> str | None:
    """The name of the encoding that a label means, in the spelling of `ENCODINGS`; none if nobody knows it.

    >>> encoding_of("ISO-8859-1"), encoding_of("x-sjis"), encoding_of("KOI8_R"), encoding_of("none")
    ('windows-1252', 'cp932', 'koi8-r', None)
    """
    spelled = re.sub(r"[\s_]+", "-", label.strip().strip("\"'").lower()).removeprefix("cs")
    for form in (spelled, spelled.replace("iso-8859", "iso8859"), spelled.removeprefix("x-")):
        if form in _LABELS:
            return _LABELS[form]
    try:
        codec = codecs.lookup(spelled)
    except (LookupError, ValueError):
        return None
    aliased = _LABELS.get(codec.name.replace("_", "-"), _CODECS.get(codec.name))
    return aliased if aliased or not _is_text(codec) else codec.name.replace("_", "-")


def _is_text(codec: codecs.CodecInfo) -> bool:
    """Whether a codec turns bytes into text, and is not one of Python's own (`idna`, `punycode`, `unicode_escape`)."""
    own = ("idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "mbcs", "oem", "charmap")
    return bool(getattr(codec, "_is_text_encoding", True)) and codec.name.replace("_", "-") not in own


def declared_in(data: bytes) -> str | None:
    """The encoding that a file declares itself, in HTML, XML, CSS, a message catalogue, a dictionary or for an editor.

    >>> declared_in(b'<html><meta charset="windows-1251"><title>')
    'windows-1251'
    """
    for match in _DECLARED.finditer(data[:LOOKED_AT].replace(b"\x00", b"")):
        label = next(filter(None, match.groups()), b"")
        found = encoding_of(label.decode("ascii", "replace"))
        if found:
            return found
    return None
