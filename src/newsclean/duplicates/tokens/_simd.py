"""Operations that numba lacks: what 64 bytes are, as bits; 8 bytes as a number; the lowest bit; a look ahead.

The first three make the word splitter three times as fast (210 → 700 MB/s), the last one halves the time of what looks
up millions of rows in no order. LLVM's vectors are portable: it translates them into whatever the processor has, 16, 32
or 64 bytes at a time.
"""

from collections.abc import Callable
from typing import Any

import numba
import numba.core.cgutils
import numba.extending
from llvmlite import ir

intrinsic: Callable[[Callable[..., Any]], Any] = numba.extending.intrinsic
types: Any = numba.types
cgutils: Any = numba.core.cgutils
BLOCK = 64
_BYTE, _WORD = ir.IntType(8), ir.IntType(64)
_BYTES = ir.VectorType(_BYTE, BLOCK)


def _same(value: int) -> ir.Constant:
    """A vector of equal bytes."""
    return ir.Constant(_BYTES, [value] * BLOCK)


def _loaded(context: Any, builder: Any, signature: Any, arguments: Any, kind: Any) -> Any:
    """What stands at an offset of an array of bytes, which need not be aligned."""
    array = context.make_array(signature.args[0])(context, builder, arguments[0])
    place = builder.gep(array.data, [arguments[1]])
    return builder.load(builder.bitcast(place, kind.as_pointer()), align=1)


def _between(builder: Any, values: Any, first: str, last: str) -> Any:
    """Which bytes lie between two characters."""
    moved = builder.sub(values, _same(ord(first)))
    return builder.icmp_unsigned("<=", moved, _same(ord(last) - ord(first)))


def _one_of(builder: Any, values: Any, characters: str) -> Any:
    """Which bytes are one of some characters."""
    found = builder.icmp_unsigned("==", values, _same(ord(characters[0])))
    for character in characters[1:]:
        found = builder.or_(found, builder.icmp_unsigned("==", values, _same(ord(character))))
    return found


@intrinsic
def classify(_: Any, data: Any, at: Any) -> tuple[Any, Callable[..., Any]]:
    """Bits of the `BLOCK` bytes from `at` that are letters, capitals, digits, stops, full stops and not ASCII."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        values = _loaded(context, builder, signature, arguments, _BYTES)
        found = (
            _between(builder, builder.or_(values, _same(0x20)), "a", "z"),
            _between(builder, values, "A", "Z"),
            _between(builder, values, "0", "9"),
            _one_of(builder, values, "\n\r!?"),
            _one_of(builder, values, "."),
            builder.icmp_signed("<", values, _same(0)),
        )
        bits = [builder.bitcast(each, _WORD) for each in found]
        return context.make_tuple(builder, signature.return_type, bits)

    return types.UniTuple(types.uint64, 6)(data, at), generate


@intrinsic
def load(_: Any, data: Any, at: Any) -> tuple[Any, Callable[..., Any]]:
    """The 8 bytes from `at`, the first one lowest."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return _loaded(context, builder, signature, arguments, _WORD)

    return types.uint64(data, at), generate


@intrinsic
def zeros(_: Any, bits: Any) -> tuple[Any, Callable[..., Any]]:
    """How many zeros the number ends with: the place of its lowest bit; 64 for 0."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.cttz(arguments[0], ir.Constant(ir.IntType(1), 0))

    return types.int64(types.uint64), generate


@intrinsic
def fetch(_: Any, table: Any, row: Any) -> tuple[Any, Callable[..., Any]]:
    """Ask for the first 64 bytes of a row of a table, which will be needed soon, without waiting for them."""

    def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        array = context.make_array(signature.args[0])(context, builder, arguments[0])
        width = builder.extract_value(array.strides, 0)
        start = builder.bitcast(array.data, _BYTE.as_pointer())
        place = builder.gep(start, [builder.mul(width, arguments[1])])
        number = ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [_BYTE.as_pointer(), number, number, number])
        function = cgutils.get_or_insert_function(builder.module, kind, "llvm.prefetch.p0")
        builder.call(function, [place, *(ir.Constant(number, value) for value in (0, 3, 1))])  # read, keep, data
        return context.get_dummy_value()

    return types.void(table, row), generate
