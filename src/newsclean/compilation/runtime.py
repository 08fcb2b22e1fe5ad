"""What kernels that make arrays of their own call of numba: memory that is counted, and given back.

Written again for object files, which are loaded without numba. A piece of memory begins with six words. `_COUNT` is how
many use it, `_END` what is called at its end, and `_ALLOCATOR` is none. `_DATA` is where the data is, `_OWN` the same
if that is a piece of its own, `_SIZE` its size. Addresses are numbers here: they are passed alike, and what LLVM calls
pointers differs from version to version.
"""

import contextlib
from collections.abc import Iterator
from typing import Any

_COUNT, _END, _OWN, _DATA, _SIZE, _ALLOCATOR = range(6)
_HEAD = 48  # bytes


def runtime(triple: str) -> str:
    """The functions as a module of LLVM, in its own language."""
    from llvmlite import ir

    module = ir.Module("runtime")
    module.triple = triple
    word, half, nothing = ir.IntType(64), ir.IntType(32), ir.VoidType()
    made = _Functions(ir, module, word)
    allocate, resize = made.declared("malloc", word, word), made.declared("realloc", word, word, word)
    free = made.declared("free", nothing, word)

    with made.defined("NRT_MemInfo_alloc_aligned", word, word, half) as (b, (size, step)):
        step = b.zext(step, word)
        room = b.add(b.add(size, step), word(_HEAD))
        piece = made.checked(b, b.call(allocate, [room]))
        last = b.add(b.add(piece, word(_HEAD)), b.sub(step, word(1)))
        b.ret(made.filled(b, piece, {_DATA: b.and_(last, b.neg(step)), _SIZE: size}))
    with made.defined("NRT_MemInfo_new_varsize_dtor", word, word, word) as (b, (size, end)):
        piece = made.checked(b, b.call(allocate, [word(_HEAD)]))
        data = made.checked(b, b.call(allocate, [size]))
        b.ret(made.filled(b, piece, {_DATA: data, _OWN: data, _SIZE: size, _END: end}))
    with made.defined("NRT_MemInfo_varsize_realloc", word, word, word) as (b, (piece, size)):
        data = made.checked(b, b.call(resize, [made.read(b, piece, _DATA), size]))
        for place, value in ((_DATA, data), (_OWN, data), (_SIZE, size)):
            made.write(b, piece, place, value)
        b.ret(data)
    with made.defined("NRT_MemInfo_call_dtor", nothing, word) as (b, (piece,)):
        end = made.read(b, piece, _END)
        kind = ir.FunctionType(nothing, [word, word, word])
        with b.if_then(b.icmp_unsigned("!=", end, word(0))):
            called = [made.read(b, piece, place) for place in (_DATA, _SIZE)]
            b.call(b.inttoptr(end, kind.as_pointer()), [*called, word(0)])
        b.call(free, [made.read(b, piece, _OWN)])
        b.call(free, [piece])
        b.ret_void()
    return str(module)


class _Functions:
    """Writes functions into a module."""

    def __init__(self, ir: Any, module: Any, word: Any) -> None:
        self._ir, self._module, self._word = ir, module, word

    def declared(self, name: str, result: Any, *kinds: Any) -> Any:
        """A function that somebody else has."""
        return self._ir.Function(self._module, self._ir.FunctionType(result, kinds), name)

    @contextlib.contextmanager
    def defined(self, name: str, result: Any, *kinds: Any) -> Iterator[tuple[Any, tuple[Any, ...]]]:
        """A function to be written, and its parameters."""
        function = self.declared(name, result, *kinds)
        yield self._ir.IRBuilder(function.append_basic_block()), function.args

    def checked(self, builder: Any, address: Any) -> Any:
        """Memory that there is: without any, the function ends with the address 0."""
        with builder.if_then(builder.icmp_unsigned("==", address, self._word(0)), likely=False):
            builder.ret(self._word(0))
        return address

    def read(self, builder: Any, piece: Any, place: int) -> Any:
        """A word of a piece of memory."""
        return builder.load(self._pointer(builder, piece, place))

    def write(self, builder: Any, piece: Any, place: int, value: Any) -> None:
        """Put a word into a piece of memory."""
        builder.store(value, self._pointer(builder, piece, place))

    def filled(self, builder: Any, piece: Any, values: dict[int, Any]) -> Any:
        """A fresh piece of memory that one uses, with some words, and nothing in the others."""
        for place in range(_ALLOCATOR + 1):
            self.write(builder, piece, place, values.get(place, self._word(int(place == _COUNT))))
        return piece

    def _pointer(self, builder: Any, piece: Any, place: int) -> Any:
        address = builder.add(piece, self._word(8 * place))
        return builder.inttoptr(address, self._word.as_pointer())
