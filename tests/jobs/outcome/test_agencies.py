"""Agencies by number of the document."""

import numpy as np

from newsclean.jobs.outcome import Agencies


def test_a_cluster_has_the_agency_that_its_members_name_if_they_name_but_one() -> None:
    agencies = Agencies(5)
    agencies.put(0, ["AFP", None])
    agencies.put(2, ["dpa", None, "AFP"])
    assert agencies.of(np.array([0, 1, 4])) == "AFP"
    assert agencies.of(np.array([1, 2])) == "dpa"
    assert agencies.of(np.array([0, 2])) is None
    assert agencies.of(np.array([1, 3])) is None
