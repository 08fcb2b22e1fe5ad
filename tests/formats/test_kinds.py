"""What a file is, by its name, its first bytes or the user's word."""

import gzip
import io

import pytest

from newsclean.errors import SettingsError
from newsclean.formats.kinds import INPUT_FORMATS, SUFFIXES, Kind, check_format, kind_of, reader, sniffed

NAMES = {
    "a.jsonl": Kind("jsonl", ""),
    "A.NDJSON.GZ": Kind("jsonl", ".gz"),
    "a.b.csv.xz": Kind("csv", ".xz"),
    "CC-NEWS-2025.warc.gz": Kind("warc", ".gz"),
    "CC-MAIN.warc.wet.gz": Kind("warc", ".gz"),
    "a.parquet": Kind("parquet", ""),
    "a.parquet.gz": None,
    "a.doc": None,
    "jsonl": None,
    "": None,
}


@pytest.mark.parametrize(("name", "kind"), NAMES.items())
def test_names(name: str, kind: Kind | None) -> None:
    assert kind_of(f"folder.csv/{name}") == kind


def test_the_users_word_counts() -> None:
    assert kind_of("a.dat.gz", "csv") == Kind("csv", ".gz")
    with pytest.raises(SettingsError, match="xml"):
        check_format("xml")


@pytest.mark.parametrize("name", INPUT_FORMATS)
def test_every_format_has_a_reader(name: str) -> None:
    assert reader(name).chunks
    assert name in SUFFIXES.values()


SNIFFED = {
    b'  {"text": 1}': "jsonl",
    b"\xef\xbb\xbf[1]": "json",
    b"Some prose.": "txt",
    b"": "txt",
    b"PAR1xxxx": "parquet",
    b"ARROW1\0\0": "arrow",
    b"WARC/1.0\r\n": "warc",
}


@pytest.mark.parametrize(("head", "name"), SNIFFED.items())
def test_first_bytes(head: bytes, name: str) -> None:
    for data, compression in ((head, ""), (gzip.compress(head), ".gz")):
        raw, kind = sniffed(io.BytesIO(data))
        assert kind == Kind(name, compression)
        assert raw.read() == data
