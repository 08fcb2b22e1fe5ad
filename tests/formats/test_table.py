"""Every cell of the table of formats, compressions, places and commands (docs/reference/formats.md)."""

import bz2
import gzip
import io
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from backports import zstd
from typer.testing import CliRunner

import newsclean
from newsclean.cli.main import app
from newsclean.formats.kinds import INPUT_FORMATS, UNCOMPRESSED
from newsclean.formats.writers import OUTPUT_FORMATS
from tests.jobs.hostile import HTML, PAGE, warc

TEXT = "The storm took the bridge of Ardenburg, and the mayor wept."
PACK: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".zst": zstd.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}
PLACES = ("local", "memory", "stdin")
COMMANDS = {
    "run": ["run", "{}", "--out", "out", "-j1"],
    "clean": ["clean", "{}", "--out", "out", "-j1"],
    "repair": ["repair", "{}", "--out", "out", "-j1"],
    "dedup": ["dedup", "{}", "--out", "out", "-j1"],
    "templates": ["templates", "learn", "{}", "--out", "templates.bin"],
    "explain": ["explain", "{}"],
    "index": ["index", "add", "news.index", "{}"],
}


def _table(opened: Callable[..., object]) -> bytes:
    sink = io.BytesIO()
    table = pa.table({"text": [TEXT]})
    if opened is pq.write_table:
        pq.write_table(table, sink)
    else:
        with pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table)
    return sink.getvalue()


DATA = {
    "txt": TEXT.encode(),
    "jsonl": json.dumps({"text": TEXT}).encode() + b"\n",
    "json": json.dumps([{"text": TEXT}]).encode(),
    "csv": f'text,n\n"{TEXT}",1\n'.encode(),
    "tsv": f"text\tn\n{TEXT}\t1\n".encode(),
    "parquet": _table(pq.write_table),
    "arrow": _table(pa.ipc.new_file),
    "html": PAGE.format("utf-8").encode(),
    "warc": warc(HTML, packed=False),
}
CELLS = [
    (name, compression, place)
    for name in INPUT_FORMATS
    for compression in PACK
    for place in PLACES
    if not (compression and name in UNCOMPRESSED)
]


def test_every_format_is_in_the_table() -> None:
    assert set(DATA) == set(INPUT_FORMATS)


@pytest.mark.parametrize(("name", "compression", "place"), CELLS, ids=str)
def test_input(tmp_path: Path, name: str, compression: str, place: str) -> None:
    data, file = PACK[compression](DATA[name]), f"x.{name}{compression}"
    options: dict[str, object] = {}
    if place == "local":
        (tmp_path / file).write_bytes(data)
        given = str(tmp_path / file)
    elif place == "memory":
        fsspec = pytest.importorskip("fsspec")
        fsspec.filesystem("memory").pipe_file(f"/table/{file}", data)
        given = f"memory://table/{file}"
    else:
        given, options = "-", {"stdin": io.BytesIO(data), "input_format": name}
    summary = newsclean.run([given], tmp_path / "out", steps=["repair"], **options)  # type: ignore[arg-type]
    assert (summary.read, summary.rejected) == (1, 0)


@pytest.mark.parametrize("place", ["local", "memory"])
@pytest.mark.parametrize("name", OUTPUT_FORMATS)
def test_output(tmp_path: Path, name: str, place: str) -> None:
    if place == "memory":
        pytest.importorskip("fsspec").filesystem("memory").store.clear()
    (tmp_path / "x.jsonl").write_bytes(DATA["jsonl"])
    out = "memory://results" if place == "memory" else str(tmp_path / "out")
    newsclean.run([tmp_path / "x.jsonl"], out, steps=["repair"], format=name)
    again = newsclean.run([out], tmp_path / "again", steps=["repair"])
    assert (again.read, again.rejected) == (1, 0)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", INPUT_FORMATS)
def test_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, command: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path(f"x.{name}").write_bytes(DATA[name])
    result = CliRunner().invoke(app, [each.format(f"x.{name}") for each in COMMANDS[command]], catch_exceptions=False)
    assert result.exit_code == 0
