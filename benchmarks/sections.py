"""The sections of `docs/evaluation.md`: what measures each, and how its rows are read from what the commands print.

Commands may name `$CORPUS` (articles of `make_corpus.py`, JSON Lines), `$CASES` (labelled texts) and `$WORK` (an empty
directory).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

Row = list[Any]
Rows = Callable[[Sequence[str]], list[Row]]
Columns = list[list[str]]
"""Names and kinds (see `tables.FORMATS`)."""


class Section(NamedTuple):
    """A table of the evaluation."""

    part: str
    title: str
    about: str
    left_out: str
    commands: tuple[str, ...]
    columns: Columns
    rows: Rows
    packages: tuple[str, ...] = ()


def value(cell: str) -> Any:
    """What a cell of a printed table says: a number, a share as a number, nothing, or text.

    >>> value("67.9 %"), value("1,234"), value("–"), value("`safe`")
    (0.679, 1234.0, None, 'safe')
    """
    text = cell.strip().strip("`*")
    if text in {"", "–", "-"}:
        return None
    number = re.fullmatch(r"-?[\d,]*\.?\d+( ?%)?", text)
    if number is None:
        return text
    digits = float(text.rstrip(" %").replace(",", ""))
    return round(digits / 100, 6) if number[1] else digits


def tables(text: str) -> Iterator[list[Row]]:
    """The Markdown tables of an output, heads included."""
    for block in re.findall(r"(?:^\|.*\|[ \t]*$\n?)+", text, re.M):
        lines = [line.strip().strip("|").split(" | ") for line in block.strip().splitlines()]
        yield [[value(cell) for cell in line] for line in lines if not set("".join(line)) <= set("- |:")]


def table(head: str, width: int) -> Rows:
    """Rows of the table whose head begins with some words, cut to a number of columns; the first is text."""

    def rows(texts: Sequence[str]) -> list[Row]:
        for text in texts:
            for found in tables(text):
                if str(found[0][0]).startswith(head):
                    names = (f"{row[0]:,.0f}" if isinstance(row[0], float) else str(row[0]) for row in found[1:])
                    return [[name, *row[1:width]] for name, row in zip(names, found[1:], strict=True)]
        raise SystemExit(f"no table that begins with {head!r}")

    return rows


FAMILIES = re.compile(r"^(\S.*?) +(\d+) +([\d.]+)% +full +([\d.]+)%$", re.M)


def families(text: str) -> dict[str, tuple[int, float, float]]:
    """Cases, exact share, and exact share of whole cases, by family, as `training.damage.evaluate` prints them."""
    return {
        name.strip(): (int(cases), float(exact) / 100, float(full) / 100)
        for name, cases, exact, full in FAMILIES.findall(text)
    }


def repairs(texts: Sequence[str]) -> list[Row]:
    """Exact repairs by family: never seen, words known, shipped, from three outputs; peers from the fourth."""
    runs = [families(text) for text in texts[:3]]
    other = {row[0]: row for text in texts[3:] for row in table("family", 5)([text])}
    rows: list[Row] = []
    for name in ["ALL", *(name for name in sorted(runs[0]) if name[0] not in "~A" and name not in ("full", "partial"))]:
        label = "all" if name == "ALL" else name
        peers = list(other.get(label, [None] * 5)[3:5])
        cases = runs[0]["full" if name == "ALL" else name][0]  # those that are judged, where their number is printed
        rows.append([label, cases, *(run[name][2] if name in run else None for run in runs), *peers])
    half = [run["ALL"][1] for run in runs]
    return [rows[0], ["all, half-destroyed ones included", runs[0]["ALL"][0], *half, None, None], *rows[1:]]


SETS = 8  # rows of labelled sets in the table of real pairs, with its head; languages follow

LEFT_OUT = re.compile(r"^(.+?): F1 ([\d.]+) \(P ([\d.]+) R ([\d.]+)\)$", re.M)


def scores(text: str) -> dict[str, list[float]]:
    """F1, precision and recall of each line that `training.duplicates` prints."""
    return {name: [float(f1), float(p), float(r)] for name, f1, p, r in LEFT_OUT.findall(text)}


def real_pairs(texts: Sequence[str]) -> list[Row]:
    """F1, precision and recall on labelled pairs, set by set, and F1 of two rules of containment."""
    printed = next(found for text in texts for found in tables(text) if str(found[0][0]) == "pairs")
    rows = []
    for row in printed[1:SETS]:
        name, _, own, _, *rules = map(str, row)
        rows.append([name, *map(float, re.findall(r"[\d.]+", own)), *(float(rules[at].split()[0]) for at in (0, 2))])
    return rows


def stories(texts: Sequence[str]) -> list[Row]:
    """Stories with their set left out, mixed into the background and alone."""
    found = {name.removesuffix(", left out"): figures for name, figures in scores("\n".join(texts)).items()}
    labels = {
        "t2_ecbplus": "ECB+",
        "t2_basil": "BASIL",
        "t2_fnc1": "FNC",
        "t2_allsides": "AllSides",
        "t2_vnmds": "Vietnamese",
    }
    return [[label, found[name][0], found[f"{name} alone"][0]] for name, label in labels.items() if name in found]


def modes(groups: Sequence[str]) -> Rows:
    """Rows `group, mode` of the tables that `training.boilerplate.validate` prints below the name of each mode."""

    def rows(texts: Sequence[str]) -> list[Row]:
        found: list[Row] = []
        for text in texts:
            for mode in ("safe", "balanced", "thorough"):
                below = re.search(rf"^{mode}\n\n((?:\|.*\n?)+)", text, re.M)
                known = {str(row[0]).strip(): row for row in next(tables(below[1]))[1:]} if below else {}
                for group in groups:
                    if group in known:
                        _, count, removed, lost, exact, clean, pieces = known[group][:7]
                        found.append([f"{group}, {mode}", count, lost, removed, exact, clean, pieces])
        if not found:
            raise SystemExit(f"no rows of {', '.join(groups)}")
        return sorted(found, key=lambda row: groups.index(row[0].rpartition(", ")[0]))

    return rows


def languages(texts: Sequence[str]) -> list[Row]:
    """Crawled texts by language, in `balanced`."""
    below = re.search(r"^balanced\n\n((?:\|.*\n?)+)", "\n".join(texts), re.M)
    rows = next(tables(below[1]))[1:] if below else []
    named = ((str(row[0]).partition("wild ")[2].strip(), row) for row in rows)
    return [[name, row[1], row[3], row[2]] for name, row in named if name and row[1] >= 10]


def correct(texts: Sequence[str]) -> list[Row]:
    """Correct texts changed: by models that never saw their language (the first output), and by all tools."""
    total = re.search(r"\} (\d+)\s*$", texts[0])
    rows = table("correct texts", 5)(texts[1:])
    return [[row[0], row[1], int(total[1]) if total and not at else None, *row[2:]] for at, row in enumerate(rows)]


DETECTORS = ("newsclean", "charset_normalizer", "chardet", "cchardet", "resiliparse", "chardetng_py")


def decoded(texts: Sequence[str]) -> list[Row]:
    """Right texts of pieces by kind of encoding and length, and the CPU time of a byte, for each source of texts."""
    rows: list[Row] = []
    for source, below in re.findall(r"^## (\w+): .*\n\n((?:\|.*\n?)+)", "\n".join(texts), re.M):
        head, *found = next(tables(below))
        for row in found:
            kind, _, size = str(row[0]).partition(", ")
            rates = dict(zip(head[1:], row[1:], strict=True))
            if kind in ("legacy", "of the web", "Unicode"):
                rows.append([f"{source}, {kind}, {size} bytes", *(rates.get(name) for name in DETECTORS)])
    if not rows:
        raise SystemExit("no table of decoded bytes")
    return rows


REMOVAL: Columns = [["texts", "text"], ["number", "count"], ["lost", "small share"], ["removed", "share"],
                    ["texts without a wrong letter", "share"], ["clean texts untouched", "share"],
                    ["pieces inside lines removed", "share"]]  # fmt: skip
EVALUATE = "python -m training.damage.evaluate"

SECTIONS = {
    "repair": Section(
        "Repair", "Exact repairs by family",
        "Share of damaged development texts that are restored exactly after NFC, of those whose bytes all survive. The "
        "number of cases of a family counts the others, too.",
        'the language, in five folds ("never seen"); its running text and frequent words ("words known")',
        (f"{EVALUATE} --folds 5", f"{EVALUATE} --folds 5 --known words", f"{EVALUATE} --folds 0",
         "python benchmarks/quality.py repair"),
        [["family", "text"], ["cases", "count"], ["never seen", "share"], ["words known", "share"],
         ["shipped", "share"], ["ftfy", "share"], ["plsfix", "share"]],
        repairs, ("ftfy", "plsfix"),
    ),
    "correct": Section(
        "Repair", "Correct texts changed", "Correct texts that come back changed, composed characters aside.",
        'the language, in five folds ("never seen"); the other columns are of finished tools',
        (f"{EVALUATE} --folds 5 --clean", "python benchmarks/quality.py correct"),
        [["correct texts", "text"], ["texts", "count"], ["never seen", "count"], ["shipped", "count"],
         ["ftfy", "count"], ["plsfix", "count"]],
        correct, ("ftfy", "plsfix"),
    ),
    "decode": Section(
        "Repair", "Bytes of unknown encoding",
        "Share of pieces whose text is right, the mean over languages: messages of programs in all legacy encodings, "
        "in those of the web, and in UTF-8, UTF-16 and UTF-32 without a mark; and news of the development data.",
        "messages are of programs that training has not seen; eight constants were chosen on samples of both sources",
        ("python benchmarks/decode.py --samples 1",),
        [["pieces", "text"], ["newsclean", "score"], ["charset-normalizer", "score"], ["chardet", "score"],
         ["cchardet", "score"], ["Resiliparse", "score"], ["chardetng", "score"]],
        decoded, ("charset-normalizer", "chardet", "faust-cchardet", "resiliparse", "chardetng-py"),
    ),
    "boilerplate": Section(
        "Boilerplate", "Crawled texts, extractor output and whole pages, by mode",
        'Letters and digits. Crawled texts ("wild") are as they are, joined to one line, and wrapped at 78 columns. Of '
        "extracted texts and pages at most 600 a fold. The bounds of `balanced` lie within those that were chosen on "
        "the other folds. Rules and phrases were written with these sets in view; with the texts read later, of 58 "
        'crawls, SemEval, Telegram and others ("read"), less so.',
        "the repository of crawled texts and the domain of extracted ones, in folds",
        ("python -m training.boilerplate.validate --most 600 --short $WORK $CASES $READINGS",), REMOVAL,
        modes(("wild", "joined", "wrapped 78", "read, wild", "read, joined", "extracted, gold", "extracted, consensus",
               "page")),
    ),
    "boilerplate-languages": Section(
        "Boilerplate", "Crawled texts by language, balanced", "Languages of ten texts or more.",
        "the repository of each text, in folds",
        ("python -m training.boilerplate.validate --most 600 --short $WORK $CASES $READINGS",),
        [["language", "text"], ["texts", "count"], ["lost", "small share"], ["removed", "share"]], languages,
    ),
    "boilerplate-sources": Section(
        "Boilerplate", "A whole source left out", "Extractor output and whole pages of three sources.", "the source",
        ("python -m training.boilerplate.validate $WORK $CASES --sources",), REMOVAL,
        modes(("extracted, gold", "page")),
    ),
    "copies": Section(
        "Duplicates", "Copies",
        "Hand-labelled pairs of 80 crawls, chosen to be hard. Two plain rules ask which share of the shorter text lies "
        "in passages of five words, or of ten characters, that the other has.",
        "whole crawls, in ten folds", ("python -m benchmarks.duplicates_real",),
        [["pairs", "text"], ["F1", "score"], ["precision", "score"], ["recall", "score"], ["five words", "score"],
         ["ten characters", "score"]], real_pairs,
    ),
    "stories": Section(
        "Duplicates", "Stories", "Pairs of reports on one event, each set mixed into a background, and alone.",
        "the data set", ("python -m training.duplicates.comparison",),
        [["set", "text"], ["F1", "score"], ["F1 alone", "score"]], stories,
    ),
    "speed-repair": Section(
        "Speed", "Repair", "MB a CPU second, one core, documents of 3 KB, the best of several runs.", "",
        ("python benchmarks/damage.py",),
        [["text", "text"], ["newsclean", "ratio"], ["plsfix", "ratio"], ["ftfy.fix_encoding", "ratio"],
         ["ratio to plsfix", "ratio"], ["ratio to ftfy", "ratio"]],
        table("text", 6), ("ftfy", "plsfix", "numba"),
    ),
    "speed-residue": Section(
        "Speed", "Boilerplate, extractor output", "MB a CPU second, one core, the best of three runs.", "",
        ("python benchmarks/boilerplate.py $CASES --most 500",),
        [["remover", "text"], ["MB/s", "ratio"], ["newsclean is × as fast", "ratio"]],
        table("residue texts", 3), ("datatrove", "numba"),
    ),
    "speed-page": Section(
        "Speed", "Boilerplate, whole pages", "MB a CPU second, one core, the best of three runs.", "",
        ("python benchmarks/boilerplate.py $CASES --most 500",),
        [["remover", "text"], ["MB/s", "ratio"], ["newsclean is × as fast", "ratio"]],
        table("page texts", 3), ("datatrove", "numba"),
    ),
    "speed-duplicates": Section(
        "Speed", "Duplicates",
        "Articles of `make_corpus.py`, a process for each tool; datasketch has a tenth of them, times ten.", "",
        ("python benchmarks/duplicates.py $CORPUS",),
        [["tool", "text"], ["CPU s", "ratio"], ["of rensa's", "seconds"], ["MB of memory", "count"]],
        table("tool", 4), ("datasketch", "rensa", "numba"),
    ),
    "speed-run": Section(
        "Speed", "Commands", "Articles of `make_corpus.py`, one worker.", "", ("python benchmarks/run.py $CORPUS",),
        [["command", "text"], ["CPU s", "ratio"], ["MB/s a core", "ratio"], ["wall s", "ratio"],
         ["peak memory, GB", "gigabytes"]],
        table("command", 5), ("numba",),
    ),
    "growth": Section(
        "Speed", "Growth of the search for duplicates", "From reading JSON to named pairs, without start-up.", "",
        ("python benchmarks/duplicates_scale.py growth $CORPUS --sizes 10000 100000",),
        [["articles", "text"], ["CPU s: copies", "ratio"], ["CPU s: copies and stories", "ratio"],
         ["memory, GB", "gigabytes"]],
        table("articles", 4), ("numba",),
    ),
    "scale": Section(
        "Speed", "A whole run as the archive grows",
        "Fresh articles of make_dump.py, 2 workers on 2 cores, `--memory 2GB`. Memory is that of all processes, mapped "
        "files apart; disk is the most at any moment, results included.", "",
        ("python benchmarks/scale.py 100000 1000000 3000000 --memory 2GB --workers 2",),
        [["articles", "text"], ["text, GB", "gigabytes"], ["CPU s", "ratio"], ["wall s", "ratio"],
         ["memory, GB", "gigabytes"], ["disk, GB", "gigabytes"]],
        table("articles", 6), ("numba",),
    ),
    "ten-million": Section(
        "Speed", "A whole run of ten million articles",
        "As above, by itself on the machine.", "",
        ("python benchmarks/scale.py 10000000 --memory 2GB --workers 2",),
        [["articles", "text"], ["text, GB", "gigabytes"], ["CPU s", "ratio"], ["wall s", "ratio"],
         ["memory, GB", "gigabytes"], ["disk, GB", "gigabytes"]],
        table("articles", 6), ("numba",),
    ),
}  # fmt: skip
