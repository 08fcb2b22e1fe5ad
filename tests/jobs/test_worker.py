"""One chunk becomes one part, once."""

from pathlib import Path

from newsclean.edits import Cleaned, Edit
from newsclean.formats.base import Chunk, Source
from newsclean.formats.fields import Fields
from newsclean.jobs.options import Options
from newsclean.jobs.worker import Job, process_chunk, rule_counts

DATA = '{"id":"a","text":"The cafÃ© is open."}\n{"id":"b","text":"It is not."}\n'.encode()
CHUNK = Chunk(Source("x", "x", "jsonl"), 1, DATA, 0, Fields(text="text", id="id"))


def test_a_part_holds_what_became_of_a_chunk(tmp_path: Path) -> None:
    job = Job(tmp_path, Options(steps=["repair"]))
    part = process_chunk(job, (0, CHUNK))
    assert part.rows().ids == ["a", "b"]
    assert part.counts["changed"] == 1
    assert part.rows().left == [17, 10]
    written = {path.name: path.stat().st_mtime_ns for path in part.directory.iterdir()}
    assert process_chunk(job, (0, CHUNK)) == part
    assert {path.name: path.stat().st_mtime_ns for path in part.directory.iterdir()} == written


def test_another_chunk_in_its_place_is_made_again(tmp_path: Path) -> None:
    job = Job(tmp_path, Options(steps=["repair"]))
    process_chunk(job, (0, CHUNK))
    assert process_chunk(job, (0, CHUNK._replace(data=DATA[:45]))).rows().ids == ["a"]


def test_a_sample_is_cut(tmp_path: Path) -> None:
    assert process_chunk(Job(tmp_path, Options(steps=["repair"])), (0, CHUNK), most=1).rows().ids == ["a"]


def test_rules_of_merged_edits_are_counted_each() -> None:
    cleaned = [Cleaned("", (Edit(0, "a", "", "x + y"),), ("too-long",)), Cleaned("")]
    assert rule_counts(cleaned) == {"changed": 1, "flag:too-long": 1, "rule:x": 1, "rule:y": 1}
