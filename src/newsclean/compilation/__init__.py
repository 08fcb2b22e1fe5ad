"""Kernels: plain loops over arrays that Python interprets or numba compiles, and where their machine code is kept."""

from newsclean.compilation.cache import cache_directory, share
from newsclean.compilation.interruptions import uncollected
from newsclean.compilation.kernels import Intrinsic, Kernel, encode, expect, interprets, kernel, tier
from newsclean.compilation.signatures import Column, ReadOnlyColumn, ReadOnlyTable, Table, read_only, signature_of

__all__ = [
    "Column",
    "Intrinsic",
    "Kernel",
    "ReadOnlyColumn",
    "ReadOnlyTable",
    "Table",
    "cache_directory",
    "encode",
    "expect",
    "interprets",
    "kernel",
    "read_only",
    "share",
    "signature_of",
    "tier",
    "uncollected",
]
