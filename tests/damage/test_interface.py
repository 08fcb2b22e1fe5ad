"""What others rely on: light import, names of rules and code pages."""

import subprocess
import sys

from newsclean.damage import RULES


def test_importing_loads_neither_numba_nor_numpy() -> None:
    code = "import sys, newsclean.damage; sys.exit('numba' in sys.modules or 'numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_names_of_rules_are_unique() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
