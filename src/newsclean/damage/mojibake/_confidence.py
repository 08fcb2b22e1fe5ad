"""Kernel: how sure each run of mojibake is."""

# mypy: disable-error-code="assignment"

import math
from typing import Any

from newsclean.damage.models.bigrams import UNIT
from newsclean.damage.models.character_classes import ALPHA, LOWER, UPPER, WORD
from newsclean.damage.mojibake._coincidence import BOX, LATIN_LAST, LONG_S, MARKS, PUNCTUATION, WINDOW, box, by_chance
from newsclean.kernels import kernel

CERTAIN_GAIN, CERTAIN_UNITS = 30.0, 3  # such a run needs no closer look
MOST_DOUBTS = 1_000_000  # runs of a layer that get a closer look; those behind are left as they are
DRAWN = 2  # units that lines and blocks often make
FOREIGN = 5  # uncovered letters like its own within that, and one unit that is a letter of another script is none
CEILING = 0.999  # nothing is surer: a threshold of 1 leaves everything as it is
SURE = 7.0  # log odds above which the probability is higher than CEILING
CAP = 40.0  # nats above which more gain means nothing
EXPECTED = 1.0  # log odds for a run that decodes to the script of a language the texts are known to be in
FEATURES = 16  # columns of the features of a run; `confidence.FEATURES` names them


@kernel(interpreted=True)
def weigh(
    codes: Any,
    runs: Any,
    begin: Any,
    stop: Any,
    spans: Any,
    read: Any,
    kinds: Any,
    weights: Any,
    pages: Any,
    expected: Any,
    covered: Any,
    bare: Any,
    values: Any,
    sure: Any,
) -> None:
    """How sure each run of a text is, from number `begin` to `stop`: `sure` becomes the probability that it is
    mojibake, -1 for one that is out of the question.

    `kinds[c]` are the kind of a character and the number of its script; `pages` holds the support of each code page
    between two columns of scratch, `expected` is 1 for scripts that the texts are known to be in, `covered` is scratch,
    zero for each code point, and so is `bare`, for the places of what is not ASCII and in no run. A row of `values`
    becomes the features of a run that is looked at more closely; else its first one is 0. There is one for each run, if
    the features are wanted, or else one for all: they would take 8 MB a batch.

    Runs that chance may make support each other, but no run that stands alone: a page that lists its news with bullets
    has a hundred of the same.
    """
    for page in range(len(pages)):
        pages[page, 0], pages[page, 2] = 0.0, 0.0
    for k in range(begin, stop):
        if read[spans[k, 0]] == LONG_S:
            continue
        pages[runs[k, 4], 0] += runs[k, 3] * UNIT
        chance = by_chance(codes, runs[k, 0], runs[k, 1], runs[k, 2], read[spans[k, 0]], kinds)
        sure[k] = 1.0 if chance else 0.0
        pages[runs[k, 4], 2] += runs[k, 3] * UNIT * (1.0 - sure[k])
        for i in range(runs[k, 0], runs[k, 1]):
            covered[i] = 1
    doubts, count, low = 0, 0, 0
    for i in range(len(codes)):
        if codes[i] > 0x7F and covered[i] == 0:
            bare[count] = i
            count += 1
    for k in range(begin, stop):
        start, end, units, page = runs[k, 0], runs[k, 1], runs[k, 2], runs[k, 4]
        gain, chance = runs[k, 3] * UNIT, sure[k] == 1.0
        row = min(k, len(values) - 1)
        values[row, 0], sure[k] = 0.0, -1.0
        if read[spans[k, 0]] == LONG_S:
            continue
        if gain >= CERTAIN_GAIN and units >= CERTAIN_UNITS:
            sure[k] = CEILING
            continue
        if doubts >= MOST_DOUBTS:
            continue
        doubts += 1
        support = pages[page, 0] - gain + pages[page, 1]
        left, right = codes[start - 1] if start else -1, codes[end] if end < len(codes) else -1
        first, last = codes[start], codes[end - 1]
        first_read, last_read = read[spans[k, 0]], read[spans[k, 1] - 1]
        agrees, disagrees, touches = False, False, False
        for side in range(2):
            beside = right if side else left
            if beside < 0:
                continue
            old, new = last if side else first, last_read if side else first_read
            script = kinds[beside, 1]
            if kinds[beside, 0] & ALPHA:
                agrees |= script == kinds[new, 1]
                disagrees |= script != kinds[new, 1] and script == kinds[old, 1]
            touches |= beside > 0x7F and beside != 0xFFFD and kinds[beside, 0] & WORD != 0
        # CAPITALS followed by a symbol (PERCHÉ‰), unless the word goes on in lower case behind it (HÃ´tel).
        lowered = False
        if left >= 0 and kinds[left, 0] & UPPER and kinds[first_read, 0] & LOWER:
            lowered = kinds[first, 0] & LOWER == 0 and (right < 0 or kinds[right, 0] & LOWER == 0)
        word, own = True, 0
        for i in range(start, end):
            if kinds[codes[i], 0] & ALPHA == 0:
                word = False
            elif codes[i] > LATIN_LAST:
                own = kinds[codes[i], 1]
        if not (kinds[first_read, 0] & ALPHA or 0x300 <= first_read < 0x2000):
            own = 0
        while low < count and bare[low] < start - WINDOW:
            low += 1
        near, foreign, i = 0, 0, low
        while i < count and bare[i] < end + WINDOW:
            c = codes[bare[i]]
            near += kinds[c, 0] & ALPHA > 0 and kinds[c, 1] == kinds[first, 1]
            near += BOX <= c < BOX + 0x80 and BOX <= first < BOX + 0x80
            foreign += own > 0 and c > LATIN_LAST and kinds[c, 1] == own
            i += 1
        values[row, 0] = 1.0
        values[row, 1] = min(gain, CAP)
        values[row, 2] = math.log(units)
        values[row, 3] = min(gain / units, 15.0)
        values[row, 4] = min(support, CAP)
        values[row, 5] = 1.0 if touches else 0.0
        values[row, 6] = 1.0 if agrees else 0.0
        values[row, 7] = 1.0 if disagrees else 0.0
        values[row, 8] = 1.0 if word else 0.0
        values[row, 9] = 1.0 if lowered else 0.0
        values[row, 10] = min(near, 5) / 5
        blank = last == 0xA0 or last == 0x20
        apart = (left < 0 or left == 0x20 or left == 10) and (right < 0 or right == 0x20 or right == 10)
        values[row, 11] = 1.0 if blank and not apart else 0.0
        values[row, 12] = 0.0 if word else (end - start) / units - 2.0
        values[row, 13] = 1.0 if blank and apart else 0.0
        starts = left < 0 or kinds[left, 0] & WORD == 0
        number = 48 <= left < 58
        symbol = not word and not kinds[first_read, 0] & ALPHA
        values[row, 14] = 1.0 if (starts and symbol) or (number and not word) else 0.0
        # CAPITALS that end with a letter and a symbol (MEARGĂ›): the end of a word is where both may meet. Western
        # pages (the first two) are so common that `OÃ™` is rather a word.
        final = page > 1 and (right < 0 or kinds[right, 0] & ALPHA == 0)
        capital = left >= 0 and kinds[left, 0] & UPPER and kinds[first, 0] & UPPER and kinds[first_read, 0] & UPPER
        values[row, 15] = 1.0 if final and capital and units == 1 and kinds[last, 0] & ALPHA == 0 else 0.0
        # Symbols misread as two others (`¬£9 or ¬£12`) prove each other, letters do not.
        written = kinds[first_read, 0] & ALPHA != 0 or MARKS <= first_read < PUNCTUATION
        if chance and (values[row, 4] == 0.0 or (written and pages[page, 1] + pages[page, 2] == 0.0)):
            continue
        # Amid a drawn line (`──┐`), or one unit of letters like those around it, none of them misread (`СИГ`: 中).
        drawn = box(first) and box(last) and (left == first or (box(left) and not covered[start - 1]))
        if (units <= DRAWN and drawn) or (units == 1 and foreign >= FOREIGN):
            continue
        score = 0.0
        for feature in range(FEATURES):
            score += weights[feature] * values[row, feature]
        score += EXPECTED * expected[kinds[first_read, 1]]
        sure[k] = CEILING if score >= SURE else min(CEILING, 1 / (1 + math.exp(-max(-50.0, score))))
    for k in range(begin, stop):
        for i in range(runs[k, 0], runs[k, 1]):
            covered[i] = 0
