"""Where the tests find things."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
EXPECTED = ROOT / "tests" / "cases" / "seeds"
SHARED = ROOT.parent / "shared"
"""Development data beside the checkout; tests that need it are skipped where it is absent."""
