"""Expressions that type-check, for generated rules, gates, conditions and `ask_when`.

An expression can be asked to *lean*: up (a better answer can only turn it from false to true),
down, or either way.  Comparisons stay inside the range of what they compare.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from tests.reference.amounts import Scale, exact
from tests.reference.drawing import Die, written

Lean = Literal["up", "down", "any"]
OPPOSITE: Mapping[Lean, Lean] = {"up": "down", "down": "up", "any": "any"}
OPERATORS: Mapping[Lean, tuple[str, ...]] = {
    "up": (">=", ">"),
    "down": ("<=", "<"),
    "any": (">=", "<", ">", "<=", "==", "!="),
}


@dataclass(frozen=True)
class Number:
    """A readable number: its text, its range, and whether a better answer can raise it."""

    text: str
    range: Scale
    rises: bool
    unit: str = "level"


@dataclass(frozen=True)
class Truth:
    """A readable truth: its text, and which way a better answer can turn it, if any."""

    text: str
    lean: Lean | None = None


@dataclass(frozen=True)
class Readable:
    """What may be read at one place of a rubric."""

    numbers: tuple[Number, ...] = ()
    truths: tuple[Truth, ...] = ()

    def __add__(self, other: "Readable") -> "Readable":
        return Readable(self.numbers + other.numbers, self.truths + other.truths)


def of_fact(key: str, fact: Mapping[str, Any]) -> Readable:
    """Everything an expression can ask about a fact."""
    name, kind = f"fact.{key}", fact["kind"]
    if kind == "yes_no":
        return Readable(truths=(Truth(name), Truth(f"not {name}")))
    if kind == "number":
        low, high = (exact(end) for end in fact["range"])
        return Readable(numbers=(Number(name, Scale(low, high), rises=False, unit="pieces"),))
    ids = [option["id"] for option in fact.get("options", ())]
    if kind == "choice":
        equal = Truth(f"{name} == '{ids[0]}'"), Truth(f"{name} != '{ids[1]}'")
        return Readable(truths=(*equal, Truth(f"{name} in ['a', 'b']")))
    if kind == "checks":
        chosen = Truth(f"'{ids[0]}' in {name}"), Truth(f"only({name}, '{ids[0]}', '{ids[1]}')")
        size = Number(f"size({name})", Scale(Fraction(0), Fraction(len(ids))), False, "options")
        return Readable((size,), chosen)
    return Readable()


def of_question(path: str, levels: Scale) -> Readable:
    """What `ask_when` can ask about an indicator: its level before caps."""
    return Readable((Number(path, levels, rises=True),))


def of_indicator(path: str, levels: Scale, *, capped: bool, ceilings: bool) -> Readable:
    """What rules can ask about an indicator; ``capped``: also what its caps decide."""
    names = [f"raw({path})", *([path] if capped else [])]
    names += [f"evidenced({path})"] if capped and ceilings else []
    truths = (
        Truth(f"answered({path})"),
        Truth(f"documented({path})", "up"),
        Truth(f"demonstrated({path})", "up"),
    )
    return Readable(tuple(Number(name, levels, rises=True) for name in names), truths)


def of_node(name: str, scale: Scale, *, ceilings: bool) -> Readable:
    """Everything about a dimension."""
    scores = (name, f"raw({name})", *((f"evidenced({name})",) if ceilings else ()))
    numbers = [Number(text, scale, rises=True) for text in scores]
    coverage = Number(f"coverage({name})", Scale(Fraction(0), Fraction(1)), False, "share")
    return Readable((*numbers, coverage))


class Writer:
    """Writes expressions over what may be read at a place."""

    def __init__(self, die: Die, readable: Readable) -> None:
        self.die = die
        self.readable = readable

    def truth(self, lean: Lean = "any", depth: int = 2) -> str:
        """An expression that is a truth."""
        form = self.die.pick(("leaf", "leaf", "and", "or", "not", "count", "first"))
        if depth == 0 or form == "leaf":
            return self._leaf(lean)
        if form == "not":
            return f"not ({self.truth(OPPOSITE[lean], depth - 1)})"
        # Few inner parts, because an expression has at most 500 characters.
        parts = [self.truth(lean, depth - 1) for _ in range(self.die.number(2, 1 + depth))]
        if form == "count":
            operator = self.die.pick((">=", "==", "<=") if lean == "any" else (">=",))
            return f"count({', '.join(parts)}) {operator} {self.die.number(1, len(parts))}"
        if form == "first":
            return f"first({', '.join(parts)})"
        return f" {form} ".join(f"({part})" for part in parts)

    def _leaf(self, lean: Lean) -> str:
        fitting = [t for t in self.readable.truths if t.lean in (lean, None) or lean == "any"]
        if fitting and (not self.readable.numbers or self.die.chance(35)):
            return self.die.pick(fitting).text
        if not self.readable.numbers:
            return self.die.pick(("true", "false"))
        return self._comparison(lean)

    def _comparison(self, lean: Lean) -> str:
        number = self.number(self.die.pick(self.readable.numbers), lean)
        form = self.die.pick(("plain", "plain", "chain", "in"))
        limit = self.die.inside(number.range)
        if lean == "any" and form == "chain":
            return f"{written(number.range.low)} < {number.text} <= {limit}"
        if lean == "any" and form == "in":
            return f"{number.text} in [{limit}, {written(number.range.best)}]"
        operators = OPERATORS[lean if number.rises else "any"]
        return f"{number.text} {self.die.pick(operators)} {limit}"

    def number(self, one: Number, lean: Lean) -> Number:
        """The number itself, or a little arithmetic on it."""
        form = self.die.pick(
            ("plain", "plain", "plain", "plus", "times", "by", "min", "abs", "less")
        )
        low, high = one.range
        if form == "times":
            return Number(f"{one.text} * 2", Scale(low * 2, high * 2), one.rises)
        if form == "by":
            return Number(f"{one.text} / 3", Scale(low / 3, high / 3), one.rises)
        other = self.die.pick([n for n in self.readable.numbers if n.unit == one.unit])
        rises = one.rises or other.rises
        if form == "plus":
            both = Scale(low + other.range.low, high + other.range.best)
            return Number(f"({one.text} + {other.text})", both, rises)
        if form == "min":
            word, choose = self.die.pick((("min", min), ("max", max), ("first", None)))
            ends = zip(one.range, other.range, strict=True)
            both = Scale(*(choose(pair) for pair in ends)) if choose else _hull(one, other)
            return Number(f"{word}({one.text}, {other.text})", both, rises)
        if form in ("abs", "less") and lean == "any":
            apart = Scale(low - other.range.best, high - other.range.low)
            if form == "less":
                return Number(f"({one.text} - {other.text})", apart, rises)
            furthest = max(abs(apart.low), abs(apart.best))
            return Number(f"abs({one.text} - {other.text})", Scale(Fraction(0), furthest), rises)
        return one


def _hull(one: Number, other: Number) -> Scale:
    both = (one.range, other.range)
    return Scale(min(scale.low for scale in both), max(scale.best for scale in both))


def phases(names: Sequence[str], word: str) -> Readable:
    """What an expression can ask about `phase` or `behaviour`."""
    texts = [Truth(f"{word} >= '{names[-1]}'", "up"), Truth(f"{word} < '{names[0]}'", "down")]
    return Readable(truths=(*texts, Truth(f"'not_started' != {word}", "up")))
