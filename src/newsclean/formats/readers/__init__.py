"""Readers: one module a format, each with its `FORMAT`."""
