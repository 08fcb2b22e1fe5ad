"""How much residue goes and how much article is lost, in letters and digits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from newsclean.edits import Edit
from training.boilerplate.cases import Record


@dataclass
class Score:
    """Sums over texts: letters and digits of residue and article, how many of each are removed, and texts."""

    residue: int = 0
    removed: int = 0
    article: int = 0
    lost: int = 0
    texts: int = 0
    exact: int = 0
    clean: int = 0
    untouched: int = 0
    pieces: int = 0
    pieces_removed: int = 0
    worst: list[tuple[int, str]] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        for name in ("residue", "removed", "article", "lost", "texts", "exact", "clean", "untouched", "pieces"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.pieces_removed += other.pieces_removed
        self.worst = sorted([*self.worst, *other.worst], reverse=True)[:40]

    def __str__(self) -> str:
        shares = (self.removed / max(self.residue, 1), self.lost / max(self.article, 1))
        exact, clean = self.exact / max(self.texts, 1), self.untouched / max(self.clean, 1)
        pieces = f"{self.pieces_removed / self.pieces:.3f}" if self.pieces else "-"
        kept = self.article - self.lost
        f1 = 2 * kept / max(self.article + kept + self.residue - self.removed, 1)
        return f"{self.texts} | {shares[0]:.3f} | {shares[1]:.4f} | {exact:.3f} | {clean:.3f} | {pieces} | {f1:.4f}"


HEAD = "| set | texts | removed | article lost | exact | clean untouched | pieces removed | F1 |\n" + "| --- " * 8 + "|"


def score(record: Record, text: str, edits: Sequence[Edit]) -> Score:
    """Of one text, which may have other line breaks than that of the record."""
    gone = np.zeros(len(text), np.bool_)
    for edit in edits:
        gone[edit.start : edit.end] = True
    kind = np.full(len(text), -1, np.int8)
    pieces: list[tuple[int, int]] = []
    for line in record["lines"]:
        start, end, label = line["start"], line["end"], line["label"]
        kind[start:end] = {"keep": 0, "remove": 1, "mixed": 1}.get(label, -1)
        if label == "mixed":
            place = start
            for low, high in [*line["keep"], (end, end)]:
                kind[low:high] = 0
                if place < low and text[place:low].strip():
                    pieces.append((place, low))
                place = high
    kind[[place for place, character in enumerate(text) if not character.isalnum()]] = -1
    article, residue = kind == 0, kind == 1
    lost, removed = int((article & gone).sum()), int((residue & gone).sum())
    found = sum(int(gone[low:high][residue[low:high]].mean() >= 0.8) for low, high in pieces if residue[low:high].any())
    clean = not residue.any()
    exact = lost == 0 and removed == int(residue.sum())
    return Score(
        int(residue.sum()),
        removed,
        int(article.sum()),
        lost,
        1,
        exact,
        clean,
        clean and lost == 0,
        len(pieces),
        found,
        [(lost, record["id"])] if lost else [],
    )


def total(scores: Iterable[Score]) -> Score:
    every = Score()
    for one in scores:
        every.add(one)
    return every
