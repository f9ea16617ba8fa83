"""Clauses in words: every shape a rubric can write, holding, failing and open."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cxmaturity.model.exact import to_micro
from cxmaturity.model.scorecard import Clause, Operand
from cxmaturity.text.clauses import clause_words, worded
from cxmaturity.text.names import Names
from cxmaturity.text.numbers import exact_text

NAMES = Names(
    titles={
        "loop": {"en": "From feedback to action", "fi": "Palautteesta tekoihin"},
        "silos": {"en": "Silos", "fi": "Siilot"},
        "loop.weekly": {"en": "Weekly leading", "fi": "Viikkojohtaminen"},
        "fact.rhythm": {"en": "Rhythm"},
        "fact.used": {"en": "Measures in use"},
        "fact.log": {"en": "Action log"},
        "measure.nps": {"en": "NPS"},
        "condition.leak": {"en": "The vision leaks"},
    },
    phases={"awakening": {"en": "Awakening"}, "confusion": {"en": "Confusion"}},
    options={
        "fact.rhythm": {"monthly": {"en": "Monthly"}, "weekly": {"en": "Weekly"}},
        "fact.used": {"nps": {"en": "the NPS"}, "ces": {"en": "the CES"}},
    },
    places={"leader": {"en": "Top management"}},
)


def said(text: str, holds: bool | None, language: str = "en", **more: object) -> str:
    return clause_words(Clause(text, holds, **more), NAMES, language)  # type: ignore[arg-type]


def number(text: str, holds: bool | None, value: float | None, language: str = "en") -> str:
    left, sign, needs = text.rsplit(" ", 2)
    values = {} if value is None else {left: value}
    figures = {"value": value, "sign": sign, "needs": float(needs)}
    return said(text, holds, language, values=values, **figures)


@pytest.mark.parametrize(
    ("text", "holds", "value", "words"),
    [
        ("loop >= 3", False, 1.2, "From feedback to action 1.2, needs at least 3: 1.8 short"),
        ("loop >= 3", True, 3.5, "From feedback to action 3.5 (at least 3)"),
        ("loop > 3", False, 3, "From feedback to action 3, needs more than 3"),
        ("loop < 2", False, 2.5, "From feedback to action 2.5, needs less than 2: 0.5 too much"),
        ("loop <= 2", True, 2, "From feedback to action 2 (at most 2)"),
        ("loop == 0", True, 0, "From feedback to action 0"),
        ("loop == 0", False, 1, "From feedback to action 1, needs exactly 0"),
        ("loop != 0", False, 0, "From feedback to action 0, needs other than 0"),
        ("loop >= 3", None, None, "From feedback to action is open, needs at least 3"),
        ("loop >= 3", None, 3.2, "From feedback to action 3.2, needs at least 3"),
        ("raw(loop) >= 3", True, 3, "From feedback to action before caps 3 (at least 3)"),
        ("gap(silos) >= 1", True, 1, "Silos, gap between groups 1 (at least 1)"),
        ("evidenced(silos) >= -1.5", True, 0, "Silos by its evidence 0 (at least -1.5)"),
        ("measure.nps.n >= 30", False, 20, "NPS, answers: 20, needs at least 30: 10 short"),
        ("measure.nps.odd >= 30", True, 30, "measure.nps.odd: 30 (at least 30)"),
        ("unheard(loop) >= 1", True, 1, "unheard(loop) 1 (at least 1)"),
        ("silos - 2 * silos + 0.5 >= 1", True, 2, "Silos - 2 × Silos + 0.5 = 2 (at least 1)"),
        ("size(fact.used) <= 1", True, 1, "Measures in use, number chosen: 1 (at most 1)"),
    ],
)  # fmt: skip
def test_a_number_beside_its_threshold(text, holds, value, words):
    assert number(text, holds, value) == words


def test_a_place_of_a_group_axis_is_named():
    shown = number("respondents(loop, 'leader') >= 3", True, 3)
    assert shown == "From feedback to action as people see it (Top management) 3 (at least 3)"
    untitled = number("agreement(loop, 'north') >= 0.5", True, 0.6)
    assert untitled == "From feedback to action, agreement (north) 0.6 (at least 0.5)"


def test_a_share_of_people_names_the_option():
    shown = number("share(fact.rhythm.weekly) >= 0.5", True, 0.6)
    assert shown == "Rhythm, share of people who chose “Weekly” 0.6 (at least 0.5)"


def test_finnish_figures_and_words():
    words = number("loop >= 3", False, 1.25, language="fi")
    assert words == "Palautteesta tekoihin 1,25, tarvitaan vähintään 3: puuttuu 1,75"


@given(st.integers(0, 4_000_000), st.integers(0, 4_000_000))
def test_a_value_is_never_shown_across_its_threshold(value, needs):
    holds = value >= needs
    clause = Clause("loop >= 1", holds, {"loop": value / 1e6}, value / 1e6, ">=", needs / 1e6)
    words = clause_words(clause, NAMES, "en")
    shown = words.removeprefix("From feedback to action ").partition(" ")[0].rstrip(",")
    assert (to_micro(float(shown)) >= needs) is holds
    assert f"at least {exact_text(needs, 'en')}" in words
    assert "0 short" not in words.split(": ")


@pytest.mark.parametrize(
    ("text", "holds", "values", "words"),
    [
        ("fact.log", True, {"fact.log": True}, "Action log: yes"),
        ("fact.log", False, {"fact.log": False}, "Action log: no, needs yes"),
        ("not fact.log", False, {"fact.log": True}, "Action log: yes, needs no"),
        ("not fact.log", None, {}, "Action log: open"),
        ("not condition.leak", False, {"loop": 2}, "The vision leaks: yes, needs no"),
        ("fact.rhythm == 'monthly'", True, {"fact.rhythm": "monthly"}, "Rhythm: Monthly"),
        ("fact.rhythm == 'monthly'", False, {"fact.rhythm": "weekly"},
         "Rhythm: Weekly, needs Monthly"),
        ("fact.rhythm != 'monthly'", True, {"fact.rhythm": "weekly"},
         "Rhythm: Weekly (other than Monthly)"),
        ("not fact.rhythm == 'monthly'", False, {"fact.rhythm": "monthly"},
         "Rhythm: Monthly, needs other than Monthly"),
        ("fact.rhythm == 'monthly'", None, {}, "Rhythm is open, needs Monthly"),
        ("fact.rhythm in ['monthly', 'weekly']", True, {"fact.rhythm": "weekly"},
         "Rhythm: Weekly (one of: Monthly, Weekly)"),
        ("not fact.rhythm in ['monthly']", False, {"fact.rhythm": "monthly"},
         "Rhythm: Monthly, needs none of: Monthly"),
        ("phase >= 'awakening'", False, {"phase": "confusion"},
         "Phase: Confusion, needs at least Awakening"),
        ("behaviour == 'not_started'", True, {"behaviour": "not_started"},
         "Average behaviour: Not started"),
        ("'nps' in fact.used", True, {"fact.used": ["nps"]}, "Measures in use: the NPS is chosen"),
        ("'ces' in fact.used", False, {"fact.used": ["nps"]},
         "Measures in use: the CES is not chosen"),
        ("not 'nps' in fact.used", False, {"fact.used": ["nps"]},
         "Measures in use: the NPS is chosen"),
        ("'ces' in fact.used", None, {}, "Measures in use: open"),
        ("only(fact.used, 'nps')", True, {"fact.used": ["nps"]}, "Measures in use: the NPS"),
        ("only(fact.used, 'nps')", False, {"fact.used": ["nps", "ces"]},
         "Measures in use: the NPS, the CES, needs only the NPS"),
        ("only(fact.used, 'nps', 'ces')", True, {"fact.used": ["nps"]},
         "Measures in use: the NPS (only the NPS, the CES)"),
        ("answered(loop)", True, {"answered(loop)": True}, "From feedback to action is answered"),
        ("answered(loop)", False, {}, "From feedback to action is not answered"),
        ("demonstrated(loop.weekly)", True, {"grade(loop.weekly)": "demonstrated"},
         "Weekly leading: evidence demonstrated"),
        ("demonstrated(loop.weekly)", False, {"grade(loop.weekly)": "claimed"},
         "Weekly leading: evidence claimed, needs demonstrated"),
        ("documented(loop.weekly)", None, {}, "Weekly leading is open, needs documented"),
    ],
)  # fmt: skip
def test_truths_options_and_evidence(text, holds, values, words):
    assert said(text, holds, values=values) == words


def test_alternatives_that_fail_are_all_told():
    words = said("loop >= 1.5 or silos >= 2", False, values={"loop": 1.2, "silos": 1.999})
    assert words == (
        "From feedback to action 1.2, needs at least 1.5: 0.3 short"
        " or Silos 1.999, needs at least 2: 0.001 short"
    )


def test_of_alternatives_that_hold_the_simplest_is_told():
    text = "loop >= 1.5 and fact.log or silos >= 2 or loop >= 9"
    words = said(text, True, values={"loop": 2, "silos": 2, "fact.log": True})
    assert words == "Silos 2 (at least 2)"


def test_an_alternative_that_cannot_be_judged_alone_is_passed_over():
    text = "demonstrated(loop.weekly) or silos >= 2"
    values = {"grade(loop.weekly)": "claimed", "silos": 2}
    assert said(text, True, values=values) == "Silos 2 (at least 2)"
    assert said(text, False, values={**values, "silos": 1}) == (
        "Weekly leading, evidence: claimed; Silos: 1"
    )


def test_statements_inside_statements_stand_in_brackets():
    text = "(loop >= 1.5 and not fact.log) or 'nps' in fact.used or fact.rhythm in ['weekly']"
    values = {"loop": 1, "fact.log": True, "fact.used": [], "fact.rhythm": "monthly"}
    assert said(text, False, values=values) == (
        "(From feedback to action 1, needs at least 1.5: 0.5 short and Action log: yes, needs no)"
        " or Measures in use: the NPS is not chosen or Rhythm: Monthly, needs one of: Weekly"
    )


def test_counted_statements_are_told_with_their_number():
    text = "count(loop >= 1, fact.log, silos >= 9) >= 2"
    values = {"loop": 2, "fact.log": False}
    shown = said(text, None, values=values, value=1, sign=">=", needs=2)
    assert shown.startswith("1 of 3 hold, needs at least 2: From feedback to action 2 (at least 1)")
    assert "Action log: no, needs yes; Silos is open, needs at least 9" in shown
    held = said(f"{text} or loop >= 99", True, values={**values, "fact.log": True})
    assert held.startswith("2 of 3 hold (at least 2): ")


def test_open_parts_leave_the_whole_open():
    values = {"silos": 1}
    shown = said("not fact.log or silos >= 2 or size(fact.used) >= 1", None, values=values)
    assert "Action log: open" in shown
    assert "Measures in use, number chosen is open" in shown


def test_what_has_no_simple_shape_is_told_by_its_values():
    values: dict[str, Operand] = {
        "loop": 1.5,
        "fact.log": True,
        "fact.used": [],
        "grade(loop.weekly)": "claimed",
    }
    told = worded(Clause("[loop]", False, values), NAMES, "en")
    assert told.words == (
        "From feedback to action: 1.5; Action log: yes; Measures in use: none;"
        " Weekly leading, evidence: claimed"
    )
    assert told.exact == "[loop]"


@pytest.mark.parametrize(
    "text",
    [
        "loop >=",
        "1 < loop < 2",
        "loop @ 2 >= 1",
        "fact.rhythm in fact.used",
        "only(fact.used, loop)",
        "loop.weekly == loop",
        "not min(loop, silos)",
        "count(loop, silos) >= 1",
        "[loop] >= 1",
        "loop in ['a', silos] or loop == silos",
        "min(loop, silos)",
        "x" * 700,
        "(" * 300,
        "condition.leak or [loop]",
        "loop - silos >= 1 or fact.log == 'x' or demonstrated(loop.weekly)",
    ],
)
def test_whatever_the_text_is_something_is_said(text):
    assert said(text, False) == text
    assert worded(Clause(text, False), NAMES, "en").exact == ""
    assert said(text, False, values={"loop": 1}) == "From feedback to action: 1"


def test_values_of_another_type_do_not_fail():
    assert said("loop >= 1 or silos >= 1", False, values={"loop": "x", "silos": True}) == (
        "From feedback to action: x; Silos: yes"
    )
    assert said("loop >= 1 or loop >= 2", None) == (
        "From feedback to action is open, needs at least 1"
        " or From feedback to action is open, needs at least 2"
    )


def test_an_undetermined_clause_says_what_decides_it():
    shown = said("fact.log", None, decides=("fact.log", "loop.weekly"))
    assert shown == "Action log: open; decided by: Action log, Weekly leading"


def test_foreign_names_are_cleaned_and_the_text_is_left_for_the_surface():
    names = Names(titles={"loop": {"en": "L\x1b[31m"}})
    told = worded(Clause("loop >= 1", True, {"loop": 1}, 1, ">=", 1), names, "en")
    assert told.words == "L␛ 1 (at least 1)"


@given(st.text(max_size=60), st.dictionaries(st.text(max_size=8), st.booleans(), max_size=3))
def test_no_text_fails(text, values):
    assert isinstance(said(text, False, values=values), str)


def test_of_several_operands_the_one_that_was_used_is_named():
    text = "first(measure.nps.waves_flat, fact.log) >= 3"

    def told(operand: str) -> str:
        return said(text, True, values={operand: 5}, value=5, sign=">=", needs=3.0)

    assert told("fact.log").startswith("Action log")
    assert told("measure.nps.waves_flat").startswith("NPS")
