"""An audit draws the same decisions each time, and turns judgements into precision."""

import csv
import json
from pathlib import Path

import pytest

from newsclean.errors import InputError
from newsclean.report import draw, score, table, to_csv, write_audit


def test_the_same_seed_draws_the_same_decisions(seeds_run: Path) -> None:
    items = draw(seeds_run, 40, seed=7)
    assert items == draw(seeds_run, 40, seed=7)
    assert items != draw(seeds_run, 40, seed=8)
    assert {item.stratum for item in items} == {"removed", "kept-beside", "border", "border-pair"}
    assert all(item.of >= sum(other.stratum == item.stratum for other in items) for item in items)


def test_kept_lines_are_beside_removals_and_not_removed(seeds_run: Path) -> None:
    items = draw(seeds_run, 200, seed=7)
    removed = {item.text.strip() for item in items if item.stratum == "removed"}
    kept = {item.text for item in items if item.stratum == "kept-beside"}
    assert kept
    assert not kept & removed


def test_dropped_articles_stand_beside_the_one_that_was_kept(hostile_run: Path) -> None:
    dropped = [item for item in draw(hostile_run, 50, seed=1) if item.stratum == "dropped"]
    assert len(dropped) == 2
    assert all(item.rule == "identical" and item.text == item.after for item in dropped)


def test_pairs_next_to_a_threshold_are_judged(large_run: Path) -> None:
    items = [item for item in draw(large_run, 60, seed=1) if item.stratum == "border-pair"]
    pairs = [json.loads(line) for line in (large_run / "pairs.jsonl").read_text().splitlines()]
    assert len(items) == 10
    assert {item.of for item in items} == {len(pairs)}
    assert all(item.text and item.after and item.text != item.after for item in items)
    assert all(0.4 < item.confidence < 0.6 or 0.7 < item.confidence < 0.9 for item in items)
    assert any("just below: not called" in item.behind for item in items)
    ends = {(pair["left"], pair["right"]) for pair in pairs}
    assert all((item.id, item.before) in ends for item in items)


def test_judgements_become_precision(seeds_run: Path, tmp_path: Path) -> None:
    sheet, _ = write_audit(seeds_run)
    rows = list(csv.DictReader(sheet.open(encoding="utf-8", newline="")))
    removed = [row for row in rows if row["stratum"] == "removed"]
    for row, verdict in zip(removed, ["right", "Right ", "right", "wrong", "unsure", ""], strict=False):
        row["verdict"] = verdict
    judged = tmp_path / "judged.csv"
    with judged.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    found = {(each.group, each.name): each for each in score(judged)}
    stratum = found["stratum", "removed"]
    assert (stratum.right, stratum.judged, stratum.precision) == (3, 4, 0.75)
    assert (round(stratum.low, 3), round(stratum.high, 3)) == (0.301, 0.954)
    assert "75.0% (30.1% to 95.4%)" in table(score(judged))


@pytest.mark.parametrize(
    ("text", "message"),
    [("a,b\n1,2\n", "no column stratum, verdict"), ("stratum,verdict\nremoved,perhaps\n", "line 2: verdict must be")],
)
def test_what_is_no_sheet_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "sheet.csv").write_text(text)
    with pytest.raises(InputError, match=message):
        score(tmp_path / "sheet.csv")


def test_a_spreadsheet_runs_no_formula(seeds_run: Path) -> None:
    [item, *_] = draw(seeds_run, 5, seed=7)
    text = to_csv([item._replace(text="=1+1", note="@x")])
    assert "'=1+1" in text
    assert "'@x" in text
