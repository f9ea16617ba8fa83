"""What the page on scoring says, sentence by sentence, worked by hand.

Expressions are in ``test_expressions.py``, bounds in ``test_bounds.py``, evidence in
``test_evidence.py``.
"""

from fractions import Fraction
from typing import Any

import pytest

from cxmaturity.engine.score import score
from cxmaturity.errors import InputError, RubricError
from cxmaturity.model.exact import divide
from cxmaturity.model.scorecard import Scorecard
from tests.engine.support import Table, answers_of, in_words, program_of, result_of, run_of
from tests.reference.small_rubrics import dimension, ladder, question, rubric

NOT_APPLICABLE = {"not_applicable": "other"}
M = 1_000_000


def micro(number: float | Fraction) -> int:
    return divide(Fraction(str(number)).numerator * M, Fraction(str(number)).denominator)


def scored(node: Table, *levels: Any, others: Table | None = None, **keys: Any) -> Table:
    """One dimension `d` whose indicators have these answers (None: unanswered)."""
    answers = {f"d.i{n}": level for n, level in enumerate(levels, start=1) if level is not None}
    world = {"answers": answers | keys.pop("answers", {}), **keys.pop("world", {})}
    found: Table = result_of(rubric({"d": node} | (others or {}), **keys), world)
    return {**found["dimensions"]["d"], "all": found}


def value(node: Table, *levels: Any, **keys: Any) -> int | None:
    """Its score."""
    found: int | None = scored(node, *levels, **keys)["score"]
    return found


def card(table: Table, world: Table) -> Scorecard:
    return score(program_of(table, world), answers_of(world))


def refused(table: Table, world: Table | None = None) -> str:
    """What is said when a rubric is refused."""
    with pytest.raises(RubricError) as caught:
        program_of(table, world)
    return str(caught.value)


FIVE_PHASES = {f"p{n}": {"title": "P", "gate": "true"} for n in range(1, 5)}


# --- § 13 the worked example --------------------------------------------------------------------

WORKED = dimension(ladder(weight=3), ladder(weight=2), ladder(weight=1))


def test_the_worked_example():
    node = scored(WORKED, 4, 1, phases=FIVE_PHASES)
    assert (node["score"], node["coverage"]) == (2_800_000, 833_333)
    # Level 4 has 3 of 5 of the answered weight, level 1 has 2 of 5.
    assert node["profile"] == [0, 400_000, 0, 0, 600_000]


def test_the_worked_example_under_a_cap():
    rules = {"R": {"when": "d.i2 <= 1", "cap": {"d": 2}}}
    node = scored(WORKED, 4, 1, rules=rules)
    assert (node["raw"], node["score"]) == (2_800_000, 2 * M)


def test_the_worked_example_on_the_scorecard():
    found = card(rubric({"d": WORKED}, phases=FIVE_PHASES), {"answers": {"d.i1": 4, "d.i2": 1}})
    node = found.dimensions["d"]
    assert (node.score, node.coverage, node.low, node.high) == (2.8, 0.833333, 2.333333, 3)
    assert node.profile == {"not_started": 0, "p1": 0.4, "p2": 0, "p3": 0, "p4": 0.6}
    assert (found.index.value, found.index.low, found.index.high) == (70, 58.333325, 75)


# --- § 2 exact numbers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "d", "expected"), [(5, 2, 3), (-5, 2, -2), (7, 3, 2), (-7, 3, -2), (1, 2, 1), (-1, 2, 0)]
)
def test_division_rounds_half_up_towards_plus_infinity(n, d, expected):
    assert divide(n, d) == expected == (2 * n + d) // (2 * d)


def test_equal_parts_give_exactly_their_score():
    thirds = question("number", range=[0, 4], curve=[[0, 0], [3, 1], [4, 4]])
    parts = [{**thirds, "weight": weight} for weight in (0.3, 0.7, 1.1)]
    assert value(dimension(*parts), 1, 1, 1) == 333_333


def test_fractional_weights_are_counted_as_integers():
    weights = (0.333333, 0.5, 1)
    node = dimension(*[ladder(weight=weight) for weight in weights])
    exact = (Fraction("0.333333") * 4 + Fraction("0.5") * 1) / Fraction("1.833333")
    assert value(node, 4, 1, 0) == micro(exact)


def test_weights_too_fine_to_count_are_refused():
    node = dimension(ladder(weight=0.000001), ladder(weight=2))
    assert "too fine" in refused(rubric({"d": node}))


def test_what_could_leave_62_bits_is_refused():
    options = [{"id": "a", "text": "a", "level": 1_000_000_000}]
    huge = question("choice", options=options, weight=1_000_000, scale=[0, 1_000_000_000])
    node = dimension(huge, ladder(), combine="share", scale=[0, 1_000_000_000])
    assert "beyond what is counted exactly" in refused(rubric({"d": node}))


# --- § 3 kinds ----------------------------------------------------------------------------------


def options(**levels: Any) -> list[Table]:
    found = [{"id": key, "text": key, "level": level} for key, level in levels.items()]
    return [{k: v for k, v in option.items() if v is not None} for option in found]


@pytest.mark.parametrize(
    ("asked", "answer", "expected"),
    [
        (ladder(), 3, 3),
        (question("choice", options=options(a=-1.5, b=4)), "a", -1.5),
        (question("checks", options=options(a=1, b=2)), [], 0),
        (question("checks", options=options(a=1, b=2)), ["b", "a"], 3),
        (question("checks", options=options(a=3, b=3)), ["a", "b"], 4),
        (question("checks", options=options(a=-3, b=1)), ["a"], 0),
        (question("checks", options=options(a=None, b=None), by_count=[0, 1, 4]), ["b"], 1),
        (question("yes_no", yes=3, no=1), True, 3),
        (question("yes_no", yes=3, no=1), "no", 1),
        (question("number", range=[0, 99], curve=[[10, 0], [20, 4]]), 12.5, 1),
        (question("number", range=[0, 99], curve=[[10, 1], [20, 4]]), 3, 1),
        (question("number", range=[0, 99], curve=[[10, 1], [20, 3]]), 99, 3),
    ],
)
def test_an_answer_gives_its_level(asked, answer, expected):
    found = result_of(rubric({"d": dimension(asked)}), {"answers": {"d.i1": answer}})
    assert found["indicators"]["d.i1"]["level"] == micro(expected)


@pytest.mark.parametrize(("x", "level"), [(0, 0), (15, 0), (15.000001, 1), (49, 1), (50, 2)])
def test_the_last_step_that_holds_decides(x, level):
    steps = [{"level": 0}, {"above": 15, "level": 1}, {"from": 50, "level": 2}]
    asked = question("number", range=[0, 99], steps=steps)
    assert value(dimension(asked), x) == level * M


def test_an_option_without_level_leaves_the_weight_and_is_not_counted():
    choice = question("choice", options=options(a=4, b=None))
    node = scored(dimension(ladder(), choice), 1, "b", not_applicable="full", unanswered="full")
    assert (node["score"], node["coverage"]) == (M, M)


@pytest.mark.parametrize(
    ("asked", "answer", "allowed"),
    [
        (ladder(), 5, "0"),
        (ladder(), 2.5, "4"),
        (ladder(), True, "4"),
        (question("choice", options=options(a=1, b=2)), "c", "a, b"),
        (question("checks", options=options(a=1, b=2)), ["c"], "a, b"),
        (question("checks", options=options(a=1, b=2)), ["a", "a"], "once"),
        (question("yes_no"), "maybe", "yes"),
        (question("number", range=[0, 9], curve=[[0, 0], [9, 4]]), 9.5, "9"),
        (question("number", range=[0, 9], curve=[[0, 0], [9, 4]]), "7", "9"),
        (question("number", range=[0, 9], curve=[[0, 0], [9, 4]]), float("nan"), "9"),
        (question("number", range=[0, 9], curve=[[0, 0], [9, 4]]), 0.1234567, "six decimals"),
        (ladder(), {"not_applicable": "holiday"}, "na:out_of_scope"),
    ],
)
def test_an_answer_that_is_none_is_refused_with_what_is_allowed(asked, answer, allowed):
    with pytest.raises(InputError) as caught:
        result_of(rubric({"d": dimension(asked)}), {"answers": {"d.i1": answer}})
    assert "d.i1" in str(caught.value)
    assert allowed in str(caught.value)


def test_all_wrong_answers_are_named_at_once_and_unknown_paths_with_the_nearest():
    table = rubric({"d": dimension(ladder(), ladder())}, facts={"sure": question("yes_no")})
    world: Table = {"answers": {"d.i1": 9, "d.i3": 1}, "facts": {"sore": True, "sure": 3}}
    with pytest.raises(InputError) as caught:
        result_of(table, {**world, "targets": {"d": 5, "e": 1}, "grades": {"d.i1": "sworn"}})
    said = str(caught.value)
    assert len(caught.value.problems) == 7
    assert all(path in said for path in ("d.i1", "d.i3", "fact.sore", "fact.sure", "'e'"))
    assert "did you mean" in said


# --- § 3 policies -------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["unanswered", "unknown"])
@pytest.mark.parametrize(
    ("fill", "expected"), [("skip", 2), ("zero", 1.25), ("full", 2.5), ("block", None)]
)
def test_a_policy_fills_with_what_the_question_can_give(state, fill, expected):
    yes_no = question("yes_no", yes=3, no=0.5)
    answer = "unknown" if state == "unknown" else None
    node = scored(dimension(ladder(), yes_no, min_coverage=0), 2, answer, **{state: fill})
    assert node["score"] == (None if expected is None else micro(expected))
    assert node["state"] == ("none" if expected is None else "scored")
    assert node["coverage"] == 500_000


@pytest.mark.parametrize(
    ("fill", "target", "expected"),
    [("skip", 1, 1), ("zero", 1, 0.5), ("full", 1, 2.5), ("target", 3, 2), ("target", None, 2.5)],
)
def test_not_applicable_has_policies_of_its_own(fill, target, expected):
    targets = {} if target is None else {"d.i2": target}
    node = scored(
        dimension(ladder(), ladder()),
        *(1, NOT_APPLICABLE),
        not_applicable=fill,
        world={"targets": targets},
    )
    assert (node["score"], node["coverage"]) == (micro(expected), M)


def test_policies_are_inherited_from_the_rubric_over_the_overall_and_dimensions():
    inner = dimension(ladder(), ladder(unanswered="full"), parent="d", min_coverage=0)
    outer = dimension(ladder(), min_coverage=0)

    def both(**keys: Any) -> int | None:
        return value(
            {**outer, **keys.pop("d", {})}, others={"e": {**inner, **keys.pop("e", {})}}, **keys
        )

    assert both() == 4 * M
    assert both(unanswered="zero") == M  # i1 0, e (0 + 4) / 2
    assert both(unanswered="full", overall={"unanswered": "zero"}) == M
    assert both(unanswered="full", d={"unanswered": "zero"}) == M
    assert both(unanswered="zero", e={"unanswered": "full"}) == 2 * M


def test_a_nodes_policy_holds_for_itself_with_the_ends_of_its_scale():
    silent = dimension(ladder(), parent="d", scale=[1, 3], unanswered="full")
    node = dimension(ladder(), min_coverage=0, combine="sum")
    # The inner dimension asks for everything and has nothing: its policy gives 3.
    assert value(node, 2, others={"e": {**silent, "indicators": silent["indicators"]}}) == 5 * M


# --- § 3 conditional questions ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "state", "expected"),
    [
        ({"d.i1": 3, "d.i2": 1}, "answered", 2),
        ({"d.i1": 1, "d.i2": 3}, "not_asked", 1),
        ({"d.i2": 3}, "answered", 3),
        ({"d.i1": 3}, "unanswered", 3),
    ],
)
def test_a_question_counts_unless_it_is_surely_not_asked(answers, state, expected):
    node = dimension(ladder(), ladder(ask_when="d.i1 >= 2"), min_coverage=0, not_applicable="full")
    found = result_of(rubric({"d": node}), {"answers": answers})
    assert found["indicators"]["d.i2"]["state"] == state
    assert found["dimensions"]["d"]["score"] == expected * M


def test_an_answer_to_what_is_not_asked_is_kept_and_said():
    node = dimension(ladder(), ladder(ask_when="d.i1 >= 2"))
    found = card(rubric({"d": node}), {"answers": {"d.i1": 1, "d.i2": 3}})
    assert found.provenance.not_counted == ("d.i2",)


def test_a_dimension_that_is_not_asked_leaves_weight_and_coverage_whatever_the_policy():
    dimensions = {"d": dimension(ladder()), "e": dimension(ladder(), ask_when="fact.f")}
    for policy in ("full", "zero", "target"):
        table = rubric(dimensions, facts={"f": question("yes_no")}, not_applicable=policy)
        found = result_of(table, {"answers": {"d.i1": 1, "e.i1": 4}, "facts": {"f": False}})
        assert found["dimensions"]["e"]["state"] == "not_applicable"
        assert (found["overall"]["score"], found["overall"]["coverage"]) == (M, M)


def test_ask_when_reads_levels_before_caps():
    rules = {"R": {"when": "true", "cap": {"d.i1": 1}}}
    node = dimension(ladder(), ladder(ask_when="d.i1 >= 3"))
    found = result_of(rubric({"d": node}, rules=rules), {"answers": {"d.i1": 3, "d.i2": 2}})
    assert found["indicators"]["d.i1"]["level"] == M
    assert found["indicators"]["d.i2"]["state"] == "answered"


@pytest.mark.parametrize(
    "reads", ["d >= 1", "overall >= 1", "coverage(d.i1) >= 0.5", "phase >= 'p1'"]
)
def test_ask_when_never_reads_scores(reads):
    node = dimension(ladder(), ladder(ask_when=reads))
    assert "facts and by levels of indicators only" in refused(rubric({"d": node}))


def test_a_fact_stands_in_when_it_is_not_applicable_or_not_asked():
    facts = {
        "owner": question("yes_no"),
        "budget": question("yes_no", ask_when="fact.owner", if_not_applicable=False),
        "share": question("number", range=[0, 9], if_not_applicable=2.5),
        "seat": question("number", range=[0, 9], ask_when="fact.owner"),
    }
    given = {"owner": False, "budget": True, "share": NOT_APPLICABLE, "seat": 3}
    found = result_of(rubric({"d": dimension(ladder())}, facts=facts), {"facts": given})
    assert found["facts"] == {"owner": False, "budget": False, "share": 2_500_000, "seat": None}


def test_what_stands_in_must_be_an_answer():
    facts = {"f": question("number", range=[0, 9], if_not_applicable=12)}
    said = refused(rubric({"d": dimension(ladder())}, facts=facts))
    assert "a number from 0 to 9" in said


# --- § 3 modules --------------------------------------------------------------------------------


def test_what_belongs_to_a_module_is_there_only_with_it():
    rules = {
        "CAP": {"when": "d.i2 >= 1", "cap": {"d": 1}},
        "THROUGH": {"when": "condition.c", "severity": "note", "title": "T"},
        "OWN": {"when": "true", "severity": "note", "title": "T", "module": "m"},
        "TARGET": {"when": "true", "cap": {"d.i2": 3}},
        "SHARE": {"when": "share(d.i3.a) >= 0.5", "severity": "note", "title": "T"},
        "FACT": {"when": "fact.f", "severity": "note", "title": "T"},
    }
    choice = question("choice", options=options(a=1, b=2), module="m")
    table = rubric(
        {"d": dimension(ladder(), ladder(module="m"), choice)},
        modules={"m": {"title": "M"}},
        facts={"f": question("yes_no", module="m")},
        conditions={"c": {"when": "d.i2 >= 1"}},
        rules=rules,
    )
    world = {"answers": {"d.i1": 2, "d.i2": 4}}
    without, with_it = result_of(table, world), result_of(table, world | {"modules": ["m"]})
    assert list(without["indicators"]) == ["d.i1"]
    assert without["dimensions"]["d"]["score"] == 2 * M
    assert (without["rules"], without["not_asked"]) == ({}, list(rules))
    assert with_it["not_asked"] == []
    # i2 is capped at 3: (2 + 3) / 2.
    assert with_it["dimensions"]["d"]["raw"] == 2_500_000
    assert with_it["dimensions"]["d"]["score"] == M


@pytest.mark.parametrize("gate", ["d.i2 >= 1", "condition.c", "fact.f", "raw(e) >= 1"])
def test_no_gate_reads_what_belongs_to_a_module(gate):
    table = rubric(
        {"d": dimension(ladder(), ladder(module="m")), "e": dimension(ladder(), module="m")},
        modules={"m": {"title": "M"}},
        facts={"f": question("yes_no", module="m")},
        conditions={"c": {"when": "d.i2 >= 1"}},
        phases={"p": {"title": "P", "gate": gate}},
    )
    for modules in ([], ["m"]):
        assert "gate may not read" in refused(table, {"modules": modules})


def test_unknown_modules_profiles_and_weights_are_refused():
    table = rubric({"d": dimension(ladder())})
    world = {"modules": ["m"], "profile": "p", "weights": {"e": 1}}
    said = refused(table, world)
    assert all(word in said for word in ("module 'm'", "profile 'p'", "'e' is not known"))


# --- § 4 methods --------------------------------------------------------------------------------


def test_min_and_max_take_parts_with_a_value_and_a_weight():
    parts = (ladder(weight=0), ladder(), ladder(), ladder())
    node = {"min_coverage": 0}
    assert value(dimension(*parts, combine="min", **node), 0, 2, 3) == 2 * M
    assert value(dimension(*parts, combine="max", **node), 4, 2, 3) == 3 * M


def test_sum_is_weighted_and_starts_at_its_base():
    node = scored(dimension(ladder(weight=2), ladder(weight=0.5), combine="sum", base=-3), 1, 3)
    assert (node["score"], node["scale"]) == (500_000, (-3 * M, 7 * M))


def test_a_sum_may_go_below_zero_and_counts_what_is_there():
    penalty = question("choice", options=options(met=0, missed=-5), scale=[-5, 0])
    node = dimension(penalty, penalty, penalty, combine="sum", base=7)
    assert value(node, "missed", "missed") == -3 * M
    assert scored(node, "missed")["scale"] == (-8 * M, 7 * M)


def test_the_range_of_a_sum_follows_from_the_engagements_weights():
    node = dimension(ladder(), ladder(), combine="sum")
    assert scored(node, 1, world={"weights": {"d.i2": 3}})["scale"] == (0, 16 * M)


def test_share_is_points_earned_of_points_possible_on_the_nodes_scale():
    tens = question("number", range=[0, 10], curve=[[0, 0], [10, 10]], scale=[0, 10])
    node = dimension(tens, ladder(weight=2), combine="share", min_coverage=0)
    assert value(node, 5, 3) == micro(4 * Fraction(11, 18))
    assert value(node, 5) == 2 * M
    assert value({**node, "scale": [1, 5]}, 5, 3) == micro(1 + 4 * Fraction(11, 18))


def test_shares_and_sums_hand_on_their_points_from_before_steps_rounding_and_caps():
    inner = {
        "s": dimension(ladder(), ladder(), parent="d", combine="share", weight=2),
        "t": dimension(
            ladder(weight=0.5), parent="d", combine="sum", base=1, round={"mode": "floor"}
        ),
    }
    rules = {"R": {"when": "true", "cap": {"s": 0, "t": 1}}}
    answers = {"s.i1": 4, "s.i2": 1, "t.i1": 3}
    # 2 · 5 of 2 · 8 from s; 1 + 0.5 · 3 of 1 + 0.5 · 4 from t.
    node = dimension(combine="share")
    assert value(node, others=inner, rules=rules, answers=answers) == micro(4 * Fraction(25, 38))


def test_a_share_that_a_policy_fills_counts_the_points_of_its_scale():
    inner = {
        "s": dimension(ladder(), parent="d", combine="share", scale=[0, 10], unanswered="full")
    }
    node = dimension(ladder(), combine="share", min_coverage=0)
    # 2 of 4, and 10 of 10: 12 of 14.
    assert value(node, 2, others=inner) == micro(4 * Fraction(12, 14))


STAIRS = dimension(
    ladder(stage=1, needs=2, then_needs=3),
    ladder(stage=2, needs=2, weight=0),
    ladder(stage=3),
    combine="staged",
)


@pytest.mark.parametrize(
    ("levels", "reached"),
    [
        ((2, 1, 4), 1),
        ((2, 2, 4), 1),
        ((3, 2, 4), 3),
        ((3, 2, 3), 2),
        ((3, 2, None), 2),
        ((None, 2, 4), 0),
        ((3, NOT_APPLICABLE, 4), 3),
        ((1, 2, 4), 0),
    ],
)
def test_a_stage_is_reached_when_all_below_it_are(levels, reached):
    node = scored(STAIRS, *levels)
    assert (node["score"], node["scale"]) == (reached * M, (0, 3 * M))


def test_a_stage_without_parts_is_an_error():
    node = dimension(ladder(stage=1), ladder(stage=3), combine="staged")
    assert "no part has stage 2" in refused(rubric({"d": node}))
    assert "'d.i1' needs a 'stage'" in refused(rubric({"d": dimension(ladder(), combine="staged")}))


TIERS = dimension(
    *(ladder(tier=1, weight=2), ladder(tier=1), ladder(tier=2, weight=3), ladder(tier=3)),
    combine="tiers",
    points=[3, 2, 1],
)


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        ((4, 1, 4, 4), Fraction(9, 4)),
        ((4, 4, 1, 4), Fraction(7, 2)),
        ((4, None, 4, 4), 2),
        ((4, NOT_APPLICABLE, 2, 4), 4),
        ((4, 4, NOT_APPLICABLE, 2), Fraction(11, 2)),
        ((4, 4, 4, 4), 6),
        ((1, 1, 4, 4), Fraction(3, 4)),
    ],
)
def test_a_later_tier_counts_when_all_earlier_ones_are_full(levels, expected):
    node = scored(TIERS, *levels)
    assert (node["score"], node["scale"]) == (micro(expected), (0, 6 * M))


def test_a_part_of_weight_zero_is_left_out_of_tiers():
    node = dimension(ladder(tier=1, weight=0), ladder(tier=1), combine="tiers", points=[2])
    assert value(node, 0, 4) == 2 * M
    assert value(node, 4) is None


def test_a_tier_that_the_node_does_not_know_is_an_error():
    node = dimension(ladder(tier=3), combine="tiers", points=[1, 1])
    assert "'tier' from 1 to 2" in refused(rubric({"d": node}))


def test_mean_min_and_max_convert_parts_to_their_scale_unless_told_otherwise():
    four = question("number", range=[0, 3], curve=[[0, 0], [3, 3]], scale=[0, 3])
    assert value(dimension(four, ladder()), 1, 2) == 1_666_667  # (1.333333 + 2) / 2
    assert value(dimension(four, ladder(), combine="max"), 3, 2) == 4 * M
    assert value(dimension(four, ladder(), normalise=False), 1, 2) == 1_500_000
    one_to_five = question("number", range=[1, 5], curve=[[1, 1], [5, 5]], scale=[1, 5])
    assert value(dimension(one_to_five), 1) == 0


def test_a_declared_scale_never_clamps():
    choice = question("choice", options=options(a=6, b=-2))
    assert value(dimension(choice), "a") == 6 * M
    assert value(dimension(choice), "b") == -2 * M


def test_weight_parts_makes_the_parents_mean_flat():
    inner = {"s": dimension(ladder(), ladder(), ladder(), parent="d", weight="parts")}
    answers = {"s.i1": 0, "s.i2": 0}
    node = scored(dimension(ladder()), 3, others=inner, answers=answers)
    # Three answered leaves; of the four that apply, 1 + 3 · 0.666667 are covered.
    assert (node["score"], node["coverage"]) == (M, 750_000)


def test_no_weight_parts_under_sum():
    inner = {"s": dimension(ladder(), parent="d", weight="parts")}
    table = rubric({"d": dimension(ladder(), combine="sum"), **inner})
    assert "under 'sum'" in refused(table)


@pytest.mark.parametrize(
    ("level", "mode", "digits", "expected"),
    [
        (2.5, "half_up", 0, 3),
        (-2.5, "half_up", 0, -2),
        (2.5, "half_even", 0, 2),
        (3.5, "half_even", 0, 4),
        (-2.5, "half_even", 0, -2),
        (0.25, "half_up", 1, 0.3),
        (0.12345, "half_even", 4, 0.1234),
        (2.99999, "floor", 0, 3),
        (2.999989, "floor", 0, 2),
        (-1.2, "floor", 0, -2),
        (-1.2, "truncate", 0, -1),
        (0.999999, "truncate", 0, 1),
        (-0.5, "truncate", 0, 0),
        (1.29999, "floor", 1, 1.3),
    ],
)
def test_published_models_round_in_four_ways(level, mode, digits, expected):
    choice = question("choice", options=options(a=level, b=4), scale=[-4, 4])
    node = dimension(choice, scale=[-4, 4], round={"mode": mode, "digits": digits})
    assert value(node, "a") == micro(expected)


def test_three_thirds_are_one():
    thirds = [
        dimension(ladder(weight=1), parent="d", combine="tiers", points=[0.333333]) for _ in "abc"
    ]
    for node in thirds:
        node["indicators"]["i1"]["tier"] = 1
    inner = dict(zip("abc", thirds, strict=True))
    node = dimension(combine="sum", round={"mode": "floor"})
    assert value(node, others=inner, answers={f"{key}.i1": 4 for key in inner}) == M


def test_the_order_in_a_node_is_combine_steps_round_caps_bands():
    bands = [{"id": "low", "title": "L"}, {"id": "high", "title": "H", "above": 2}]
    steps = [{"level": 0}, {"from": 2, "level": 2.5}]
    node = dimension(ladder(), ladder(), steps=steps, round={"mode": "half_up"}, bands=bands)
    free = scored(node, 2, 3)
    assert (free["score"], free["band"]) == (3 * M, "high")
    capped = scored(node, 2, 3, rules={"R": {"when": "true", "cap": {"d": 2}}})
    assert (capped["raw"], capped["score"], capped["band"]) == (3 * M, 2 * M, "low")


def test_a_curve_may_be_given_on_a_node_but_not_beside_steps():
    curve = [[0, 0], [2, 3], [4, 4]]
    assert value(dimension(ladder(), ladder(), curve=curve), 1, 2) == 2_250_000
    both = dimension(ladder(), curve=curve, steps=[{"level": 1}])
    assert "either 'steps' or 'curve'" in refused(rubric({"d": both}))


@pytest.mark.parametrize(("level", "band"), [(0, "a"), (1, "a"), (2, "b"), (3, "c"), (4, "c")])
def test_bands_have_open_and_closed_ends(level, band):
    bands = [
        {"id": "a", "title": "A"},
        {"id": "b", "title": "B", "above": 1},
        {"id": "c", "title": "C", "from": 3},
    ]
    assert scored(dimension(ladder(), bands=bands), level)["band"] == band


@pytest.mark.parametrize("method", ["mean", "min", "max", "sum", "share", "tiers", "staged"])
def test_a_node_without_any_value_has_no_score_whatever_the_method(method):
    keys: Table = {"points": [1]} if method == "tiers" else {}
    part = ladder(tier=1) if method == "tiers" else ladder()
    part = ladder(stage=1) if method == "staged" else part
    node = scored(dimension(part, combine=method, min_coverage=0, **keys), None)
    assert (node["state"], node["score"]) == ("none", None)


def test_a_mean_or_share_whose_valued_parts_weigh_nothing_has_no_score():
    for method in ("mean", "share", "min", "max"):
        node = dimension(ladder(weight=0), ladder(), combine=method, min_coverage=0)
        assert value(node, 3) is None
    assert value(dimension(ladder(weight=0), ladder(), combine="sum"), 3) == 0


# --- § 4 coverage -------------------------------------------------------------------------------


def test_coverage_never_depends_on_policy():
    node = dimension(ladder(weight=3), ladder(), ladder())
    for policy in ("skip", "zero", "full"):
        found = scored(node, 4, None, NOT_APPLICABLE, unanswered=policy, not_applicable=policy)
        assert found["coverage"] == 750_000


def test_a_node_counts_with_its_own_coverage_and_without_score_not_at_all():
    others = {
        "e": dimension(ladder(), ladder(), ladder(), parent="d"),
        "f": dimension(ladder(), ladder(), parent="d"),
    }
    answers = {"e.i1": 1, "e.i2": 1, "f.i1": 3}
    node = scored(dimension(min_coverage=0), others=others, answers=answers)
    # e is covered by 2/3 and has a score; f by 1/2, which is too little.
    assert node["all"]["dimensions"]["f"]["state"] == "none"
    assert (node["coverage"], node["score"]) == (333_334, M)


def test_too_little_answered_is_no_score_and_unanswered_for_the_parent():
    dimensions = {"d": dimension(ladder(), ladder()), "e": dimension(ladder())}
    world = {"answers": {"d.i1": 4, "e.i1": 2}}
    found = result_of(rubric(dimensions), world)
    assert found["dimensions"]["d"]["state"] == "none"
    # One of two dimensions has a score: 0.5 is too little for the overall as well.
    assert (found["overall"]["state"], found["overall"]["coverage"]) == ("none", 500_000)
    lenient = rubric(dimensions, overall={"min_coverage": 0.5})
    assert result_of(lenient, world)["overall"]["score"] == 2 * M
    zero = rubric(dimensions, overall={"min_coverage": 0.5, "unanswered": "zero"})
    assert result_of(zero, world)["overall"]["score"] == M


@pytest.mark.parametrize(
    ("method", "least"), [("mean", 0.6), ("share", 0.6), ("min", 0.6), ("sum", 0)]
)
def test_the_least_coverage_is_the_nodes_own_else_the_rubrics_else_by_method(method, least):
    node = dimension(*[ladder() for _ in range(10)], combine=method)
    assert (scored(node, *[1] * 5)["state"] == "none") == (least > 0)
    assert scored(node, *[1] * 6)["state"] == "scored"
    assert scored(node, *[1] * 6, min_coverage=0.7)["state"] == "none"
    assert scored({**node, "min_coverage": 0.3}, *[1] * 3, min_coverage=0.7)["state"] == "scored"


def test_least_coverage_is_not_inherited_between_dimensions():
    inner = {"e": dimension(ladder(), ladder(), parent="d")}
    node = scored(dimension(min_coverage=0), others=inner, answers={"e.i1": 1})
    assert node["all"]["dimensions"]["e"]["state"] == "none"


def test_a_node_of_nothing_applicable_is_not_applicable_whatever_the_policy():
    node = scored(dimension(ladder()), NOT_APPLICABLE, not_applicable="full")
    assert (node["state"], node["score"], node["coverage"]) == ("not_applicable", None, 0)


def test_coverage_of_no_weight_is_zero():
    node = scored(dimension(ladder(weight=0), ladder()), 3, NOT_APPLICABLE)
    assert (node["coverage"], node["state"]) == (0, "none")


# --- § 4 weights --------------------------------------------------------------------------------


def test_weights_come_from_the_rubric_then_the_profile_then_the_override():
    profiles = {"p": {"title": "P", "weights": {"d.i1": 3, "d.i2": 3}}}
    node = dimension(ladder(weight=3), ladder())
    assert value(node, 4, 0, profiles=profiles) == 3 * M
    assert value(node, 4, 0, profiles=profiles, world={"profile": "p"}) == 2 * M
    chosen = {"profile": "p", "weights": {"d.i2": 1}}
    assert value(node, 4, 0, profiles=profiles, world=chosen) == 3 * M


def test_negative_weights_and_all_zero_under_one_parent_are_errors():
    assert "zero or more" in refused(rubric({"d": dimension(ladder(weight=-1))}))
    assert "are zero" in refused(rubric({"d": dimension(ladder(weight=0), ladder(weight=0))}))
    table = rubric({"d": dimension(ladder(), ladder(weight=0))})
    assert "are zero" in refused(table, {"weights": {"d.i1": 0}})


# --- § 4 caps -----------------------------------------------------------------------------------


def test_a_cap_binds_when_it_is_the_final_value_and_never_raises():
    rules = {
        "LOW": {"when": "true", "cap": {"d": 2}},
        "SLACK": {"when": "true", "cap": {"d": 2.5}},
        "ABOVE": {"when": "true", "cap": {"d": 3.5}},
        "OFF": {"when": "false", "cap": {"d": 0}},
    }
    node = scored(WORKED, 4, 1, rules=rules)
    assert node["caps"] == {
        "LOW": {"limit": 2 * M, "binds": True},
        "SLACK": {"limit": 2_500_000, "binds": False},
    }


def test_caps_bite_from_the_leaves_up_as_soon_as_something_is_combined():
    rules = {
        "A": {"when": "raw(d.i1) >= 4", "cap": {"d.i1": 2}},
        "B": {"when": "d.i1 <= 2", "cap": {"d": 1}},
        "C": {"when": "d <= 1", "cap": {"overall": 0.5}},
    }
    found = result_of(rubric({"d": dimension(ladder())}, rules=rules), {"answers": {"d.i1": 4}})
    assert found["indicators"]["d.i1"]["level"] == 2 * M
    assert (found["dimensions"]["d"]["raw"], found["dimensions"]["d"]["score"]) == (2 * M, M)
    assert (found["overall"]["raw"], found["overall"]["score"]) == (M, 500_000)


def test_a_dimension_cap_may_read_a_dimension_declared_after_it():
    rules = {"R": {"when": "e <= 1", "cap": {"d": 1}}}
    dimensions = {"d": dimension(ladder()), "e": dimension(ladder())}
    found = result_of(rubric(dimensions, rules=rules), {"answers": {"d.i1": 4, "e.i1": 0}})
    assert found["dimensions"]["d"]["score"] == M


def test_an_undetermined_cap_does_not_fire_and_makes_the_score_provisional():
    rules = {"R": {"when": "d.i2 <= 1", "cap": {"d.i1": 1}}}
    node = dimension(ladder(), ladder(), min_coverage=0)
    table = rubric({"d": node}, rules=rules, overall={"min_coverage": 0})
    found = card(table, {"answers": {"d.i1": 3}})
    first, second = found.dimensions["d"].indicators
    assert (first.level, first.provisional, second.provisional) == (3, True, False)
    assert (found.dimensions["d"].provisional, found.overall.provisional) == (True, True)
    assert [(rule.rule, rule.needs) for rule in found.undetermined] == [("R", ("d.i2",))]
    slack = rubric(table["dimensions"], rules={"R": {"when": "d.i2 <= 1", "cap": {"d.i1": 3}}})
    assert not card(slack, {"answers": {"d.i1": 3}}).dimensions["d"].provisional


# --- § 4 targets --------------------------------------------------------------------------------


def test_gaps_percent_and_targets_of_dimensions():
    world = {
        "answers": {"d.i1": 1, "d.i2": 3, "d.i3": 4},
        "targets": {"d.i1": 3, "d.i2": 2, "d.i3": 4},
    }
    found = card(rubric({"d": dimension(ladder(), ladder(), ladder())}), world)
    assert [(i.target, i.gap) for i in found.dimensions["d"].indicators] == [(3, 2), (2, 0), (4, 0)]
    # In the world with all targets: (3 + 2 + 4) / 3 = 3; the score is 8 / 3.
    assert (found.dimensions["d"].target, found.dimensions["d"].gap) == (3, 0.333333)
    assert found.targets is not None
    assert (found.targets.indicators, found.targets.percent) == (3, 0.777778)


def test_a_target_off_the_scale_is_refused():
    with pytest.raises(InputError, match="off the scale"):
        result_of(rubric({"d": dimension(ladder())}), {"targets": {"d.i1": 5}})


# --- § 4 overall, § 5 phases --------------------------------------------------------------------


def test_the_overall_is_the_root_node_and_the_index_its_place_on_its_scale():
    dimensions = {"d": dimension(ladder(), weight=3), "e": dimension(ladder())}
    table = rubric(dimensions, overall={"scale": [1, 5], "round": {"mode": "half_up", "digits": 1}})
    found = result_of(table, {"answers": {"d.i1": 4, "e.i1": 1}})
    # (3 · 5 + 2) / 4 = 4.25 → 4.3; (4.3 − 1) / 4.
    assert (found["overall"]["score"], found["index"]) == (4_300_000, 82_500_000)


def gated(*gates: str) -> Table:
    return {f"p{n}": {"title": "P", "gate": gate} for n, gate in enumerate(gates, start=1)}


@pytest.mark.parametrize(
    ("rule", "gates", "expected"),
    [
        ("highest", ("true", "false", "true", "false"), ("p3", "p3")),
        ("cumulative", ("true", "false", "true", "false"), ("p1", "p1")),
        ("highest", ("false", "false", "false", "false"), (None, None)),
        ("highest", ("true", "d.i2 >= 1", "false", "false"), ("p1", "p2")),
        ("cumulative", ("true", "d.i2 >= 1", "true", "false"), ("p1", "p3")),
        ("cumulative", ("d.i2 >= 1", "false", "true", "true"), (None, "p1")),
        ("highest", ("d.i2 >= 1", "true", "false", "false"), ("p2", "p2")),
    ],
)
def test_the_phase_attained_and_what_is_not_false(rule, gates, expected):
    table = rubric(
        {"d": dimension(ladder(weight=2), ladder())}, phase_rule=rule, phases=gated(*gates)
    )
    found = card(table, {"answers": {"d.i1": 2}}).phase
    assert (found.at_least, found.at_most) == expected
    assert found.id == found.at_least
    assert found.provisional == (expected[0] != expected[1])


@pytest.mark.parametrize("gate", ["e >= 1", "overall >= 1", "condition.c", "coverage(e) < 1"])
def test_the_phase_is_provisional_when_a_gate_reads_a_dimension_without_score(gate):
    table = rubric(
        {"d": dimension(ladder()), "e": dimension(ladder())},
        conditions={"c": {"when": "e >= 1"}},
        phases=gated(f"true or {gate}", "true"),
    )
    assert card(table, {"answers": {"d.i1": 2}}).phase.provisional
    assert not card(table, {"answers": {"d.i1": 2, "e.i1": 2}}).phase.provisional


def test_every_gate_tells_which_clauses_hold_fail_by_how_much_and_what_would_decide():
    gate = "d >= 3 and d.i2 >= 2 and e.i1 >= 1"
    table = rubric(
        {"d": dimension(ladder(), ladder()), "e": dimension(ladder())}, phases=gated("true", gate)
    )
    found = card(table, {"answers": {"d.i1": 2, "d.i2": 3}}).phase.gates[1]
    assert found.holds is False
    assert [(c.text, c.holds, c.value, c.needs, c.by, c.decides) for c in found.clauses] == [
        ("d >= 3", False, 2.5, 3, 0.5, ()),
        ("d.i2 >= 2", True, 3, 2, None, ()),
        ("e.i1 >= 1", None, None, 1, None, ("e.i1",)),
    ]


def test_open_answers_of_a_dimension_without_score_decide_in_rubric_order():
    dimensions = {
        "b": dimension(ladder(), ladder(), parent="d"),
        "d": dimension(ladder(), ladder()),
        "a": dimension(ladder()),
    }
    rules = {
        "R": {
            "when": "d >= 1 or a.i1 >= 2 or fact.f",
            "severity": "note",
            "title": "T",
            "text": "T",
        }
    }
    table = rubric(dimensions, rules=rules, facts={"f": question("yes_no")})
    found = card(table, {"answers": {"d.i1": 3, "b.i2": NOT_APPLICABLE}})
    assert found.undetermined[0].needs == ("b.i1", "d.i2", "a.i1", "fact.f")


def test_profile_rows_split_between_levels_and_fill_up_in_the_last_class():
    curve = question("number", range=[0, 4], curve=[[0, 0], [4, 4]])
    node = scored(dimension(curve, ladder(), ladder()), 2.3, 1, 1, phases=FIVE_PHASES)
    assert node["profile"] == [0, 666_667, 233_333, 100_000, 0]
    thirds = scored(dimension(ladder(), ladder(), ladder()), 0, 1, 2, phases=FIVE_PHASES)
    assert thirds["profile"] == [333_333, 333_333, 333_334, 0, 0]


def test_parents_profiles_are_made_of_rounded_rows_and_other_scales_converted():
    eight = question("number", range=[0, 8], curve=[[0, 0], [8, 8]], scale=[0, 8])
    inner = {"e": dimension(eight, ladder(), ladder(), parent="d")}
    answers = {"e.i1": 5, "e.i2": 0, "e.i3": 0}
    node = scored(dimension(ladder()), 4, others=inner, answers=answers, phases=FIVE_PHASES)
    # 5 of 8 is 2.5 of 4: half on level 2 and half on level 3, a third of the dimension.
    assert node["all"]["dimensions"]["e"]["profile"] == [666_667, 0, 166_667, 166_666, 0]
    assert node["profile"] == [333_334, 0, 83_334, 83_333, 499_999]


def test_profiles_show_levels_after_caps_and_only_where_phases_are_levels():
    rules = {"R": {"when": "true", "cap": {"d.i1": 1}}}
    assert scored(dimension(ladder()), 3, phases=FIVE_PHASES, rules=rules)["profile"][1] == M
    assert scored(dimension(ladder()), 3)["profile"] is None


@pytest.mark.parametrize(("level", "name"), [(0, "not_started"), (1, "p1"), (2, "p1"), (3, "p3")])
def test_behaviour_follows_from_the_phases_lower_bounds(level, name):
    phases = {**FIVE_PHASES, "p2": {"title": "P", "gate": "true", "from": 2.25}}
    node = scored(dimension(ladder()), level, phases=phases)
    assert (node["phase"], node["all"]["behaviour"]) == (name, name)


def test_behaviour_is_missing_where_the_overall_is_on_another_scale():
    node = scored(dimension(ladder()), 2, phases=FIVE_PHASES, overall={"scale": [0, 10]})
    assert (node["phase"], node["all"]["behaviour"]) == ("p2", None)


# --- § 4 and § 6 order --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"R": {"when": "d >= 1", "cap": {"d.i1": 1}}}, ["reads ahead (d)"]),
        ({"R": {"when": "condition.c", "cap": {"d.i1": 1}}}, ["reads ahead (condition.c → d)"]),
        ({"R": {"when": "overall >= 1", "cap": {"d": 1}}}, ["reads ahead (overall)"]),
        ({"R": {"when": "phase >= 'p1'", "cap": {"overall": 1}}}, ["reads ahead (phase)"]),
        ({"R": {"when": "d >= 1", "cap": {"d": 1}}}, ["d → d"]),
        ({"R": {"when": "e >= 1", "cap": {"f": 1}}}, ["f → e → f"]),
        (
            {
                "R": {"when": "e >= 1", "cap": {"d": 1}},
                "S": {"when": "d >= 1", "cap": {"f": 1}},
            },
            ["need each other: d → e → f → d"],
        ),
        (
            {
                "R": {"when": "d.i1 >= 1", "cap": {"f.i1": 1}},
                "S": {"when": "f.i1 >= 1", "cap": {"d.i1": 1}},
            },
            ["d.i1 → f.i1 → d.i1"],
        ),
        ({"R": {"when": "evidenced(d) >= 1", "cap": {"d": 1}}}, ["d"]),
    ],
)
def test_what_points_forward_or_in_a_circle_is_an_error_with_its_path(rules, words):
    table = rubric(
        {
            "d": dimension(ladder()),
            "e": dimension(ladder()),
            "f": dimension(ladder(), parent="e"),
        },
        rules=rules,
        conditions={"c": {"when": "d >= 1"}},
        evidence_ceilings={"claimed": 2},
    )
    said = refused(table)
    assert all(word in said for word in words)


def test_a_cap_may_read_its_own_target_before_caps():
    rules = {
        "R": {"when": "raw(d) > 3 and coverage(d) == 1", "cap": {"d": 3}},
        "S": {"when": "raw(d.i1) > 3", "cap": {"d.i1": 3.5}},
    }
    found = scored(dimension(ladder()), 4, rules=rules)
    assert (found["raw"], found["score"]) == (3_500_000, 3 * M)


def test_questions_that_choose_each_other_are_a_circle():
    node = dimension(ladder(ask_when="d.i2 >= 1"), ladder(ask_when="d.i1 >= 1"))
    assert "d.i1 → d.i2 → d.i1" in refused(rubric({"d": node}))


def test_conditions_in_a_circle_are_an_error_with_their_path():
    conditions = {"a": {"when": "condition.b"}, "b": {"when": "not condition.a"}}
    assert "a → b → a" in refused(rubric({"d": dimension(ladder())}, conditions=conditions))


def test_parents_in_a_circle_or_unknown_are_errors():
    dimensions = {"d": dimension(ladder(), parent="e"), "e": dimension(ladder(), parent="d")}
    assert "d → e → d" in refused(rubric(dimensions))
    assert "'x' is not known" in refused(rubric({"d": dimension(ladder(), parent="x")}))


def test_a_dimension_without_anything_is_an_error():
    assert "without indicators" in refused(rubric({"d": dimension(ladder()), "e": dimension()}))


def test_an_unknown_method_names_the_known_ones():
    table = rubric({"d": dimension(ladder())})
    program = run_of(table, {})[0]
    program.rubric.dimensions["d"].__dict__["combine"] = "median"
    with pytest.raises(RubricError, match="median") as caught:
        in_words(*_recompiled(program))
    assert "mean" in str(caught.value)


def _recompiled(program: Any) -> Any:
    from cxmaturity.engine.compile import compile_rubric
    from cxmaturity.engine.inputs import empty_world
    from cxmaturity.engine.scalar import evaluate

    again = compile_rubric(program.rubric, program.registry)
    return again, evaluate(again, empty_world(again))
