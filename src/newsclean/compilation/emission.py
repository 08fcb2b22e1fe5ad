"""From a kernel to machine code that stands alone: numba compiles it, LLVM writes an object file.

The function in the object takes the address of a block: 8 bytes for each array or number that the kernel takes, in
order. An array is given as the address of its numpy object, whose layout is part of numpy's C interface.
"""

import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from newsclean.compilation.machine_code import UNPORTABLE, Code, target_machine

_DATA, _RANK, _DIMENSIONS, _DESCRIPTION, _FLAGS = 2, 3, 4, 7, 8  # words of a numpy array, whose header has two
_KIND = 3  # word of a numpy type; its number is the upper half
_CONTIGUOUS, _ALIGNED, _WRITEABLE = 0x1, 0x100, 0x400


def emit(function: Callable[..., Any], signature: Any) -> Code:
    """The machine code of a function that numba can compile; `UNPORTABLE` if an object file cannot hold all of it."""
    import llvmlite.binding as llvm
    import numba

    from newsclean.compilation.runtime import runtime

    types: Any = numba.types
    njit: Any = functools.partial(numba.njit, no_cpython_wrapper=True, no_cfunc_wrapper=True)
    kernel = njit(signature)(function)
    fits, unpacked = _fitting(signature.args), _unpacking(signature.args)

    def entry(block):  # type: ignore[no-untyped-def]
        if not fits(block):
            raise TypeError
        return kernel(*unpacked(block))

    compiled = njit(signature.return_type(types.int64))(entry)
    [overload] = compiled.overloads.values()
    module = llvm.parse_assembly(overload.library.get_llvm_str())
    module.link_in(llvm.parse_assembly(runtime(module.triple)))
    calls, symbol = [], f"newsclean.{function.__module__}.{function.__qualname__}"
    for each in (*module.functions, *module.global_variables):
        if not each.is_declaration and each.name == overload.fndesc.llvm_func_name:
            each.name = symbol
        elif not each.is_declaration:
            each.linkage = "internal"  # objects of several processes hold other things under the same names
        elif not each.name.startswith("llvm."):
            calls.append(each.name)
    if any(name.startswith(("NRT_", "numba_", "Py", "_Py")) for name in calls):
        return UNPORTABLE
    takes, gives = "".join(map(_letter, _leaves(signature.args))), _result(signature.return_type)
    return Code(symbol, takes, gives, tuple(sorted(calls)), target_machine().emit_object(module))


def _letter(kind: Any) -> str:
    import numba

    types: Any = numba.types
    if isinstance(kind, types.Array):
        return "O"
    if isinstance(kind, types.Float):
        return "d"
    return "q" if isinstance(kind, types.Integer) and kind.signed else "Q"


def _result(kind: Any) -> str:
    import numba

    types: Any = numba.types
    if isinstance(kind, types.BaseTuple):
        return "".join(map(_result, kind.types))
    return "" if kind == types.void else "?" if kind == types.boolean else np.dtype(str(kind)).char.replace("l", "q")


def _leaves(kind: Any) -> Iterator[Any]:
    import numba

    types: Any = numba.types
    if isinstance(kind, (list, tuple)):
        for part in kind:
            yield from _leaves(part)
    elif isinstance(kind, types.BaseTuple):
        yield from _leaves(kind.types)
    else:
        yield kind


def _fitting(kinds: Sequence[Any]) -> Any:
    """The function of numba that says whether the arrays of a block are such as a kernel takes."""
    import numba

    types: Any = numba.types
    leaves = list(_leaves(kinds))

    @numba.extending.intrinsic
    def fits(_: Any, block: Any) -> tuple[Any, Callable[..., Any]]:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            from llvmlite import ir

            fine = ir.Constant(ir.IntType(1), 1)
            for place, leaf in enumerate(leaves):
                if not isinstance(leaf, types.Array):
                    continue
                array = _word(builder, arguments[0], place)
                needed = _CONTIGUOUS | _ALIGNED | (_WRITEABLE if leaf.mutable else 0)
                number = np.dtype(str(leaf.dtype)).num
                half = ir.IntType(32)
                flags = builder.trunc(_word(builder, array, _FLAGS), half)
                held = builder.and_(flags, ir.Constant(half, needed))
                rank = builder.trunc(_word(builder, array, _RANK), half)
                kind = builder.lshr(_word(builder, _word(builder, array, _DESCRIPTION), _KIND), _constant(32))
                for found, expected in (
                    (held, ir.Constant(half, needed)),
                    (rank, ir.Constant(half, leaf.ndim)),
                    (kind, _constant(number)),
                ):
                    fine = builder.and_(fine, builder.icmp_unsigned("==", found, expected))
            return fine

        return types.boolean(block), generate

    return fits


def _unpacking(kinds: Sequence[Any]) -> Any:
    """The function of numba that makes a kernel's arguments of a block."""
    import numba

    types: Any = numba.types

    @numba.extending.intrinsic
    def unpacked(_: Any, block: Any) -> tuple[Any, Callable[..., Any]]:
        def generate(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
            place = itertools.count()
            values = [_value(context, builder, kind, arguments[0], place) for kind in kinds]
            return context.make_tuple(builder, signature.return_type, values)

        return types.Tuple(tuple(kinds))(block), generate

    return unpacked


def _value(context: Any, builder: Any, kind: Any, block: Any, place: "Iterator[int]") -> Any:
    """The next argument of a block."""
    import numba
    from llvmlite import ir

    types: Any = numba.types
    if isinstance(kind, types.BaseTuple):
        parts = [_value(context, builder, part, block, place) for part in kind.types]
        return context.make_tuple(builder, kind, parts)
    word = _word(builder, block, next(place))
    if isinstance(kind, types.Array):
        return _array(context, builder, kind, word)
    if isinstance(kind, types.Float):
        number = builder.bitcast(word, ir.DoubleType())
        return number if kind == types.float64 else builder.fptrunc(number, context.get_value_type(kind))
    target = context.get_value_type(kind)
    return word if target.width == 64 else builder.trunc(word, target)


def _array(context: Any, builder: Any, kind: Any, address: Any) -> Any:
    """The numpy object at an address as numba holds arrays; it keeps no count of who uses it: the caller does."""
    from numba.np import arrayobj

    populate_array: Any = arrayobj.populate_array
    array = context.make_array(kind)(context, builder)
    sizes = _word(builder, address, _DIMENSIONS)
    shape = [_word(builder, sizes, dimension) for dimension in range(kind.ndim)]
    width = context.get_abi_sizeof(context.get_data_type(kind.dtype))
    strides = [_constant(width)]
    for size in reversed(shape[1:]):
        strides.insert(0, builder.mul(strides[0], size))
    data = builder.inttoptr(_word(builder, address, _DATA), context.get_data_type(kind.dtype).as_pointer())
    populate_array(array, data=data, shape=shape, strides=strides, itemsize=_constant(width), meminfo=None)
    return array._getvalue()


def _word(builder: Any, address: Any, place: int) -> Any:
    """The word at some place of those at an address."""
    from llvmlite import ir

    pointer = builder.inttoptr(builder.add(address, _constant(8 * place)), ir.IntType(64).as_pointer())
    return builder.load(pointer)


def _constant(value: int) -> Any:
    from llvmlite import ir

    return ir.Constant(ir.IntType(64), value)
