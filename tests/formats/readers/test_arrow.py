"""Arrow files, streams, and saved Hugging Face datasets."""

from pathlib import Path

import pyarrow as pa
import pytest

from tests.formats.readers.common import read

TABLE = pa.table({"id": ["a", "b", "c"], "text": ["A.", "B.", "C."]})


@pytest.mark.parametrize("opened", [pa.ipc.new_file, pa.ipc.new_stream])
def test_both_layouts(tmp_path: Path, opened: object) -> None:
    with opened(str(tmp_path / "x.arrow"), TABLE.schema) as writer:  # type: ignore[operator]
        writer.write_table(TABLE, max_chunksize=2)
    assert [each["id"] for each in read(tmp_path)[0]] == ["a", "b", "c"]


def test_a_cut_stream_gives_what_it_has(tmp_path: Path) -> None:
    path = tmp_path / "x.arrows"
    with pa.ipc.new_stream(str(path), TABLE.schema) as writer:
        writer.write_table(TABLE, max_chunksize=1)
    path.write_bytes(path.read_bytes()[:-250])
    documents, [reject] = read(tmp_path)
    assert 0 < len(documents) < 3
    assert reject.line == len(documents) + 1


def test_a_saved_dataset(tmp_path: Path) -> None:
    datasets = pytest.importorskip("datasets")
    datasets.Dataset(TABLE).save_to_disk(str(tmp_path / "saved"))
    documents, rejects = read(tmp_path)
    assert [each["id"] for each in documents] == ["a", "b", "c"]
    assert not rejects
