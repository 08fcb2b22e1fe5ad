"""Formats: how records come in and go out. `readers/` has a module for each input; `kinds` maps suffixes to them."""
