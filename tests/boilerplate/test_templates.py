"""Templates are learnt, saved and applied."""

import pickle
import re
from pathlib import Path

import numpy as np
import pytest

from newsclean.boilerplate import Templates, learn_templates, strip_batch
from newsclean.errors import InputError

STORIES = [
    f"The council of {town} voted on {day} to build a new bridge over the river, after {hours} hours of debate that "
    f"ended late at night.\nThe mayor of {town} called the decision a good day for all who live on the other bank.\n"
    f"Our weather service is brought to you by {number} friendly clouds"
    for town, day, hours, number in (
        ("Aville", "Monday", "two", 12),
        ("Bton", "Tuesday", "six", 7),
        ("Cburg", "Friday", "ten", 3),
    )
]


def test_templates_are_learnt_saved_and_applied(tmp_path: Path) -> None:
    templates = learn_templates({"text": story, "source": "gazette"} for story in STORIES)
    templates.save(tmp_path / "templates")
    loaded = Templates.load(tmp_path / "templates")
    assert np.array_equal(pickle.loads(pickle.dumps(loaded)).repeated, templates.repeated)
    assert len(templates) == 1
    [with_source] = strip_batch(STORIES[:1], templates=loaded, sources=["gazette"])
    [other_source] = strip_batch(STORIES[:1], templates=loaded, sources=["herald"])
    assert [edit.rule for edit in with_source.edits] == ["template"]
    assert "template" not in [edit.rule for edit in other_source.edits]


def test_copies_of_an_article_are_no_templates() -> None:
    assert len(learn_templates({"text": STORIES[0], "source": "gazette"} for _ in range(9))) == 0


def test_titles_of_other_articles_are_headlines() -> None:
    templates = learn_templates([{"text": "", "title": "Council votes for a bridge at last"}])
    text = STORIES[1] + "\nCouncil votes for a bridge at last"
    [cleaned] = strip_batch([text], templates=templates)
    assert any("Council votes" in edit.before for edit in cleaned.edits)


def test_a_file_of_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("no templates")
    with pytest.raises(InputError, match=re.escape(str(tmp_path / "other"))):
        Templates.load(tmp_path / "other")
    with pytest.raises(InputError):
        Templates.load(tmp_path / "missing")


@pytest.mark.parametrize("data", [b"", b"x", b"PK\x03\x04 cut off", b"\x93NUMPY"])
def test_a_damaged_file_is_a_clear_error(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "templates.bin"
    path.write_bytes(data)
    with pytest.raises(InputError, match=r"is no file of templates, or a damaged one$"):
        Templates.load(path)
    with pytest.raises(InputError, match="No such file"):
        Templates.load(tmp_path / "nothing")
