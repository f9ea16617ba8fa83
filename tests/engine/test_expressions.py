"""Expressions: what each construct means, and that nothing else is let in.

A fault is a sentence with a column; a hostile text is never evaluated and never takes long.
"""

import json
import time
import warnings
from typing import Any

import pytest

from cxmaturity.engine.compile import compile_rubric
from cxmaturity.engine.inputs import empty_world
from cxmaturity.engine.program import Program
from cxmaturity.engine.scalar import evaluate
from cxmaturity.engine.spelling import spell
from cxmaturity.engine.syntax import DEEPEST_BRACKETS, LONGEST, FaultyError, parse
from cxmaturity.errors import Problem, RubricError
from cxmaturity.hookspecs import Function, Registry
from tests.engine.support import REGISTRY, Table, inputs_of, program_of, rubric_of
from tests.reference.small_rubrics import dimension, ladder, question, rubric

NOT_APPLICABLE = {"not_applicable": "out_of_scope"}
M = 1_000_000
CHOICES = [{"id": "nps", "text": "NPS"}, {"id": "ces", "text": "CES"}, {"id": "fcr", "text": "FCR"}]
FACTS: Table = {
    "yes": question("yes_no"),
    "no": question("yes_no"),
    "open": question("yes_no"),
    "count": question("number", range=[0, 100], unit="people"),
    "months": question("number", range=[0, 60], unit="months"),
    "size": question("choice", options=[{"id": "small", "text": "S"}, {"id": "big", "text": "B"}]),
    "used": question("checks", options=CHOICES),
    "none": question("checks", options=CHOICES),
    "unused": question("checks", options=CHOICES),
    "left": question("number", range=[0, 9], if_not_applicable=0),
    "level": ladder(),
    "said": question("text"),
}
MEASURES = {"nps": {"title": "NPS", "unit": "points", "range": [-100, 100]}}
AXES = {"role": {"title": "Role", "places": {"leader": {"title": "Leaders"}}}}
PHASES = {
    f"p{n}": {"title": "P", "gate": gate}
    for n, gate in enumerate(("true", "d.i4 >= 2", "false", "false"), 1)
}
CONDITIONS = {"sure": {"when": "fact.yes"}, "maybe": {"when": "d.i4 >= 2"}}
WORLD: Table = {
    "answers": {"d.i1": 3, "d.i2": 1, "d.i3": NOT_APPLICABLE, "f.i1": 2},
    "facts": {
        "yes": True,
        "no": False,
        "count": 7,
        "size": "big",
        "used": ["nps"],
        "none": [],
        "left": NOT_APPLICABLE,
        "level": 3,
    },
    "grades": {"d.i1": "documented"},
}  # fmt: skip


def table_with(expression: str, **keys: Any) -> Table:
    """A rubric with a finding for the expression."""
    rules = {"R": {"when": expression, "severity": "note", "title": "T", "text": "T."}}
    return rubric(
        {
            "d": dimension(ladder(), ladder(), ladder(), ladder()),
            "e": dimension(ladder()),
            "f": dimension(ladder()),
        },
        facts=FACTS,
        measures=MEASURES,
        axes=AXES,
        conditions=CONDITIONS,
        phases=PHASES,
        evidence_ceilings={"claimed": 2, "documented": 2.5},
        overall={"min_coverage": 0},
        rules={**rules, **keys.pop("rules", {})},
        **keys,
    )


def holds(expression: str, world: Table = WORLD, **keys: Any) -> object:
    """Whether the expression holds in the world."""
    program = program_of(table_with(expression, **keys), world)
    run = evaluate(program, inputs_of(program, world))
    truth = program.rules[0].truth
    assert truth is not None
    return run.expr[truth]


def faults(expression: str, **keys: Any) -> tuple[Problem, ...]:
    """What is wrong with an expression."""
    with pytest.raises(RubricError) as caught:
        program_of(table_with(expression, **keys))
    return caught.value.problems


# --- what each construct means ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "truth"),
    [
        # comparisons with a missing operand are undetermined
        ("d.i1 >= 3", True),
        ("d.i1 > 3", False),
        ("d.i1 != 3", False),
        ("3 == d.i1", True),
        ("4 > d.i1 > 2", True),
        ("1 < d.i1 <= 2", False),
        ("0 < d.i4 < 3", None),
        ("4 < d.i1 < d.i4", False),
        ("d.i4 >= 3", None),
        ("d.i3 >= 0", None),
        ("d == 2", True),
        ("e >= 0", None),
        ("overall >= 0", True),
        # and, or, not follow Kleene
        ("d.i4 >= 3 and d.i1 < 3", False),
        ("d.i4 >= 3 and d.i1 == 3", None),
        ("d.i4 >= 3 or d.i1 == 3", True),
        ("d.i4 >= 3 or d.i1 < 3", None),
        ("not d.i4 >= 3", None),
        ("not not fact.yes", True),
        ("not fact.yes or fact.no and fact.open", False),
        # constants
        ("true", True),
        ("false", False),
        ("fact.yes == true", True),
        ("fact.yes != true", False),
        ("false == fact.no", True),
        ("fact.open == false", None),
        # lists
        ("d.i1 in [1, 3]", True),
        ("d.i1 in [1, 2.5]", False),
        ("d.i4 in [1, 3]", None),
        # arithmetic rounds to a millionth after every operation
        ("d.i2 - d.i1 == -2", True),
        ("d.i2 / d.i1 == 0.333333", True),
        ("d.i2 / d.i1 + d.i2 / d.i1 + d.i2 / d.i1 == 0.999999", True),
        ("-d.i2 / d.i1 == -0.333333", True),
        ("-(d.i1 + d.i2) * 2 == -8", True),
        ("1 / 3 * 3 == 0.999999", True),
        ("2 / -4 == -0.5", True),
        ("d.i2 / (d.i1 - 3) == 0", None),
        ("d.i1 + d.i4 >= 0", None),
        ("abs(d.i2 - d.i1) == 2", True),
        ("abs(d.i4) >= 0", None),
        ("min(d.i1, d.i2) == 1 and max(d.i1, d.i2, 2.5) == 3", True),
        ("max(d.i1, d.i4) >= 3", None),
        # first
        ("first(d.i4, d.i3, d.i2) == 1", True),
        ("first(d.i4 >= 1, fact.yes)", True),
        ("first(d.i4 >= 1, d.i4 >= 2)", None),
        ("first(measure.nps.value, 5) == 5", True),
        # before and after caps, evidence, coverage
        ("raw(d) == 2 and raw(d.i1) == 3", True),
        ("evidenced(d.i1) == 2.5 and evidenced(d.i2) == 1", True),
        ("evidenced(d) == 1.75", True),
        ("coverage(d) == 0.666667 and coverage(e) == 0 and coverage(d.i1) == 1", True),
        ("coverage(d.i4) == 0 and coverage(d.i3) == 0", True),
        ("answered(d.i1) and answered(d) and answered(overall)", True),
        ("answered(d.i3) or answered(d.i4) or answered(e) or answered(fact.open)", False),
        ("answered(fact.yes) and answered(fact.none) and answered(fact.left)", True),
        ("documented(d.i1) and not demonstrated(d.i1) and not documented(d.i2)", True),
        ("documented(d.i4)", None),
        ("documented(d.i3)", None),
        # facts
        ("fact.yes and not fact.no", True),
        ("fact.open", None),
        ("fact.count >= 7 and fact.left == 0 and fact.level == 3", True),
        ("fact.months < 3", None),
        ("fact.size == 'big' and fact.size in ['big'] and fact.size != 'small'", True),
        ("fact.size in ['big', 'small']", True),
        ("'small' == fact.size", False),
        ("'nps' in fact.used and not 'ces' in fact.used", True),
        ("'nps' in fact.unused", None),
        ("only(fact.used, 'nps', 'ces') and not only(fact.used, 'ces')", True),
        ("only(fact.none, 'nps')", False),
        ("only(fact.unused, 'nps')", None),
        ("size(fact.used) == 1 and size(fact.none) == 0", True),
        ("size(fact.unused) >= 0", None),
        # conditions and counting
        ("condition.sure and not condition.maybe == true", None),
        ("count(fact.yes, condition.maybe, d.i1 < 1) >= 1", True),
        ("count(fact.yes, condition.maybe, d.i1 < 1) >= 2", None),
        ("count(fact.yes, condition.maybe, d.i1 < 1) >= 3", False),
        ("2 <= count(fact.yes, fact.yes, condition.maybe)", True),
        ("count(fact.yes, condition.maybe) == 2", None),
        ("count(fact.yes, condition.maybe) != 0", True),
        ("count(fact.yes, fact.no) == d.i2", True),
        ("count(fact.yes) == d.i4", None),
        # measures and people are missing without data
        ("measure.nps.value >= 0 or measure.nps.change_is_real or measure.nps.scale_ok", None),
        ("measure.nps.n >= 1 and measure.nps.waves_flat >= 1", None),
        ("measure.nps.low < measure.nps.high and measure.nps.change > 3", None),
        ("gap(d) >= 1 or respondents(d.i1) >= 1 or respondents(d, 'leader') >= 1", None),
        ("agreement(d) < 0.5 or agreement(d, 'leader') < 0.5", None),
        # the phase is a range: p1 surely, p2 perhaps
        ("phase >= 'p1'", True),
        ("phase >= 'p2'", None),
        ("phase >= 'p3'", False),
        ("'p1' == phase", None),
        ("phase in ['p1', 'p2']", True),
        ("phase in ['p3', 'p4']", False),
        ("phase in ['p2']", None),
        ("phase != 'not_started'", True),
        # the overall is 2
        ("behaviour == 'p2' and behaviour > 'not_started' and behaviour < 'p3'", True),
    ],
)
def test_an_expression_is_true_false_or_undetermined(expression, truth):
    assert holds(expression) is truth


def test_after_caps_is_another_level_than_before():
    caps = {"C": {"when": "raw(d.i1) >= 3", "cap": {"d.i1": 2, "d": 1}}}
    text = "d.i1 == 2 and raw(d.i1) == 3 and raw(d) == 1.5 and d == 1 and evidenced(d.i1) == 2"
    assert holds(text, rules=caps) is True


def test_an_expression_may_run_over_lines():
    assert holds("d.i1 >= 3\n  and (d.i2 <= 1\n  or e > 1)\n") is True


def test_equal_parts_are_stored_and_computed_once():
    program = program_of(table_with("d.i1 >= 3 and (d.i1 >= 3 or not d.i1 >= 3)"))
    assert sum(expr.op == "compare" for expr in program.exprs if expr.data == ">=") <= 2


@pytest.mark.parametrize(
    "expression",
    [
        "d.i1 >= 3 and not (d.i2 < 2 or e > 1.5)",
        "(d.i1 + d.i2) * 2 - d.i4 / 3 <= 4",
        "-(d.i1 - d.i2) < 0.5",
        "d.i1 - (d.i2 - d.i4) > 1",
        "count(fact.yes, condition.sure) >= 1",
        "only(fact.used, 'nps', 'fcr') or 'ces' in fact.used",
        "fact.size == 'big' or phase in ['p1', 'p3'] or behaviour >= 'p2'",
        "documented(d.i1) and answered(e) and answered(fact.said)",
        "first(raw(d.i1), coverage(d)) > max(evidenced(d), 0.25)",
        "respondents(d, 'leader') > 1 and measure.nps.value >= 10",
    ],
)
def test_a_checked_expression_is_told_in_the_words_of_the_grammar(expression):
    program = program_of(table_with(expression))
    truth = program.rules[0].truth
    assert truth is not None
    said = spell(program, truth)
    assert said == expression
    again = program_of(table_with(said))
    assert spell(again, again.rules[0].truth or 0) == said


# --- what is refused ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("expression", "code", "said", "column"),
    [
        # names, with the nearest
        ("d.i9 >= 1", "unknown_name", "did you mean d.i", 1),
        ("d.i1 >= 1 and dd >= 1", "unknown_name", "'dd' is not known", 15),
        ("fact.yess", "unknown_name", "did you mean fact.yes", 1),
        ("condition.shure", "unknown_name", "did you mean condition.sure", 1),
        ("measure.nsp.value > 0", "unknown_name", "did you mean measure.nps.value", 1),
        ("measure.nps.mean > 0", "unknown_name", "measure.nps.low", 1),
        ("measure.nps > 0", "unknown_name", "measure.nps.value", 1),
        ("raw(x) > 0", "unknown_name", "'x' is not known", 1),
        ("covrage(d) > 0", "unknown_function", "did you mean coverage", 1),
        ("fact.size == 'huge'", "unknown_option", "one of small, big", 14),
        ("'nsp' in fact.used", "unknown_option", "one of nps, ces, fcr", 1),
        ("only(fact.used, 'x', 'nps')", "unknown_option", "'x'", 17),
        ("phase >= 'late'", "unknown_option", "not_started, p1", 10),
        ("share(d.i1.x) > 0.1", "unknown_option", "'d.i1' has no option 'x'", 1),
        ("respondents(d, 'boss') > 1", "unknown_place", "one of leader", 1),
        # types
        ("d.i1", "type", "true or false is needed here, this is a number", 1),
        ("fact.yes > 1", "type", "true or false and a number cannot be compared with >", 1),
        ("d.i1 == 'high'", "type", "a number cannot be compared with a text", 1),
        ("fact.used == 'nps'", "type", "write: 'x' in fact.y", 1),
        ("fact.size < 'big'", "type", "an option cannot be compared with a text by <", 1),
        ("fact.yes + 1 > 2", "type", "a number is needed here, this is true or false", 1),
        ("fact.said == 'x'", "type", "a text cannot be compared", 1),
        ("not d.i1", "type", "true or false is needed here", 5),
        ("'x'", "type", "a text can only be compared with options", 1),
        ("d.i1 in fact.used", "type", "'in' needs a list of constants", 9),
        ("d.i1 in []", "type", "the list is empty", 9),
        ("d.i1 in [d.i2]", "type", "a list holds constants only", 10),
        ("fact.yes in [true]", "type", "true or false cannot be in a list", 1),
        ("[1, 2]", "type", "a list stands only after 'in'", 1),
        ("True", "type", "write true or false", 1),
        ("d.i1 == None", "type", "write true or false", 9),
        ("fact.yes == fact.no", "type", "compare a truth with true or false only", 13),
        ("first(d.i1, fact.yes) > 1", "type", "numbers only or truths only", 1),
        ("size(fact.size) > 1", "type", "a fact with options to tick", 1),
        ("phase == behaviour", "type", "a phase and a phase cannot be compared", 1),
        ("count(d.i1) >= 1", "type", "true or false is needed here", 7),
        ("1j > 0", "type", "a number", 1),
        # arguments
        ("count() >= 1", "arguments", "count needs conditions", 1),
        ("first() >= 1", "arguments", "first needs operands", 1),
        ("min() >= 1", "arguments", "needs numbers", 1),
        ("abs(d.i1, d.i2) >= 1", "arguments", "1 of them", 1),
        ("only(fact.used)", "arguments", "only needs options", 1),
        ("size(fact.used, 'nps') > 1", "arguments", "one fact", 1),
        ("raw(d, e) >= 1", "arguments", "raw() takes one name", 1),
        ("gap(d, 'leader') >= 1", "arguments", "gap() takes one name", 1),
        ("respondents() >= 1", "arguments", "and a place", 1),
        ("raw(d=1) >= 1", "syntax", "no named arguments", 1),
        # units and ranges
        ("fact.count >= fact.months", "unit", "people and months", 1),
        ("fact.count + fact.months >= 1", "unit", "people and months", 1),
        ("max(fact.count, fact.months) >= 1", "unit", "people and months", 1),
        ("fact.count * 2 >= fact.months - 1", "unit", "people and months", 1),
        ("d.i1 >= 5", "threshold", "5 lies outside 0…4", 9),
        ("-0.1 <= d", "threshold", "-0.1 lies outside 0…4", 1),
        ("fact.count < 101", "threshold", "101 lies outside 0…100", 14),
        ("coverage(d) >= 60", "threshold", "60 lies outside 0…1", 16),
        ("measure.nps.value > 200", "threshold", "200 lies outside -100…100", 21),
        ("d.i1 - d.i2 > 5", "threshold", "5 lies outside -4…4", 15),
        ("d.i1 in [3, 7]", "threshold", "7 lies outside 0…4", 13),
        ("count(fact.yes, fact.no) >= 3", "threshold", "3 lies outside 0…2", 29),
        ("size(fact.used) == 4", "threshold", "4 lies outside 0…3", 20),
        # numbers
        ("d.i1 > 0.1234567", "number", "six decimals", 8),
        ("d.i1 > 1.00000000000000000001", "number", "six decimals", 8),
        ("d.i1 > 1e999", "number", "-1000000000 and 1000000000", 8),
        ("d.i1 > 10000000000", "number", "-1000000000 and 1000000000", 8),
        ("measure.nps.n * measure.nps.n > 1", "overflow", "beyond what is counted exactly", 1),
        # grammar
        ("d.i1 >", "syntax", "this is not an expression", 7),
        ("   d.i1 >= ) 1", "syntax", "not an expression", 12),
        ("", "syntax", "not an expression", 1),
        ("1and 2", "syntax", "not an expression", 1),
        ("d.i1 ** 2 > 1", "not_allowed", "only + - * / are known", 1),
        ("d.i1 % 2 == 1", "not_allowed", "only + - * / are known", 1),
        ("1 if fact.yes else 2", "not_allowed", "use and, or, not", 1),
        ("fact.yes is true", "not_allowed", "use ==", 1),
        ("'x' not in fact.used", "not_allowed", "write: not 'x' in fact.y", 1),
        ("d.i1 in (1, 2)", "not_allowed", "a list is written [1, 2]", 9),
        ("lambda: 1", "not_allowed", "Lambda", 1),
        ("fact.used['nps']", "not_allowed", "Subscript", 1),
        ("f'{d}' == 'x'", "not_allowed", "JoinedStr", 1),
        ("(d).i1 > 1 and d().i1 > 1", "syntax", "only joins the words of a name", 16),
        ("d.i1 > 1 # why", "character", "'#' has no place", 10),
        ("d.i1 > 1; d", "character", "';' has no place", 9),
        ("d.i1 > 1 \\\n", "character", "no place", 10),
        ("d.i1 ≥ 1", "character", "plain letters", 6),
        ("'ä' in fact.used", "character", "plain letters", 2),
        ("d.i1\t> 1", "character", "plain letters", 5),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_column(expression, code, said, column):
    if not expression:
        with pytest.raises(FaultyError) as caught:
            parse(expression)
        fault = caught.value.fault
        assert (fault.code, fault.column) == (code, column)
        return
    (problem,) = faults(expression)
    assert (problem.code, problem.where.key, problem.where.column) == (code, "rules.R.when", column)
    assert said in str(problem)


def test_all_faults_of_an_expression_are_found_at_once():
    found = faults("d.i9 > 1 and fact.size == 'x' or d.i1 > 9 and not e")
    assert [(p.code, p.where.column) for p in found] == [
        ("unknown_name", 1),
        ("unknown_option", 27),
        ("threshold", 41),
        ("type", 51),
    ]


def test_a_rule_that_reads_a_faulty_condition_says_only_so():
    conditions = {**CONDITIONS, "bad": {"when": "d.i9 > 1"}}
    table = {**table_with("condition.bad"), "conditions": conditions}
    with pytest.raises(RubricError) as caught:
        program_of(table)
    found = [(p.code, p.where.key) for p in caught.value.problems]
    assert found == [("unknown_name", "conditions.bad.when"), ("condition", "rules.R.when")]


def test_evidenced_needs_ceilings():
    table = {**table_with("evidenced(d) > 1"), "evidence_ceilings": {}}
    with pytest.raises(RubricError, match="no evidence_ceilings"):
        program_of(table)


def test_a_threshold_is_no_error_because_a_module_or_a_weight_is_away():
    node = dimension(ladder(), ladder(module="m"), combine="sum")
    rules = {"R": {"when": "d >= 7", "severity": "note", "title": "T", "text": "T."}}
    table = rubric({"d": node}, modules={"m": {"title": "M"}}, rules=rules)
    for world in ({}, {"modules": ["m"]}, {"weights": {"d.i1": 0.5}}):
        assert program_of(table, world).rules[0].truth is not None


# --- limits -------------------------------------------------------------------------------------


def said_of(expression: str) -> str:
    with pytest.raises(FaultyError) as caught:
        parse(expression)
    return caught.value.fault.code


def test_length_is_limited():
    long = " or ".join(["d.i1 >= 1"] * 36) + " or fact.yes or true "
    assert len(long) <= LONGEST
    parse(long)
    assert said_of(long + " " * (LONGEST + 1 - len(long))) == "too_long"


def test_depth_is_limited():
    parse("not " * 12 + "fact.yes")
    parse("(" * 30 + "d" + ")" * 30)
    assert said_of("not " * 30 + "fact.yes") == "too_deep"
    assert said_of("-" * 400 + "1") == "too_deep"
    deep = DEEPEST_BRACKETS + 1
    assert said_of("(" * deep + "1" + ")" * deep) == "too_deep"


def test_the_number_of_parts_is_limited():
    signs = " and ".join(["a<b<c<d<e<f<g<h<i<j<k<l<m<n<o<p<q"] * 12)
    assert len(signs) <= LONGEST
    assert said_of(signs) == "too_long"


def test_all_expressions_together_are_limited(monkeypatch):
    monkeypatch.setattr("cxmaturity.engine.compile.MOST_EXPRESSIONS", 5)
    (problem,) = faults("d.i1 > 1 and d.i2 > 2")
    assert problem.code == "too_costly"


# --- functions of plugins -----------------------------------------------------------------------


def doubled(registry: Registry = REGISTRY, **keys: Any) -> Registry:
    function = Function(
        name="doubled",
        summary="twice as much",
        arguments=1,
        scalar=lambda x: 2 * x,
        range=lambda span: (2 * span[0], 2 * span[1]),
        **keys,
    )
    return Registry(registry.kinds, registry.combiners, {"doubled": function})


def test_a_plugins_function_is_called_with_its_range_known():
    table = table_with("doubled(d.i1) == 6 and doubled(d.i4) >= 0 and doubled(1) <= 2")
    rubric_ = rubric_of(table)
    program = compile_rubric(rubric_, doubled())
    assert evaluate(program, inputs_of(program, WORLD)).expr[program.rules[0].truth or 0] is None
    for wrong, code in (("doubled(d.i1) > 9", "threshold"), ("doubled(d.i1, 2) > 1", "arguments")):
        with pytest.raises(RubricError) as caught:
            compile_rubric(rubric_of(table_with(wrong)), doubled())
        assert caught.value.problems[0].code == code


# --- hostile texts ------------------------------------------------------------------------------

DOCUMENTED = {
    # These are expressions: exact decimals, and chains as the conjunction of their pairs.
    "0.1+0.2 == 0.3": True,
    "-0.0 == 0": True,
    "1 < score < 3 > 2": True,
}


def hostile_program(payload: str) -> Program:
    """A rubric whose dimension `score` is 2, with the text as a condition that a rule reads."""
    made = rubric(
        {"score": dimension(ladder())},
        facts={"answers": question("yes_no")},
        rules={"R": {"when": payload, "severity": "note", "title": "T", "text": "T."}},
    )
    return compile_rubric(rubric_of(made), REGISTRY)


def test_every_hostile_text_is_refused_or_means_what_is_documented(shared):
    lines = (shared / "data/corpora/expressions/hostile-expressions.jsonl").read_text("utf-8")
    payloads = [json.loads(line)["payload"] for line in lines.splitlines()]
    assert len(payloads) == 80
    met = set()
    for payload in payloads:
        start = time.process_time()
        try:
            parse(payload)
            program = hostile_program(payload)
        except FaultyError as error:
            said = [error.fault.what.format(**error.fault.values)]
        except RubricError as error:
            said = [str(problem) for problem in error.problems]
        else:
            said = ["documented"]
            world = empty_world(program)
            world.leaf_state[0], world.leaf_level[0] = 0, 2 * M
            truth = evaluate(program, world).expr[program.rules[0].truth or 0]
            assert DOCUMENTED[payload] is truth
            met.add(payload)
        assert all(said)
        assert time.process_time() - start <= 0.05
    assert met == set(DOCUMENTED)


@pytest.mark.parametrize(
    "payload",
    [
        "().__class__",
        "''.__class__.__mro__[1].__subclasses__()",
        "d.__class__",
        "d.i1.__init__.__globals__",
        "__import__('os').system('echo')",
        "open('/etc/passwd').read()",
        "getattr(d, 'i1')",
        "'{0.__class__}'.format(d)",
        "[x for x in d]",
        "(d := 5)",
        "9**9**9",
        "'a' * 1000000000",
        "1 << 1000000000",
        "9" * 499,
        "0x" + "f" * 400,
        "d.i1 > 1\u202e",
        "d.i1\u00a0> 1",
        "\ufeffd.i1 > 1",
        "d.i1 >\x00 1",
        "1) or (2",
        "'unfinished",
        "'\\x41' in fact.used",
        "await d",
        "*d",
        "d.i1\nimport os",
        "nan > 1",
        "{1, 2}",
        "{}",
        "...",
        "b'x' == 1",
    ],
)
def test_nothing_beyond_the_grammar_is_let_in(payload):
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        start = time.process_time()
        found = faults(payload)
        assert time.process_time() - start <= 0.2
    assert found
    assert not heard


def test_a_broken_character_is_refused_by_its_place():
    with pytest.raises(FaultyError) as caught:
        parse("d.i1 > \ud800")
    assert (caught.value.fault.code, caught.value.fault.column) == ("character", 8)
