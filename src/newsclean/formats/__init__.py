"""Formats: how records come in and go out. One file a format; FORMATS maps suffixes to them."""
