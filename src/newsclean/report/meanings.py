"""What rules and relations mean, in words for the page."""

import functools

from newsclean import boilerplate, damage

RELATIONS = {
    "identical": "the same words",
    "near_duplicate": "an edited copy",
    "contained": "contained in a longer one",
    "same_story": "independent reports on one event",
    "shared_boilerplate": "alike before cleaning only",
    "border_copy": "nearly copies, and not taken for them",
    "border_story": "nearly one story, and not taken for it",
    "repeated_id": "another record with that id",
}


@functools.cache
def _whys() -> dict[str, str]:
    rules: list[damage.Rule | boilerplate.Rule] = [*damage.RULES, *boilerplate.RULES]
    return {rule.name: rule.why for rule in rules}


def rule_meaning(rule: str) -> str:
    """What a rule says of what it changed; each of several that were joined by ` + `.

    >>> rule_meaning("utf-8>windows-1252")
    'written as utf-8, read as windows-1252'
    """
    return "; ".join(filter(None, map(_meaning, rule.split(" + "))))


def _meaning(rule: str) -> str:
    if rule in _whys():
        return _whys()[rule]
    if rule.startswith("tagger:"):
        return f"the tagger takes it for residue ({rule.removeprefix('tagger:').replace('-', ' ')})"
    if ">" in rule:
        written, *read = rule.split(">")
        return f"written as {written}, read as {', then as '.join(read)}"
    return ""
