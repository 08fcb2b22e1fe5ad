"""Files as strangers have them: for each what is in it, how many articles are read, and what is said of the rest."""

import bz2
import gzip
import io
import json
import lzma
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
from backports import zstd
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

T = "The storm took the bridge of Ardenburg, and the mayor {} wept."
MB = 1 << 20


class Case(NamedTuple):
    """A file, or a fault of the file system."""

    name: str
    make: Callable[[Path], Any]
    read: int = 0
    rejected: int = 0
    word: str = ""
    """What a reject, or the word on a skipped file, says."""
    skipped: int = 0


def data(content: bytes) -> Callable[[Path], Any]:
    return lambda path: path.write_bytes(content)


def rows(*records: Any) -> bytes:
    return b"".join(
        json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n" for record in records
    )


def good(count: int = 1, **more: Any) -> bytes:
    return rows(*({"text": T.format(n)} | more for n in range(count)))


def table(**columns: Any) -> pa.Table:
    return pa.table(columns)


def parquet(**columns: Any) -> Callable[[Path], Any]:
    return lambda path: pq.write_table(table(**columns), path)


def arrow(stream: bool, **columns: Any) -> Callable[[Path], Any]:
    def make(path: Path) -> None:
        found = table(**columns)
        opened = pa.ipc.new_stream if stream else pa.ipc.new_file
        with opened(str(path), found.schema) as writer:
            writer.write_table(found)

    return make


def cut(make: Callable[[Path], Any], share: float = 0.5) -> Callable[[Path], Any]:
    """The same file without its end."""

    def cut_off(path: Path) -> None:
        make(path)
        whole = path.read_bytes()
        path.write_bytes(whole[: int(len(whole) * share)])

    return cut_off


def flipped(make: Callable[[Path], Any], at: float) -> Callable[[Path], Any]:
    """The same file with damage in it."""

    def damaged(path: Path) -> None:
        make(path)
        whole = bytearray(path.read_bytes())
        start = int(len(whole) * at)
        whole[start : start + 8] = b"\xff" * 8
        path.write_bytes(bytes(whole))

    return damaged


PAGE = """<!doctype html><html lang="en"><head><title>Storm</title><meta charset="{}">
<meta property="article:published_time" content="2025-11-13T08:00:00Z"></head><body><nav><a href="/">Home</a></nav>
<article><h1>Storm</h1><p>The storm took the bridge of Ardenburg, and the mayor wept for the café beside it.</p>
<p>Nobody was hurt, said the police on Monday, and the council will meet on Tuesday to speak of a new bridge.</p>
</article></body></html>"""


def warc(*pages: tuple[str, str, bytes], packed: bool = True) -> bytes:
    """Records of (kind, type, payload)."""
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=packed)
    for number, (kind, type_, payload) in enumerate(pages):
        address = f"https://www.a.example/{number}"
        if kind == "response":
            headers = StatusAndHeaders("200 OK", [("Content-Type", type_)], protocol="HTTP/1.1")
            record = writer.create_warc_record(address, kind, io.BytesIO(payload), http_headers=headers)
        else:
            record = writer.create_warc_record(address, kind, io.BytesIO(payload))
        writer.write_record(record)
    return stream.getvalue()


HTML = ("response", "text/html; charset=utf-8", PAGE.format("utf-8").encode())
WET = ("conversion", "text/plain", T.format("of WET").encode())


def _link(target: str) -> Callable[[Path], Any]:
    return lambda path: path.symlink_to(target)


def _folder(*files: tuple[str, bytes]) -> Callable[[Path], Any]:
    def make(path: Path) -> None:
        for name, content in files:
            (path / name).parent.mkdir(parents=True, exist_ok=True)
            (path / name).write_bytes(content)

    return make


def _dataset(path: Path) -> None:
    """What `datasets.Dataset.save_to_disk` leaves, with a cache beside it."""
    path.mkdir()
    arrow(True, text=[T.format("of a dataset")])(path / "data-00000-of-00001.arrow")
    arrow(True, text=[T.format("of a cache")])(path / "cache-1234.arrow")
    (path / "dataset_info.json").write_text('{"features": {}}')
    (path / "state.json").write_text('{"_data_files": [{"filename": "data-00000-of-00001.arrow"}]}')


def _partitioned(path: Path) -> None:
    for host in ("a", "b"):
        (path / f"source={host}").mkdir(parents=True)
        parquet(text=[T.format(f"of part {host}")])(path / f"source={host}" / "part-0.parquet")
    (path / "_SUCCESS").write_bytes(b"")


def _bad_strings(path: Path) -> None:
    offsets = pa.py_buffer(b"\0\0\0\0\1\0\0\0\2\0\0\0")
    pq.write_table(table(text=pa.Array.from_buffers(pa.string(), 2, [None, offsets, pa.py_buffer(b"\xffB")])), path)


X = good(3)
LIMIT = 2 * MB
CASES = [
    # JSON Lines, line by line
    Case("plain.jsonl", data(X), read=3),
    Case("no-newline.jsonl", data(X.rstrip(b"\n")), read=3),
    Case("windows.jsonl", data(X.replace(b"\n", b"\r\n")), read=3),
    Case("bom.jsonl", data(b"\xef\xbb\xbf" + X), read=3),
    Case("blank-lines.jsonl", data(b"\n\n" + X.replace(b"\n", b"\n \n\t\n")), read=3),
    Case("capitals.JSONL", data(X), read=3),
    Case("news.ndjson", data(X), read=3),
    Case("news.jl", data(X), read=3),
    Case("empty.jsonl", data(b""), rejected=1, word="empty"),
    Case("only-bom.jsonl", data(b"\xef\xbb\xbf"), rejected=1, word="empty"),
    Case("nul.jsonl", data(b"\0" * 5000), rejected=1, word="not JSON"),
    Case(
        "nul-between.jsonl", data(X + b"\0\0\0\n" + X.replace(b"storm", b"flood")), read=6, rejected=1, word="not JSON"
    ),
    Case("cut-line.jsonl", data(X[:-20]), read=2, rejected=1, word="not JSON"),
    Case("list.jsonl", data(b'["a"]\n'), rejected=1, word="not a JSON object but list"),
    Case("number.jsonl", data(b"5\n"), rejected=1, word="not a JSON object but int"),
    Case("prose.jsonl", data(b"This is no JSON at all.\n"), rejected=1, word="not JSON"),
    Case("deep.jsonl", data(b'{"text": "x", "a": ' + b"[" * 5000 + b"]" * 5000 + b"}\n"), rejected=1, word="nested"),
    Case("deeper.jsonl", data(b"[" * 100_000 + b"\n"), rejected=1, word="not JSON"),
    Case("latin.jsonl", data(b'{"text": "caf\xe9"}\n'), rejected=1, word="not UTF-8"),
    Case("utf-16.jsonl", data(X.decode().encode("utf-16")), rejected=4, word="not UTF-8"),
    Case("surrogate.jsonl", data(b'{"text": "The storm \\ud83d took the bridge."}\n'), read=1),
    Case("nan.jsonl", data(b'{"text": "The storm took it.", "score": NaN, "x": -Infinity}\n'), read=1),
    Case("huge-number.jsonl", data(b'{"text": "The storm took all.", "n": ' + b"9" * 5000 + b"}\n"), read=1),
    Case("same-key-twice.jsonl", data(b'{"text": "old", "text": "The storm took the ferry."}\n'), read=1),
    Case("text-is-null.jsonl", data(rows({"text": None})), rejected=1, word="not null"),
    Case("text-is-a-number.jsonl", data(rows({"text": 5})), rejected=1, word="not int"),
    Case("text-is-a-list.jsonl", data(rows({"text": ["a"]})), rejected=1, word="not list"),
    Case("text-is-an-object.jsonl", data(rows({"text": {"a": 1}})), rejected=1, word="must be a string, not dict"),
    Case("text-is-missing.jsonl", data(rows({"rank": 1})), rejected=1, word="no field 'text' (fields: rank)"),
    Case("no-fields.jsonl", data(b"{}\n"), rejected=1, word="none at all"),
    Case("text-is-empty.jsonl", data(rows({"text": ""})), rejected=1, word="is empty"),
    Case("text-is-blank.jsonl", data(rows({"text": " \n\t\u00a0"})), rejected=1, word="is empty"),
    Case("id-is-a-list.jsonl", data(rows({"id": [1], "text": "x y z"})), read=1),
    Case("id-is-a-float.jsonl", data(rows({"id": 1.5, "text": "x y z"})), read=1),
    Case("id-is-true.jsonl", data(rows({"id": True, "text": "x y z"})), read=1),
    Case("id-is-null.jsonl", data(rows({"id": None, "text": T.format("without an id")})), read=1),
    Case("id-is-empty.jsonl", data(rows({"id": "", "text": T.format("with an empty id")})), read=1),
    Case(
        "id-twice.jsonl", data(rows({"id": "twice", "text": "a b c"}, {"id": "twice", "text": "d e"})), 1, 1, "already"
    ),
    Case("id-climbs.jsonl", data(rows({"id": "../../etc/passwd", "text": T.format("climbing")})), read=1),
    Case("id-is-long.jsonl", data(rows({"id": "x" * 5000, "text": T.format("of the long id")})), read=1),
    Case(
        "long-line.jsonl", data(X + good(1, pad="x" * LIMIT) + X.replace(b"storm", b"flood")), 6, 1, "longer than 2 MB"
    ),
    Case("one-long-line.jsonl", data(b'{"text": "' + b"x" * (3 * LIMIT)), rejected=1, word="longer than 2 MB"),
    Case("many-fields.jsonl", data(good(1, **{f"f{n}": n for n in range(5000)})), read=1),
    Case("escape-codes.jsonl", data(rows({"id": "\x1b[2J", "text": T.format("\x1b]0;owned\x07")})), read=1),
    Case("other-names.jsonl", data(rows({"headline": "Storm", "body": T.format("of the body")})), read=1),
    Case("nested.jsonl", data(rows({"content": {"body": T.format("within"), "n": 1.50}})), read=1),
    Case("bad-date.jsonl", data(rows({"text": T.format("of no date"), "date": "the day before"})), read=1),
    Case("bad-url.jsonl", data(rows({"text": T.format("of no host"), "url": "http://[::1"})), read=1),
    # Compressed streams
    Case("a.jsonl.gz", data(gzip.compress(X)), read=3),
    Case("a.jsonl.zst", data(zstd.compress(X)), read=3),
    Case("a.jsonl.bz2", data(bz2.compress(X)), read=3),
    Case("a.jsonl.xz", data(lzma.compress(X)), read=3),
    Case("CAPITALS.JSONL.GZ", data(gzip.compress(X)), read=3),
    Case("members.jsonl.gz", data(gzip.compress(X) + gzip.compress(X.replace(b"storm", b"flood"))), read=6),
    Case("frames.jsonl.zst", data(zstd.compress(X) + zstd.compress(X.replace(b"storm", b"flood"))), read=6),
    Case("padded.jsonl.gz", data(gzip.compress(X) + b"\0" * 512), read=3),
    Case("garbage-behind.jsonl.gz", data(gzip.compress(X) + b"garbage"), 3, 1, "cannot be read beyond"),
    Case("cut.jsonl.gz", cut(data(gzip.compress(good(2000)))), -1, 1, "cut off"),
    Case("cut.jsonl.zst", cut(data(zstd.compress(good(2000)))), -1, 1, "cut off"),
    Case("cut.jsonl.bz2", cut(data(bz2.compress(good(2000)))), -1, 1, "cut off"),
    Case("cut.jsonl.xz", cut(data(lzma.compress(good(2000)))), -1, 1, "cut off"),
    Case("damaged.jsonl.gz", flipped(data(gzip.compress(good(50))), 0.5), -1, 1, "cannot be read beyond"),
    Case("damaged.jsonl.zst", flipped(data(zstd.compress(good(50))), 0.5), -1, 1, "cannot be read beyond"),
    Case("damaged.jsonl.xz", flipped(data(lzma.compress(good(50))), 0.5), -1, 1, "cannot be read beyond"),
    Case("not-gzip.jsonl.gz", data(X), rejected=1, word="cannot be read beyond"),
    Case("not-zstd.jsonl.zst", data(X), rejected=1, word="cannot be read beyond"),
    Case("empty.jsonl.gz", data(b""), rejected=1, word="empty"),
    Case("packed-nothing.jsonl.gz", data(gzip.compress(b"")), rejected=1, word="empty"),
    Case(
        "bomb.jsonl.zst", data(zstd.compress(b'{"text": "' + b"x" * (64 * MB) + b'"}')), rejected=1, word="longer than"
    ),
    Case("bomb.jsonl.gz", data(gzip.compress(b" " * (64 * MB))), rejected=1, word="longer than"),
    Case("bomb.txt.xz", data(lzma.compress(b"x" * (64 * MB))), rejected=1, word="longer than"),
    Case("bomb.json.bz2", data(bz2.compress(b"[" + b" " * (64 * MB) + b"]")), rejected=1, word="longer than"),
    # JSON files
    Case("array.json", data(b"[" + X.strip().replace(b"\n", b", ") + b"]"), read=3),
    Case("pretty.json", data(json.dumps([json.loads(line) for line in X.splitlines()], indent=2).encode()), read=3),
    Case("lines.json", data(X), read=3),
    Case(
        "answer.json", data(json.dumps({"status": "ok", "articles": [{"text": T.format("answered")}]}).encode()), read=1
    ),
    Case("object.json", data(json.dumps({"text": T.format("alone")}).encode()), read=1),
    Case("mixed-array.json", data(b'[{"text": "The storm was bad."}, 5, null, ["a"]]'), 1, 3, "not a JSON object"),
    Case("empty-array.json", data(b"[]"), rejected=1, word="empty"),
    Case("empty.json", data(b""), rejected=1, word="empty"),
    Case("cut.json", data(b'[{"text": "The storm'), rejected=1, word="not JSON"),
    Case("string.json", data(b'"just a string"'), rejected=1, word="not JSON"),
    Case("array.json.gz", data(gzip.compress(b'[{"text": "The storm was packed."}]')), read=1),
    # CSV and TSV
    Case("plain.csv", data(b"text,n\nThe storm took it.,1\nThe flood took it.,2\n"), read=2),
    Case("semicolons.csv", data(b"text;n\nThe storm, it took it.;1\n"), read=1),
    Case("tabs.tsv", data(b"text\tn\nThe storm took it, all.\t1\n"), read=1),
    Case("quoted.csv", data(b'id,text\nq1,"The ""storm""\nand, the flood"\n'), read=1),
    Case("windows.csv", data(b"\xef\xbb\xbftext,n\r\nThe storm took a mill.,1\r\n"), read=1),
    Case("old-mac.csv", data(b"text,n\rThe storm took two mills.,1\r"), read=1),
    Case("ragged.csv", data(b"text,n\nThe storm took a dog.,1\nx\ny,2,3\n"), 1, 2, "fields, the header"),
    Case("latin.csv", data(b"text,n\nThe storm took a caf\xe9.,1\nThe storm took a cat.,2\n"), 1, 1, "not UTF-8"),
    Case("utf-16.csv", data("text,n\nThe storm,1\n".encode("utf-16")), rejected=1, word="UTF-16"),
    Case("header-only.csv", data(b"text,n\n"), rejected=1, word="no rows"),
    Case("empty.csv", data(b""), rejected=1, word="empty"),
    Case(
        "open-quote.csv",
        data(b'text,n\n"The storm took all,1\n' + b"x,1\n" * 10),
        rejected=1,
        word="fields, the header",
    ),
    Case("long-field.csv", data(b"text,n\n" + b"x" * (3 * LIMIT) + b",1\n"), rejected=1, word="longer than"),
    Case("same-names.csv", data(b"text,n,n,\nThe storm took a cow.,1,2,3\n"), read=1),
    Case("packed.csv.zst", data(zstd.compress(b"text,n\nThe storm took a horse.,1\n")), read=1),
    Case(
        "cut.csv.gz",
        cut(data(gzip.compress(b"text,n\n" + b"The storm took a sheep.,1\n" * 9000)), 0.7),
        -1,
        1,
        "cut off",
    ),
    # Parquet and Arrow
    Case("plain.parquet", parquet(text=[T.format("a"), T.format("b")]), read=2),
    Case("nulls.parquet", parquet(id=[1, 2], text=[T.format("null"), None]), 1, 1, "not null"),
    Case("lists.parquet", parquet(text=[["a"], ["b"]]), rejected=2, word="not list"),
    Case("bytes.parquet", parquet(text=[b"a", b"b"]), rejected=2, word="not bytes"),
    Case("no-text.parquet", parquet(corpus=["a", "b"]), rejected=2, word="no field"),
    Case("no-rows.parquet", parquet(text=pa.array([], pa.string())), rejected=1, word="empty"),
    Case("bad-bytes.parquet", _bad_strings, 1, 1, "not UTF-8"),
    Case("empty.parquet", data(b""), rejected=1, word="not a readable Parquet file"),
    Case("prose.parquet", data(b"PAR1 not really"), rejected=1, word="not a readable Parquet file"),
    Case("cut.parquet", cut(parquet(text=[T.format(n) for n in range(500)])), rejected=1, word="not a readable"),
    Case("packed.parquet.gz", data(gzip.compress(b"PAR1")), word="not of a kind", skipped=1),
    Case(
        "dictionary.parquet", parquet(text=pa.array([T.format("d")] * 2).dictionary_encode(), id=["d1", "d2"]), read=2
    ),
    Case("partitioned", _partitioned, read=2, word="description", skipped=1),
    Case("file.arrow", arrow(False, text=[T.format("f")]), read=1),
    Case("stream.arrows", arrow(True, text=[T.format("s")]), read=1),
    Case("view.arrow", arrow(False, text=pa.array([T.format("v")], pa.string_view())), read=1),
    Case("feather.feather", lambda path: pyarrow.feather.write_feather(table(text=[T.format("2")]), path), read=1),
    Case("empty.arrow", data(b""), rejected=1, word="empty"),
    Case("prose.arrow", data(b"This is no Arrow file."), rejected=1, word="not a readable Arrow file"),
    Case("cut.arrow", cut(arrow(False, text=[T.format(n) for n in range(500)])), rejected=1, word="not a readable"),
    Case("dataset", _dataset, read=1, word="data set", skipped=3),
    # Text, HTML and web archives
    Case("plain.txt", data(T.format("of text").encode()), read=1),
    Case("notes.md", data(f"# Storm\n\n{T.format('of Markdown')}".encode()), read=1),
    Case("packed.txt.gz", data(gzip.compress(T.format("packed").encode())), read=1),
    Case("empty.txt", data(b""), rejected=1, word="empty"),
    Case("blank.txt", data(b" \n\n"), rejected=1, word="empty"),
    Case("latin.txt", data(b"caf\xe9"), rejected=1, word="not UTF-8"),
    Case("utf-16.txt", data("The storm".encode("utf-16")), rejected=1, word="UTF-16"),
    Case("long.txt", data(b"x" * (2 * LIMIT)), rejected=1, word="longer than"),
    Case("page.html", data(PAGE.format("utf-8").encode()), read=1),
    Case("latin.html", data(PAGE.format("windows-1252").encode("cp1252")), read=1),
    Case("empty.html", data(b""), rejected=1, word="no main text"),
    Case("binary.html", data(bytes(range(256)) * 20), -1, -1, ""),
    Case("pages.warc.gz", data(warc(HTML)), read=1),
    Case("plain.warc", data(warc(HTML, packed=False)), read=1),
    Case("texts.warc.wet.gz", data(warc(WET, ("conversion", "", b"\xff"))), read=2),  # a guess, flagged
    Case("image.warc.gz", data(warc(("response", "image/png", b"\x89PNG"))), rejected=1, word="no page"),
    Case("cut.warc.gz", cut(data(warc(*[HTML] * 20))), -1, 1, "cut off"),
    Case("prose.warc", data(b"This is no web archive.\n" * 9), rejected=1, word="not a web archive"),
    Case("empty.warc.gz", data(b""), rejected=1, word="no page"),
    # Names and the file system
    Case("table.xlsx", data(b"PK\x03\x04"), word="not of a kind", skipped=1),
    Case("no-suffix", data(X), word="not of a kind", skipped=1),
    Case(".hidden.jsonl", data(X), word="hidden", skipped=1),
    Case("[bold]x[!bold].jsonl", data(good(1)), read=1),
    Case("\x1b[2J.jsonl", data(good(1)), read=1),
    Case("quote'\"$(touch x).jsonl", data(good(1)), read=1),
    Case("Zeitung für Köln.jsonl", data(good(1)), read=1),
    Case("pipe.jsonl", os.mkfifo, word="named pipe", skipped=1),
    Case("device.txt", _link("/dev/zero"), word="device", skipped=1),
    Case("dangling.jsonl", _link("nothing"), rejected=1, word="symbolic link"),
    Case("loop.jsonl", _link("loop.jsonl"), rejected=1, word="symbolic link"),
    Case("linked-folder", _link("/etc"), word="not followed", skipped=1),
    Case("folder.jsonl", _folder(("x.jsonl", good(1))), read=1),
    Case("empty-folder", lambda path: path.mkdir()),
    Case("deep", _folder(("/".join("abcdefghij") + "/x.jsonl", good(1))), read=1),
]
