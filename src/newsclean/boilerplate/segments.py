"""Segments: what is judged. A block is a line, or the lines of a wrapped paragraph.

Each sentence or piece of a block that may be residue is a segment, and so is what stands between such. The same words
are judged alike, whatever the line breaks.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from newsclean.boilerplate.endings import chains, pieces_of
from newsclean.boilerplate.lines import (
    BEGINS,
    CUE,
    ENDS,
    CharKind,
    LineColumn,
    Lines,
    lengths,
    merged,
    scan,
    unwrapped,
)
from newsclean.boilerplate.pieces import Segments, cut, dates_before
from newsclean.boilerplate.rules import (
    HOWS,
    NUMBER,
    TAIL,
    Dictionary,
    Hit,
    Piece,
    agency_credits,
    caption_words,
    cues_inside,
    is_caption,
    look_up,
    look_up_phrases,
    markup,
)
from newsclean.compilation import Column, Table, kernel

Flags = NDArray[np.bool_]

CREDIT = 1 + NUMBER["photo-credit"]
LABEL, NAMED = HOWS.index("label"), HOWS.index("named")
MOST_NAMED = 10  # words of a sentence that begins like a byline and may be one
SHORT_BLOCK = 90  # letters of a block that is not cut into sentences, but for a notice behind them
SUSPECT = 0.7  # score of the wording from which a sentence may be residue
MOSTLY = 0.5  # share of a block's letters in such sentences from which it is one segment,
LONGEST_WHOLE = 600  # if it has no more letters;
NEARLY_ALL = 0.9  # the same of a line whose breaks were put back: others may be missing in it
LONGEST_PHRASED = 260  # letters of a segment of several sentences whose phrases may stand across them
PHRASES = [Hit.LINE, Hit.START, Hit.END, Hit.ANY]
LEAST_CAPTION, LONGEST_CAPTION = 12, 170  # letters of a block that may be a caption
CANDIDATE, CREDITED, SLASHED = 1, 2, 3  # what the last line of a short block may be: see `_caption_ends`
_PLACE, _WORD, _BIT, _ONE = np.uint64(64 - 20), np.uint64(6), np.uint64(63), np.uint64(1)  # of `caption_words`
ASIDE = 200  # letters of a sentence in brackets
EDGED = 10  # sentences of a block whose first and last ones are segments of their own: there the residue of a text in
FIRST, LAST = 3, 6  # one line stands


def sentences(
    texts: Sequence[str], known: Dictionary, restored: Flags | None = None, scanned: Lines | None = None
) -> Segments:
    """The sentences of `texts`, and the pieces in them that a cue or a seam sets off. `restored` says of which texts
    line breaks were put back; `scanned` are their lines, if they are known."""
    lines = _with_captions(texts, unwrapped(scanned or scan(texts)), restored)
    found = Segments(lines, look_up(lines, known))
    dates = {piece.row: piece for piece in dates_before(texts, found, known)}
    ruled = lines.table[:, LineColumn.RULE] > 0
    tags = markup(texts, lines)
    every = [*cues_inside(texts, lines), *agency_credits(texts, lines)]
    cues = [cue for cue in every if cue.row not in dates and not ruled[cue.row]]
    chained, cues = chains(texts, lines, cues)
    found_pieces = [piece for cue in cues for piece in pieces_of(texts, lines, cue)]
    pieces = _apart([*dates.values(), *tags, *chained, *found_pieces])
    return cut(texts, found, known, pieces) if pieces else found


def _apart(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces in order, without those that begin in another."""
    result: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece[:2]):
        if not result or result[-1].row < piece.row or result[-1].end <= piece.start:
            result.append(piece)
    return result


def _with_captions(texts: Sequence[str], lines: Lines, restored: Flags | None) -> Lines:
    """The lines, captions among them as a whole: their sentences joined, under the rule of their credit. Where line
    breaks were put back, a caption has one sentence: others may be missing."""
    table = lines.table
    first = np.empty(len(table), np.int64)
    ends = _caption_ends(lines, first)
    owned = np.array(["©" in text or "ⓒ" in text for text in texts] or [False])
    rows = np.flatnonzero((ends > CANDIDATE) | ((ends == CANDIDATE) & owned[table[:, LineColumn.TEXT]]))
    if restored is not None:
        rows = rows[~restored[table[rows, LineColumn.TEXT]] | (rows - first[rows] <= 1)]
    last = table[rows, LineColumn.END]
    begins = np.maximum(table[first[rows], LineColumn.START], last - TAIL)
    places = zip(rows.tolist(), table[rows, LineColumn.TEXT].tolist(), begins.tolist(), last.tolist(), strict=True)
    found = [
        row
        for row, text, start, end in places
        if (ends[row] > CANDIDATE or "©" in (tail := texts[text][start:end]) or "ⓒ" in tail)
        and is_caption(texts[text][start:end])
    ]
    if not found:
        return lines
    starts = np.ones(len(table), np.bool_)
    for row in found:
        starts[first[row] + 1 : row + 1] = False
    result = merged(table, starts)
    captions = result[np.cumsum(starts)[found] - 1]
    captions[:, LineColumn.RULE] = 1 + NUMBER["photo-credit"]
    captions[:, LineColumn.INSIDE] |= CUE
    result[np.cumsum(starts)[found] - 1] = captions
    return lines._replace(table=result)


def _caption_ends(lines: Lines, first: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Which rows end a caption, perhaps; fill in the `first` row of the block of each. The last row of a block that is
    short enough for a caption and has a colon, bracket or sign is a CANDIDATE. It is SLASHED if names behind a
    sentence may have a slash. It is CREDITED if the block has a word that begins a label or an agency's name."""
    ends = np.empty(len(lines.table), np.uint8)
    _mark_caption_ends(lines.table, lines.words, caption_words(), lengths(lines), first, ends)
    return ends


@kernel(entry=True, interpreted=True)
def _mark_caption_ends(
    table: Table[np.int32],
    words: Column[np.uint64],
    known: Column[np.uint64],
    length: Column[np.int32],
    first: Column[np.int64],
    ends: Column[np.uint8],
) -> None:
    begin = letters = 0
    for row in range(len(table)):
        if table[row, LineColumn.INSIDE] & BEGINS == 0:
            begin, letters = row, 0
        letters += length[row]
        first[row] = begin
        ends[row] = 0
        if row + 1 < len(table) and table[row + 1, LineColumn.INSIDE] & BEGINS:
            continue
        signs = table[row, LineColumn.KINDS + CharKind.COLON] > 0 or table[row, LineColumn.CLOSED] > 0
        signs = signs or table[row, LineColumn.KINDS + CharKind.SEPARATOR] > 0
        signs = signs or table[row, LineColumn.KINDS + CharKind.PICTURE] > 0
        numbered = table[row, LineColumn.NUMBERS] > 0 and table[row, LineColumn.KINDS + CharKind.DASH] > 0
        behind = row > begin or table[row, LineColumn.SENTENCES] > 0  # a sentence stands before what ends the block
        behind = behind and table[row, LineColumn.LAST] != CharKind.STOP
        if (signs or numbered or behind) and LEAST_CAPTION <= letters <= LONGEST_CAPTION:
            slashed = behind and table[row, LineColumn.KINDS + CharKind.SEPARATOR] > 0
            ends[row] = SLASHED if slashed else CANDIDATE if signs else 0
            for at in range(table[begin, LineColumn.WORD], table[row, LineColumn.WORD] + table[row, LineColumn.WORDS]):
                place = words[at] >> _PLACE
                if known[place >> _WORD] >> (place & _BIT) & _ONE:
                    ends[row] = CREDITED
                    break


def cue_rules(found: NDArray[np.int16], lines: Lines) -> NDArray[np.int16]:
    """The rule that each segment falls under: the one `found` by its words, or that of the cue that sets it off."""
    of_cue = lines.table[:, LineColumn.RULE].astype(np.int16) - 1
    rules: NDArray[np.int16] = np.where(found < 0, of_cue, found).astype(np.int16)
    return rules


def joined(found: Segments, known: Dictionary, restored: Flags | None = None) -> Segments:
    """The sentences with those of each block joined that nothing sets off. `restored` says of which texts line breaks
    were put back. The phrases of short ones are looked up again, for they may stand across sentences."""
    starts = segment_starts(found, known, restored)
    if starts.all():
        return found
    hits = np.empty((int(np.count_nonzero(starts)), len(Hit)), np.int32)
    _merge_hits(found.hits, starts, hits)
    lines = found.lines._replace(table=merged(found.lines.table, starts))
    rows = np.flatnonzero(np.diff(np.append(np.flatnonzero(starts), len(starts))) > 1)
    several = lines._replace(table=lines.table[rows])
    short = lengths(several) <= LONGEST_PHRASED
    again = look_up_phrases(several._replace(table=several.table[short]), known)
    hits[rows[short][:, None], PHRASES] = again[:, PHRASES]
    return Segments(lines, hits)


def segment_starts(found: Segments, known: Dictionary, restored: Flags | None = None) -> Flags:
    """Which sentences begin a segment."""
    starts, table = np.empty(len(found.hits), np.bool_), found.lines.table
    doubted = np.zeros(len(starts), np.bool_) if restored is None else restored[table[:, LineColumn.TEXT]]
    phrased = _phrased(found, known)
    words = found.hits[:, [Hit.LINE, Hit.START, Hit.ANY]]
    notices = phrased & ~((words > 0) & (known.rule[words - 1] == CREDIT - 1)).any(axis=1)  # credits end captions
    _segment_starts(table, found.hits, lengths(found.lines), notices, phrased, doubted, starts)
    return starts


def _phrased(found: Segments, known: Dictionary) -> NDArray[np.bool_]:
    """Sentences that hold a rule's words. Those of a label or name count only with the sign or shortness they need."""
    hits, table = found.hits, found.lines.table
    how = known.how[hits[:, Hit.START] - 1]
    signs = table[:, LineColumn.KINDS + CharKind.COLON] + table[:, LineColumn.KINDS + CharKind.SEPARATOR] > 0
    labelled = np.where(how == LABEL, signs, np.where(how == NAMED, table[:, LineColumn.WORDS] <= MOST_NAMED, True))
    phrased: NDArray[np.bool_] = (hits[:, Hit.LINE] > 0) | (hits[:, Hit.ANY] > 0) | (hits[:, Hit.START] > 0) & labelled
    return phrased


@kernel(entry=True, interpreted=True)
def _segment_starts(
    table: Table[np.int32],
    hits: Table[np.int32],
    length: Column[np.int32],
    notices: Column[np.bool_],
    suspect: Column[np.bool_],
    restored: Column[np.bool_],
    starts: Column[np.bool_],
) -> None:
    row = 0
    while row < len(table):
        begin, letters, doubtful, cues = row, 0, 0, False
        while row < len(table) and (row == begin or table[row, LineColumn.INSIDE] & BEGINS):
            suspect[row] = suspect[row] or _is_suspect(table, hits, length, row)
            letters += length[row]
            doubtful += length[row] * suspect[row]
            cues = cues or table[row, LineColumn.INSIDE] & CUE > 0
            starts[row] = row == begin
            row += 1
        mostly = NEARLY_ALL if restored[begin] else MOSTLY
        short = letters < SHORT_BLOCK and not restored[begin]
        whole = short or (not cues and letters < LONGEST_WHOLE and doubtful >= mostly * letters)
        notice = _notice_behind(table, notices, begin, row) if short else begin
        starts[notice] = True
        if row - begin == 1 or (whole and not cues):
            continue
        for inner in range(begin + 1, row):
            starts[inner] = suspect[inner] or suspect[inner - 1]
            if inner + 1 < row and table[inner + 1, LineColumn.RULE] == CREDIT:
                starts[inner] = True  # what may say what the picture shows
            if row - begin >= EDGED and (inner - begin <= FIRST or row - inner <= LAST):
                starts[inner] = True
            if whole:
                by_cue = (table[inner, LineColumn.INSIDE] | table[inner - 1, LineColumn.INSIDE]) & CUE > 0
                starts[inner] = by_cue or inner == notice


@kernel(interpreted=True)
def _notice_behind(table: NDArray[np.int32], notices: NDArray[np.bool_], begin: int, end: int) -> int:
    """The row at which a notice begins behind statements, with the signs before it; without such, the first row.
    In `It is closed. © The News. All rights reserved.` it is the second."""
    row = begin
    while row < end and not notices[row]:
        if table[row, LineColumn.LAST] != CharKind.STOP or table[row, LineColumn.CALLS] > 0:
            return begin  # `Do you have a tip? Write to us.`
        row += 1
    if row == end:
        return begin
    while row - 1 > begin and _is_signed(table, row - 1):
        row -= 1
    return row


@kernel(interpreted=True)
def _is_signed(table: NDArray[np.int32], row: int) -> bool:
    """Whether a sentence begins with a sign that opens no quotation: `© The News.`"""
    first = table[row, LineColumn.FIRST]
    return bool((first == CharKind.SEPARATOR or first == CharKind.PICTURE) and table[row, LineColumn.ANGLED] == 0)


@kernel(interpreted=True)
def _is_suspect(table: NDArray[np.int32], hits: NDArray[np.int32], length: NDArray[np.int32], row: int) -> bool:
    """Whether a sentence of a block may be residue: a cue's piece, wording, brackets, or an end without a stop."""
    if table[row, LineColumn.INSIDE] & CUE:
        return True
    score, grams = hits[row, Hit.SCORE] / 1024, hits[row, Hit.GRAMS]
    if score > 0 and score * score > SUSPECT * SUSPECT * grams:
        return True
    if table[row, LineColumn.FIRST] == CharKind.OPEN and table[row, LineColumn.CLOSED] and length[row] < ASIDE:
        return True
    unended: bool = table[row, LineColumn.LAST] != CharKind.STOP and table[row, LineColumn.INSIDE] & ENDS == 0
    return unended


@kernel(entry=True, interpreted=True)
def _merge_hits(hits: Table[np.int32], starts: Column[np.bool_], result: Table[np.int32]) -> None:
    """Of several sentences: the first's beginning, the last's end, and the sums of what is added up."""
    at = -1
    for row in range(len(hits)):
        if starts[row]:
            at += 1
            for column in range(hits.shape[1]):
                result[at, column] = hits[row, column]
            continue
        result[at, Hit.LINE] = 0
        result[at, Hit.END] = hits[row, Hit.END]
        if hits[row, Hit.ANY] > 0:
            result[at, Hit.ANY] = hits[row, Hit.ANY]
        for column in (Hit.ONLY, Hit.SCORE, Hit.GRAMS):
            result[at, column] += hits[row, column]
