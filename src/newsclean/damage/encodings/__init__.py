"""Code pages: which character each byte is, the tables made of that, and names of chains of encodings.

`tables` needs numpy and is imported by those who use it."""

from newsclean.damage.encodings.chains import chain, codepages_in, misread_in
from newsclean.damage.encodings.codepages import CODEPAGES, CodePage, characters, undefined

__all__ = ["CODEPAGES", "CodePage", "chain", "characters", "codepages_in", "misread_in", "undefined"]
