"""Repair of artificial damage: right, and harmed (farther from the right text than before), by what can be recovered.

    python benchmarks/artificial_damage.py [--every 3]

Needs the development data of the project beside the checkout (`../shared/data`). The shipped models learned from these
data; with languages left out measures `python -m training.damage.evaluate`.
"""

import argparse

from quality import ours, print_table, read
from real_damage import verdict


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=3, help="use every n-th record only")
    records = read("mojibake/dev", parser.parse_args().every)
    outputs = ours([record["corrupted"] for record in records])
    verdicts = [verdict(record, text) for record, text in zip(records, outputs, strict=True)]
    rows = []
    for kind in ("all", *sorted({record["recoverable"] for record in records})):
        own = [v for v, r in zip(verdicts, records, strict=True) if kind in ("all", r["recoverable"])]
        rows.append([kind, len(own), sum(v.right for v in own) / len(own), sum(v.harmed for v in own) / len(own)])
    print_table(["recoverable", "cases", "right", "harmed"], rows)


if __name__ == "__main__":
    main()
