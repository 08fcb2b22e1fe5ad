"""Readers: one module a format, each with its `FORMAT`."""

__all__ = ["arrow", "delimited", "html", "json_array", "jsonl", "parquet", "text", "warc"]
