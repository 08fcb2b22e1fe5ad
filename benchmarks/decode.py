"""Right text from bytes of unknown encoding: `newsclean.decode` beside its peers, on the same bytes in the same run.

    python benchmarks/decode.py [--samples N] [--languages cs,ru] [--only newsclean]
    python benchmarks/decode.py --special              whole, cut and mixed files, HTML, wrong declarations
    python benchmarks/decode.py --files DIRECTORY...   real files

Right is the text, not the name of the encoding; letters and marks are composed before they are compared. A rate is the
mean over languages of the mean over a language's encodings. Peers: charset-normalizer, chardet, faust-cchardet,
resiliparse, chardetng-py (`pip install` them; those missing are left out).
"""

import argparse
import collections
import importlib
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import decode_data
import decode_files
from decode_data import Case

Reader = Callable[[bytes, str | None], str | None]


def newsclean(data: bytes, declared: str | None) -> str | None:
    from newsclean.damage.decoding import decode

    return decode(data, declared).text


def charset_normalizer(data: bytes, declared: str | None) -> str | None:
    import charset_normalizer

    best = charset_normalizer.from_bytes(data).best()
    return None if best is None else _decoded(data, best.encoding)


def chardet(data: bytes, declared: str | None) -> str | None:
    import chardet

    return _decoded(data, chardet.detect(data)["encoding"])


def cchardet(data: bytes, declared: str | None) -> str | None:
    import cchardet

    return _decoded(data, cchardet.detect(data)["encoding"])


def resiliparse(data: bytes, declared: str | None) -> str | None:
    from resiliparse.parse.encoding import detect_encoding

    return _decoded(data, detect_encoding(data))


def chardetng_py(data: bytes, declared: str | None) -> str | None:
    import chardetng_py

    return _decoded(data, chardetng_py.detect(data, allow_utf8=True))


def _decoded(data: bytes, name: str | None) -> str | None:
    if name is None:
        return None
    try:
        return data.decode(name, "replace")
    except LookupError:
        return None


READERS: tuple[Reader, ...] = (newsclean, charset_normalizer, chardet, cchardet, resiliparse, chardetng_py)


def right(found: str | None, text: str) -> bool:
    """Whether a text is what it should be; a byte order mark is no part of it."""
    return found is not None and (
        found == text
        or unicodedata.normalize("NFC", found.removeprefix("\ufeff")) == unicodedata.normalize("NFC", text)
    )


class Scores:
    """Right texts by language, encoding and size; and time."""

    def __init__(self) -> None:
        self.hits: dict[tuple[str, str, str], list[float]] = collections.defaultdict(list)
        self.seconds = 0.0
        self.bytes = 0

    def run(self, reader: Reader, cases: Iterable[Case]) -> list[Case]:
        """Judge a reader; the cases it got wrong."""
        missed = []
        for case in cases:
            start = time.process_time()
            found = reader(case.data, case.declared)
            self.seconds += time.process_time() - start
            self.bytes += len(case.data)
            good = self._share(found, case)
            self.hits[case.language, case.encoding, case.size].append(good)
            if good < 1:
                missed.append(case)
        return missed

    @staticmethod
    def _share(found: str | None, case: Case) -> float:
        """The share of a text that is right: all or nothing, but lines of mixed files; what was cut does not count."""
        if case.size == "cut" and found is not None:
            return float(right(found[: len(case.text)], case.text))
        if case.size != "mixed" or found is None:
            return float(right(found, case.text) or (case.also is not None and right(found, case.also)))
        pairs = zip(found.split("\n"), case.text.split("\n"), strict=False)
        return sum(right(one, other) for one, other in pairs) / (case.text.count("\n") + 1)

    def rate(self, place: int, keep: Callable[[tuple[str, str, str]], bool]) -> dict[str, float]:
        """Mean over languages of the mean over encodings, by column `place` of the key."""
        parts: dict[str, dict[str, list[float]]] = collections.defaultdict(lambda: collections.defaultdict(list))
        for key, hits in self.hits.items():
            if keep(key):
                parts[key[place]][key[0]].append(sum(hits) / len(hits))
        return {
            name: sum(sum(rates) / len(rates) for rates in languages.values()) / len(languages)
            for name, languages in parts.items()
        }


_STANDARD = """big5 big5hkscs cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp866 cp874 cp932 cp949
cp950 euc-jp euc-kr gb18030 gb2312 gbk iso-2022-jp iso8859-13 iso8859-14 iso8859-15 iso8859-16 iso8859-2 iso8859-3
iso8859-4 iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-9 koi8-r koi8-u latin-1 mac-cyrillic mac-roman tis-620"""
WEB = frozenset(_STANDARD.split())
"""Encodings of the Encoding Standard, which browsers and most detectors know."""


def web(key: tuple[str, str, str]) -> bool:
    return key[1] in WEB


def legacy(key: tuple[str, str, str]) -> bool:
    return not key[1].startswith("utf")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--messages", type=Path, default=Path("/usr/share/locale"))
    parser.add_argument("--samples", type=int, default=5)
    parser.add_argument("--languages", default="")
    parser.add_argument("--only", default="")
    parser.add_argument("--special", action="store_true", help="whole, cut, mixed and wrongly declared files instead")
    parser.add_argument("--files", type=Path, nargs="*", help="folders with real files to read instead")
    parser.add_argument("--missed", type=Path, help="write what newsclean got wrong")
    options = parser.parse_args()
    readers = [r for r in READERS if (not options.only or r.__name__ in options.only.split(",")) and _there(r.__name__)]
    if options.files:
        found = [*decode_files.files(options.files), *decode_files.catalogues(options.messages)]
        measure("files", found, readers, options.missed)
        return
    if options.special:
        texts = decode_data.messages(options.messages)
        if options.languages:
            texts = {language: texts[language] for language in options.languages.split(",") if language in texts}
        measure("special", list(decode_data.special(texts, options.samples)), readers, options.missed)
        return
    for name, texts in (("messages", decode_data.messages(options.messages)), ("news", decode_data.news())):
        if options.languages:
            texts = {language: texts[language] for language in options.languages.split(",") if language in texts}
        measure(name, list(decode_data.cases(texts, options.samples)), readers, options.missed)


def measure(name: str, cases: list[Case], readers: list[Reader], missed: Path | None) -> None:
    """Judge all readers on the same cases and print what they got right."""
    scores = {reader.__name__: Scores() for reader in readers}
    for reader in readers:
        reader(cases[0].data, None)
        wrong = scores[reader.__name__].run(reader, cases)
        if missed and reader is newsclean:
            _write(wrong, missed.with_suffix(f".{name}.tsv"))
    report(name, cases, scores)


def report(name: str, cases: list[Case], scores: dict[str, Scores]) -> None:
    languages = {case.language for case in cases if legacy((case.language, case.encoding, case.size))}
    print(f"\n## {name}: {len(cases)} pieces, {len(languages)} languages in legacy encodings\n")
    print("| bytes | " + " | ".join(scores) + " |\n" + "| --- " * (len(scores) + 1) + "|")
    for label, place, keep in (
        ("legacy", 2, legacy),
        ("of the web", 2, web),
        ("Unicode", 2, lambda key: not legacy(key)),
    ):
        rates = {reader: score.rate(place, keep) for reader, score in scores.items()}
        for key in next(iter(rates.values())):
            print(f"| {label}, {key} | " + " | ".join(f"{rate[key]:.4f}" for rate in rates.values()) + " |")
    rates = {reader: score.rate(1, lambda key: key[2] == "200") for reader, score in scores.items()}
    for key in sorted(next(iter(rates.values()))):
        print(f"| {key}, 200 | " + " | ".join(f"{rate[key]:.3f}" for rate in rates.values()) + " |")
    first = next(iter(scores.values()))
    own = first.bytes / first.seconds
    print("| MB/s | " + " | ".join(f"{s.bytes / s.seconds / 1e6:.2f}" for s in scores.values()) + " |")
    print("| ratio | " + " | ".join(f"{own / (s.bytes / s.seconds):.2f}" for s in scores.values()) + " |")


def _there(name: str) -> bool:
    try:
        importlib.import_module(name)
    except ImportError:
        return False
    return True


def _write(missed: list[Case], path: Path) -> None:
    from newsclean.damage.decoding import decode

    with path.open("w", encoding="utf-8", errors="backslashreplace") as file:
        for case in missed:
            found = decode(case.data, case.declared)
            file.write(f"{case.language}\t{case.encoding}\t{case.size}\t{found.encoding}\t{found.confidence:.3f}")
            file.write(f"\t{case.text!r}\t{found.text!r}\n")


if __name__ == "__main__":
    main()
