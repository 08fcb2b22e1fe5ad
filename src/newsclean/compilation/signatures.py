"""Types of a kernel's parameters, and the numba signature that follows from them.

A kernel says with `Column[np.int64]` or `Table[np.float32]` what its arrays hold and how many dimensions they have.
Arrays that belong together are a NamedTuple with annotations of the same kind, given as one argument.
"""

import inspect
import typing
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Element = TypeVar("Element", bound=np.generic)

Column = Annotated[NDArray[Element], 1]
"""An array of one dimension."""
Table = Annotated[NDArray[Element], 2]
"""An array of two dimensions, row by row."""
ReadOnlyColumn = Annotated[NDArray[Element], 1, "read-only"]
"""An array of one dimension that the kernel only reads, such as numpy's view of `bytes`."""
ReadOnlyTable = Annotated[NDArray[Element], 2, "read-only"]
"""An array of two dimensions that the kernel only reads."""


def read_only(array: NDArray[Element]) -> NDArray[Element]:
    """The same array, which cannot be written."""
    view = array.view()
    view.flags.writeable = False
    return view


def signature_of(function: Callable[..., Any]) -> Any:
    """The numba signature that the annotations of a kernel say.

    Raises:
        TypeError: a parameter has no annotation, or one that is not a number, an array of this module or a NamedTuple.
    """
    hints = typing.get_type_hints(function, include_extras=True)
    missing = [name for name in inspect.signature(function).parameters if name not in hints]
    if missing or "return" not in hints:
        raise TypeError(f"kernel {function.__name__} needs annotations of {', '.join(missing) or 'its result'}")
    result = _numba_type(hints.pop("return"))
    return result(*map(_numba_type, hints.values()))


def _numba_type(annotation: Any) -> Any:
    import numba

    types: Any = numba.types
    scalars = {int: types.int64, float: types.float64, bool: types.boolean, type(None): types.void}
    if annotation in scalars:
        return scalars[annotation]
    if typing.get_origin(annotation) is Annotated:
        array, dimensions, *read_only = typing.get_args(annotation)
        [element] = typing.get_args(typing.get_args(array)[1])
        return types.Array(numba.from_dtype(np.dtype(element)), dimensions, "C", readonly=bool(read_only))
    if typing.get_origin(annotation) is tuple:
        return types.Tuple([_numba_type(part) for part in typing.get_args(annotation)])
    if isinstance(annotation, type) and issubclass(annotation, np.generic):
        return numba.from_dtype(np.dtype(annotation))
    if isinstance(annotation, type) and issubclass(annotation, tuple) and hasattr(annotation, "_fields"):
        hints = typing.get_type_hints(annotation, include_extras=True)
        return types.BaseTuple.from_types([_numba_type(hints[name]) for name in annotation._fields], annotation)
    raise TypeError(f"a kernel cannot take or return {annotation!r}: use int, float, bool, Column[...], Table[...]")
