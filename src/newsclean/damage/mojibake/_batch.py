"""Kernels: the texts of a batch, each decoded by one layer in every code page that is worth a try.

Each kernel looks at all texts at once: called text by text they took two thirds of the time of mojibake.
"""

# mypy: disable-error-code="assignment, no-any-return"

import numpy as np

from newsclean.compilation import Column, Table, kernel
from newsclean.damage.codepoints import Codes
from newsclean.damage.mojibake._codepage_selection import agree, choose_runs
from newsclean.damage.mojibake._confidence import weigh
from newsclean.damage.mojibake._layer import decode_runs, splice
from newsclean.damage.mojibake.columns import (
    Attempt,
    Attempts,
    Choice,
    CodePageTables,
    DecodedRuns,
    Doubts,
    LikelyRuns,
    Made,
    Scores,
    Span,
    Splice,
    Spliced,
    Task,
    Texts,
    Weights,
)
from newsclean.damage.screening.columns import Run

SPLICE_COLUMNS = len(Splice)


@kernel(entry=True, interpreted=True)
def read_runs(
    texts: Texts, likely: LikelyRuns, attempts: Attempts, values: Table[np.int64], favour: int, codepages:
    CodePageTables, choice: Choice, runs: DecodedRuns,
) -> None:  # fmt: skip
    """Choose the runs of each task and read them: fills `attempts.found` and `runs`.

    `values` as of `worthwhile_codepages`; `favour` is added to that of the code page of a task.
    """
    end, at = 0, 0
    for task in range(len(attempts.tasks)):
        text, main = attempts.tasks[task, Task.TEXT], attempts.tasks[task, Task.CODEPAGE]
        own = texts.codes[texts.places[text, 0] : texts.places[text, 1]]
        for codepage in range(len(choice.value)):
            choice.value[codepage] = values[text, codepage] + (favour if codepage == main else 0)
        first = end
        end = choose_runs(likely, text, choice, runs, first)
        like = same_attempt(own, attempts, task, runs, first, end, codepages)
        start, ambiguous = at, False
        if like < 0:
            at = decode_runs(own, runs, first, end, codepages.units, at)
            ambiguous = is_ambiguous(own, runs, first, end, codepages.ambiguous)
        attempts.found[task, Attempt.FIRST], attempts.found[task, Attempt.LAST] = first, end
        attempts.found[task, Attempt.READ_FROM], attempts.found[task, Attempt.READ_TO] = start, at
        attempts.found[task, Attempt.SAME_AS], attempts.found[task, Attempt.AMBIGUOUS] = like, ambiguous


@kernel(interpreted=True)
def same_attempt(
    codes: Codes, attempts: Attempts, task: int, runs: DecodedRuns, first: int, end: int, codepages: CodePageTables
) -> int:
    """An earlier task of the same text whose runs are and mean the same as those from number `first` to `end`; else
    -1."""
    text, main = attempts.tasks[task, Task.TEXT], attempts.tasks[task, Task.CODEPAGE]
    other = task
    while other > 0 and attempts.tasks[other - 1, Task.TEXT] == text:
        other -= 1
    while other < task:
        codepage, begin = attempts.tasks[other, Task.CODEPAGE], attempts.found[other, Attempt.FIRST]
        as_many = attempts.found[other, Attempt.LAST] - begin == end - first
        alike = (
            attempts.found[other, Attempt.SAME_AS] < 0
            and codepages.alike[codepage] == codepages.alike[main]
            and as_many
        )
        if alike and agree(codes, runs.rows, first, end, begin, (main, codepage), codepages.units):
            return other
        other += 1
    return -1


@kernel(interpreted=True)
def is_ambiguous(codes: Codes, runs: DecodedRuns, first: int, end: int, ambiguous: Column[np.int64]) -> bool:
    """Whether windows-1252 fills a byte in runs of a code page in which one of their characters stands for two
    bytes."""
    filled, doubled = 0, 0
    for k in range(first, end):
        bit = 1 << runs.rows[k, Run.CODEPAGE]
        filled |= bit if runs.spans[k, Span.FILLED] else 0
        for i in range(runs.rows[k, Run.START], runs.rows[k, Run.END]):
            doubled |= ambiguous[codes[i]] & bit if codes[i] < 65536 else 0
    return (filled & doubled) != 0


@kernel(entry=True, interpreted=True)
def weigh_runs(
    texts: Texts, attempts: Attempts, runs: DecodedRuns, known: Weights, room: Doubts, scores: Scores
) -> None:
    """Fill in how sure each run of each task is. Those of tasks that mean the same as an earlier one are not looked at
    again."""
    for task in range(len(attempts.tasks)):
        begin, stop = attempts.found[task, Attempt.FIRST], attempts.found[task, Attempt.LAST]
        if attempts.found[task, Attempt.SAME_AS] >= 0:
            for k in range(begin, stop):
                scores.values[min(k, len(scores.values) - 1), 0], scores.sure[k] = 0.0, -1.0
            continue
        text = attempts.tasks[task, Task.TEXT]
        own = texts.codes[texts.places[text, 0] : texts.places[text, 1]]
        weigh(own, runs, begin, stop, known, room, scores)


@kernel(entry=True, interpreted=True)
def splice_runs(
    texts: Texts, attempts: Attempts, runs: DecodedRuns, sure: Column[np.float64], threshold: float, out: Spliced
) -> int:
    """Write to `out` the texts that tasks make where their runs are sure enough; returns how many they are. Tasks of
    one text write the same text once. `sure` is how sure each of the decoded runs is."""
    count, made = 0, 0
    out.ends[0] = 0
    for task in range(len(attempts.tasks)):
        text, like, first, gain = attempts.tasks[task, Task.TEXT], attempts.found[task, Attempt.SAME_AS], count, 0
        if like >= 0:
            count = repeat_runs(attempts, task, like, sure, out, count)
            number, gain = out.made[like, Made.TEXT], out.made[like, Made.GAIN]
        else:
            begin, stop = attempts.found[task, Attempt.FIRST], attempts.found[task, Attempt.LAST]
            for k in range(begin, stop):
                gain += runs.rows[k, Run.GAIN] if sure[k] >= threshold else 0
            own = texts.codes[texts.places[text, 0] : texts.places[text, 1]]
            count, end = splice(own, runs, (begin, stop), sure, threshold, out, out.ends[made], count)
            number = same_text(attempts, task, out, made, end) if count > first else -1
            if number == made:
                made += 1
                out.ends[made] = end
        out.made[task, Made.FIRST], out.made[task, Made.LAST] = first, count
        out.made[task, Made.TEXT], out.made[task, Made.GAIN] = number, gain
    return made


@kernel(interpreted=True)
def repeat_runs(attempts: Attempts, task: int, like: int, sure: Column[np.float64], out: Spliced, count: int) -> int:
    """Copy the decoded runs of the task `like` as those of another one, in its code page; returns how many there are
    then."""
    codepage, other = attempts.tasks[task, Task.CODEPAGE], attempts.tasks[like, Task.CODEPAGE]
    for k in range(out.made[like, Made.FIRST], out.made[like, Made.LAST]):
        for j in range(SPLICE_COLUMNS):
            out.runs[count, j] = out.runs[k, j]
        if out.runs[k, Splice.CODEPAGE] == other:
            out.runs[count, Splice.CODEPAGE] = codepage
        sure[count] = sure[k]
        count += 1
    return count


@kernel(interpreted=True)
def same_text(attempts: Attempts, task: int, out: Spliced, made: int, end: int) -> int:
    """The number of the text that another task of the same text made and that is the same as the new one. The new one
    ends at `end`. If there is none, `made`."""
    number, other, text = made, task, attempts.tasks[task, Task.TEXT]
    while other > 0 and attempts.tasks[other - 1, Task.TEXT] == text:
        other -= 1
        earlier = out.made[other, Made.TEXT]
        size = end - out.ends[made]
        same = earlier >= 0 and out.ends[earlier + 1] - out.ends[earlier] == size
        i = 0
        while same and i < size:
            same = out.codes[out.ends[earlier] + i] == out.codes[out.ends[made] + i]
            i += 1
        number = earlier if same else number
    return number
