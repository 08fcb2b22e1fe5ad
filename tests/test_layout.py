"""The rules of the house: small folders and modules, typed kernels, a test for every module.

How many parameters a function may have is a rule of ruff, which way imports go one of import-linter.
"""

import ast
import functools
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.paths import ROOT

SOURCE = ROOT / "src/newsclean"
MODULES = sorted(SOURCE.rglob("*.py"))
MOST_MODULES = 12  # in a folder, without its facade
MOST_LINES = 300  # of a module
LONGEST_FUNCTION = 60  # lines
ONE_LOOP = {"boilerplate/lines/_scan.py: scan_bytes"}  # over bytes; all its parts change most of its 30 variables
LONGEST_SENTENCE = 25  # words


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE))


@functools.cache
def nodes(path: Path) -> list[ast.AST]:
    return list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in nodes(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def is_kernel(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        ast.unparse(decorator).startswith(("kernel(", "kernels.kernel(")) for decorator in function.decorator_list
    )


def parameters(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[ast.arg]:
    own = function.args
    return [
        argument for argument in (*own.posonlyargs, *own.args, *own.kwonlyargs) if argument.arg not in ("self", "cls")
    ]


def possible_tests(path: Path) -> list[Path]:
    """Where the test of a module may be: that of `_name.py` kernels may be that of their readable side."""
    folder, name = (ROOT / "tests" / path.relative_to(SOURCE)).parent, path.stem
    return [folder / f"test_{candidate}.py" for candidate in dict.fromkeys((name, name.lstrip("_")))]


def test_folders_are_small() -> None:
    counts = Counter(name_of(path.parent) for path in MODULES if path.name != "__init__.py")
    assert {folder: count for folder, count in counts.items() if count > MOST_MODULES} == {}


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"], ids=name_of)
def test_a_facade_says_what_others_may_use(path: Path) -> None:
    names = [ast.unparse(node.targets[0]) for node in nodes(path) if isinstance(node, ast.Assign)]
    assert "__all__" in names


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_functions_are_short() -> None:
    long = {
        f"{name_of(path)}: {function.name}"
        for path in MODULES
        for function in functions(path)
        if (function.end_lineno or 0) - function.lineno >= LONGEST_FUNCTION
    }
    assert long == ONE_LOOP


def sentences(path: Path) -> Iterator[str]:
    """Those of all docstrings, also of attributes, without examples."""
    for node in nodes(path):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            for paragraph in re.split(r"\n\s*\n", node.value.value):
                if ">>>" not in paragraph:
                    yield from re.split(r"(?<=[.!?])[\"')]*\s+", " ".join(paragraph.split()))


def test_docstrings_have_short_sentences() -> None:
    every = ((name_of(path), sentence) for path in MODULES for sentence in sentences(path))
    assert [(name, sentence) for name, sentence in every if len(sentence.split()) > LONGEST_SENTENCE] == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_kernels_are_typed(path: Path) -> None:
    loose = [
        f"{function.name}: {annotation and ast.unparse(annotation)}"
        for function in functions(path)
        if is_kernel(function)
        for annotation in (*(argument.annotation for argument in parameters(function)), function.returns)
        if annotation is None or "Any" in ast.unparse(annotation)
    ]
    assert loose == []


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_columns_have_names(path: Path) -> None:
    """The columns 0 and 1 are left and right, or start and end; a table of more columns names them. So does a row of
    numbers that a kernel is given."""
    tables = [
        node
        for function in functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Subscript) and (isinstance(node.slice, ast.Tuple) or is_kernel(function))
        if ast.unparse(node.value) != "Annotated"
    ]
    bare = [
        f"line {node.lineno}: {ast.unparse(node)}"
        for node in tables
        for place in (node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice])
        if isinstance(place, ast.Constant) and isinstance(place.value, int) and place.value > 1
    ]
    assert bare == []


@pytest.mark.parametrize(
    "path", [path for path in MODULES if path.name not in ("__init__.py", "__main__.py", "_version.py")], ids=name_of
)
def test_every_module_has_a_test(path: Path) -> None:
    assert any(test.exists() for test in possible_tests(path)), f"no {possible_tests(path)[0].relative_to(ROOT)}"
