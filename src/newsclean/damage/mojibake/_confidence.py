"""Kernels: how sure each run of mojibake is."""

# mypy: disable-error-code="assignment, no-any-return"

import math

import numpy as np

from newsclean.compilation import Column, Table, kernel
from newsclean.damage.codepoints import Codes
from newsclean.damage.models.bigrams import UNIT
from newsclean.damage.models.character_classes import ALPHA, LOWER, UPPER, WORD, Kind
from newsclean.damage.mojibake._coincidence import (
    BOX,
    LATIN_LAST,
    LONG_S,
    MARKS,
    PUNCTUATION,
    WINDOW,
    draws,
    is_coincidence,
)
from newsclean.damage.mojibake.columns import DecodedRuns, Doubts, RunFeature, Scores, Span, Support, Weights
from newsclean.damage.screening.columns import Run
from newsclean.models import expit

CERTAIN_GAIN, CERTAIN_UNITS = 30.0, 3  # such a run needs no closer look
MOST_DOUBTS = 1_000_000  # runs of a layer that get a closer look; those behind are left as they are
DRAWN = 2  # units that lines and blocks often make
FOREIGN = 5  # uncovered letters like its own within WINDOW, and one unit that is a letter of another script is none
CEILING = 0.999  # nothing is surer: a threshold of 1 leaves everything as it is
SURE_ODDS = 7.0  # log odds above which the probability is higher than CEILING
CAP = 40.0  # nats above which more gain means nothing
EXPECTED = 1.0  # log odds for a run that decodes to the script of a language the texts are known to be in
WESTERN = 1  # the last of the code pages that are so common that `OÃ™` is rather a word
MIXED = 3  # units of a run in which letters of several scripts are chance
LATIN, EAST_ASIAN = 1000, 1001  # stand for scripts: `µ` is Latin here, and so are code points up to LATIN_LAST
IDEOGRAPHS = 0x2E80  # code points from here on are East Asian
COMMON = 10  # the last of the code pages in which one ideograph alone is believed
NEAR = 5  # uncovered letters like the first one that count against a run


@kernel(interpreted=True)
def weigh(codes: Codes, runs: DecodedRuns, begin: int, stop: int, known: Weights, room: Doubts, scores: Scores) -> None:
    """Fill in how sure each run of a text is, from number `begin` to `stop`. The first feature is 0 for runs that get
    no closer look. Runs that chance may make support each other, but no run that stands alone. A code page that lists
    its news with bullets has a hundred of the same."""
    mark_coincidences(codes, runs, begin, stop, known, room)
    count = list_uncovered(codes, room)
    doubts, low = 0, 0
    for k in range(begin, stop):
        gain, row = runs.rows[k, Run.GAIN] * UNIT, min(k, len(scores.values) - 1)
        scores.values[row, RunFeature.CONSTANT], scores.sure[k] = 0.0, -1.0
        if runs.read[runs.spans[k, Span.START]] == LONG_S:
            continue
        if gain >= CERTAIN_GAIN and runs.rows[k, Run.UNITS] >= CERTAIN_UNITS and room.coincidence[k] == 0:
            scores.sure[k] = CEILING
            continue
        if doubts >= MOST_DOUBTS:
            continue
        doubts += 1
        while low < count and room.bare[low] < runs.rows[k, Run.START] - WINDOW:
            low += 1
        near, foreign = count_uncovered(codes, runs, k, known.kinds, room.bare, low, count)
        run_features(codes, runs, k, known, scores.values, row)
        scores.values[row, RunFeature.UNCOVERED] = min(near, NEAR) / NEAR
        if not ruled_out(codes, runs, k, known, room, scores.values, row, foreign):
            scores.sure[k] = run_probability(runs, k, known, scores.values, row)
    for k in range(begin, stop):
        for i in range(runs.rows[k, Run.START], runs.rows[k, Run.END]):
            room.covered[i] = 0


@kernel(interpreted=True, inline=True)
def mark_coincidences(codes: Codes, runs: DecodedRuns, begin: int, stop: int, known: Weights, room: Doubts) -> None:
    """Mark the runs that chance may make, what they all cover, and what the runs of each code page gain."""
    rows, support = runs.rows, known.support
    for codepage in range(len(support)):
        support[codepage, Support.RUNS], support[codepage, Support.SURE_RUNS] = 0.0, 0.0
    for k in range(begin, stop):
        start, end, codepage = rows[k, Run.START], rows[k, Run.END], rows[k, Run.CODEPAGE]
        value = runs.read[runs.spans[k, Span.START]]
        room.coincidence[k] = 0
        if value == LONG_S:
            continue
        chance = is_coincidence(codes, start, end, rows[k, Run.UNITS], value, known.kinds)
        chance = chance or mixes_scripts(runs, k, known.kinds)
        room.coincidence[k] = 1 if chance else 0
        support[codepage, Support.RUNS] += rows[k, Run.GAIN] * UNIT
        support[codepage, Support.SURE_RUNS] += rows[k, Run.GAIN] * UNIT * (0.0 if chance else 1.0)
        for i in range(start, end):
            room.covered[i] = 1


@kernel(interpreted=True, inline=True)
def mixes_scripts(runs: DecodedRuns, k: int, kinds: Table[np.uint8]) -> bool:
    """Whether a run means letters of several scripts, ideographs and kana being one; of three in a longer run, as the
    alphabet `АаБбВв` would."""
    first, second, count = 0, 0, 0
    for i in range(runs.spans[k, Span.START], runs.spans[k, Span.END]):
        value = runs.read[i]
        if kinds[value, Kind.FLAGS] & ALPHA:
            script = 0 + kinds[value, Kind.SCRIPT]
            script = LATIN if value <= LATIN_LAST else EAST_ASIAN if value >= IDEOGRAPHS else script
            if script != first and script != second:
                first, second, count = script, first, count + 1
    return count > (1 if runs.rows[k, Run.UNITS] <= MIXED else 2)


@kernel(interpreted=True, inline=True)
def list_uncovered(codes: Codes, room: Doubts) -> int:
    """Write where characters beyond ASCII stand in no run to `room.bare`; returns how many."""
    count = 0
    for i in range(len(codes)):
        if codes[i] > 0x7F and room.covered[i] == 0:
            room.bare[count] = i
            count += 1
    return count


@kernel(interpreted=True, inline=True)
def count_uncovered(
    codes: Codes, runs: DecodedRuns, k: int, kinds: Table[np.uint8], bare: Column[np.int32], low: int, count: int
) -> tuple[int, int]:
    """How many uncovered characters near a run are letters of two scripts. One is the script of the run's first
    character. The other is that of its last letter beyond Latin, if it means a letter. `bare[low:count]` are the
    uncovered characters not before the run."""
    start, end, first_read = runs.rows[k, Run.START], runs.rows[k, Run.END], runs.read[runs.spans[k, Span.START]]
    first, own = codes[start], 0
    if kinds[first_read, Kind.FLAGS] & ALPHA or MARKS <= first_read < PUNCTUATION:
        for i in range(start, end):
            if kinds[codes[i], Kind.FLAGS] & ALPHA and codes[i] > LATIN_LAST:
                own = kinds[codes[i], Kind.SCRIPT]
    near, foreign, i = 0, 0, low
    while i < count and bare[i] < end + WINDOW:
        c = codes[bare[i]]
        near += kinds[c, Kind.FLAGS] & ALPHA > 0 and kinds[c, Kind.SCRIPT] == kinds[first, Kind.SCRIPT]
        near += BOX <= c < BOX + 0x80 and BOX <= first < BOX + 0x80
        foreign += own > 0 and c > LATIN_LAST and kinds[c, Kind.SCRIPT] == own
        i += 1
    return near, foreign


@kernel(interpreted=True, inline=True)
def run_features(codes: Codes, runs: DecodedRuns, k: int, known: Weights, values: Table[np.float64], row: int) -> None:
    """Fill row `row` of `values` with the features of a run; its uncovered neighbours are counted elsewhere."""
    kinds, support = known.kinds, known.support
    start, end, units = runs.rows[k, Run.START], runs.rows[k, Run.END], runs.rows[k, Run.UNITS]
    codepage, gain = runs.rows[k, Run.CODEPAGE], runs.rows[k, Run.GAIN] * UNIT
    left, right = codes[start - 1] if start else -1, codes[end] if end < len(codes) else -1
    first, last = codes[start], codes[end - 1]
    first_read, last_read = runs.read[runs.spans[k, Span.START]], runs.read[runs.spans[k, Span.END] - 1]
    agrees, disagrees, touches = False, False, False
    for side in range(2):
        beside = right if side else left
        if beside < 0:
            continue
        old, new = last if side else first, last_read if side else first_read
        script = kinds[beside, Kind.SCRIPT]
        if kinds[beside, Kind.FLAGS] & ALPHA:
            agrees |= script == kinds[new, Kind.SCRIPT]
            disagrees |= script != kinds[new, Kind.SCRIPT] and script == kinds[old, Kind.SCRIPT]
        touches |= beside > 0x7F and beside != 0xFFFD and kinds[beside, Kind.FLAGS] & WORD != 0
    # CAPITALS followed by a symbol (PERCHÉ‰), unless the word goes on in lower case behind it (HÃ´tel).
    lowered = False
    if left >= 0 and kinds[left, Kind.FLAGS] & UPPER and kinds[first_read, Kind.FLAGS] & LOWER:
        lowered = kinds[first, Kind.FLAGS] & LOWER == 0 and (right < 0 or kinds[right, Kind.FLAGS] & LOWER == 0)
    word = True
    for i in range(start, end):
        word = word and kinds[codes[i], Kind.FLAGS] & ALPHA != 0
    blank = last == 0xA0 or last == 0x20
    apart = (left < 0 or left == 0x20 or left == 10) and (right < 0 or right == 0x20 or right == 10)
    starts = left < 0 or kinds[left, Kind.FLAGS] & WORD == 0
    number = 48 <= left < 58
    symbol = not word and not kinds[first_read, Kind.FLAGS] & ALPHA
    # CAPITALS that end with a letter and a symbol (MEARGĂ›): the end of a word is where both may meet.
    final = codepage > WESTERN and (right < 0 or kinds[right, Kind.FLAGS] & ALPHA == 0)
    upper = kinds[first, Kind.FLAGS] & UPPER and kinds[first_read, Kind.FLAGS] & UPPER
    capital = left >= 0 and kinds[left, Kind.FLAGS] & UPPER and upper
    ends_capital = final and capital and units == 1 and kinds[last, Kind.FLAGS] & ALPHA == 0
    values[row, RunFeature.CONSTANT] = 1.0
    values[row, RunFeature.GAIN] = min(gain, CAP)
    values[row, RunFeature.LOG_UNITS] = math.log(units)
    values[row, RunFeature.GAIN_PER_UNIT] = min(gain / units, 15.0)
    values[row, RunFeature.SUPPORT] = min(
        support[codepage, Support.RUNS] - gain + support[codepage, Support.KNOWN], CAP
    )
    values[row, RunFeature.TOUCHES] = 1.0 if touches else 0.0
    values[row, RunFeature.AGREES] = 1.0 if agrees else 0.0
    values[row, RunFeature.DISAGREES] = 1.0 if disagrees else 0.0
    values[row, RunFeature.WORD] = 1.0 if word else 0.0
    values[row, RunFeature.LOWERED] = 1.0 if lowered else 0.0
    values[row, RunFeature.ENDS_BLANK] = 1.0 if blank and not apart else 0.0
    values[row, RunFeature.LENGTH] = 0.0 if word else (end - start) / units - 2.0
    values[row, RunFeature.BLANK_APART] = 1.0 if blank and apart else 0.0
    values[row, RunFeature.BEGINS] = 1.0 if (starts and symbol) or (number and not word) else 0.0
    values[row, RunFeature.CAPITALS] = 1.0 if ends_capital else 0.0


@kernel(interpreted=True, inline=True)
def ruled_out(
    codes: Codes, runs: DecodedRuns, k: int, known: Weights, room: Doubts, values: Table[np.float64], row: int,
    foreign: int,
) -> bool:  # fmt: skip
    """Whether a run is out of the question.

    It is if chance made the run and nothing else speaks for its code page, or if it stands amid a drawn line (`──┐`).
    It is, too, if it is one unit of letters like those around it, none of them misread (`СИГ`: 中).
    """
    kinds, support = known.kinds, known.support
    start, end, units, codepage = (
        runs.rows[k, Run.START], runs.rows[k, Run.END], runs.rows[k, Run.UNITS], runs.rows[k, Run.CODEPAGE],
    )  # fmt: skip
    first_read = runs.read[runs.spans[k, Span.START]]
    # Symbols misread as two others (`¬£9 or ¬£12`) prove each other, letters do not.
    written = kinds[first_read, Kind.FLAGS] & ALPHA != 0 or MARKS <= first_read < PUNCTUATION
    unsure = support[codepage, Support.KNOWN] + support[codepage, Support.SURE_RUNS] == 0.0
    if room.coincidence[k] and (values[row, RunFeature.SUPPORT] == 0.0 or (written and unsure)):
        return True
    if (
        units == 1
        and codepage > COMMON
        and first_read >= IDEOGRAPHS
        and values[row, RunFeature.SUPPORT] == 0.0
        and (kinds[first_read, Kind.FLAGS] & ALPHA)
    ):
        return True
    left = codes[start - 1] if start else -1
    drawn = draws(codes[start]) and draws(codes[end - 1])
    drawn = drawn and (left == codes[start] or (draws(left) and not room.covered[start - 1]))
    return (units <= DRAWN and drawn) or (units == 1 and foreign >= FOREIGN)


@kernel(interpreted=True, inline=True)
def run_probability(runs: DecodedRuns, k: int, known: Weights, values: Table[np.float64], row: int) -> float:
    """The probability that a run is mojibake, by its features."""
    score = 0.0
    for feature in range(len(known.features)):
        score += known.features[feature] * values[row, feature]
    score += EXPECTED * known.expected[known.kinds[runs.read[runs.spans[k, Span.START]], Kind.SCRIPT]]
    return CEILING if score >= SURE_ODDS else min(CEILING, expit(max(-50.0, score)))
