"""Adapters of libraries that are not installed are left out of the doctests."""

import importlib.util

_ADAPTERS = {"datatrove": "datatrove", "scrapy": "itemadapter"}
collect_ignore = [f"src/newsclean/{name}.py" for name, need in _ADAPTERS.items() if not importlib.util.find_spec(need)]
