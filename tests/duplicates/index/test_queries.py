"""Looking up postings; see test_postings.py for answers of whole indexes."""

import numpy as np

from newsclean.duplicates.index.queries import band_postings, term_orders, term_postings
from newsclean.duplicates.metadata import NO_DAY


def test_terms_are_in_order_of_key_and_day() -> None:
    terms = np.array([5, 5, 5, 6], np.uint32)
    days = np.array([NO_DAY, 100, 200, NO_DAY], np.int64)
    orders = term_orders(terms, days)
    assert (np.diff(orders.astype(np.int64)) > 0).all()


def test_postings_by_part() -> None:
    numbers = np.array([7, 9])
    bands = band_postings(np.array([[1, 2, 3], [4, 5, 6]], np.uint32), numbers)
    assert bands[0].tolist() == [1 << 32 | 7, 4 << 32 | 9]
    assert len(bands) == 3
    parts = term_postings(np.array([[16, 17], [32, 0]], np.uint32), np.array([1, 2], np.int32), numbers)
    assert [part["number"].tolist() for part in parts[:2]] == [[7, 9], [7]]
