"""A slow and obvious search for damaged units: every way through a line, by recursion."""

import functools

from newsclean.damage.lossy.byte_forms import JOINED, Reading
from newsclean.damage.models.bigrams import pair_cost


def unit_options(line: str, start: int, how: Reading) -> dict[tuple[int, str], float]:
    """Where a unit that begins at `start` may end, what it may mean, and the least penalty. None ends before an intact
    one does, if case was not changed."""
    found: dict[tuple[int, str], float] = {}

    def extend(at: int, data: bytes, left: int, gone: bool, penalty: float) -> None:
        if left == 0:
            try:
                meaning = data.decode("utf-8")
            except UnicodeDecodeError:
                return
            key = (at, meaning)
            found[key] = min(penalty, found.get(key, 99.0))
            return
        for form, bytes_ in how.continuations.items():
            if line.startswith(form, at):
                for byte, more in bytes_:
                    extend(at + len(form), data + bytes([byte]), left - 1, gone, penalty + more)
        if not gone:
            for byte, more in how.absent:
                if byte in how.blanks and line.startswith(" ", at):
                    more = JOINED
                extend(at, data + bytes([byte]), left - 1, True, penalty + more)

    for form, bytes_ in how.leads.items():
        if line.startswith(form, start):
            for byte, penalty in bytes_:
                extend(start + len(form), bytes([byte]), 1 + (byte >= 0xE0) + (byte >= 0xF0), False, penalty)
    intact = [end for (end, _), penalty in found.items() if penalty == 0 and not how.case]
    return {key: penalty for key, penalty in found.items() if key[0] >= max(intact, default=0)}


def least_cost(line: str, how: Reading) -> float:
    """What the cheapest way through a line costs (nats), a line feed before and behind it."""

    @functools.cache
    def rest(at: int, left: str) -> float:
        if at == len(line):
            return pair_cost(ord(left), 10)
        best = pair_cost(ord(left), ord(line[at])) + rest(at + 1, line[at])
        for (end, meaning), penalty in unit_options(line, at, how).items():
            best = min(best, penalty + pair_cost(ord(left), ord(meaning)) + rest(end, meaning))
        return best

    return rest(0, "\n")
