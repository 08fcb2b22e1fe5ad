"""Lessons read all input once, with the same fields."""

from pathlib import Path

import pytest

from newsclean.errors import InputError
from newsclean.formats.base import STDIN, Source
from newsclean.formats.inputs import find_inputs
from newsclean.jobs.learning import with_learned
from newsclean.jobs.options import Options


def test_nothing_is_read_where_nothing_is_learned(tmp_path: Path) -> None:
    assert with_learned([Source(str(tmp_path / "missing"), "x", "jsonl")], Options()) == Options()


def test_damage_is_learned_by_source(tmp_path: Path) -> None:
    rows = [f'{{"host":"a","body":"GrÃ¼ÃŸe aus KÃ¶ln, Nummer {n}"}}\n' for n in range(3)]
    (tmp_path / "x.jsonl").write_text("".join(rows), encoding="utf-8")
    found = with_learned(find_inputs([tmp_path]).sources, Options(learn_damage=True))
    assert found.evidence is not None
    assert found.evidence["a"].to_dict()["chains"] == {"utf-8>windows-1252": 3}


def test_standard_input_is_read_only_once() -> None:
    with pytest.raises(InputError, match="twice"):
        with_learned([Source(STDIN, "stdin", "")], Options(learn_templates=True))
