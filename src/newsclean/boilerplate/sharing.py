"""What the words of a line share with the article's paragraphs; rare words count more than common ones."""

import functools
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.lines import TEXT, WORD, WORDS, Column, Lines
from newsclean.kernels import kernel

Floats = NDArray[np.float32]
LEAD = 5  # paragraphs that say what the article is about
PAIR = 20  # weight of two neighbouring characters of a script without spaces, in tenths
_MIX = np.uint64(0x9E3779B97F4A7C15)


@functools.cache
def rarity() -> NDArray[np.uint8]:
    """By the 20 highest bits of a word's hash: how many tenths of a power of ten it is rarer than one in a thousand
    words (0 to 35; where several words meet, or in several languages, that of the commonest)."""
    with resources.as_file(resources.files(__package__) / "data/rarity.npy") as path:
        table: NDArray[np.uint8] = np.load(path)
    return table


def share(lines: Lines, is_prose: NDArray[np.bool_], bounds: NDArray[np.int64]) -> Floats:
    """(lines, 5) float32: the share, by weight, of a line's words that another paragraph of the text has (-1 if no word
    counts); the binary logarithm of their weight; the share that is first said in another of the first LEAD
    paragraphs; the binary logarithm of the weight times how often paragraphs come back to it; and the greatest such
    product of one word. `bounds` are the texts' first lines and the number of lines."""
    keys, weight = np.empty_like(lines.words), np.zeros(len(lines.words), np.uint8)
    _weigh(lines.table, lines.words, rarity(), keys, weight)
    words = int(np.add.reduceat(lines.table[:, Column.WORDS], bounds[:-1]).max())
    slots = np.zeros((1 << max(4, (2 * words).bit_length()), 5), np.int64)
    shared = np.zeros((len(lines.table), 5), np.float32)
    count = np.append(0, np.cumsum(is_prose))
    paragraph = count[1:] - np.repeat(count[bounds[:-1]], np.diff(bounds))
    _share(lines.table, keys, weight, np.where(is_prose, paragraph, 0), slots, shared)
    return shared


@kernel("void(int32[:, ::1], uint64[::1], uint8[::1], uint64[::1], uint8[::1])")
def _weigh(
    table: NDArray[np.int32],
    words: NDArray[np.uint64],
    rarity: NDArray[np.uint8],
    keys: NDArray[np.uint64],
    weight: NDArray[np.uint8],
) -> None:
    """The words that say something of a topic, pairs of characters in scripts without spaces, and what they weigh."""
    for row in range(len(table)):
        first = table[row, WORD]
        before = np.uint64(0)
        for at in range(first, first + table[row, WORDS]):
            word = words[at]
            flag = word & np.uint64(3)
            if flag == 2:
                keys[at], before = (before ^ word * np.uint64(3)) * _MIX, word
                weight[at] = PAIR * (at > first)
            elif flag != 3:
                keys[at], weight[at] = word, rarity[word >> np.uint64(44)]


@kernel("void(int32[:, ::1], uint64[::1], uint8[::1], int64[::1], int64[:, ::1], float32[:, ::1])")
def _share(
    table: NDArray[np.int32],
    keys: NDArray[np.uint64],
    weight: NDArray[np.uint8],
    paragraph: NDArray[np.int64],
    slots: NDArray[np.int64],
    shared: Floats,
) -> None:
    """Fill `shared`. `paragraph` numbers the paragraphs of a text from 1 on (0: none). `slots` is a hash set of words:
    key, text, how many paragraphs have it, the first and the last of them."""
    mask = len(slots) - 1
    begin = 0
    while begin < len(table):
        text = table[begin, TEXT]
        end = begin
        while end < len(table) and table[end, TEXT] == text:
            end += 1
        for pair in range(2 * begin, 2 * end):  # first the paragraphs' words are entered, then every line's looked up
            enters, row = pair < begin + end, pair - begin if pair < begin + end else pair - end
            own = paragraph[row]
            if enters and own == 0:
                continue
            total = known = lead = 0
            themes = theme = 0.0
            for at in range(table[row, WORD], table[row, WORD] + table[row, WORDS]):
                if weight[at] == 0:
                    continue
                total += weight[at]
                slot = np.int64(keys[at] >> np.uint64(20)) & mask
                while slots[slot, 1] == text + 1 and slots[slot, 0] != np.int64(keys[at]):
                    slot = (slot + 1) & mask
                entry = slots[slot]
                if enters:
                    if entry[1] != text + 1:
                        entry[0], entry[1], entry[2], entry[3], entry[4] = np.int64(keys[at]), text + 1, 0, own, 0
                    entry[2] += entry[4] != own
                    entry[4] = own
                elif entry[1] == text + 1 and entry[2] > (own > 0):
                    known += weight[at]
                    lead += weight[at] * (entry[3] <= LEAD and entry[3] != own)
                    returns = weight[at] * 0.1 * np.log2(1.0 + entry[2] - (own > 0))
                    themes += returns
                    theme = max(theme, returns)
            if not enters:
                shared[row, 0] = known / total if total else -1.0
                shared[row, 1] = np.log2(1 + total * 0.1)
                shared[row, 2] = lead / total if total else -1.0
                shared[row, 3], shared[row, 4] = np.log2(1 + themes), theme
        begin = end
