"""Threads of one young process: none fails, and each gets what it would get alone."""

import os
import subprocess
import sys

from tests.paths import ROOT

CODE = """
from concurrent.futures import ThreadPoolExecutor
import newsclean

article = "Die Behörden in Ort {0} teilten mit, dass das CafÃ© öffnet.\\n\\nLesen Sie auch: Mehr {0}\\n" * 3
texts = [article.format(at) for at in range(150)]
documents = [{"id": str(at), "text": text} for at, text in enumerate(texts[:20])]
with ThreadPoolExecutor(8) as pool:
    cleaned = list(pool.map(newsclean.clean, texts))
    kept = list(pool.map(lambda _: newsclean.find_duplicates(documents).keep, range(8)))
assert cleaned == [newsclean.clean(text) for text in texts]
assert kept == [newsclean.find_duplicates(documents).keep] * 8
"""


def test_threads_that_start_at_once_clean_and_compare() -> None:
    path = os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", CODE], capture_output=True, text=True, env=os.environ | {"PYTHONPATH": path}, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
