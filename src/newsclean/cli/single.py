"""`newsclean clean` and `repair` without a directory: one text, or a stream of JSON Lines, to standard output."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import typer

from newsclean.cli.explain.reading import read_text
from newsclean.cli.terminal import note, warn, write_json, write_text
from newsclean.formats.base import MAX_RECORD, STDIN, Chunk, Source
from newsclean.formats.compression import blocks, too_long
from newsclean.formats.fields import Choice, Fields, choose
from newsclean.formats.kinds import sniffed
from newsclean.jobs.encoding import as_utf8, check_encoding
from newsclean.pipeline import Step, clean_batch
from newsclean.settings import Settings

_READ = 1 << 20


def print_cleaned(
    inputs: Sequence[str], steps: Sequence[Step], settings: Settings, templates: Any, options: Mapping[str, Any]
) -> None:
    """One text, cleaned, on standard output; what was changed, on standard error."""
    if len(inputs) != 1:
        raise typer.BadParameter("give one text file or -, or say with --out where many articles are to go")
    text = read_text(inputs[0], options["encoding"], options["input_format"], options["max_record"] << 20)
    result = clean_batch([text], settings, steps=steps, templates=templates)[0]
    write_text(result.text)
    if tuple(steps) == ("repair",):
        from newsclean.cli.explain.text import print_repairs

        print_repairs(text, result.edits)
    elif result.edits:
        from newsclean.cli.console import counted

        changes = counted(len(result.edits), "change")
        note(f"{changes}; newsclean explain shows where and why")


def is_stream(inputs: Sequence[str], input_format: str | None) -> bool:
    """Whether standard input is named and holds JSON Lines."""
    return list(inputs) == [STDIN] and sniffed(sys.stdin.buffer, input_format)[1].format == "jsonl"


class Filter:
    """JSON Lines from standard input to standard output, each record written as soon as it is cleaned."""

    def __init__(
        self,
        steps: Sequence[Step],
        settings: Settings,
        templates: Any,
        given: Fields,
        edits: bool,
        encoding: str | None = None,
        limit: int = MAX_RECORD,
    ) -> None:
        check_encoding(encoding)
        self.encoding = encoding
        self.steps, self.settings, self.templates = steps, settings, templates
        self.given, self.edits, self.limit = given, edits, limit
        self.rejected = 0
        self._choice: Choice | None = None

    def run(self, raw: BinaryIO) -> int:
        """Filter a stream, which may be compressed; the number of lines that were rejected.

        Those are told, with their number, and left out.
        """
        raw, kind = sniffed(raw, "jsonl")
        first = 1
        for lines in _whole_lines(raw, kind.compression, self.limit):
            if isinstance(lines, str):
                self._reject(first, lines)
                first += 1
                continue
            self._clean(first, lines)
            first += lines.count(b"\n")
        return self.rejected

    def _reject(self, line: int | None, reason: str) -> None:
        warn(f"line {line}: {reason}")
        self.rejected += 1

    def _clean(self, first: int, lines: bytes) -> None:
        from newsclean.formats.json_rows import JsonRows, dumps, put
        from newsclean.formats.readers import jsonl

        chunk = Chunk(Source(STDIN, "stdin", "jsonl"), first, lines, 0)
        if self._choice is None and lines.strip():
            self._choice = choose(jsonl.sample(chunk), self.given)
        chunk = as_utf8(chunk, self.encoding).chunk
        found = jsonl.decode(chunk._replace(fields=self._choice.fields if self._choice else Fields(text="text")))
        for reject in found.rejects:
            self._reject(reject.line, reject.reason)
        documents = found.rows.documents
        texts, sources = [each["text"] for each in documents], [each["source"] for each in documents]
        cleaned = clean_batch(texts, self.settings, steps=self.steps, templates=self.templates, sources=sources)
        assert isinstance(found.rows, JsonRows)  # what the reader of JSON Lines makes
        for record, result in zip(found.rows.records, cleaned, strict=True):
            put(record, found.rows.text_field, result.text)
            if self.edits:
                put(record, "edits", [edit._asdict() for edit in result.edits])
            write_json(dumps(record))
        sys.stdout.buffer.flush()


def _whole_lines(raw: BinaryIO, compression: str, limit: int) -> Iterator[bytes | str]:
    """Whole lines as they come, without waiting for more than one.

    A text says why a line is left out: it is longer than `limit` bytes, or the stream is damaged from there on.
    """
    pending: list[bytes] = []
    held = 0
    for block in blocks(raw, compression, _READ) if compression else _arriving(raw):
        if isinstance(block, str):  # what is pending is no whole line
            yield block
            return
        end = block.rfind(b"\n") + 1
        if end:
            start = block.index(b"\n") + 1 if held else 0
            if held + start > limit:
                yield too_long("the line", limit)
                pending = []
            else:
                start = 0
            if start < end:
                yield b"".join((*pending, block[start:end]))
            pending, held = [], 0
        held += len(block) - end
        pending = [*pending, block[end:]] if held <= limit else []
    if held > limit:
        yield too_long("the line", limit)
    elif held:
        yield b"".join(pending)


def _arriving(raw: BinaryIO) -> Iterator[bytes]:
    """Bytes as they come, without waiting for more."""
    read: Any = getattr(raw, "read1", raw.read)
    while data := read(_READ):
        yield data
