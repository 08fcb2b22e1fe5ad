"""Engines: where batch functions run. An engine maps a function over items, nothing more."""
