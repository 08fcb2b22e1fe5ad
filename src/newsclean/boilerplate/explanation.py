"""Why a line went, in words."""

from collections.abc import Sequence

import numpy as np

from newsclean.boilerplate import tagger
from newsclean.boilerplate.breaks import restored
from newsclean.boilerplate.evidence import Context, Evidence, gather
from newsclean.boilerplate.lines import LineColumn, text_bounds
from newsclean.boilerplate.rules import NUMBER, RULES
from newsclean.edits import Edit

SAID = {  # what a feature is about; `{}` is its value
    "length": "is short or long (2^{} letters)",
    "score": "its wording is that of residue (score {})",
    "text_score": "the whole text reads like a page with residue (mean score {})",
    "run_score": "the lines around it are worded like residue (mean score {})",
    "score_near": "its neighbours are worded like residue (mean score {})",
    "score_after": "from here on the wording is that of residue (mean score {})",
    "score_before": "the lines above read like residue (mean score {})",
    "run": "it stands in a run of {} lines that are no paragraphs",
    "run_rules": "named rules hit {} lines of its run",
    "run_shared": "its run shares little with the article ({})",
    "run_ends": "few lines of its run end like sentences ({})",
    "run_caps": "most words of its run are capitalised ({})",
    "run_length": "the lines of its run are short (2^{} letters)",
    "shared": "it shares little with the article's paragraphs ({})",
    "themes": "it says little of what the paragraphs come back to ({})",
    "theme": "its weightiest word is not what the article is about ({})",
    "shared_near": "its neighbours share little with the article ({})",
    "shared_after": "what follows shares little with the article ({})",
    "until_prose": "no paragraph follows soon ({} lines)",
    "since_prose": "the last paragraph is {} lines above",
    "prose_after": "{} paragraphs follow",
    "prose_before": "{} paragraphs stand above",
    "prose_share_after": "little of what follows is paragraphs ({})",
    "prose_near": "few of its neighbours are paragraphs ({})",
    "share_before": "{} of the text stands above",
    "rules_before": "rules hit lines above ({} of them)",
    "rules_after": "rules hit lines below ({} of them)",
    "since_rule": "a rule hit {} lines above",
    "until_rule": "a rule hits {} lines below",
    "end": "it does not end like a sentence",
    "end_near": "few of its neighbours end like sentences ({})",
    "repeats": "the text has it {} more times",
    "capitalised": "{} of its words are capitalised",
    "digits": "{} of it are digits",
    "rule": "a rule knows its words",
    "echo": "{} of it stands above as well",
    "prose_since_head": "paragraphs since the head of other matter: {}",
    "since_comments": "comments begin {} lines above",
    "prose_length": "the paragraphs of the text have 2^{} letters",
    "spread": "the lines around it are of one length",
    "rough": "it is written carelessly ({} marks of it in a hundred words)",
    "rough_near": "its neighbours are written carelessly ({} marks of it in a hundred words)",
    "rough_below": "from here on the text is written carelessly ({} marks of it in a hundred words)",
    "rough_above": "what stands above is written more carefully ({} careless marks in a hundred words)",
    "calls": "it exclaims and asks ({} times in a hundred words)",
    "calls_near": "its neighbours exclaim and ask ({} times in a hundred words)",
    "calls_below": "from here on the text exclaims and asks ({} times in a hundred words)",
    "calls_above": "the text above hardly exclaims or asks ({} times in a hundred words)",
    "marks": "its quotation marks are not those of the text above (likeness {})",
    "marks_below": "the quotation marks from here on are not those of the text above (likeness {})",
    "dashes": "its dashes are not those of the text above ({} more a word)",
    "dashes_below": "the dashes from here on are not those of the text above ({} more a word)",
    "wide": "its accents or script are not those of the text above ({} more a letter)",
    "wide_below": "accents or script from here on are not those of the text above ({} more a letter)",
    "stamps_near": "{} dates or times stand near it",
    "names_below": "{} names or labels follow",
    "turns_below": "paragraphs below follow on names or dates ({} of them)",
    # What the first forest says of other lines: log-odds, above 0 if they are rather residue.
    "stacked_above_2": "the second line above is residue (log-odds {})",
    "stacked_above_1": "the line above is residue (log-odds {})",
    "stacked_below_1": "the line below is residue (log-odds {})",
    "stacked_below_2": "the second line below is residue (log-odds {})",
    "stacked_near": "its neighbours are residue (mean log-odds {})",
    "stacked_near_most": "one of its neighbours is residue (log-odds {})",
    "stacked_near_least": "none of its neighbours is surely article (least log-odds {})",
    "stacked_above": "what stands above is residue (mean log-odds {})",
    "stacked_below": "what follows is residue (mean log-odds {})",
    "stacked_text": "much of the text is residue (mean log-odds {})",
    "stacked_run": "its run is residue (mean log-odds {})",
    "stacked_run_most": "a line of its run is residue (log-odds {})",
    "stacked_run_least": "no line of its run is surely article (least log-odds {})",
    "stacked_doubt": "little of the text is in doubt ({})",
    "stacked_residue": "{} of the text is likely residue",
    "stacked_surest_other": "another line is surely residue (log-odds {})",
    "stacked_below_end": "the article seems to end above it ({})",
    "stacked_outside": "it stands outside the likeliest stretch of article ({})",
    "stacked_article_above": "2^{} letters of article stand above",
    "stacked_article_below": "2^{} letters of article follow",
    "stacked_residue_above": "2^{} letters of residue stand above",
    "stacked_residue_below": "2^{} letters of residue follow",
}


def explain(text: str, edits: Sequence[Edit], context: Context) -> list[tuple[Edit, tuple[str, ...]]]:
    """Each edit of `text` with its reasons: why the rule exists, or the three features that spoke loudest."""
    if not edits:
        return []
    judged: list[tuple[Evidence, dict[int, int]]] = []
    for read in dict.fromkeys([*restored([text]), text]):  # with the line breaks that it lost, and without
        evidence = gather([read], context, np.array([read != text]))
        judged.append(
            (evidence, {start: row for row, start in enumerate(evidence.lines.table[:, LineColumn.START].tolist())})
        )
    explained = []
    for edit in edits:
        start = edit.start + len(edit.before) - len(edit.before.lstrip())
        evidence, rows = next((each for each in judged if start in each[1]), judged[0])
        explained.append((edit, _reasons(edit.rule, evidence, rows.get(start))))
    return explained


def _reasons(rule: str, evidence: Evidence, row: int | None) -> tuple[str, ...]:
    if rule in NUMBER:
        described = RULES[NUMBER[rule]]
        return (f"{described.why} ({described.source})",)
    if row is None:
        return ()
    said = []
    batch = tagger.Batch(evidence.features, text_bounds(evidence.lines), evidence.length, evidence.found)
    for name, number, credit in tagger.reasons(batch, row):
        value = f"{number:.2f}".rstrip("0").rstrip(".")
        said.append(f"{SAID.get(name, name.replace('_', ' ') + ' = {}').format(value)} (+{credit:.1f})")
    return tuple(said)
