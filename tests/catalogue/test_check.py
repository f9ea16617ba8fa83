"""`rubric check`: what is proved, shown, not seen or written, each at its place with its code."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from cxmaturity.catalogue.check import Checked, Message, check_rubric
from cxmaturity.catalogue.check.sampling import Sampler, below, draws, world_at
from cxmaturity.catalogue.check.world_words import described, what_matters
from cxmaturity.engine.columns import Worlds
from cxmaturity.engine.effects import effects_of
from cxmaturity.engine.inputs import empty_world, set_fact, set_rating
from tests.catalogue.case_rubric import BENCH, RULES, loaded_with, whole
from tests.catalogue.small_rubric import FILES

WORLDS, RAISED = 3_000, 500
FINDING = 'severity = "note"\ntext = { en = "So.", fi = "Niin." }\n'
STYLES = Path(__file__).parents[1] / "rubrics"


def checked(folder: Path, worlds: int = WORLDS, seed: int = 1, **files: str) -> Checked:
    loaded = loaded_with(folder, {}, **files)
    program = whole(loaded)
    return check_rubric(
        loaded.source, loaded.rubric, program, worlds=worlds, raised=min(worlds, RAISED), seed=seed
    )


def codes(found: Checked) -> set[str]:
    return {message.problem.code for message in found.messages}


def only(found: Checked, code: str) -> Message:
    (message,) = [m for m in found.messages if m.problem.code == code]
    return message


def rule(when: str, more: str = FINDING) -> str:
    return f'{RULES}\n[rules.NEW]\nwhen = "{when}"\n{more}sources = [{{ doc = "s1" }}]\n'


def main(old: str, new: str) -> str:
    assert old in FILES["rubric.toml"]
    return FILES["rubric.toml"].replace(old, new)


# --- proofs ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "clauses"),
    [
        ("loop <= 1 and loop >= 3", "loop <= 1; loop >= 3"),
        ("promise > 4", "promise > 4"),
        ("not answered(loop) and loop >= 0", ""),
        ("fact.share < 20 and condition.leak", "fact.share < 20; condition.leak"),
        ("loop <= 1 and promise >= 3.5", "loop <= 1; promise >= 3.5"),
        ("only(fact.metrics, 'nps') and 'ces' in fact.metrics", ""),
        ("phase >= 'goal' and phase <= 'start'", ""),
        ("loop.weekly >= 3 and (loop.weekly < 2 or fact.share > 100 - 0)", ""),
        ("not (fact.share >= 30 or fact.share < 40)", ""),
        ("loop + promise > 8", "loop + promise > 8"),
    ],
)
def test_a_rule_that_can_never_fire_is_proved_where_intervals_reach(
    tmp_path: Path, when: str, clauses: str
):
    found = checked(tmp_path, rules=rule(when))
    named = [m for m in found.messages if m.problem.where.key == "rules.NEW.when"]
    assert named, "neither proved nor unseen"
    (message,) = named
    if clauses:
        assert (message.gravity, message.basis) == ("error", "proved")
        assert message.problem.code == "never_fires"
        assert message.problem.values["clauses"] == clauses
        assert found.has_errors
    else:
        assert (message.gravity, message.problem.code) in {
            ("error", "never_fires"),
            ("warning", "not_seen"),
        }


def test_a_place_has_file_line_and_hint(tmp_path: Path):
    message = only(checked(tmp_path, rules=rule("promise > 4")), "never_fires")
    where = message.problem.where
    assert (Path(where.file).name, where.line) == ("rules.toml", 10)
    assert message.problem.hint
    assert "promise > 4" in str(message.problem)


def test_a_gate_that_contradicts_itself_is_an_error(tmp_path: Path):
    files = main('gate = "loop >= 3"', 'gate = "loop >= 3 and promise >= 1 and loop < 2"')
    message = only(checked(tmp_path, rubric=files), "gate_contradiction")
    assert (message.gravity, message.basis) == ("error", "proved")
    assert message.problem.values["clauses"] == "loop >= 3; loop < 2"
    assert message.problem.where.key == "phases.goal.gate"


def test_a_gate_that_a_cap_makes_impossible_is_an_error(tmp_path: Path):
    files = main('gate = "loop >= 3"', 'gate = "loop <= 1 and promise > 3"')
    message = only(checked(tmp_path, rubric=files), "gate_contradiction")
    assert message.problem.values["clauses"] == "loop <= 1; promise > 3"


def test_a_phase_whose_gate_always_comes_with_a_later_one_is_an_error(tmp_path: Path):
    files = main('gate = "loop >= 1"', 'gate = "loop >= 3 and promise >= 1"')
    message = only(checked(tmp_path, rubric=files), "phase_unreachable")
    assert message.problem.values == {"phase": "start", "other": "goal"}
    assert message.gravity == "error"


def test_a_cumulative_phase_that_an_earlier_gate_excludes_is_an_error(tmp_path: Path):
    files = main('gate = "loop >= 1"', 'gate = "loop < 3"')
    files = files.replace("version =", 'phase_rule = "cumulative"\nversion =')
    message = only(checked(tmp_path, rubric=files), "phase_unreachable")
    assert message.problem.values == {"phase": "goal", "other": "start"}


@pytest.mark.parametrize(
    ("when", "said"),
    [("loop >= 0", True), ("loop >= 0 or promise > 4", True), ("true", False), ("loop > 0", False)],
)
def test_a_rule_that_always_fires_is_proved(tmp_path: Path, when: str, *, said: bool):
    found = checked(tmp_path, rules=rule(when))
    assert ("always_fires" in codes(found)) is said
    assert not found.has_errors


def test_a_condition_that_never_holds_or_never_fails_is_proved(tmp_path: Path):
    never = main("fact.share >= 50", "fact.share > 100")
    message = only(
        checked(tmp_path / "a", rubric=never, rules=rule("condition.leak")), "never_holds"
    )
    assert (message.gravity, message.basis) == ("error", "proved")
    always = main("fact.share >= 50", "fact.share >= 0")
    found = checked(tmp_path / "b", rubric=always, rules=rule("condition.leak"))
    assert only(found, "always_holds").gravity == "warning"


def test_a_cap_at_the_highest_value_lowers_nothing(tmp_path: Path):
    found = checked(tmp_path, rules=rule("fact.share > 7", "cap = { promise = 4 }\n"))
    message = only(found, "cap_without_effect")
    assert message.problem.where.key == "rules.NEW.cap.promise"
    assert message.problem.values == {"target": "promise", "highest": "4"}


def test_a_level_that_its_own_cap_takes_away_is_proved(tmp_path: Path):
    found = checked(tmp_path, rules=rule("raw(loop.weekly) >= 3", 'cap = { "loop.weekly" = 2 }\n'))
    said = [m.problem.values for m in found.messages if m.problem.code == "level_unreachable"]
    assert [(v["level"], v["left"]) for v in said] == [("3", "2"), ("4", "2")]


def test_a_band_above_what_answers_can_give_is_an_error(tmp_path: Path):
    promise = (
        'bands = [{ id = "low", title = { en = "L", fi = "M" } }, '
        '{ id = "top", title = { en = "T", fi = "H" }, from = 3 }]\n'
        + FILES["dimensions/promise.toml"].replace("[indicators", "[indicators").rstrip()
        + "\nyes = 2\n"
    )
    loaded = loaded_with(tmp_path, {})
    (tmp_path / "dimensions" / "promise.toml").write_text(promise, encoding="utf-8")
    loaded = BENCH.load_rubric(tmp_path)
    found = check_rubric(loaded.source, loaded.rubric, whole(loaded), worlds=100, raised=0)
    message = only(found, "band_unreachable")
    assert message.problem.where.key == "dimensions.promise.bands[1]"
    assert message.problem.values == {"band": "top", "node": "promise", "high": "2"}


# --- what the files show --------------------------------------------------------------------------


def test_inputs_and_options_without_effect_are_told(tmp_path: Path):
    facts = (
        FILES["facts.toml"]
        + """
[facts.size]
kind = "choice"
title = { en = "Size", fi = "Koko" }
question = { en = "How large?", fi = "Kuinka suuri?" }
options = [
  { id = "small", text = { en = "Small", fi = "Pieni" } },
  { id = "mid", text = { en = "Mid", fi = "Keski" } },
  { id = "large", text = { en = "Large", fi = "Suuri" } },
]
[facts.unused]
kind = "yes_no"
title = { en = "Unused", fi = "Turha" }
question = { en = "Is it?", fi = "Onko?" }
"""
    )
    rules = rule("fact.size == 'large' and 'nps' in fact.metrics")
    found = checked(tmp_path, facts=facts, rules=rules)
    said = {(m.problem.code, m.problem.where.key): m.problem.values for m in found.messages}
    assert said["options_alike", "facts.size.options"]["options"] == "small, mid"
    assert said["option_without_effect", "facts.metrics.options[1]"]["option"] == "ces"
    assert ("unread", "facts.unused") in said
    assert ("unread", "conditions.leak") in said
    assert ("unread", "facts.share") not in said, "the condition and a text read it"


def test_an_indicator_without_weight_that_no_rule_reads_is_told(tmp_path: Path):
    loaded = loaded_with(tmp_path, {})
    loop = FILES["dimensions/loop.toml"]
    (tmp_path / "dimensions" / "loop.toml").write_text(
        loop.replace('kind = "choice"', 'kind = "choice"\nweight = 0'), encoding="utf-8"
    )
    loaded = BENCH.load_rubric(tmp_path)
    found = check_rubric(loaded.source, loaded.rubric, whole(loaded), worlds=100, raised=0)
    assert only(found, "without_effect").problem.values == {"path": "loop.owner"}


def test_options_of_an_indicator_that_give_the_same_level_are_told(tmp_path: Path):
    loaded_with(tmp_path, {})
    promise = (
        FILES["dimensions/promise.toml"]
        + """
[indicators.how]
kind = "choice"
title = { en = "How", fi = "Miten" }
question = { en = "How?", fi = "Miten?" }
options = [
  { id = "badly", text = { en = "Badly", fi = "Huonosti" }, level = 0 },
  { id = "so_so", text = { en = "So-so", fi = "Kohtalaisesti" }, level = 0 },
  { id = "well", text = { en = "Well", fi = "Hyvin" }, level = 4 },
]
[indicators.what]
kind = "checks"
title = { en = "What", fi = "Mitä" }
question = { en = "What?", fi = "Mitä?" }
options = [
  { id = "much", text = { en = "Much", fi = "Paljon" }, level = 4 },
  { id = "little", text = { en = "Little", fi = "Vähän" } },
]
"""
    )
    (tmp_path / "dimensions" / "promise.toml").write_text(promise, encoding="utf-8")
    loaded = BENCH.load_rubric(tmp_path)
    found = check_rubric(loaded.source, loaded.rubric, whole(loaded), worlds=100, raised=0)
    alike = only(found, "options_alike").problem
    assert alike.values == {"name": "promise.how", "options": "badly, so_so"}
    assert alike.where.key == "dimensions.promise.indicators.how.options"
    without = [m.problem for m in found.messages if m.problem.code == "option_without_effect"]
    assert "dimensions.promise.indicators.what.options[1]" in {p.where.key for p in without}


def test_clauses_and_caps_that_no_action_touches_are_proved(tmp_path: Path):
    files = main('gate = "loop >= 3"', 'gate = "loop >= 3 and promise.kept >= 1"')
    rules = rule("promise.kept <= 1", "cap = { overall = 2 }\n")
    found = checked(tmp_path, rubric=files, rules=rules)
    said = {(m.problem.where.key, m.basis) for m in found.messages if m.problem.code == "no_action"}
    assert ("phases.goal.gate", "proved") in said
    assert ("rules.NEW.cap", "proved") in said
    assert ("phases.start.gate", "proved") not in said


def test_without_actions_nothing_is_said_about_them(tmp_path: Path):
    found = checked(tmp_path, actions="")
    assert codes(found).isdisjoint({"no_action", "actions_fall_short"})


def test_texts_that_differ_in_their_values_or_not_at_all_are_told(tmp_path: Path):
    text = (
        'severity = "note"\n'
        'title = { en = "The very same words in both", fi = "The very same words in both" }\n'
        'text = { en = "Share {fact.share}.", fi = "Osuus {loop}." }\n'
    )
    found = checked(tmp_path, rules=rule("loop > 3", text))
    message = only(found, "other_values")
    assert message.problem.where.key == "rules.NEW.text.fi"
    assert (message.problem.values["there"], message.problem.values["here"]) == (
        "fact.share",
        "loop",
    )
    assert only(found, "untranslated").problem.where.key == "rules.NEW.title.fi"


def test_missing_citations_are_notes(tmp_path: Path):
    found = checked(tmp_path)
    said = [m for m in found.messages if m.problem.code == "missing_citation"]
    assert {m.gravity for m in said} == {"note"}
    assert "loop.weekly" in {m.problem.values["name"] for m in said}
    assert "STARING" not in {m.problem.values["name"] for m in said}


# --- drawn worlds ---------------------------------------------------------------------------------


def test_what_does_not_come_up_is_said_to_be_not_seen_and_nothing_more(tmp_path: Path):
    found = checked(tmp_path, rules=rule("fact.share * 3 == 100.000001"))
    message = only(found, "not_seen")
    assert (message.gravity, message.basis) == ("warning", "not_seen")
    assert message.problem.values == {"rule": "NEW", "count": WORLDS}
    assert not found.has_errors


def test_a_phase_that_no_drawn_world_attains_is_not_seen(tmp_path: Path):
    files = main('gate = "loop >= 3"', 'gate = "loop >= 3 and fact.share * 3 == 100.000001"')
    said = [m.problem for m in checked(tmp_path, rubric=files).messages]
    assert ("not_seen", "phases.goal.gate") in {(p.code, p.where.key) for p in said}


def test_what_is_proved_is_not_said_again(tmp_path: Path):
    found = checked(tmp_path, rules=rule("promise > 4"))
    assert [m.problem.code for m in found.messages if "NEW" in m.problem.where.key] == [
        "never_fires"
    ]


def test_a_better_answer_that_does_harm_is_shown_with_what_matters(tmp_path: Path):
    rules = rule("loop.weekly >= 3", "cap = { promise = 1 }\n")
    files = main('gate = "loop >= 3"', 'gate = "promise >= 2"')
    found = checked(tmp_path, rubric=files, rules=rules)
    said = {
        m.problem.where.key: m.problem for m in found.messages if m.problem.code == "not_monotone"
    }
    assert set(said) >= {"dimensions.promise", "phases.goal.gate"}
    shown = said["dimensions.promise"].values
    assert (shown["path"], shown["low"], shown["high"]) == ("loop.weekly", "2", "3")
    assert (shown["before"], shown["after"]) == ("4", "1")
    assert set(str(shown["world"]).split()) >= {"loop.weekly=2", "promise.kept=4"}
    assert "fact.share" not in str(shown["world"])


def test_a_monotone_rubric_has_no_counter_example(tmp_path: Path):
    assert "not_monotone" not in codes(checked(tmp_path))


def test_a_question_that_is_asked_only_then_is_named(tmp_path: Path):
    loop = FILES["dimensions/loop.toml"].replace(
        'kind = "choice"', 'kind = "choice"\nweight = 3\nask_when = "loop.weekly >= 2"'
    )
    loaded_with(tmp_path, {})
    (tmp_path / "dimensions" / "loop.toml").write_text(loop, encoding="utf-8")
    loaded = BENCH.load_rubric(tmp_path)
    found = check_rubric(loaded.source, loaded.rubric, whole(loaded), worlds=2_000, raised=2_000)
    problem = next(m.problem for m in found.messages if m.problem.where.key == "dimensions.loop")
    assert (problem.code, problem.values["asked"]) == ("not_monotone", "loop.owner")


def test_actions_that_do_not_lead_to_the_last_phase_are_told_with_a_world(tmp_path: Path):
    files = main('gate = "loop >= 3"', 'gate = "loop >= 4"')
    message = only(checked(tmp_path, rubric=files), "actions_fall_short")
    assert (message.gravity, message.basis) == ("note", "shown")
    attained, count = message.problem.values["attained"], message.problem.values["count"]
    assert isinstance(attained, int)
    assert 0 < attained < WORLDS == count
    assert "loop.weekly=" in str(message.problem.values["world"])


# --- the same everywhere --------------------------------------------------------------------------


def test_draws_are_the_same_on_every_machine():
    raw = draws(1, "0/mood", 3)
    assert [hex(int(number)) for number in raw] == [
        "0xdada363eeb81b6d8",
        "0x176800dfd0e7f97",
        "0x3e778be1c3832583",
    ]
    assert below(raw, 10).tolist() == [int(n & 0xFFFFFFFF) * 10 >> 32 for n in map(int, raw)]
    assert below(raw, 10, part=1).tolist() == [int(n >> 32) * 10 >> 32 for n in map(int, raw)]


def test_the_same_seed_gives_the_same_worlds_and_another_one_others(tmp_path: Path):
    program = whole(loaded_with(tmp_path, {}))
    first, again = Sampler(program, 1).block(2, 200), Sampler(program, 1).block(2, 200)
    other = Sampler(program, 2).block(2, 200)
    assert same(first, again)
    assert not same(first, other)


def same(a: Worlds, b: Worlds) -> bool:
    names = ("leaf_state", "leaf_level", "fact_state", "fact_value", "grade")
    return all(
        np.array_equal(x, y)
        for name in names
        for x, y in zip(getattr(a, name), getattr(b, name), strict=True)
    )


def test_another_line_in_the_rubric_leaves_the_other_answers_as_they_were(tmp_path: Path):
    small = whole(loaded_with(tmp_path / "a", {}))
    more = whole(loaded_with(tmp_path / "b", {}, rules=rule("loop > 2")))
    assert same(Sampler(small, 1).block(0, 100), Sampler(more, 1).block(0, 100))


def test_drawn_worlds_are_open_whole_good_and_bad(tmp_path: Path):
    program = whole(loaded_with(tmp_path, {}))
    worlds = Sampler(program, 1).block(0, 2_000)
    state, level = (np.asarray(getattr(worlds, name)[0]) for name in ("leaf_state", "leaf_level"))
    assert set(state.tolist()) == {0, 1, 2, 3}
    assert set(level[state == 0].tolist()) == {n * 1_000_000 for n in range(5)}
    assert effects_of(program)["begin"].levels


def test_a_check_says_the_same_twice(tmp_path: Path):
    rules = rule("loop.weekly >= 3", "cap = { promise = 1 }\n")
    first, again = (checked(tmp_path / name, rules=rules).messages for name in "ab")
    assert [(m.problem.code, m.problem.values) for m in first] == [
        (m.problem.code, m.problem.values) for m in again
    ]


def test_messages_come_errors_first_then_by_place(tmp_path: Path):
    found = checked(tmp_path, rules=rule("promise > 4"))
    order = ["error", "warning", "note"]
    gravities = [order.index(message.gravity) for message in found.messages]
    assert gravities == sorted(gravities)
    assert found.count("error") == 1


# --- worlds in words ------------------------------------------------------------------------------


def test_a_world_is_told_in_the_words_of_the_command_line(tmp_path: Path):
    program = whole(
        loaded_with(tmp_path, {}, rules=rule("gap(loop) >= 1 and measure.nps.scale_ok"))
    )
    world = empty_world(program)
    set_rating(program, world, "loop.weekly", 3)
    world.grade[program.leaf_index["loop.weekly"]] = 2
    set_rating(program, world, "loop.owner", "unknown")
    set_rating(program, world, "promise.kept", "na:other")
    set_fact(program, world, "metrics", [])
    world.figures = {"gap(loop)": 1_500_000, "measure.nps.scale_ok": True, "other": None}
    assert described(program, world) == (
        "loop.weekly=3@demonstrated loop.owner=unknown promise.kept=na fact.metrics=none "
        "gap(loop)=1.5 measure.nps.scale_ok=True"
    )
    set_fact(program, world, "metrics", ["ces", "nps"])
    set_fact(program, world, "share", 12.5)
    assert "fact.share=12.5 fact.metrics=nps,ces" in described(program, world)


def test_what_does_not_matter_is_left_out(tmp_path: Path):
    program = whole(loaded_with(tmp_path, {}))
    world = world_at(program, Sampler(program, 1).block(0, 1), 0)
    set_rating(program, world, "loop.weekly", 3)
    set_rating(program, world, "promise.kept", "yes")
    set_fact(program, world, "share", 7)
    world.grade = [2, 2, 2]
    world.figures = {"gap(loop)": 1_000_000}
    before = described(program, world)
    smaller = what_matters(world, lambda w: w.fact_value[0] == 7_000_000, keep=0)
    assert described(program, smaller) == "loop.weekly=3 fact.share=7"
    assert described(program, world) == before, "the given world is left as it is"


# --- whole rubrics --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "style", ["capability_levels", "points_110", "five_tiers", "practice_levels"]
)
def test_published_styles_of_model_have_nothing_to_mend(style: str):
    loaded = BENCH.load_rubric(STYLES / style)
    found = check_rubric(loaded.source, loaded.rubric, whole(loaded), worlds=5_000, raised=1_000)
    assert codes(found) == {"missing_citation"}


def test_the_default_rubric_has_neither_errors_nor_warnings_within_its_time():
    loaded = BENCH.load_rubric("cx_phases")
    program = whole(loaded)
    start = time.perf_counter()
    found = check_rubric(loaded.source, loaded.rubric, program)
    assert time.perf_counter() - start < 20
    assert (found.worlds, found.raised) == (100_000, 10_000)
    assert [str(m.problem) for m in found.messages if m.gravity != "note"] == []
