"""The table of formats, and a small input of each kind that it names: one article in each."""

import bz2
import gzip
import io
import json
import lzma
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
from backports import zstd

from tests.jobs.hostile import warc

TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("cases").joinpath("table.toml").read_text("utf-8"))
TEXT = """The storm took the bridge of Ardenburg on Monday night, and the mayor wept for the café beside it.
Nobody was hurt, said the police, and the council will meet on Tuesday to speak of a new bridge.
The last bridge stood for a hundred years and carried the market road across the river to Middelkerke."""
PARAGRAPHS = "".join(f"<p>{line}</p>\n" for line in TEXT.splitlines())
PAGE = f"""<!doctype html><html lang="en"><head><title>Storm</title><meta charset="utf-8"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Storm</h1>{PARAGRAPHS}</article></body></html>"""
PACK: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    ".gz": gzip.compress,
    ".zst": zstd.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
}


def _written(write: Callable[[pa.Table, io.BytesIO], object], **columns: Any) -> bytes:
    sink = io.BytesIO()
    write(pa.table({"text": [TEXT]} | columns), sink)
    return sink.getvalue()


def _ipc(opened: Callable[..., Any]) -> Callable[[pa.Table, io.BytesIO], object]:
    def write(table: pa.Table, sink: io.BytesIO) -> None:
        with opened(sink, table.schema) as writer:
            writer.write_table(table)

    return write


ROW = json.dumps({"text": TEXT}).encode()
STREAM = _written(_ipc(pa.ipc.new_stream))
FILES: dict[str, bytes] = {
    "jsonl": ROW + b"\n",
    "json-array": b"[" + ROW + b"]",
    "json-object": b'{"status": "ok", "articles": [' + ROW + b"]}",
    "json-lines": ROW + b"\n",
    "csv": f'text,n\r\n"{TEXT}",1\r\n'.encode(),
    "tsv": f'text\tn\n"{TEXT}"\t1\n'.encode(),
    "parquet": _written(pq.write_table),
    "arrow": _written(_ipc(pa.ipc.new_file)),
    "arrow-stream": STREAM,
    "feather": _written(pyarrow.feather.write_feather),
    "txt": TEXT.encode(),
    "markdown": f"# Storm\n\n{TEXT}\n".encode(),
    "html": PAGE.encode(),
    "warc": warc(("response", "text/html; charset=utf-8", PAGE.encode()), packed=False),
    "wet": warc(("conversion", "text/plain", TEXT.encode()), packed=False).replace(b"a.example", b"b.example"),
}
"""Each input that is a file."""
DIRECTORIES: dict[str, dict[str, bytes]] = {
    "parquet-partitioned": {"year=2025/month=11/part-0.parquet": FILES["parquet"], "_SUCCESS": b""},
    "dataset": {
        "data-00000-of-00001.arrow": STREAM,
        "cache-1234.arrow": STREAM,
        "dataset_info.json": b'{"features": {}}',
        "state.json": b'{"_data_files": [{"filename": "data-00000-of-00001.arrow"}]}',
    },
}
"""Each input that is a directory."""
