"""Kernels: the cheapest way to read a line in which UTF-8 units may have lost or changed bytes: a beam search."""

# mypy: disable-error-code="assignment, no-any-return"

import numpy as np

from newsclean.compilation import Column, Table, kernel
from newsclean.damage.codepoints import NEW_LINE, Codes
from newsclean.damage.lossy.byte_forms import JOINED
from newsclean.damage.lossy.columns import (
    Absent,
    Beam,
    ByteForms,
    Chain,
    DecodedUnit,
    Form,
    Head,
    Hypothesis,
    Option,
    Partial,
    Slot,
    UnitRoom,
)
from newsclean.damage.models.bigrams import UNIT, Model, cost, searched_cost

BEAM = 8  # last characters kept at each place
EFFORT = 25_000  # steps of one search; a line that needs more is left as it is
MOST_OPTIONS = 96  # decodings of one unit that are considered
STACK = 1024  # unfinished decodings of one unit: 3 times what may follow, some 250; more are not considered
STRINGS = 0x110000  # from here on, numbers of changed case that is more than one character
HYPOTHESIS_COLUMNS = len(Hypothesis)


@kernel(interpreted=True, inline=True)
def price(model: Model, left: int, right: int) -> float:
    """Cost in nats of a code point after another; dear ones are not capped at 255 units as those of `cost` are."""
    units = 0 + cost(model, left, right)
    return (units if units < 255 else searched_cost(model, model.symbol[left], model.symbol[right])) * UNIT


@kernel(interpreted=True, inline=True)
def stands(codes: Codes, at: int, length: int, tails: Column[np.uint32], tail: int) -> bool:
    """Whether a form of a byte stands at a place, where its first character does."""
    same = at + length <= len(codes)
    for j in range(1, length):
        same = same and codes[at + j] == tails[tail + j - 1]
    return same


@kernel(entry=True, interpreted=True)
def read_unit(codes: Codes, i: int, forms: ByteForms, room: UnitRoom) -> int:
    """Where a unit that begins at i may end and what character it may be (`room.options`), and the penalty in nats;
    returns how many."""
    count, here = 0, forms.number[codes[i]]
    stack, owed = room.stack, room.owed
    for k in range(forms.heads[here, Head.LEADS], forms.heads[here + 1, Head.LEADS]):
        length, lead = int(forms.leads[k, Form.LENGTH]), int(forms.leads[k, Form.BYTE])
        if not stands(codes, i, length, forms.tails, int(forms.leads[k, Form.TAIL])):
            continue
        need = 1 + (lead >= 0xE0) + (lead >= 0xF0)
        least = 0x80 if need == 1 else 0x800 if need == 2 else 0x10000
        stack[0, Partial.AT], stack[0, Partial.LEFT] = i + length, need
        stack[0, Partial.VALUE], stack[0, Partial.GONE] = lead & 0x3F >> need, 0
        owed[0], top = forms.leads[k, Form.PENALTY], 1
        while top > 0 and count < MOST_OPTIONS:
            top -= 1
            if stack[top, Partial.LEFT] == 0:
                value, gone = stack[top, Partial.VALUE], stack[top, Partial.GONE]
                if least <= value < len(forms.assigned) and (
                    forms.assigned[value] == 1 or (forms.assigned[value] == 2 and gone == 0)
                ):
                    room.options[count, Option.END], room.prices[count] = stack[top, Partial.AT], owed[top]
                    room.options[count, Option.READ] = forms.cased[value] if value < len(forms.cased) else value
                    count += 1
                continue
            top = push_continuations(codes, forms, room, top)
    return without_cut(forms, room, count)


@kernel(interpreted=True, inline=True)
def without_cut(forms: ByteForms, room: UnitRoom, count: int) -> int:
    """Of `count` readings of a unit, leave out those that end before an intact one does; returns how many are left.
    `Â»` is no `Â` that lost its no-break space. Where case was changed, an intact unit may be one by chance."""
    whole = -1
    for k in range(count if len(forms.cased) == 0 else 0):
        if room.prices[k] == 0:
            whole = max(whole, room.options[k, Option.END])
    left = 0
    for k in range(count):
        if room.options[k, Option.END] >= whole:
            room.options[left, Option.END] = room.options[k, Option.END]
            room.options[left, Option.READ], room.prices[left] = room.options[k, Option.READ], room.prices[k]
            left += 1
    return left


@kernel(interpreted=True, inline=True)
def push_continuations(codes: Codes, forms: ByteForms, room: UnitRoom, top: int) -> int:
    """Replace the unfinished reading at `top` by those with one byte more; returns the new top."""
    stack, owed = room.stack, room.owed
    at, left, value = stack[top, Partial.AT], stack[top, Partial.LEFT], stack[top, Partial.VALUE]
    gone, penalty = stack[top, Partial.GONE], owed[top]
    following = codes[at] if at < len(codes) else 0
    there = forms.number[following] if following < len(forms.number) else 0
    for row in range(forms.heads[there, Head.CONTINUATIONS], forms.heads[there + 1, Head.CONTINUATIONS]):
        length = int(forms.continuations[row, Form.LENGTH])
        if top < STACK and stands(codes, at, length, forms.tails, int(forms.continuations[row, Form.TAIL])):
            stack[top, Partial.AT], stack[top, Partial.LEFT] = at + length, left - 1
            stack[top, Partial.VALUE] = value << 6 | int(forms.continuations[row, Form.BYTE])
            stack[top, Partial.GONE] = gone
            owed[top] = penalty + forms.continuations[row, Form.PENALTY]
            top += 1
    if gone == 0:
        for row in range(min(len(forms.absent), STACK - top)):
            stack[top, Partial.AT], stack[top, Partial.LEFT], stack[top, Partial.GONE] = at, left - 1, 1
            stack[top, Partial.VALUE] = value << 6 | int(forms.absent[row, Absent.BITS])
            joined = forms.absent[row, Absent.BLANK] > 0 and following == 32
            owed[top] = penalty + (JOINED if joined else forms.absent[row, Absent.PENALTY])
            top += 1
    return top


@kernel(interpreted=True, inline=True)
def begins_form(forms: ByteForms, code: int) -> bool:
    """Whether a form of a lead byte begins with a character."""
    if code >= len(forms.number):
        return False
    here = forms.number[code]
    return forms.heads[here + 1, Head.LEADS] > forms.heads[here, Head.LEADS]


@kernel(entry=True, interpreted=True)
def has_unit(codes: Codes, forms: ByteForms, room: UnitRoom) -> bool:
    """Whether any unit may begin in a line. Of text that was misread once, hardly any line has one for two code pages,
    and a search would cost ten times as much."""
    found, i = 0, 0
    while found == 0 and i < len(codes):
        found = read_unit(codes, i, forms, room) if begins_form(forms, codes[i]) else 0
        i += 1
    return found > 0


@kernel(entry=True, interpreted=True)
def lossy_unit(
    codes: Codes, units: Table[np.int64], forms: ByteForms, number: int, least: float, room: UnitRoom
) -> int:
    """The first of some `units` (columns: `DecodedUnit`), from `number` on, of which a byte was changed or lost. Such a
    unit has no reading at a penalty below `least`. If there is none, the number of units."""
    for k in range(number, len(units)):
        count = read_unit(codes, units[k, DecodedUnit.START], forms, room)
        lost = True
        for j in range(count):
            other = room.options[j, Option.END] != units[k, DecodedUnit.END]
            other = other or room.options[j, Option.READ] != units[k, DecodedUnit.READ]
            lost = lost and (other or room.prices[j] >= least)
        if lost:
            return k
    return len(units)


@kernel(entry=True, interpreted=True)
def cheapest(codes: Codes, model: Model, forms: ByteForms, beam: Beam, room: UnitRoom) -> int:
    """The number of the last hypothesis of the cheapest way through a line, -1 if that takes more than EFFORT steps."""
    for j in range(HYPOTHESIS_COLUMNS):
        beam.states[0, j] = 0
    beam.states[0, Hypothesis.READ], beam.states[0, Hypothesis.LAST] = NEW_LINE, NEW_LINE
    beam.states[0, Hypothesis.PARENT] = -1
    beam.paid[0] = 0.0
    beam.slots[0, Slot.HYPOTHESIS], beam.slots[0, Slot.NEXT], beam.slots[0, Slot.TAKEN] = 0, 0, 0
    beam.ends[0, Chain.FIRST], beam.ends[0, Chain.LAST] = 1, 1
    made, filled, effort = 1, 1, EFFORT
    for i in range(len(codes) + 1):
        options = 0  # beside that of keeping the character
        if i < len(codes) and begins_form(forms, codes[i]):
            options = read_unit(codes, i, forms, room)
        size, slot = 0, beam.ends[i, Chain.FIRST]
        while slot:
            size, slot = size + 1, beam.slots[slot - 1, Slot.NEXT]
        effort -= min(size, BEAM) * (options + 1)
        if i == len(codes):
            break
        if effort < 0:
            return -1
        slot = beam.ends[i, Chain.FIRST]
        for _ in range(min(size, BEAM)):
            if size > BEAM:
                slot = take_cheapest(beam, i)
            state, slot = beam.slots[slot - 1, Slot.HYPOTHESIS], beam.slots[slot - 1, Slot.NEXT]
            for k in range(options + 1):
                made, filled = extend(codes, model, forms, beam, room, (state, i, k), made, filled)
    return cheapest_end(model, beam, len(codes))


@kernel(interpreted=True, inline=True)
def take_cheapest(beam: Beam, place: int) -> int:
    """Take the cheapest hypothesis at a place that is left, and of those the first; returns its slot."""
    best, other = 0, beam.ends[place, Chain.FIRST]
    while other:
        slot = other - 1
        own = beam.paid[beam.slots[slot, Slot.HYPOTHESIS]]
        cheaper = best == 0 or own < beam.paid[beam.slots[best - 1, Slot.HYPOTHESIS]]
        if beam.slots[slot, Slot.TAKEN] == 0 and cheaper:
            best = other
        other = beam.slots[slot, Slot.NEXT]
    beam.slots[best - 1, Slot.TAKEN] = 1
    return best


@kernel(interpreted=True, inline=True)
def extend(
    codes: Codes, model: Model, forms: ByteForms, beam: Beam, room: UnitRoom, step: tuple[int, int, int], made: int,
    filled: int,
) -> tuple[int, int]:  # fmt: skip
    """Go on from a hypothesis at a place by an option (0: the character as it stands): returns the numbers of
    hypotheses and of slots. Of those that end alike only the cheapest is kept."""
    state, place, k = step
    end, read, penalty = place + 1, int(codes[place]), 0.0
    if k:
        end, read, penalty = room.options[k - 1, Option.END], room.options[k - 1, Option.READ], room.prices[k - 1]
    last = read if read < STRINGS else int(forms.strings[read - STRINGS, 0])
    spent = price(model, beam.states[state, Hypothesis.LAST], last)
    for j in range(1, 3):
        if read >= STRINGS and forms.strings[read - STRINGS, j]:
            spent += price(model, last, forms.strings[read - STRINGS, j])
            last = int(forms.strings[read - STRINGS, j])
    total = beam.paid[state] + penalty + spent
    old = find_hypothesis(beam, end, last)
    if old and total >= beam.paid[beam.slots[old - 1, Slot.HYPOTHESIS]]:
        return made, filled
    beam.states[made, Hypothesis.READ], beam.states[made, Hypothesis.LAST] = read, last
    beam.states[made, Hypothesis.START], beam.states[made, Hypothesis.DECODED] = place, k > 0
    beam.states[made, Hypothesis.PARENT], beam.paid[made] = state, total
    if old == 0:
        filled += 1
        old = filled
        append_slot(beam, end, old)
    beam.slots[old - 1, Slot.HYPOTHESIS] = made
    return made + 1, filled


@kernel(interpreted=True, inline=True)
def find_hypothesis(beam: Beam, place: int, last: int) -> int:
    """The slot of the hypothesis that ends at a place with a code point; 0 if there is none."""
    slot = beam.ends[place, Chain.FIRST]
    while slot and beam.states[beam.slots[slot - 1, Slot.HYPOTHESIS], Hypothesis.LAST] != last:
        slot = beam.slots[slot - 1, Slot.NEXT]
    return slot


@kernel(interpreted=True, inline=True)
def append_slot(beam: Beam, place: int, slot: int) -> None:
    """Append a new slot to the list of a place."""
    beam.slots[slot - 1, Slot.NEXT], beam.slots[slot - 1, Slot.TAKEN] = 0, 0
    if beam.ends[place, Chain.FIRST]:
        beam.slots[beam.ends[place, Chain.LAST] - 1, Slot.NEXT] = slot
    else:
        beam.ends[place, Chain.FIRST] = slot
    beam.ends[place, Chain.LAST] = slot


@kernel(interpreted=True)
def cheapest_end(model: Model, beam: Beam, place: int) -> int:
    """The cheapest hypothesis that ends at the end of the line, a line feed behind it."""
    slot, best, least = beam.ends[place, Chain.FIRST], -1, 0.0
    while slot:
        state = beam.slots[slot - 1, Slot.HYPOTHESIS]
        total = beam.paid[state] + price(model, beam.states[state, Hypothesis.LAST], NEW_LINE)
        if best < 0 or total < least:
            best, least = state, total
        slot = beam.slots[slot - 1, Slot.NEXT]
    return best


@kernel(entry=True, interpreted=True)
def decoded_units(states: Table[np.int64], state: int, end: int, out: Table[np.int64]) -> int:
    """The decoded units on the way to `state`, where a line ends, the last one first (columns: `DecodedUnit`); returns
    how many."""
    count = 0
    while state > 0:
        if states[state, Hypothesis.DECODED]:
            out[count, DecodedUnit.READ] = states[state, Hypothesis.READ]
            out[count, DecodedUnit.START], out[count, DecodedUnit.END] = states[state, Hypothesis.START], end
            count += 1
        end, state = states[state, Hypothesis.START], states[state, Hypothesis.PARENT]
    return count
