"""Slow references for the kernels, one character and one line at a time."""

import itertools

from newsclean.boilerplate.lines import BEGINS, COLUMNS, ENDS, SMALL, CharKind, LineColumn, characters
from newsclean.boilerplate.lines._scan import CASED, LEAST_LETTERS, LEAST_WORD, LEAST_WORDS, RIGHT_TO_LEFT

MASK = (1 << 64) - 1
SEED, PRIME, MIX = 0xCBF29CE484222325, 0x100000001B3, 0x9E3779B97F4A7C15
WORDLIKE = (CharKind.LETTER, CharKind.UPPER, CharKind.DIGIT, CharKind.SYLLABLE, CharKind.MARK)


def entry(char: str) -> tuple[int, int]:
    """CharKind and folded form of a character."""
    code = ord(char)
    if code < 0x10000:
        value = int(characters()[code])
        return value >> 16, value & 0xFFFF
    kind = (
        CharKind.PICTURE
        if 0x1F000 <= code < 0x1FB00
        else CharKind.UNSPACED
        if 0x20000 <= code < 0x40000
        else CharKind.LETTER
    )
    return kind, code & 0xFFFF


def words(line: str) -> list[tuple[str, int]]:
    """The words of a line and their hashes."""
    found: list[tuple[str, int]] = []
    run = ""
    for char in [*line, "\n"]:
        kind, folded = entry(char)
        if kind in WORDLIKE:
            run += char
            continue
        if run:
            found.append((run, word_hash(run)))
            run = ""
        if kind == CharKind.UNSPACED:
            value = (SEED ^ folded) * PRIME & MASK
            found.append((char, (value ^ value >> 29) & ~3 | 2))
    return found


def word_hash(word: str) -> int:
    value = SEED
    for char in word:
        kind, folded = entry(char)
        if kind != CharKind.MARK:
            value = (value ^ folded) * PRIME & MASK
    only_digits = all(entry(char)[0] == CharKind.DIGIT for char in word)
    return value & ~3 | (1 if only_digits else 3 if len(word) < 4 else 0)


def scan(text: str) -> tuple[list[list[int]], list[int]]:
    """The table of sentences of one text, and the hashes of its words."""
    rows: list[list[int]] = []
    hashes: list[int] = []
    start = blanks = 0
    for line in text.split("\n"):
        if all(entry(char)[0] == CharKind.SPACE for char in line):
            blanks += 1
        else:
            bounds = [0, *cuts(line), len(line)]
            for low, high in itertools.pairwise(bounds):
                kinds = kinds_of(line[low:high])
                inked = [at for at, kind in enumerate(kinds) if kind != CharKind.SPACE]
                row = _row(line[low:high], kinds, inked, line[high : high + 1] or "\n")
                row[LineColumn.RAW], row[LineColumn.BLANKS], row[LineColumn.WORD] = start + low, blanks, len(hashes)
                row[LineColumn.START] += start + low
                row[LineColumn.END] += start + low
                row[LineColumn.BREAK] = start + len(line) - line.endswith("\r")
                row[LineColumn.INSIDE] |= BEGINS * (low > 0) + ENDS * (high < len(line))
                hashes += [value for _, value in words(line[low:high])]
                rows.append(row)
                blanks = 0
        start += len(line) + 1
    return rows, hashes


def kinds_of(line: str) -> list[int]:
    """The kinds of characters; a mark that opens a quotation in English, and closes one in German, closes behind a
    stop."""
    kinds = [entry(char)[0] for char in line]
    for at in range(1, len(line)):
        if line[at] in "\u201c\u2018" and kinds[at - 1] == CharKind.STOP:
            kinds[at] = CharKind.CLOSE
    return kinds


def sentences(text: str) -> list[str]:
    """The sentences of the lines that are not blank."""
    found: list[str] = []
    for line in text.split("\n"):
        if any(entry(char)[0] != CharKind.SPACE for char in line):
            found += [line[low:high] for low, high in itertools.pairwise([0, *cuts(line), len(line)])]
    return found


def cuts(line: str) -> list[int]:
    """Where sentences begin inside a line."""
    found: list[int] = []
    start, ended = 0, ""
    kinds = kinds_of(line)
    for at, kind in enumerate(kinds):
        opens = ended == "spaced" and line[at] in "\"'"
        if ended and (opens or kind not in (CharKind.SPACE, CharKind.CLOSE, CharKind.STOP)):
            if _may_begin(line, kinds, at, ended) and _is_sentence(line[start:at]):
                found.append(at)
                start = at
            ended = ""
        if kind == CharKind.STOP:
            ended = _ended(line[start:at], line[at]) or ended
        elif kind == CharKind.SPACE and ended == "stopped":
            ended = "spaced"
    return found


def _ended(before: str, stop: str) -> str:
    """How far a stop ends the sentence before it."""
    if stop >= "\u2e80":
        return "wide"
    known = words(before)
    closes = before and kinds_of(before)[-1] == CharKind.CLOSE
    syllables = known and entry(known[-1][0][-1])[0] == CharKind.SYLLABLE
    long = known and (len(known[-1][0]) + bool(syllables) >= LEAST_WORD or known[-1][1] & 3 == 2)
    return "stopped" if stop != "." or long or closes else ""


def _may_begin(line: str, kinds: list[int], at: int, ended: str) -> bool:
    """Whether a sentence may begin with a character."""
    if kinds[at] in (CharKind.MARK, CharKind.COMMA, CharKind.COLON):
        return False
    if kinds[at] == CharKind.LETTER and ord(line[at]) < CASED:
        return False
    if ended != "stopped":
        return True
    letters = [char for char in line[:at] if entry(char)[0] in WORDLIKE]
    if kinds[at] == CharKind.SYLLABLE and letters and entry(letters[-1])[0] == CharKind.SYLLABLE:
        return True
    leftward = letters and CASED <= ord(letters[-1]) < RIGHT_TO_LEFT
    leftward = leftward and entry(letters[-1])[0] in (CharKind.LETTER, CharKind.MARK)
    if kinds[at] == CharKind.LETTER and leftward and ord(line[at]) < RIGHT_TO_LEFT:
        return True
    small = letters and entry(letters[-1])[0] == CharKind.LETTER and ord(letters[-1]) < CASED
    following = line[at + 1 : at + 2]
    return kinds[at] == CharKind.UPPER and bool(small) and (following >= "\x80" or "a" <= following <= "z")


def _is_sentence(before: str) -> bool:
    """Whether there are words enough for a sentence."""
    counted = {CharKind.SYLLABLE: 2, CharKind.UNSPACED: 3}
    kinds = [entry(char)[0] for char in before]
    size = sum(counted.get(kind, int(kind in WORDLIKE)) for kind in kinds)
    return size >= LEAST_LETTERS and len(words(before)) >= LEAST_WORDS


def _row(line: str, kinds: list[int], inked: list[int], following: str) -> list[int]:
    row = [0] * COLUMNS
    small = kinds[inked[0]] == CharKind.LETTER and ord(line[inked[0]]) < CASED
    row[LineColumn.INSIDE] = SMALL * small
    space = [at for at in range(inked[0], len(line)) if kinds[at] == CharKind.SPACE]
    row[LineColumn.HEAD] = (space[0] if space else inked[-1] + 1) - inked[0]
    row[LineColumn.START], row[LineColumn.END] = inked[0], inked[-1] + 1
    row[LineColumn.FIRST] = kinds[inked[0]]
    row[LineColumn.LAST] = next((kinds[at] for at in reversed(inked) if kinds[at] != CharKind.CLOSE), 0)
    row[LineColumn.CLOSED] = kinds[inked[-1]] == CharKind.CLOSE
    after = [*kinds[1:], CharKind.SPACE]
    row[LineColumn.SENTENCES] = sum(
        kind == CharKind.STOP and behind in (CharKind.SPACE, CharKind.CLOSE)
        for kind, behind in zip(kinds, after, strict=True)
    )
    row[LineColumn.ROUGH] = _rough(line, kinds, inked[0], following)
    row[LineColumn.CALLS] = sum(line.count(char) for char in "!?！？؟")
    row[LineColumn.STRAIGHT] = line.count('"')
    row[LineColumn.CURLED] = sum(char in "‘’‚“”„" for char in line)
    row[LineColumn.ANGLED] = line.count("«")
    row[LineColumn.DASHES] = line.count("–") + line.count("—")
    wide = (CharKind.LETTER, CharKind.UPPER, CharKind.DIGIT, CharKind.SYLLABLE, CharKind.UNSPACED)
    row[LineColumn.WIDE] = sum(char > "\x7f" and kind in wide for char, kind in zip(line, kinds, strict=True))
    for kind in kinds:
        row[LineColumn.KINDS + kind] += 1
    for word, value in words(line):
        row[LineColumn.WORDS] += 1
        if value & 3 == 2:
            continue
        of = [entry(char)[0] for char in word]
        row[LineColumn.CAPITALISED] += of[0] == CharKind.UPPER
        row[LineColumn.CAPITALS] += len(word) > 1 and all(kind in (CharKind.UPPER, CharKind.MARK) for kind in of)
        row[LineColumn.NUMBERS] += all(kind == CharKind.DIGIT for kind in of)
        row[LineColumn.LONGEST] = max(row[LineColumn.LONGEST], len(word))
    return row


def _rough(line: str, kinds: list[int], first: int, following: str) -> int:
    """Marks of careless writing, by pieces of the line: words, and single other characters."""
    found = kinds[first] == CharKind.LETTER and ord(line[first]) < CASED
    pieces: list[str] = []
    for char, kind in zip(line, kinds, strict=True):
        if kind in WORDLIKE and pieces and entry(pieces[-1][0])[0] in WORDLIKE:
            pieces[-1] += char
        else:
            pieces.append(char)
    of = [[entry(char)[0] for char in piece] for piece in pieces]
    for before, mark, after in zip(pieces, of[1:], pieces[2:], strict=False):
        small = len(before) >= 3 and all(
            k in WORDLIKE and k not in (CharKind.UPPER, CharKind.DIGIT) for k in _kinds(before)
        )
        word = len(after) > 3 and all(k in WORDLIKE and k != CharKind.DIGIT for k in _kinds(after))
        found += small and word and mark[0] in (CharKind.STOP, CharKind.COMMA)
    for at in range(first + 1, len(line)):
        ends = line[at + 1 : at + 2] <= " " if at + 1 < len(line) else following <= " "
        found += line[at] in ",." and kinds[at - 1] == CharKind.SPACE and ends
        found += line[at] == ")" and line[at - 1] in ")-:;="
    starts = [
        at for at in range(len(line)) if kinds[at] == CharKind.STOP and (at == 0 or kinds[at - 1] != CharKind.STOP)
    ]
    second = [at + 1 for at in starts if kinds[at + 1 : at + 2] == [CharKind.STOP]]
    return found + len({*second} | {at for at, char in enumerate(line) if char == "…"})


def _kinds(word: str) -> list[int]:
    return [entry(char)[0] for char in word]
