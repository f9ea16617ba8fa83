"""Reasons: every number leads down to answers, in words, without end."""

from dataclasses import replace

import pytest

from cxmaturity.engine.score import score
from cxmaturity.model.answers import Answers
from cxmaturity.model.scorecard import Clause, Operand
from cxmaturity.text.account import Account
from cxmaturity.text.messages import LANGUAGES, speaking
from cxmaturity.text.names import names_of
from cxmaturity.tui.reasons import Reason, read_by, verdict_mark, why
from cxmaturity.tui.widgets.drawing import Frame
from cxmaturity.tui.widgets.why_tree import ROOT, Tree, parent, why_tree
from cxmaturity.workbench import Workbench
from tests.exporters.example import CARD

TOLD = Account(CARD, names_of(CARD), "en")


def words(reason: Reason) -> list[str]:
    return [branch.words for branch in reason.branches()]


def reason(subject: str) -> Reason:
    found = why(TOLD, subject)
    assert found is not None
    return found


def test_a_score_rests_on_its_parts_and_on_the_arithmetic():
    said = words(reason("loop"))
    assert said[0].endswith("(3 × 2 + 2 × 0) / 5 = 1.2")
    assert said[1:4] == [
        "Care of detractors: 2 · weight 3",
        "Feedback in weekly leading: 0 · weight 2",
        "Telling back: does not apply",
    ]
    assert "Target: 3, 1.8 to go." in said


def test_a_cap_rests_on_its_rule_and_the_rule_on_what_it_reads():
    cap = next(b for b in reason("metrics").branches() if b.mark == "cap")
    assert cap.words == "Held at 2 by the rule “NPS stands alone”."
    clause = next(b for b in cap.branches() if b.mark == "holds")
    assert words(clause) == [
        "In the rubric: only(fact.metrics_in_use, 'nps')",
        "fact.metrics_in_use: nps",
    ]


def test_why_there_is_no_score():
    assert "No score: 40% is answered, 60% is needed." in words(reason("quick"))
    assert "quick.visible: 0 (unanswered, counted by the rubric's policy)" in words(reason("quick"))


def test_a_part_on_another_scale_tells_both_figures():
    assert "From feedback to action: 1.2, 30 on this scale" in words(reason("overall"))


def test_an_open_rule_that_may_cap_is_named_and_so_is_what_decides_it():
    rule = next(b for b in reason("overall").branches() if b.mark == "open")
    assert rule.words == "The rule “The vision leaks out” is still open and may hold it down."
    assert "decided by: fact.outsourced_share" in words(rule)[0]


def test_one_condition_of_a_gate_can_be_asked_about():
    assert reason("phase.awakening/1").words == "Why we do this 2, needs at least 3: 1 short"
    assert reason("phase.awakening/99").words == reason("phase.awakening").words


def test_what_is_unknown_has_no_reasons():
    assert why(TOLD, "nothing") is None
    assert why(TOLD, "phase.nowhere") is None
    assert reason("SALES_ABSENT").words == "SALES_ABSENT: not asked, its module is off"
    assert reason("fact.outsourced_share").words.endswith("not answered, or it does not apply")


def test_without_a_trace_gates_are_told_still():
    bare = replace(CARD, trace=None)
    told = Account(bare, names_of(bare), "en")
    assert why(told, "loop") is None
    root = why(told, "phase")
    assert root is not None
    assert "Gate of the phase Awakening: fails" in words(root)


def test_a_clause_reads_paths_and_neither_texts_nor_functions():
    values: dict[str, Operand] = {
        "grade(loop.weekly)": "claimed",
        "respondents(people, 'leader')": 2.0,
    }
    clause = Clause("…", True, values, decides=("fact.size",))
    assert read_by(clause) == ["loop.weekly", "people", "fact.size"]


@pytest.mark.parametrize(("holds", "mark"), [(True, "holds"), (False, "fails"), (None, "open")])
def test_a_verdict_has_a_mark(holds, mark):
    assert verdict_mark(holds) == mark


def test_a_tree_folds_and_keeps_what_was_unfolded_inside():
    tree = Tree(reason("loop"))
    assert tree.unfold("0/1")
    assert not tree.unfold("0/1")
    assert not tree.toggle("0/0")
    assert "Answer, level 2: 2" in why_tree(tree, Frame(77)).text()
    assert tree.fold(ROOT)
    assert not tree.fold(ROOT)
    assert why_tree(tree, Frame(77)).text() == "▸ From feedback to action: 1.20"
    tree.unfold(ROOT)
    assert "Answer, level 2: 2" in why_tree(tree, Frame(77)).text()
    assert [parent(key) for key in ("0/1/2", "0/1", "0")] == ["0/1", "0", "0"]


def test_an_empty_tree_draws_nothing():
    assert why_tree(Tree(), Frame(77)).lines == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_of_the_default_rubric_can_be_explained_to_the_end(language):
    bench = Workbench()
    loaded = bench.load_rubric("cx_phases")
    program = bench.program(loaded)
    ratings = {leaf.path: place % 5 for place, leaf in enumerate(program.leaves) if place % 7}
    card = score(program, Answers(ratings))
    told = Account(card, names_of(card, loaded.rubric), language)
    assert card.trace is not None
    subjects = ["phase", *card.trace.nodes, *card.trace.indicators, *card.trace.rules]
    with speaking(language):
        for subject in subjects:
            root = why(told, subject)
            assert root is not None
            assert root.subject == subject
            waiting, seen = [(root, 0)], 0
            while waiting and seen < 500:
                one, depth = waiting.pop()
                seen += 1
                assert one.words
                assert depth < 12
                waiting += [(branch, depth + 1) for branch in one.branches()]
