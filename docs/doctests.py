"""Lets mkdocstrings show bare doctests of docstrings as code."""

import re
from typing import Any

import griffe

DOCTEST = re.compile(r"^>>> .*?(?=\n\n|\Z)", re.M | re.S)


def fenced(docstring: str) -> str:
    """The docstring with its doctests as code blocks.

    >>> print(fenced("Adds.\\n\\n>>> 1 + 1\\n2").replace("`", "'"))
    Adds.
    <BLANKLINE>
    '''pycon
    >>> 1 + 1
    2
    '''
    """
    return DOCTEST.sub(lambda match: f"```pycon\n{match[0]}\n```", docstring)


class Doctests(griffe.Extension):
    """Called for each object of the package."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Fence the doctests of the object's docstring."""
        if obj.docstring:
            obj.docstring.value = fenced(obj.docstring.value)
