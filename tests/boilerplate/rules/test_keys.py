"""Keys are found at their first place, whatever else has the same prefix."""

import numpy as np

from newsclean.boilerplate.rules._keys import KEY, MIX, VALUE, extend, first_place, indexed, may_lead
from tests.boilerplate.rules import reference


def test_sequences_have_the_keys_of_the_reference() -> None:
    with np.errstate(over="ignore"):
        value = np.uint64(3) * MIX
    for word in (np.uint64(8), np.uint64(5), np.uint64(12)):
        value = extend(value, word)
    assert int(value) == reference.key([8, 5, 12], 3)


def test_all_keys_are_found_at_their_first_place_and_no_others() -> None:
    random = np.random.default_rng(0)
    keys = np.sort(random.integers(0, 1 << 64, 5_000, dtype=np.uint64) & ~np.uint64(1))
    keys[1_000:1_003] = keys[1_000]
    keys = np.sort(keys)
    leading = random.integers(0, 1 << 64, 500, dtype=np.uint64) | np.uint64(1)
    known = indexed(keys, leading, np.arange(len(keys), dtype=np.uint64))
    assert np.array_equal(known.table[known.table[:, VALUE] < len(keys), KEY], keys)
    for key in [*keys[::7].tolist(), *keys[-3:].tolist(), int(keys[1_000])]:
        assert may_lead(known, np.uint64(key))
        place = first_place(known, np.uint64(key))
        assert known.table[place, VALUE] == np.searchsorted(keys, np.uint64(key))
        assert first_place(known, np.uint64(key | 1)) == -1
    assert all(may_lead(known, np.uint64(key)) for key in leading.tolist())


def test_no_keys_are_none() -> None:
    known = indexed(*np.empty((3, 0), np.uint64))
    assert not may_lead(known, np.uint64(7))
    assert first_place(known, np.uint64(7)) == -1
