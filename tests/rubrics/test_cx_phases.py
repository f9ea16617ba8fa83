"""The default rubric as a whole: what it holds, and how answers and actions move its phases."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmaturity.engine.effects import effects_of
from cxmaturity.engine.inputs import empty_world, set_fact, set_rating, world_of
from cxmaturity.engine.program import Program, World
from cxmaturity.engine.scalar import evaluate
from cxmaturity.model.answers import Answers, Scope
from cxmaturity.workbench import LoadedRubric, Workbench
from tests.rubrics.texts import RUBRIC, read

SCOPES = [frozenset[str](), frozenset({"extended"})]
BEST = 4


@pytest.fixture(scope="module")
def loaded() -> LoadedRubric:
    return Workbench().load_rubric(RUBRIC)


@pytest.fixture(scope="module", params=SCOPES, ids=["core", "extended"])
def program(request: pytest.FixtureRequest, loaded: LoadedRubric) -> Program:
    return Workbench().program(loaded, Scope(modules=request.param))


def phase_of(program: Program, world: World) -> int:
    """Number of the phase attained; 0 is not started."""
    return evaluate(program, world).at_least


def everywhere(program: Program, level: int, facts: dict[str, Any], *, proven: bool) -> World:
    levels = {leaf.path: level for leaf in program.leaves}
    known = {name: raw for name, raw in facts.items() if name in program.fact_index}
    grades = {leaf.path: "demonstrated" for leaf in program.leaves} if proven else {}
    return world_of(program, Answers(levels, known, grades))  # type: ignore[arg-type]


def facts_of(case: str) -> dict[str, Any]:
    """The facts of a case, used as the best or the worst there are."""
    return dict(read(f"cases/{case}.toml")["facts"])


def test_it_holds_what_its_page_says(loaded: LoadedRubric):
    rubric = loaded.rubric
    indicators = [i for d in rubric.dimensions.values() for i in d.indicators.values()]
    assert list(rubric.phases) == ["enthusiasm", "confusion", "awakening", "change"]
    assert len(rubric.dimensions) == 12
    assert [sum(i.module == m for i in indicators) for m in (None, "extended")] == [60, 6]
    assert len(rubric.facts) == 66
    assert len(rubric.actions) >= 70


def test_every_risk_and_blocker_is_answered_by_an_action(loaded: LoadedRubric):
    answered = {rule for action in loaded.rubric.actions.values() for rule in action.answers}
    severe = {
        name for name, rule in loaded.rubric.rules.items() if rule.severity in ("risk", "blocker")
    }
    assert severe - answered == set()


def test_the_best_answers_reach_change(program: Program):
    world = everywhere(program, BEST, facts_of("far_ahead"), proven=True)
    assert phase_of(program, world) == len(program.gates)


def test_the_best_answers_without_proof_do_not_reach_change(program: Program):
    world = everywhere(program, BEST, facts_of("far_ahead"), proven=False)
    assert phase_of(program, world) == len(program.gates) - 1


def test_the_worst_answers_reach_no_phase(program: Program):
    assert phase_of(program, everywhere(program, 0, facts_of("not_raised"), proven=False)) == 0


# any organisation ---------------------------------------------------------------------------------


def worlds(program: Program) -> st.SearchStrategy[World]:
    """Organisations with any levels, facts and grades, some of them open."""
    levels = st.lists(
        st.sampled_from([None, "unknown", "na:other", 0, 1, 2, 3, 4]),
        min_size=len(program.leaves),
        max_size=len(program.leaves),
    )
    facts = st.tuples(*(answers_to(program, index) for index in range(len(program.facts))))
    grades = st.lists(st.integers(0, 2), min_size=len(program.leaves), max_size=len(program.leaves))

    def world(drawn: tuple[list[Any], tuple[Any, ...], list[int]]) -> World:
        made = empty_world(program)
        for leaf, raw in zip(program.leaves, drawn[0], strict=True):
            set_rating(program, made, leaf.path, raw)
        for fact, raw in zip(program.facts, drawn[1], strict=True):
            set_fact(program, made, fact.id, raw)
        made.grade[:] = drawn[2]
        return made

    return st.tuples(levels, facts, grades).map(world)


def answers_to(program: Program, index: int) -> st.SearchStrategy[Any]:
    domain = program.facts[index].domain
    if domain.type == "truth":
        return st.sampled_from([None, True, False])
    if domain.type == "option":
        return st.sampled_from([None, *domain.options])
    if domain.type == "options":
        return st.lists(st.sampled_from(domain.options), unique=True)
    return st.sampled_from([None, 0, 1, 2, 3, 4])


@given(data=st.data())
@settings(max_examples=40)
def test_all_actions_done_attain_change(program: Program, data: st.DataObject):
    world = data.draw(worlds(program))
    for entry in data.draw(st.permutations(program.actions)):
        world = effects_of(program)[entry.id].on(world)
    assert phase_of(program, world) == len(program.gates)


@given(data=st.data())
@settings(max_examples=20)
def test_the_order_of_actions_changes_nothing(program: Program, data: st.DataObject):
    world = data.draw(worlds(program))
    one, other = world, world
    for entry in program.actions:
        one = effects_of(program)[entry.id].on(one)
    for entry in data.draw(st.permutations(program.actions)):
        other = effects_of(program)[entry.id].on(other)
    assert one == other


@given(data=st.data())
@settings(max_examples=60)
def test_a_higher_level_never_lowers_the_phase(program: Program, data: st.DataObject):
    world = data.draw(worlds(program))
    before = phase_of(program, world)
    index = data.draw(st.integers(0, len(program.leaves) - 1))
    raised = world.copy()
    if world.leaf_state[index] == 0 and world.leaf_level[index] < BEST * 1_000_000:
        raised.leaf_level[index] += 1_000_000
    assert phase_of(program, raised) >= before
    assert phase_of(program, every_level_raised(world)) >= before


def every_level_raised(world: World) -> World:
    raised = world.copy()
    for index, state in enumerate(world.leaf_state):
        if state == 0:
            raised.leaf_level[index] = min(world.leaf_level[index] + 1_000_000, BEST * 1_000_000)
    return raised
