"""The page says what the run did, and shows texts of strangers as text."""

import json
from html.parser import HTMLParser
from pathlib import Path

from benchmarks.report_size import MOST
from newsclean.edits import Edit
from newsclean.report import collect, render, write_report
from newsclean.report.collect import LOST


class Elements(HTMLParser):
    """Start tags of a page, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def test_texts_of_strangers_are_no_markup(hostile_run: Path) -> None:
    page = render(collect(hostile_run))
    found = Elements(page)
    assert found.tags.count("script") == 1
    assert not {"img", "b", "i", "u", "x", "textarea"} & set(found.tags)
    assert "<script>document.title = 'taken'</script>" in found.text
    assert "⟨U+202E⟩" in found.text
    assert "␛[31m" in found.text
    assert "{{ 7 * 7 }}" in found.text
    assert not any(character in page for character in "\x00\x1b\x07\u202e\ud800")


def test_the_seeds_report_what_explain_says(seeds_run: Path) -> None:
    text = Elements(render(collect(seeds_run))).text
    for said in (
        "TelegramFeatured Image",
        "Controls and failures of audio and video players",
        "written as utf-8, read as windows-1257",
        "same_story",
    ):
        assert said in text


def test_the_page_is_the_same_each_time(seeds_run: Path, tmp_path: Path) -> None:
    pages = [write_report(seeds_run, tmp_path / f"{number}.html").read_bytes() for number in range(2)]
    assert pages[0] == pages[1]
    assert b"http://" not in pages[0].replace(b"http://www.w3.org", b"") or b'src="http' not in pages[0]


def test_close_decisions_come_before_all_other_samples(seeds_run: Path) -> None:
    page = render(collect(seeds_run))
    places = [
        page.index(f'<section id="{name}"')
        for name in ("totals", "alarms", "close", "damage", "removed", "articles", "pairs")
    ]
    assert places == sorted(places)
    assert "What mode thorough would remove" in page
    assert "Repairs by rule" in page or "Nothing was repaired" in page


def test_a_large_run_makes_no_large_page(large_run: Path, tmp_path: Path) -> None:
    page = write_report(large_run, tmp_path / "report.html")
    text = Elements(page.read_text(encoding="utf-8")).text
    assert page.stat().st_size < MOST
    for said in ("just below: not called copies", "just above: sure enough to be dropped", "When the largest stories",
                 "Commonest removed texts", "near_duplicate, similarity"):  # fmt: skip
        assert said in text


def test_what_was_kept_stands_beside_what_was_dropped(hostile_run: Path) -> None:
    report = collect(hostile_run)
    page = render(report)
    section = Elements(page.partition('<section id="clusters"')[2].partition("</section>")[0])
    assert "The kept one and one that was dropped for it" in section.text
    assert section.tags.count("mark") >= 2
    members = section.text.partition("copies of ")[2]
    assert members.index("kept ") < members.index("dropped")


def test_the_page_answers_in_short(seeds_run: Path, large_run: Path) -> None:
    text = " ".join(Elements(render(collect(seeds_run))).text.split())
    assert "Most was removed by " in text
    assert "amaged text was repaired" in text
    assert "No articles are flagged" in text
    assert "decided most narrowly are shown first" in text
    assert "Most was removed from " in Elements(render(collect(large_run))).text


def test_articles_that_may_be_damaged_are_shown(tmp_path: Path) -> None:
    rows = [{"id": f"a{place}", "text": f"The port {place} was closed on Monday."} for place in range(30)]
    with (tmp_path / "articles.jsonl").open("w") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    with (tmp_path / "edits.jsonl").open("w") as file:
        for place in range(30):
            edit = Edit(0, "x" * 5 * (place + 1), "", "menu-line", 1.0)._asdict()
            flags = ["mostly-residue"] if place == 3 else ["failed (ValueError: <b>)"] if place == 4 else []
            file.write(json.dumps({"id": f"a{place}", "edits": [edit], "flags": flags}) + "\n")
    (tmp_path / "summary.json").write_text("{}")
    report = collect(tmp_path)
    assert [article.document["id"] for article, _ in report.samples.lost] == [f"a{29 - place}" for place in range(LOST)]
    assert [article.document["id"] for article in report.samples.flagged] == ["a4", "a3"]
    text = " ".join(Elements(render(report)).text.split())
    assert "2 articles are flagged as damaged or doubtful; none lost more than 82 % of its text" in text
    assert "82 % removed" in text
    assert "failed (ValueError: <b>)" in text
    assert "flag failed: 1 article; a stage failed, left as it was" in text
