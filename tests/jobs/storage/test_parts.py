"""Rows of a part know where they came from."""

from newsclean.jobs.storage.parts import PartRows


def test_a_row_has_a_place() -> None:
    rows = PartRows(["a", "b"], ["x"], [3, None], [None, None], [0, 0], [1, 1], [None, None])
    assert [rows.place(0), rows.place(1)] == [("x", 3), ("x", None)]
    assert rows._replace(files=["x", "y"]).place(1) == ("y", None)
