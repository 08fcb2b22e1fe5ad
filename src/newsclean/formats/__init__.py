"""Formats: how records come in and go out. `readers/` has a module for each input; `kinds` maps suffixes to them."""

__all__ = [
    "arrow_rows",
    "base",
    "compression",
    "dates",
    "documents",
    "fields",
    "inputs",
    "json_rows",
    "kinds",
    "places",
    "readers",
    "table_writer",
    "writers",
]
