"""Operations that numba lacks: what 64 bytes are, as bits; 8 bytes as a number; the lowest bit; a look ahead.

The first three make the word splitter three times as fast (210 → 700 MB/s), the last one halves the time of what looks
up millions of rows in no order.
"""

from newsclean.kernels import Intrinsic

BLOCK = 64
_HOME = "newsclean.duplicates.operations"
classify = Intrinsic(_HOME, "classify")
load = Intrinsic(_HOME, "load")
zeros = Intrinsic(_HOME, "zeros")
fetch = Intrinsic(_HOME, "fetch")
