"""Reads all that a file holds, as a run does."""

from pathlib import Path

from newsclean.formats.base import MAX_RECORD, Document, Reject
from newsclean.formats.fields import Fields
from newsclean.formats.inputs import find_inputs, read_chunks
from newsclean.formats.kinds import reader


def read(path: Path, limit: int = MAX_RECORD, **fields: str) -> tuple[list[Document], list[Reject]]:
    """Documents and rejects of a file or folder."""
    found = find_inputs([path])
    documents, rejects = list[Document](), list(found.rejects)
    for chunk in read_chunks(found.sources, Fields(**fields), limit=limit):
        if isinstance(chunk, Reject):
            rejects.append(chunk)
        else:
            decoded = reader(chunk.source.format).decode(chunk)
            documents += decoded.rows.documents
            rejects += decoded.rejects
    return documents, rejects
