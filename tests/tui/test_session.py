"""The session without a screen: answering, undo, moving, live scores."""

from collections.abc import Iterable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.errors import UsageError
from cxmaturity.model.engagement import Evidence
from cxmaturity.tui.questions import options_of, written_number
from cxmaturity.tui.session import Session
from cxmaturity.workbench.questions import Question
from tests.tui.engagements import DATE, new_session, open_session


@pytest.fixture
def session(tmp_path):
    return new_session(tmp_path / "acme")


def paths(questions: Iterable[Question]) -> list[str]:
    return [question.path for question in questions]


def test_facts_stand_before_the_indicators_they_may_decide(session):
    assert paths(session.questions) == [
        "fact.funded", "fact.budget",
        "fact.motto", "fact.tools", "care.listen", "care.rhythm", "care.habits",
        "speed.days", "speed.promise",
    ]  # fmt: skip
    assert session.numbers["fact.funded"] == 1
    assert session.place == "fact.funded"


def test_the_digit_of_a_ladder_is_the_level_itself(session):
    options = options_of(session.question("care.listen"))
    assert [(option.key, option.raw) for option in options] == [(str(n), n) for n in range(5)]


def test_other_options_are_numbered_and_many_get_letters(session):
    assert [o.key for o in options_of(session.question("care.rhythm"))] == ["1", "2"]
    assert "".join(o.key for o in options_of(session.question("fact.tools"))) == "abcdefghijkl"


@pytest.mark.parametrize(
    ("path", "raw", "stored"),
    [
        ("care.listen", 3, 3),
        ("care.rhythm", "weekly", "weekly"),
        ("care.habits", ("visits", "thanks"), ("thanks", "visits")),
        ("care.habits", (), ()),
        ("speed.days", Decimal("2.5"), Decimal("2.5")),
        ("fact.funded", "yes", True),
        ("fact.motto", "Käy päin!", "Käy päin!"),
    ],
)
def test_every_kind_is_answered_and_comes_back_from_the_disk(session, path, raw, stored):
    session.answer(path, raw)
    assert session.rating(path).value == stored
    assert session.save_now().kind == "saved"
    again = open_session(session.folder.path).rating(path)
    assert again.value == stored
    assert again.when == DATE


@pytest.mark.parametrize(("path", "raw"), [("care.listen", 5), ("speed.days", 101)])
def test_what_is_not_allowed_changes_nothing(session, path, raw):
    with pytest.raises(ValueError, match="from 0 to"):
        session.answer(path, raw)
    assert session.rating(path).value is None
    assert not session.can_undo


@pytest.mark.parametrize(
    ("text", "number"),
    [("2", 2), ("2,5", Decimal("2.5")), ("1 000", 1000), ("-0.5", Decimal("-0.5")), ("3.0", 3)],
)
def test_numbers_are_written_as_people_write_them(text, number):
    assert written_number(text) == number


@pytest.mark.parametrize("text", ["", "two", "1,2,3", "nan", "inf", "1e99"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError, match="number"):
        written_number(text)


def test_not_applicable_unknown_and_clear(session):
    session.not_applicable("care.listen", "out_of_scope")
    session.unknown("care.rhythm")
    assert session.rating("care.listen").value == "na:out_of_scope"
    assert session.rating("care.rhythm").value == "unknown"
    session.clear("care.listen")
    assert session.rating("care.listen").value is None


def test_clearing_an_answer_keeps_its_note_and_flag(session):
    session.answer("care.listen", 2)
    session.note("care.listen", "ask again")
    session.flag("care.listen")
    session.clear("care.listen")
    assert session.rating("care.listen").note == "ask again"
    assert session.rating("care.listen").flag


def test_undo_and_redo_go_across_questions(session):
    session.answer("care.listen", 2)
    session.answer("care.listen", 4)
    session.answer("fact.funded", "yes")
    assert session.undo() == "fact.funded"
    assert session.undo() == "care.listen"
    assert session.rating("care.listen").value == 2
    assert session.redo() == "care.listen"
    assert session.rating("care.listen").value == 4
    session.note("care.rhythm", "new")
    assert session.redo() is None, "what was undone is gone once something new is done"


def test_the_same_answer_again_is_no_change(session):
    session.answer("care.listen", 2)
    session.answer("care.listen", 2)
    assert session.undo() == "care.listen"
    assert session.undo() is None


def test_evidence_is_kept_and_never_of_the_future(session):
    session.set_evidence("care.listen", Evidence(grade="documented", reference="minutes"))
    assert session.undo() == "care.listen"
    assert session.evidence("care.listen") is None
    late = Evidence(grade="documented", date=DATE.replace(year=2027))
    with pytest.raises(UsageError, match="younger"):
        session.set_evidence("care.listen", late)
    assert session.evidence("care.listen") is None


def test_conditional_questions_come_and_go_without_losing_answers(session):
    assert "fact.budget" in paths(session.asked()), "open until it is known to be off"
    session.answer("fact.budget", 100)
    session.answer("fact.funded", "no")
    assert "fact.budget" not in paths(session.asked())
    assert session.rating("fact.budget").value == 100
    session.answer("fact.funded", "yes")
    assert "fact.budget" in paths(session.asked())


def test_moving_skips_what_is_not_asked_and_stops_at_the_ends(session):
    session.answer("fact.funded", "no")
    assert session.step(1) == "fact.motto"
    assert session.step(-1) == "fact.funded"
    assert session.step(100) == "speed.promise"
    assert session.step_group(1) == "fact.motto"
    session.place = "care.rhythm"
    assert session.step_group(-1) == "fact.motto"
    assert session.step_group(1) == "speed.days"


def test_moving_on_from_a_question_that_is_no_longer_asked(session):
    session.place = "fact.budget"
    session.answer("fact.funded", "no")
    assert session.step(1) == "fact.motto"
    assert session.step(-1) == "fact.funded"


def test_the_next_open_question_goes_round(session):
    for path in paths(session.questions):
        if path not in {"fact.funded", "care.rhythm"}:
            session.unknown(path)
    session.place = "care.rhythm"
    assert session.next_open() == "fact.funded"
    session.unknown("fact.funded")
    assert session.next_open() == "care.rhythm"
    session.unknown("care.rhythm")
    assert session.next_open() is None


def test_progress_counts_what_is_asked(session):
    assert session.progress() == (0, 9)
    session.answer("fact.funded", "no")
    assert session.progress() == (1, 8)
    assert session.progress("care") == (0, 5)


def test_scores_follow_every_answer(session):
    assert session.live.standing("care").score is None
    session.answer("care.listen", 3)
    session.answer("care.rhythm", "weekly")
    standing = session.live.standing("care")
    assert standing.score == 3_500_000
    assert (standing.low, standing.high) == (2_333_333, 3_666_667)
    assert session.live.phase == "first"
    assert session.scorecard().dimensions["care"].score == 3.5
    assert session.scorecard().trace is not None
    session.undo()
    assert session.live.standing("care").score is None


_PATHS = ["care.listen", "care.rhythm", "fact.funded", "speed.days"]
_DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("answer"), st.sampled_from(_PATHS), st.integers(0, 4)),
        st.tuples(
            st.sampled_from(["unknown", "clear", "flag"]), st.sampled_from(_PATHS), st.just(0)
        ),
        st.tuples(st.sampled_from(["undo", "redo"]), st.just(""), st.just(0)),
    ),
    max_size=25,
)


@pytest.fixture(scope="module")
def worked_on(tmp_path_factory):
    return new_session(tmp_path_factory.mktemp("history") / "acme")


@given(deeds=_DEEDS)
def test_undoing_everything_brings_back_what_was(worked_on, deeds):
    session: Session = worked_on
    before, states = session.folder, []
    for deed, path, value in deeds:
        if deed == "answer":
            options = options_of(session.question(path))
            session.answer(path, options[value % len(options)].raw if options else value)
        elif deed in {"undo", "redo"}:
            getattr(session, deed)()
        else:
            getattr(session, deed)(path)
        states.append((session.folder.assessor, session.folder.engagement))
    while session.undo():
        assert session.can_redo
    assert (session.folder.assessor, session.folder.engagement) == (
        before.assessor,
        before.engagement,
    )
    while session.redo():
        assert session.can_undo
    while session.undo():
        assert session.can_redo
    session.save_now()
    on_disk = open_session(session.folder.path).folder
    assert (on_disk.assessor, on_disk.engagement) == (before.assessor, before.engagement)
