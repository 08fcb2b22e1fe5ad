"""What cleaning a text gives: the text, and the edits that made it."""

import dataclasses
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from newsclean.edits import Edit, merged, revert


class _Edits:
    """The field `edits` of a result. What makes them is kept until someone asks for them."""

    def __get__(self, result: "Cleaned | None", owner: type | None = None) -> Any:
        if result is None:
            return self
        if result._edits is None:
            _KEEP_EDITS(result, merged(result._scripts))
        return result._edits

    def __set__(self, result: "Cleaned", edits: tuple[Edit, ...]) -> None:
        if hasattr(result, "_edits"):
            raise dataclasses.FrozenInstanceError("cannot assign to field 'edits'")
        _KEEP_EDITS(result, edits)


@dataclasses.dataclass(init=False, repr=False, eq=False)
class Cleaned:
    """A text and the edits that made it; `flags` name what a user should look at: residue left on purpose, or more
    removed than `max_removed`.

    It cannot be changed, and is a dataclass of three fields for `dataclasses.asdict`, `dataclasses.replace` and
    encoders. Unpacked it is the text, the edits and the flags. The edits of much mojibake are made when someone first
    asks for them, and nothing else tells.

    >>> from newsclean import Cleaned, Edit
    >>> cleaned = Cleaned("Hello", (Edit(5, " [Ad]", "", "advert"),))
    >>> cleaned.original
    'Hello [Ad]'
    >>> text, edits, flags = cleaned
    >>> len(edits), flags
    (1, ())
    """

    __slots__ = ("_edits", "_scripts", "flags", "text")

    text: str
    edits: tuple[Edit, ...]
    flags: tuple[str, ...]

    if TYPE_CHECKING:
        _edits: tuple[Edit, ...] | None
        _scripts: Sequence[Sequence[Edit]]

    def __init__(self, text: str, edits: tuple[Edit, ...] = (), flags: tuple[str, ...] = ()) -> None:
        _KEEP_TEXT(self, text)
        _KEEP_EDITS(self, edits)
        _KEEP_FLAGS(self, flags)

    @property
    def original(self) -> str:
        """The raw text, byte for byte."""
        return revert(self.text, self.edits)

    def __iter__(self) -> Iterator[Any]:
        return iter((self.text, self.edits, self.flags))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Cleaned):
            return NotImplemented
        return (self.text, self.flags, self.edits) == (other.text, other.flags, other.edits)

    def __hash__(self) -> int:
        return hash((self.text, self.flags, self.edits))

    def __setattr__(self, name: str, value: object) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")

    def __delattr__(self, name: str) -> None:
        raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")

    def __reduce__(self) -> tuple[type["Cleaned"], tuple[Any, ...]]:
        return Cleaned, tuple(self)

    def __repr__(self) -> str:
        from newsclean.display import short

        return short(self)

    def _repr_html_(self) -> str:
        """The raw text with marked removals and repairs, in notebooks."""
        from newsclean.display import marked

        return marked(self)


_KEEP_TEXT, _KEEP_EDITS, _KEEP_SCRIPTS, _KEEP_FLAGS = (
    Cleaned.__dict__[name].__set__ for name in ("text", "_edits", "_scripts", "flags")
)


_LATER: Any = _Edits()
Cleaned.edits = _LATER


def cleaned_by(text: str, scripts: Sequence[Sequence[Edit]], flags: tuple[str, ...] = ()) -> Cleaned:
    """The result of scripts of which each is one for what the one before makes. They are merged when someone asks for
    the edits: objects of them take a fifth of the time of damaged text.

    >>> cleaned_by("a", [[Edit(0, "&amp;lt;", "&lt;", "html-entity")], [Edit(0, "&lt;", "a", "x")]]).edits
    (Edit(start=0, before='&amp;lt;', after='a', rule='html-entity + x', confidence=1.0),)
    """
    made = Cleaned(text, (), flags)
    _KEEP_EDITS(made, None)
    _KEEP_SCRIPTS(made, scripts)
    return made


def scripts_of(cleaned: Cleaned) -> Sequence[Sequence[Edit]]:
    """The scripts that make a text, none of them empty. Edits that are not made yet stay so."""
    made = cleaned._edits
    return cleaned._scripts if made is None else [made] if made else []
