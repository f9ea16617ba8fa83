"""Supposing changes nothing real; wanted levels become targets, the rest is named."""

from decimal import Decimal

import pytest

from cxmaturity.errors import CxError
from cxmaturity.tui.whatif import WhatIf
from tests.tui.engagements import new_session, open_session


@pytest.fixture
def session(tmp_path):
    found = new_session(tmp_path / "acme")
    found.answer("care.listen", 1)
    found.answer("care.rhythm", "yearly")
    found.answer("fact.funded", "no")
    found.save_now()
    return found


def test_a_supposed_answer_moves_the_copy_only(session):
    what_if = WhatIf(session)
    what_if.answer("care.listen", 4)
    what_if.answer("care.rhythm", "weekly")
    what_if.answer("fact.funded", "yes")
    assert (session.live.phase, what_if.live.phase) == ("first", "second")
    moved = {move.dimension: (move.real.score, move.supposed.score) for move in what_if.moves()}
    assert moved["care"] == (1_000_000, 4_000_000)
    assert session.rating("care.listen").value == 1
    assert session.start_saving() is None
    assert open_session(session.folder.path).rating("care.listen").value == 1


def test_every_supposition_is_listed_and_undone(session):
    what_if = WhatIf(session)
    what_if.answer("care.listen", 4)
    what_if.answer("fact.funded", "yes")
    what_if.suppose_grade("care.listen", "demonstrated")
    what_if.suppose_weight("care.listen", Decimal(3))
    assert [(s.kind, s.path) for s in what_if.suppositions()] == [
        ("answer", "fact.funded"),
        ("answer", "care.listen"),
        ("evidence", "care.listen"),
        ("weight", "care.listen"),
    ]
    assert what_if.live.standing("care").score == 3_250_000
    assert what_if.undo() == "care.listen"
    assert what_if.live.standing("care").score == 2_500_000
    what_if.drop()
    assert what_if.suppositions() == ()


def test_back_to_the_real_answer_is_no_supposition(session):
    what_if = WhatIf(session)
    what_if.answer("care.listen", 4)
    what_if.answer("care.listen", 1)
    assert what_if.suppositions() == ()


def test_only_levels_are_kept_as_targets(session):
    what_if = WhatIf(session)
    what_if.answer("care.listen", 4)
    what_if.answer("fact.funded", "yes")
    what_if.suppose_weight("care.listen", Decimal(3))
    kept, lost = what_if.keep_as_targets()
    assert [item.path for item in kept] == ["care.listen"]
    assert [item.kind for item in lost] == ["answer", "weight"]
    assert session.save_now().kind == "saved"
    assert open_session(session.folder.path).folder.engagement.targets == {"care.listen": 4_000_000}
    assert session.rating("fact.funded").value is False
    session.undo()
    assert session.folder.engagement.targets == {}


def test_a_weight_that_makes_no_sense_is_refused(session):
    what_if = WhatIf(session)
    with pytest.raises(CxError):
        what_if.suppose_weight("care.listen", Decimal(-1))
    assert what_if.suppositions() == ()
    assert what_if.live.standing("care").score == 1_000_000
