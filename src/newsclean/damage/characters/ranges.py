"""Ranges of Unicode, as in the brackets of a regular expression."""

import re

JOINING_SCRIPTS = (  # scripts whose spelling needs zero-width joiners and non-joiners, by the ranges of their blocks
    "\u0600-\u08ff\u0900-\u0dff\u0e00-\u0fff\u1000-\u109f\u1700-\u18af\u1900-\u1cff\ua800-\uabff\ufb1d-\ufdff\ufe70-\ufefe"
    "\U00010a00-\U00011fff\U0001e900-\U0001e95f"
)
UNSPACED_SCRIPTS = "\u0e00-\u0fff\u1000-\u109f\u1700-\u17ff\u1900-\u1aff\ua900-\uaadf"  # Thai, Lao, Tibetan, Khmer …
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]")
EAST_ASIAN = "\u2e80-\ud7ff\ue000-\ufaff\uff00-\uffff"
EMOJI_PART = "\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0e\ufe0f\u20e3\U0001f000-\U0001ffff"
JOINERS = JOINING_SCRIPTS + EMOJI_PART
