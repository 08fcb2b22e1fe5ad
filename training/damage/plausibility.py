"""Train the plausibility model: character bigrams backed off to character classes; and the letter pairs of languages.

    python -m training.damage.plausibility [--folds N --out DIRECTORY]

`--folds 2` makes models for cross-validation instead, each without the languages of one half; the shipped model knows
all.
"""

import argparse
import collections
import itertools
import math
from pathlib import Path

import numpy as np

from newsclean.damage.encodings import codepages
from training.damage import classes, letters, sources

OUT = Path(__file__).parents[2] / "src/newsclean/damage/models/data"
MASS = 60_000.0  # most characters that one language counts for
DISCOUNT = 0.6  # absolute discount of seen bigrams
FEWEST = 1.5  # bigrams seen less than this are left to the classes
PRIOR_BIGRAM = 0.03  # least share of the class model: languages that were never seen have other bigrams
PRIOR_SINGLE = 0.08  # share of all characters of a class being equally likely
PRIOR_CLASS = 0.02  # share of the prior of class after class
ALLOWANCE = 2.0  # nats that a character may cost more than its class costs on average before it is suspicious
LEAST_ALLOWANCE = 5.0
UNIT = 1 / 12  # log probabilities are stored as whole multiples of this, negated
START = "\n"
Pairs = collections.Counter[tuple[int, int]]
Counts = dict[tuple[str, str, int | None], Pairs]
STREAMS = (
    sources.running_text, sources.word_lists, sources.dictionaries, sources.locale_names, sources.interface_texts,
    sources.site_texts, sources.place_names,
)  # fmt: skip


def count(folds: int) -> Counts:
    """Weighted bigrams of code points by stream, language and the fold that a text belongs to."""
    counts: Counts = collections.defaultdict(collections.Counter)
    for stream in STREAMS:
        for code, text, weight in stream():
            key = stream.__name__, sources.language(code), sources.held_out(stream.__name__, code, text, folds)
            codes = [10, *map(ord, text), 10] if stream is sources.running_text else list(map(ord, text))
            own = counts[key]
            for pair in itertools.pairwise(codes):
                own[pair] += weight
    return counts


def by_language(counts: Counts, without: int | None = None, level: str = "") -> dict[str, Pairs]:
    """Bigrams of each language, none counting for more than MASS characters of a stream; of the languages of a fold
    those may be left out that `sources.LEVELS` says."""
    parts: dict[tuple[str, str], Pairs] = collections.defaultdict(collections.Counter)
    for (stream, language, fold), pairs in counts.items():
        if fold is None or fold != without or stream not in sources.LEVELS[level]:
            parts[stream, language].update(pairs)
    result: dict[str, Pairs] = collections.defaultdict(collections.Counter)
    for (_, language), pairs in parts.items():
        scale = min(1.0, MASS / sum(pairs.values()))
        own = result[language]
        for pair, number in pairs.items():
            own[pair] += number * scale
    return result


def total(languages: dict[str, Pairs]) -> Pairs:
    """Bigrams of all languages together."""
    result: Pairs = collections.Counter()
    for pairs in languages.values():
        for pair, number in pairs.items():
            result[pair] += number
    return result


def class_model(pairs, of, n):
    """log P(class | class) and log P(char | class), smoothed so that nothing is impossible."""
    names = sorted(set(classes.classes()))
    scripts = [name.split(":")[0] if ":" in name and not name.startswith("other") else "" for name in names]
    members = np.bincount(of, minlength=n).astype(float)
    transitions = np.zeros((n, n))
    singles: collections.Counter[int] = collections.Counter()
    for (left, right), number in pairs.items():
        transitions[of[left], of[right]] += number
        singles[right] += number
    prior = np.full((n, n), 0.02)
    for i, a in enumerate(scripts):  # a script that was never seen still follows itself
        for j, b in enumerate(scripts):
            if a and a == b:
                prior[i, j] = 40.0 if not names[j].endswith("rare") else 4.0
            elif b and not a:
                prior[i, j] = 0.5
            elif a and names[j] in ("space", "stop", "newline"):
                prior[i, j] = 8.0
    for i, name in enumerate(names):
        if name in ("c1", "control", "private", "surrogate", "unassigned", "replacement", "bom"):
            prior[:, i] = 0.001
    prior /= prior.sum(axis=1, keepdims=True)
    known = transitions.sum(axis=1, keepdims=True)
    share = PRIOR_CLASS + (1 - PRIOR_CLASS) * 50 / (known + 50)
    transitions = (1 - share) * transitions / np.maximum(known, 1e-9) + share * prior
    return names, transitions, singles, members


def in_code_codepages() -> set[int]:
    """The code points of all characters of the single-byte code pages."""
    found = {ord(character) for codepage in codepages.CODEPAGES for character in codepages.characters(codepage.name)}
    return {code for code in found if not 0x7F <= code < 0xA0 and code >= 0x20}


def build(pairs):
    all_names = classes.classes()
    names = sorted(set(all_names))
    index = {name: i for i, name in enumerate(names)}
    of = np.array([index[name] for name in all_names], np.int64)
    names, transitions, singles, members = class_model(pairs, of, len(names))
    in_class = np.bincount(of[list(singles)], weights=list(singles.values()), minlength=len(names))
    share = PRIOR_SINGLE + (1 - PRIOR_SINGLE) * 50 / (in_class + 50)
    own = in_code_codepages()
    seen = sorted({c for c, number in singles.items() if number >= 2} | own)
    unseen = np.log(share / members)
    single = {
        c: math.log((1 - share[k]) * singles[c] / max(in_class[k], 1e-9) + share[k] / members[k])
        for c in seen
        for k in (of[c],)
    }
    # Pairs of the first are kept in a dense table and always looked at exactly: the characters of code pages, which
    # mojibake is made of, then frequent ones, ideographs and Hangul last.
    seen.sort(key=lambda c: (c not in own, names[of[c]].startswith(("HAN:", "HANGUL:")), -singles[c], c))
    number = {c: i + 1 for i, c in enumerate(seen)}
    rows = collections.defaultdict(dict)
    left_total: collections.Counter[int] = collections.Counter()
    for (left, right), n in pairs.items():
        left_total[left] += n
        if n >= FEWEST and left in number and right in number:
            rows[left][right] = n
    return {
        "of": of,
        "names": names,
        "transitions": transitions,
        "unseen": unseen,
        "single": single,
        "number": number,
        "rows": rows,
        "left_total": left_total,
        "seen": seen,
    }


def stored(values):
    return np.clip(np.round(-np.asarray(values) / UNIT), 0, 255).astype(np.uint8)


def pack(m):
    of, number, seen = m["of"], m["number"], m["seen"]
    starts, rights, values, back = [0, 0], [], [], [0.0]
    log_t = np.log(m["transitions"])
    spent, met = np.full(len(m["names"]), 1e-3 * LEAST_ALLOWANCE), np.full(len(m["names"]), 1e-3)
    for left in seen:
        row, total = m["rows"].get(left, {}), m["left_total"][left]
        held = sum(min(n, DISCOUNT) for n in row.values()) + total - sum(row.values())
        share = max(PRIOR_BIGRAM, (held + 1) / (total + 1)) if row else 1.0
        back.append(math.log(share))
        for right in sorted(row, key=number.get):
            below = math.exp(log_t[of[left], of[right]] + m["single"][right])
            p = (1 - share) * max(row[right] - DISCOUNT, 0) / total + share * below
            rights.append(number[right])
            values.append(math.log(min(p, 1.0)))
            spent[of[right]] -= row[right] * values[-1]
            met[of[right]] += row[right]
        starts.append(len(rights))
    blocks, block_of = {}, []
    combined = np.zeros(0x110000, np.uint32)
    combined[:] = of
    ids = np.zeros(0x110000, np.uint32)
    ids[seen] = [number[c] for c in seen]
    both = (combined | ids << 16).reshape(-1, 256)
    for block in both:
        block_of.append(blocks.setdefault(block.tobytes(), len(blocks)))
    return {
        "names": np.array(m["names"]),
        "block": np.array(block_of, np.uint16),
        "entries": np.frombuffer(b"".join(blocks), np.uint32).reshape(-1, 256),
        "transitions": stored(log_t),
        "unseen": stored(m["unseen"]),
        "allowance": stored(-np.maximum(spent / met + ALLOWANCE, LEAST_ALLOWANCE)),
        "single": stored([0.0, *(m["single"][c] for c in seen)]),
        "back": stored(back),
        "starts": np.array(starts, np.int32),
        "rights": np.array(rights, np.uint16),
        "values": stored(values),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    counts = count(arguments.folds or 5)
    for fold in range(arguments.folds):
        for level in sources.LEVELS:
            own = by_language(counts, fold, level)
            np.savez_compressed(
                arguments.out / sources.model_name(fold, arguments.folds, level), **pack(build(total(own)))
            )
            name = sources.model_name(fold, arguments.folds, level, "languages")
            np.savez_compressed(arguments.out / name, **letters.pack(own))
    if not arguments.folds:
        own = by_language(counts)
        np.savez_compressed(arguments.out / "plausibility.npz", **pack(build(total(own))))
        np.savez_compressed(arguments.out / "languages.npz", **letters.pack(own))


if __name__ == "__main__":
    main()
