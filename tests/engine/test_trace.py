"""The trace: folding it again gives the score, and whatever was changed in it is seen."""

import dataclasses
from collections.abc import Iterator
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cxmaturity.engine.folding import refold
from cxmaturity.engine.program import Program
from cxmaturity.engine.tracing import trace_of
from cxmaturity.model.scorecard import CapCard, LeafTrace, NodeTrace, PartTrace, RuleTrace, Trace
from tests.engine.support import Table, answers_of, run_of
from tests.reference.small_rubrics import dimension, ladder, question, rubric
from tests.strategies import cases

drawn = settings(max_examples=40, suppress_health_check=list(HealthCheck))
NOT_APPLICABLE = {"not_applicable": "other"}


def traced(table: Table, world: Table) -> tuple[Program, Trace]:
    """The trace of a world."""
    program, run = run_of(table, world)
    return program, trace_of(program, run, answers_of(world).ratings)


# --- folding gives the score --------------------------------------------------------------------


@drawn
@given(cases())
def test_folding_the_trace_gives_every_number_again(case):
    program, run = run_of(*case)
    trace = trace_of(program, run, answers_of(case[1]).ratings)
    assert refold(program, trace) == []
    for path, leaf in trace.indicators.items():
        assert micro(leaf.value) == run.leaf_final[program.leaf_index[path]]
    for name, node in trace.nodes.items():
        i = program.node_index[name]
        assert (micro(node.raw), micro(node.value)) == (run.node_raw[i], run.node_final[i])


def micro(number: float | None) -> int | None:
    return None if number is None else round(number * 1_000_000)


# --- a corrupted value is seen ------------------------------------------------------------------


@drawn
@given(st.data())
def test_any_single_value_that_is_changed_is_seen(data):
    program, trace = traced(*data.draw(cases()))
    for broken in data.draw(st.sampled_from(list(corruptions(trace)))):
        assert refold(program, broken)


def corruptions(trace: Trace) -> Iterator[list[Trace]]:
    """For every value of the trace the trace with only this value changed."""
    for path, leaf in trace.indicators.items():
        yield [_with(trace, "indicators", path, changed) for changed in _leaf(leaf)]
    for name, node in trace.nodes.items():
        yield [_with(trace, "nodes", name, changed) for changed in _node(node)]
        for place, part in enumerate(node.parts):
            changed_parts = (
                dataclasses.replace(
                    node, parts=(*node.parts[:place], changed, *node.parts[place + 1 :])
                )
                for changed in _part(part)
            )
            yield [_with(trace, "nodes", name, changed) for changed in changed_parts]
    for name, rule in trace.rules.items():
        yield [_with(trace, "rules", name, changed) for changed in _rule(rule)]


def _with(trace: Trace, table: str, name: str, changed: Any) -> Trace:
    return dataclasses.replace(trace, **{table: {**getattr(trace, table), name: changed}})


def _moved(found: Any, *names: str) -> Iterator[Any]:
    """The record with one of its numbers moved by a little, or there where it was not."""
    for name in names:
        value = getattr(found, name)
        moved = 1.5 if value is None else value + 0.25
        yield dataclasses.replace(found, **{name: moved})


def _caps(found: LeafTrace | NodeTrace) -> Iterator[Any]:
    for place, cap in enumerate(found.caps):
        for changed in (
            dataclasses.replace(cap, limit=cap.limit + 0.5),
            dataclasses.replace(cap, binds=not cap.binds),
        ):
            caps = (*found.caps[:place], changed, *found.caps[place + 1 :])
            yield dataclasses.replace(found, caps=caps)
        without = (*found.caps[:place], *found.caps[place + 1 :])
        yield dataclasses.replace(found, caps=without)
    yield dataclasses.replace(found, caps=(*found.caps, CapCard("NO_SUCH_RULE", 0, binds=False)))


def _leaf(leaf: LeafTrace) -> Iterator[LeafTrace]:
    yield from _moved(leaf, "raw", "value", "evidenced")
    yield from _caps(leaf)


def _node(node: NodeTrace) -> Iterator[NodeTrace]:
    yield from _moved(node, "coverage", "combined", "raw", "value")
    yield from _caps(node)
    yield dataclasses.replace(node, parts=node.parts[1:])


def _part(part: PartTrace) -> Iterator[PartTrace]:
    yield from _moved(part, "value")
    yield dataclasses.replace(part, applies=not part.applies)
    if part.filled != "not_applicable":
        yield from _moved(part, "counted")
    yield dataclasses.replace(part, id=f"{part.id}x")


def _rule(rule: RuleTrace) -> Iterator[RuleTrace]:
    if rule.asked:
        others = {True, False, None} - {rule.holds}
        yield from (dataclasses.replace(rule, holds=other) for other in others)
        first, *rest = rule.clauses
        turned = dataclasses.replace(first, holds=first.holds is not True)
        if len(rule.clauses) == 1:
            yield dataclasses.replace(rule, clauses=(turned, *rest))


def test_a_changed_weight_is_seen():
    table = rubric({"d": dimension(ladder(weight=3), ladder(weight=2), ladder())})
    program, trace = traced(table, {"answers": {"d.i1": 4, "d.i2": 1}})
    node = trace.nodes["d"]
    for place, part in enumerate(node.parts):
        heavier = dataclasses.replace(part, weight=part.weight + 1)
        parts = (*node.parts[:place], heavier, *node.parts[place + 1 :])
        broken = _with(trace, "nodes", "d", dataclasses.replace(node, parts=parts))
        assert refold(program, broken) == ["d"]


def test_what_is_missing_from_a_trace_is_named():
    program, trace = traced(rubric({"d": dimension(ladder())}), {"answers": {"d.i1": 4}})
    assert refold(program, dataclasses.replace(trace, indicators={})) == ["d.i1", "d"]
    assert refold(program, dataclasses.replace(trace, nodes={})) == ["d", "overall"]


# --- what a trace tells -------------------------------------------------------------------------


def test_a_trace_shows_parts_policies_caps_and_where_each_is_declared():
    table = rubric(
        {
            "d": dimension(
                ladder(weight=3), ladder(scale=[0, 8], levels=[str(n) for n in range(9)]), ladder()
            )
        },
        unanswered="zero",
        rules={
            "LOW": {"when": "d.i1 >= 2 and raw(d) > 1", "cap": {"d": 1.5, "d.i1": 3}},
            "SLACK": {"when": "d.i1 >= 1", "cap": {"d": 1.75}},
        },
    )
    table["rules"]["LOW"]["when"] = "raw(d.i1) >= 2 and raw(d.i2) > 1"
    _, trace = traced(table, {"answers": {"d.i1": 4, "d.i2": 8}})
    leaf, node = trace.indicators["d.i1"], trace.nodes["d"]
    assert (leaf.answer, leaf.raw, leaf.value, leaf.caps) == (4, 4, 3, (CapCard("LOW", 3, True),))
    assert [(p.id, p.weight, p.value, p.counted, p.filled) for p in node.parts] == [
        ("d.i1", 3, 3, 3, None),
        ("d.i2", 1, 8, 4, None),
        ("d.i3", 1, None, 0, "unanswered"),
    ]
    # (3 · 3 + 4 + 0) / 5 = 2.6; one cap binds, the other fired without binding.
    assert (node.combined, node.raw, node.value) == (2.6, 2.6, 1.5)
    assert node.caps == (CapCard("LOW", 1.5, binds=True), CapCard("SLACK", 1.75, binds=False))
    assert (node.method, node.coverage, node.min_coverage) == ("mean", 0.8, 0.6)
    assert (leaf.declared, node.declared) == ("dimensions.d.indicators.i1", "dimensions.d")
    rule = trace.rules["LOW"]
    assert (rule.holds, rule.declared, rule.caps) == (True, "rules.LOW", {"d": 1.5, "d.i1": 3})
    assert [(c.text, c.holds, c.value, c.needs) for c in rule.clauses] == [
        ("raw(d.i1) >= 2", True, 4, 2),
        ("raw(d.i2) > 1", True, 8, 1),
    ]


def test_a_cap_that_did_not_fire_below_the_value_is_not_listed():
    rules = {
        "HIGH": {"when": "d.i1 >= 1", "cap": {"d": 3}},
        "OFF": {"when": "d.i1 >= 4", "cap": {"d": 1}},
        "OPEN": {"when": "d.i2 >= 4", "cap": {"d": 1}},
    }
    table = rubric({"d": dimension(ladder(), ladder(), min_coverage=0)}, rules=rules)
    _, trace = traced(table, {"answers": {"d.i1": 2}})
    assert trace.nodes["d"].caps == ()
    assert {name: rule.holds for name, rule in trace.rules.items()} == {
        "HIGH": True,
        "OFF": False,
        "OPEN": None,
    }
    assert trace.rules["OPEN"].clauses[0].decides == ("d.i2",)


def test_points_of_shares_and_sums_are_shown_in_whole_points():
    table = rubric(
        {
            "d": dimension(ladder(weight=0.5), combine="share", min_coverage=0),
            "e": dimension(ladder(weight=0.5), ladder(weight=2), parent="d", combine="sum", base=1),
        }
    )
    program, trace = traced(table, {"answers": {"d.i1": 3, "e.i1": 1, "e.i2": 4}})
    assert [part.points for part in trace.nodes["d"].parts] == [(3, 4), (9.5, 11)]
    # 4 · (0.5 · 3 + 9.5) / (0.5 · 4 + 11)
    assert trace.nodes["d"].value == 3.384615
    assert refold(program, trace) == []


def test_facts_are_told_as_they_were_answered():
    facts = {
        "size": question("choice", options=[{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]),
        "used": question("checks", options=[{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]),
        "count": question("number", range=[0, 9]),
        "level": ladder(),
        "said": question("text"),
        "sure": question("yes_no"),
        "open": question("yes_no"),
        "gone": question("yes_no", if_not_applicable=False),
    }
    given_facts = {
        "size": "b",
        "used": ["b", "a"],
        "count": 2.5,
        "level": 3,
        "said": "words",
        "sure": True,
        "open": "unknown",
        "gone": NOT_APPLICABLE,
    }
    table = rubric(
        {"d": dimension(ladder())},
        facts=facts,
        rules={
            "R": {"when": "fact.size == 'a' or fact.level > 3", "severity": "note", "title": "T"}
        },
    )
    _, trace = traced(table, {"facts": given_facts})
    assert trace.facts == {
        "size": "b",
        "used": ["a", "b"],
        "count": 2.5,
        "level": 3,
        "said": "words",
        "sure": True,
        "gone": False,
    }
