"""Kernels to machine code: numba types and optimizes them, and what it made is put into an object file of its own.

Only processes that meet a kernel for the first time on a machine come here; native.py is what all others need.
"""

from collections.abc import Callable
from typing import Any

import llvmlite.ir
import numba
import numba.core.cgutils
import numba.core.compiler_lock
import numba.np.arrayobj
import numba.np.numpy_support
import numpy as np

from newsclean.native import binding, target_machine

ir: Any = llvmlite.ir
types: Any = numba.types
cgutils: Any = numba.core.cgutils
_BYTE, _INT, _WORD, _REAL = ir.IntType(8), ir.IntType(32), ir.IntType(64), ir.DoubleType()
_POINTER, _NOTHING = _BYTE.as_pointer(), ir.VoidType()
_HEAD = object.__basicsize__  # bytes that every object begins with; the last word is its type
# Where numpy's array objects hold what we need: its C interface has promised it since version 1.
_ELEMENTS, _DIMENSIONS, _SHAPE, _DTYPE, _FLAGS = (_HEAD + offset for offset in (0, 8, 16, 40, 48))
_ORDER, _NUMBER = _HEAD + 10, _HEAD + 12  # of bytes, and of the type, in a dtype object
_ALIGNED, _WRITEABLE = 0x101, 0x400  # numpy's flags: contiguous and aligned; to be written to
_MEMORY_HEAD = 48  # bytes that numba keeps of a piece of memory: count of references, addresses, size, allocator


def dispatcher(function: Callable[..., Any], signature: str, wrapped: bool) -> Any:
    """The function as numba's functions call it and, if `wrapped`, Python; compiled at once if it has a signature."""
    jit: Any = numba.njit
    signatures = [signature] if signature else None
    return jit(signatures, nogil=True, no_cpython_wrapper=not wrapped, no_cfunc_wrapper=True)(function)


def machine_code(name: str, compiled: Any) -> bytes:
    """The names of all that the machine code of a dispatcher with one signature needs, on a line, then an object file
    with a function called `name`, which Python can call.
    """
    [found] = compiled.overloads.values()
    with numba.core.compiler_lock.global_compiler_lock:
        library = found.target_context.codegen().create_library(name)
        library.add_ir_module(_Entry(found, name).module)
        library.add_linking_library(found.library)
        library.finalize()
    module = binding.parse_bitcode(library.serialize_using_bitcode()[2])
    needed = []
    for each in (*module.functions, *module.global_variables):
        if not each.is_declaration and each.name != name:
            each.linkage = "internal"  # numba may give two kernels' parts one name
        elif each.is_declaration and not each.name.startswith("llvm."):
            needed.append(each.name)
    code: bytes = target_machine().emit_object(module)
    return " ".join(needed).encode() + b"\n" + code


class _Entry:
    """The function that Python calls: it checks and takes apart its arguments, and calls the kernel without the GIL."""

    def __init__(self, found: Any, name: str) -> None:
        self.found, self.context = found, found.target_context
        self.module = self.context.create_module(name)
        kind = ir.FunctionType(_POINTER, [_POINTER, _POINTER.as_pointer(), _WORD])
        self.function = ir.Function(self.module, kind, name)
        self.builder = ir.IRBuilder(self.function.append_basic_block())
        self._write()
        _define_memory(self.module)

    def _write(self) -> None:
        builder, signature = self.builder, self.found.signature
        self._require(builder.icmp_unsigned("==", self.function.args[2], _WORD(len(signature.args))))
        passed = []
        for place, kind in enumerate(signature.args):
            value = builder.load(builder.gep(self.function.args[1], [_WORD(place)]))
            passed.append(self._received(kind, value))
        thread = self._call("PyEval_SaveThread", _POINTER)
        callee = self.context.declare_function(self.module, self.found.fndesc)
        status, value = self.context.call_conv.call_function(
            builder, callee, signature.return_type, signature.args, passed
        )
        self._call("PyEval_RestoreThread", _NOTHING, thread)
        self._require(status.is_ok, "PyErr_NoMemory")  # the one thing that goes wrong in a kernel
        builder.ret(self._result(signature.return_type, value))

    def _call(self, name: str, result: Any, *arguments: Any) -> Any:
        """Call a function of Python's."""
        kind = ir.FunctionType(result, [argument.type for argument in arguments])
        return self.builder.call(cgutils.get_or_insert_function(self.module, kind, name), arguments)

    def _require(self, condition: Any, error: str = "PyErr_BadArgument") -> None:
        """Leave with an exception (a `TypeError`, if no other) unless a condition holds."""
        with self.builder.if_then(self.builder.not_(condition), likely=False):
            self._call(error, _INT)
            self.builder.ret(_POINTER(None))

    def _field(self, value: Any, offset: int, kind: Any) -> Any:
        """What stands so many bytes behind an address."""
        place = self.builder.gep(value, [_WORD(offset)])
        return self.builder.load(self.builder.bitcast(place, kind.as_pointer()))

    def _received(self, kind: Any, value: Any) -> Any:
        """An argument as the kernel takes it, from a Python object."""
        if isinstance(kind, types.BaseTuple):
            items = [self._item(value, place, each) for place, each in enumerate(kind)]
            return self.context.make_tuple(self.builder, kind, items)
        if isinstance(kind, types.Array):
            return self._array(kind, value)
        real = isinstance(kind, types.Float)
        number = self._call(*(("PyFloat_AsDouble", _REAL) if real else ("PyLong_AsLongLong", _WORD)), value)
        with self.builder.if_then(cgutils.is_not_null(self.builder, self._call("PyErr_Occurred", _POINTER))):
            self.builder.ret(_POINTER(None))
        return self.context.cast(self.builder, number, types.float64 if real else types.int64, kind)

    def _item(self, value: Any, place: int, kind: Any) -> Any:
        """An element of a tuple."""
        item = self._call("PyTuple_GetItem", _POINTER, value, _WORD(place))
        with self.builder.if_then(cgutils.is_null(self.builder, item), likely=False):
            self.builder.ret(item)
        return self._received(kind, item)

    def _array(self, kind: Any, value: Any) -> Any:
        """An array, from numpy's object."""
        builder, dtype = self.builder, numba.np.numpy_support.as_dtype(kind.dtype)
        own = self._field(value, _HEAD - 8, _POINTER)
        self._require(cgutils.is_true(builder, self._call("PyType_IsSubtype", _INT, own, self.function.args[0])))
        described = self._field(value, _DTYPE, _POINTER)
        flags = _ALIGNED | (_WRITEABLE if kind.mutable else 0)
        self._require(builder.icmp_signed("==", self._field(value, _DIMENSIONS, _INT), _INT(kind.ndim)))
        self._require(builder.icmp_signed("==", self._field(described, _NUMBER, _INT), _INT(dtype.num)))
        foreign = np.dtype(np.int32).newbyteorder().byteorder
        self._require(builder.icmp_signed("!=", self._field(described, _ORDER, _BYTE), _BYTE(ord(foreign))))
        self._require(
            builder.icmp_signed("==", builder.and_(self._field(value, _FLAGS, _INT), _INT(flags)), _INT(flags))
        )
        made = self.context.make_array(kind)(self.context, builder)
        sizes = self._field(value, _SHAPE, _WORD.as_pointer())
        shape = [builder.load(builder.gep(sizes, [_WORD(place)])) for place in range(kind.ndim)]
        strides = [_WORD(dtype.itemsize)]
        for extent in shape[:0:-1]:
            strides.insert(0, builder.mul(strides[0], extent))
        elements = self._field(value, _ELEMENTS, made.data.type)
        populate: Any = numba.np.arrayobj.populate_array
        populate(made, elements, shape, strides, dtype.itemsize, None)
        return made._getvalue()

    def _result(self, kind: Any, value: Any) -> Any:
        """A Python object of what the kernel returns: nothing, a number or a tuple of numbers."""
        if kind == types.none:
            nothing = cgutils.add_global_variable(self.module, _BYTE, "_Py_NoneStruct")
            self._call("Py_IncRef", _NOTHING, nothing)
            return nothing
        if isinstance(kind, types.BaseTuple):
            made = self._call("PyTuple_New", _POINTER, _WORD(len(kind)))
            for place, each in enumerate(kind):
                item = self._result(each, self.builder.extract_value(value, place))
                self._call("PyTuple_SetItem", _INT, made, _WORD(place), item)
            return made
        if isinstance(kind, types.Float):
            return self._call(
                "PyFloat_FromDouble", _POINTER, self.context.cast(self.builder, value, kind, types.float64)
            )
        wide = types.int64 if kind == types.boolean or kind.signed else types.uint64
        maker = "PyLong_FromLongLong" if wide == types.int64 else "PyLong_FromUnsignedLongLong"
        return self._call(maker, _POINTER, self.context.cast(self.builder, value, kind, wide))


def _define_memory(module: Any) -> None:
    """Numba's functions that allocate arrays and give them back, with `malloc` and `free`."""
    malloc = cgutils.get_or_insert_function(module, ir.FunctionType(_POINTER, [_WORD]), "malloc")
    free = cgutils.get_or_insert_function(module, ir.FunctionType(_NOTHING, [_POINTER]), "free")
    kind = ir.FunctionType(_POINTER, [_WORD, _INT])
    allocate = cgutils.get_or_insert_function(module, kind, "NRT_MemInfo_alloc_aligned")
    builder = ir.IRBuilder(allocate.append_basic_block())
    size, alignment = allocate.args[0], builder.zext(allocate.args[1], _WORD)
    block = builder.call(malloc, [builder.add(builder.add(size, alignment), _WORD(_MEMORY_HEAD))])
    with builder.if_then(cgutils.is_null(builder, block), likely=False):
        builder.ret(block)
    first = builder.add(builder.ptrtoint(block, _WORD), builder.add(alignment, _WORD(_MEMORY_HEAD - 1)))
    elements = builder.and_(first, builder.neg(alignment))
    words = builder.bitcast(block, _WORD.as_pointer())
    for place, value in enumerate((_WORD(1), _WORD(0), _WORD(0), elements, size, _WORD(0))):
        builder.store(value, builder.gep(words, [_WORD(place)]))
    builder.ret(block)
    release = cgutils.get_or_insert_function(module, ir.FunctionType(_NOTHING, [_POINTER]), "NRT_MemInfo_call_dtor")
    builder = ir.IRBuilder(release.append_basic_block())
    builder.call(free, [release.args[0]])
    builder.ret_void()
    allocate.linkage = release.linkage = (
        "weak_odr"  # stays until it is linked with its users, and yields to numba's own
    )
