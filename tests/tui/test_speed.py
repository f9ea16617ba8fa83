"""The interface keeps up with its user, with room for a slow or busy machine."""

import pytest

from benchmarks.interface import measure

ROOM = 2.5
"""The goals are for a quiet machine; a test only has to notice when they are far away."""


@pytest.mark.slow
def test_start_and_keys_are_near_their_goals():
    found = list(measure(short=True))
    assert len(found) == 13
    slow = [m.row() for m in found if m.goal is not None and m.found > ROOM * m.goal]
    assert not slow
