"""UTF-8 that was read in a single-byte code page, once or several times, and nothing lost."""

from newsclean.damage.mojibake.decoder import decode_mojibake, decode_run
from newsclean.damage.mojibake.edits import Decoded

__all__ = ["Decoded", "decode_mojibake", "decode_run"]
