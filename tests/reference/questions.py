"""Question kinds: what level an answer gives, and the levels a question can give at all."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from tests.reference.amounts import MILLION, Scale, exact, on_curve, on_steps

Question = Mapping[str, Any]


def is_not_applicable(answer: object) -> bool:
    """Whether the answer says that the question does not apply."""
    return isinstance(answer, Mapping) and "not_applicable" in answer


def level_of(question: Question, answer: Any, scale: Scale) -> Fraction | None:
    """The level of an answer; None where the chosen option has none."""
    kind = question["kind"]
    if kind == "ladder":
        return exact(answer)
    if kind == "yes_no":
        return exact(question["yes"] if answer else question["no"])
    if kind == "number":
        return _number_level(question, exact(answer))
    if kind == "checks":
        return _checks_level(question, set(answer), scale)
    chosen = next(option for option in question["options"] if option["id"] == answer)
    return None if chosen.get("level") is None else exact(chosen["level"])


def _number_level(question: Question, value: Fraction) -> Fraction:
    if question.get("curve"):
        return on_curve(question["curve"], value)
    return on_steps(question["steps"], value)


def _checks_level(question: Question, chosen: set[str], scale: Scale) -> Fraction:
    if question.get("by_count"):
        return exact(question["by_count"][len(chosen)])
    levels = [exact(o.get("level") or 0) for o in question["options"] if o["id"] in chosen]
    return _clamped(sum(levels, Fraction(0)), scale)


def _clamped(value: Fraction, scale: Scale) -> Fraction:
    return min(max(value, scale.low), scale.best)


def possible_levels(question: Question, scale: Scale) -> Scale:
    """The lowest and the highest level that the question can give."""
    kind = question["kind"]
    if kind == "ladder":
        return scale
    if kind == "yes_no":
        levels = [exact(question["yes"]), exact(question["no"])]
    elif kind == "choice":
        levels = [exact(o["level"]) for o in question["options"] if o.get("level") is not None]
    elif kind == "checks":
        levels = _checks_levels(question, scale)
    else:
        levels = [_number_level(question, value) for value in _turning_points(question)]
    return Scale(min(levels), max(levels))


def _checks_levels(question: Question, scale: Scale) -> list[Fraction]:
    if question.get("by_count"):
        return [exact(level) for level in question["by_count"]]
    levels = [exact(option.get("level") or 0) for option in question["options"]]
    lowest = sum((level for level in levels if level < 0), Fraction(0))
    highest = sum((level for level in levels if level > 0), Fraction(0))
    return [_clamped(lowest, scale), _clamped(highest, scale)]


def _turning_points(question: Question) -> list[Fraction]:
    """Every answer at which the level can be at its lowest or highest: ends, bends and steps."""
    low, high = (exact(end) for end in question["range"])
    bends = [exact(x) for x, _ in question.get("curve") or ()]
    for step in question.get("steps") or ():
        at = step.get("above") if step.get("above") is not None else step.get("from")
        if at is not None:
            bends += [exact(at) + Fraction(by, MILLION) for by in (-1, 0, 1)]
    return [low, high, *(bend for bend in bends if low < bend < high)]


def fact_value(question: Question, answer: Any) -> bool | Fraction | str | frozenset[str]:
    """The value of a fact as rules read it."""
    kind = question["kind"]
    if kind == "yes_no":
        return bool(answer)
    if kind in ("number", "ladder"):
        return exact(answer)
    if kind == "checks":
        return frozenset(answer)
    return str(answer)
