"""Kernel: the lines of a text, which are repaired one by one."""

# mypy: disable-error-code="assignment"
from typing import Any  # numba unifies the kinds of integers that a variable takes; mypy cannot know

from newsclean.damage.search import CODES_TYPE
from newsclean.kernels import kernel


@kernel(f"int64({CODES_TYPE}, int64[:, ::1], uint8[::1], int64, int64[:, ::1])", interpreted=True)
def pieces(codes: Any, spans: Any, starts: Any, longest: int, out: Any) -> int:
    """Where the lines of a text end, long ones in pieces of at most `longest` code points that end with a space if they
    can, and none inside one of `spans` (start and end before and after decoding); returns their number.

    A row of `out` becomes the end before and after decoding, how many spans end before that, and whether a character
    of `starts` stands outside of the spans in a line that has some.
    """
    start, span, shift, count = 0, 0, 0, 0
    while start < len(codes):
        end, space, first = start, 0, span
        while end < len(codes) and end < start + longest and (end == start or codes[end - 1] != 10):
            end += 1
            if codes[end - 1] == 32 and end > start + longest // 2:
                space = end
        if codes[end - 1] != 10 and end < len(codes) and space:
            end = space
        while span < len(spans) and spans[span, 0] < end:
            end = max(end, spans[span, 1])
            shift = spans[span, 3] - spans[span, 1]
            span += 1
        bare, k = 0, first
        for i in range(start, end):
            if first < span and codes[i] < len(starts) and starts[codes[i]]:
                while k < span and spans[k, 1] <= i:
                    k += 1
                if k == span or i < spans[k, 0]:
                    bare = 1
                    break
        out[count, 0], out[count, 1], out[count, 2], out[count, 3] = end, end + shift, span, bare
        count += 1
        start = end
    return count
