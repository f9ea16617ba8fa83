"""Questions and answers of every kind, for generated rubrics and worlds."""

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from tests.reference.amounts import Scale, exact
from tests.reference.drawing import Die, Style, written

LETTERS = ("a", "b", "c", "d")
REASONS = ("other", "out_of_scope", "not_in_this_business")
RANGES = ((0, 10), (0, 100), (-10, 10))


def draw_indicator(die: Die, style: Style, scale: Scale) -> dict[str, Any]:
    """The kind and the kind's own keys of an indicator on a scale with whole ends."""
    kind = die.pick(("ladder", "ladder", "choice", "checks", "yes_no", "number"))
    question: dict[str, Any] = {"kind": kind, "title": "Indicator", "question": "How is it?"}
    if kind == "ladder":
        question["levels"] = [f"Level {n}" for n in range(int(scale.low), int(scale.best) + 1)]
    elif kind == "choice":
        span = _beyond(scale) if style.beyond else scale
        question["options"] = _options(die, span, unscored=not style.monotone)
    elif kind == "checks":
        _add_checks(die, question, scale)
    elif kind == "yes_no":
        high, low = die.pick(((scale.best, scale.low), (scale.best, _middle(scale))))
        question |= {"yes": written(high), "no": written(low)}
        if die.chance(20):
            question |= {"yes": question["no"], "no": question["yes"]}
    else:
        _add_number(die, question, scale)
    return question


def _beyond(scale: Scale) -> Scale:
    return Scale(scale.low - 3, scale.best + 2)


def _middle(scale: Scale) -> Fraction:
    return (scale.low + scale.best) / 2


def _options(die: Die, scale: Scale, *, unscored: bool) -> list[dict[str, Any]]:
    ids = LETTERS[: die.number(2, 4)]
    options = [{"id": key, "text": key, "level": die.within(scale)} for key in ids]
    options[0]["level"], options[1]["level"] = written(scale.low), written(scale.best)
    if die.chance(30):
        options[0]["level"] = written(_middle(scale))
    if unscored and die.chance(25):
        options.append({"id": "e", "text": "Not counted"})
    return options


def _add_checks(die: Die, question: dict[str, Any], scale: Scale) -> None:
    ids = LETTERS[: die.number(2, 3)]
    question["options"] = [{"id": key, "text": key} for key in ids]
    if die.chance(50):
        counted = [die.within(scale) for _ in ids]
        question["by_count"] = [written(scale.low), *counted[:-1], written(scale.best)]
        return
    span = Scale(Fraction(-1), scale.best - scale.low)
    for option in question["options"]:
        option["level"] = die.within(span)
    question["options"][0]["level"] = written(scale.best)


def _add_number(die: Die, question: dict[str, Any], scale: Scale) -> None:
    low, high = die.pick(RANGES)
    question |= {"unit": "pieces", "range": [low, high]}
    marks = sorted({die.number(low + 1, high - 1) for _ in range(die.number(1, 2))})
    if die.chance(50):
        xs = [low, *marks, high]
        ends = [written(scale.low), *(die.within(scale) for _ in marks), written(scale.best)]
        question["curve"] = [[x, y] for x, y in zip(xs, ends, strict=True)]
        return
    steps = [{die.pick(("from", "above")): mark, "level": die.within(scale)} for mark in marks]
    steps[-1]["level"] = written(scale.best)
    question["steps"] = [{"level": written(scale.low)}, *steps]


def draw_fact(die: Die) -> dict[str, Any]:
    """A fact: the same kinds without levels, and text."""
    kind = die.pick(("yes_no", "number", "choice", "checks", "text"))
    fact: dict[str, Any] = {"kind": kind, "title": "Fact", "question": "What is it?"}
    if kind == "number":
        fact |= {"unit": "pieces", "range": list(die.pick(RANGES))}
    elif kind in ("choice", "checks"):
        fact["options"] = [{"id": key, "text": key} for key in LETTERS[: die.number(2, 3)]]
    if die.chance(20):
        fact["if_not_applicable"] = draw_answer(die, fact, Scale(Fraction(0), Fraction(1)))
    return fact


def draw_answer(die: Die, question: Mapping[str, Any], scale: Scale) -> Any:
    """A value that answers the question."""
    kind = question["kind"]
    if kind == "ladder":
        return die.number(int(scale.low), int(scale.best))
    if kind == "yes_no":
        return die.chance(50)
    if kind == "number":
        return die.pick(_numbers(question))
    if kind == "text":
        return die.pick(("words", "other words"))
    ids = [option["id"] for option in question["options"]]
    return die.pick(ids) if kind == "choice" else die.some(ids)


def _numbers(question: Mapping[str, Any]) -> list[int | float]:
    """Numbers worth trying: ends, bends, both sides of each step, and what lies between."""
    low, high = question["range"]
    marks = [x for x, _ in question.get("curve", ())]
    for step in question.get("steps", ()):
        at = step.get("from", step.get("above"))
        if at is not None:
            marks += [at - 0.000001, at, at + 0.000001]
    known = sorted({exact(mark) for mark in (low, high, *marks) if low <= mark <= high})
    between = [(2 * a + b) / 3 for a, b in pairwise(known)]
    return [written(value) for value in (*known, *between)]


def draw_state(die: Die, question: Mapping[str, Any], scale: Scale) -> Any:
    """An answer in any state; None is absent."""
    state = die.pick(("value",) * 7 + ("absent", "absent", "unknown", "not_applicable"))
    if state == "value":
        return draw_answer(die, question, scale)
    if state == "not_applicable":
        return {"not_applicable": die.pick(REASONS)}
    return "unknown" if state == "unknown" else None
