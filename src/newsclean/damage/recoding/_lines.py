"""Kernel: the lines of a text, which are repaired one by one."""

# mypy: disable-error-code="assignment"

from typing import Any

from newsclean.damage.codepoints import CODES_TYPE
from newsclean.kernels import kernel


@kernel(
    f"int64({CODES_TYPE}, int64[::1], int64[:, ::1], int64[::1], int64[::1], int64, int64[:, ::1], int64[:, ::1])",
    interpreted=True,
)
def pieces(codes: Any, offsets: Any, spans: Any, starts: Any, leads: Any, longest: int, out: Any, texts: Any) -> int:
    """Where the lines of some texts end, long ones in pieces of at most `longest` code points that end with a space if
    they can, and none inside one of the `spans` of the text (start and end before and after decoding), which begin at
    `starts[text]`; returns their number.

    A row of `out` becomes the end before and after decoding, how many spans end before that, and the bits in `leads` of
    the characters outside of the spans. A row of `texts` becomes the number of lines so far, and whether one of the
    text was cut.
    """
    count = 0
    for text in range(len(texts)):
        first, span, shift, cut = offsets[text], starts[text], 0, 0
        length = offsets[text + 1] - first
        start = 0
        while start < length:
            end, space, own = start, 0, span
            while end < length and end < start + longest and (end == start or codes[first + end - 1] != 10):
                end += 1
                if codes[first + end - 1] == 32 and end > start + longest // 2:
                    space = end
            if codes[first + end - 1] != 10 and end < length and space:
                end = space
            while span < starts[text + 1] and spans[span, 0] < end:
                end = max(end, spans[span, 1])
                shift = spans[span, 3] - spans[span, 1]
                span += 1
            bits, i = 0, start
            while i < end:
                if own < span and spans[own, 0] == i:
                    i = spans[own, 1]
                    own += 1
                    continue
                c = codes[first + i]
                if 0x80 <= c < 0x10000:
                    bits |= leads[c]
                i += 1
            out[count, 0], out[count, 1], out[count, 2], out[count, 3] = end, end + shift, span - starts[text], bits
            count += 1
            cut |= end < length and codes[first + end - 1] != 10
            start = end
        texts[text, 0], texts[text, 1] = count, cut
    return count
