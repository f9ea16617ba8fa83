"""One world scored with one rubric, each figure by the sentence that defines it.

Slow and plain on purpose: nothing here may be made fast, and nothing may import the product's
engine, question kinds or combining methods.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from tests.reference.amounts import convert, exact, millionth
from tests.reference.answers import GRADES, Answers
from tests.reference.expressions import OneOf, Value, truth
from tests.reference.methods import Combined, Part, Points, combine, finished
from tests.reference.questions import possible_levels
from tests.reference.structure import ROOT, Structure

NOT_STARTED = "not_started"


@dataclass(frozen=True)
class Standing:
    """A node apart from its figures.

    States: scored, none, not_applicable, not_asked (not applicable because nothing is asked).
    """

    state: str
    coverage: Fraction


@dataclass(frozen=True)
class Figures:
    """A node's value before and after caps, and the points it hands on."""

    raw: Fraction
    final: Fraction
    points: Points | None


class Run:
    """One world scored with one rubric; each figure is computed when it is first asked for."""

    def __init__(self, rubric: Mapping[str, Any], world: Mapping[str, Any]) -> None:
        self.rubric = rubric
        self.world = world
        self.structure = Structure(rubric, world)
        self.answers = Answers(self.structure, world)
        # Remembered per run only: the figures are the same each time, and asked for very often.
        for name in ("standing", "figures", "rule", "gate"):
            setattr(self, name, cache(getattr(self, name)))

    # --- figures of indicators and nodes ------------------------------------------------------

    def before_caps(self, path: str, column: str = "main") -> Fraction | None:
        """The level or score before caps."""
        if not self.structure.has(path):
            return None
        if self.structure.is_node(path):
            figures = self.figures(path, column)
            return figures.raw if figures else None
        level = self.answers.indicator(path).level
        ceiling = self._ceiling(path) if column == "evidenced" else None
        return level if level is None or ceiling is None else min(level, ceiling)

    def final(self, path: str, column: str = "main") -> Fraction | None:
        """The level or score after caps."""
        if self.structure.has(path) and self.structure.is_node(path):
            figures = self.figures(path, column)
            return figures.final if figures else None
        level = self.before_caps(path, column)
        return None if level is None else self._capped(path, level)

    def _ceiling(self, path: str) -> Fraction | None:
        ceiling = self.rubric.get("evidence_ceilings", {}).get(self.answers.grade(path))
        if ceiling is None:
            return None
        return convert(exact(ceiling), self.structure.scale, self.structure.scale_of(path))

    def _capped(self, path: str, value: Fraction) -> Fraction:
        limits = [limit for rule, limit in self.limits(path).items() if self.rule(rule)]
        return min([value, *limits])

    def limits(self, path: str) -> dict[str, Fraction]:
        """The limit that each rule would put on the target, whether it fires or not."""
        rules = self.rubric.get("rules", {}).items()
        return {key: exact(r["cap"][path]) for key, r in rules if path in r.get("cap", {})}

    def standing(self, node: str) -> Standing:
        """Whether a node has a score, and its coverage."""
        parts = self.structure.parts(node)
        applicable = [part for part in parts if self._applies(part)]
        coverage = self._coverage(applicable)
        if not applicable:
            unasked = all(self._state(part) in ("not_asked", "unscored") for part in parts)
            return Standing("not_asked" if unasked else "not_applicable", coverage)
        blocked = any(self._filling(part) == "block" for part in parts)
        enough = coverage >= self.structure.min_coverage(node)
        has_score = enough and not blocked and self._combined(node, "main") is not None
        return Standing("scored" if has_score else "none", coverage)

    def figures(self, node: str, column: str = "main") -> Figures | None:
        """The node's figures in one column, None without a score."""
        if self.standing(node).state != "scored":
            return None
        combined = self._combined(node, column)
        assert combined is not None
        raw = finished(self.structure.settings(node), combined.value)
        return Figures(raw, self._capped(node, raw), combined.points)

    def _combined(self, node: str, column: str) -> Combined | None:
        settings = dict(self.structure.settings(node))
        if self.structure.method(node) == "staged":
            settings["stages"] = self.structure.stages(node)
        made = [self._part(part, column) for part in self.structure.parts(node)]
        parts = [part for part in made if part is not None]
        return combine(settings, parts, self.structure.scale_of(node))

    def _state(self, path: str) -> str:
        if self.structure.is_node(path):
            return self.standing(path).state
        return self.answers.indicator(path).state

    def _applies(self, path: str) -> bool:
        return self._state(path) not in ("not_applicable", "not_asked", "unscored")

    def _filling(self, path: str) -> str:
        """What stands in for a part: "" (its own value), skip, zero, full, target or block."""
        state = self._state(path)
        if state in ("answered", "scored"):
            return ""
        if state in ("not_asked", "unscored"):
            return "skip"
        return self.structure.policy(path, "unanswered" if state == "none" else state)

    def _part(self, path: str, column: str) -> Part | None:
        """A part as its node combines it; None where it leaves the node."""
        filling = self._filling(path)
        if filling in ("skip", "block") and not self._applies(path):
            return None
        weight = self._score_weight(path)
        scale = self.structure.scale_of(path)
        settings = self.structure.settings(path)
        if filling:
            return Part(self._filled(path, filling), weight, scale, settings)
        node = self.figures(path, column) if self.structure.is_node(path) else None
        points = node.points if node else None
        return Part(self.final(path, column), weight, scale, settings, points)

    def _filled(self, path: str, filling: str) -> Fraction | None:
        if filling in ("skip", "block"):
            return None
        target = self.world.get("targets", {}).get(path)
        if filling == "target" and target is not None:
            return exact(target)
        ends = self.structure.scale_of(path)
        if not self.structure.is_node(path):
            ends = possible_levels(self.structure.settings(path), ends)
        return ends.low if filling == "zero" else ends.best

    def _score_weight(self, path: str) -> Fraction:
        own = self.structure.weight(path)
        if own is not None:
            return own
        parts = self.structure.parts(path)
        valued = [part for part in parts if self._filling(part) not in ("skip", "block")]
        return sum((self._score_weight(part) for part in valued), Fraction(0))

    def _coverage(self, applicable: list[str]) -> Fraction:
        weights = {part: self._applicable_weight(part) for part in applicable}
        total = sum(weights.values(), Fraction(0))
        if total == 0:
            return Fraction(0)
        covered = (weight * self._covered(part) for part, weight in weights.items())
        return millionth(sum(covered, Fraction(0)) / total)

    def _applicable_weight(self, path: str) -> Fraction:
        own = self.structure.weight(path)
        if own is not None:
            return own
        parts = [part for part in self.structure.parts(path) if self._applies(part)]
        return sum((self._applicable_weight(part) for part in parts), Fraction(0))

    def _covered(self, path: str) -> Fraction:
        if self.structure.is_node(path):
            standing = self.standing(path)
            return standing.coverage if standing.state == "scored" else Fraction(0)
        return Fraction(self.answers.indicator(path).state == "answered")

    # --- what rules read ----------------------------------------------------------------------

    def name(self, path: str) -> Value:
        """The value of a name in a rule, gate or condition."""
        first, _, rest = path.partition(".")
        if first == "fact":
            return self.answers.fact(rest)
        if first == "condition":
            return truth(self.rubric["conditions"][rest]["when"], self)
        if first == "measure":
            return None
        if path == "phase":
            low, high = self.attained()
            return self._phases(range(low, high + 1))
        if path == "behaviour":
            rank = self.behaviour(ROOT)
            return None if rank is None else self._phases([rank])
        return self.final(path)

    def about(self, function: str, path: str) -> Value:
        """The value of one of the functions that take a single name."""
        if function == "raw":
            return self.before_caps(path)
        if function == "evidenced":
            return self.final(path, "evidenced")
        if function == "coverage":
            return self.standing(path).coverage if self.structure.has(path) else None
        if function == "answered":
            return self._has_value(path)
        if not self._has_value(path):
            return None
        return GRADES.index(self.answers.grade(path)) >= GRADES.index(function)

    def _has_value(self, path: str) -> bool:
        """Whether there is a value, whatever caps do to it: a cap may ask this about its target."""
        if path.startswith("fact."):
            return self.answers.fact(path.removeprefix("fact.")) is not None
        return self.structure.has(path) and self._state(path) in ("answered", "scored")

    def _phases(self, ranks: Any) -> OneOf:
        names = (NOT_STARTED, *self.rubric["phases"])
        return OneOf(tuple(Fraction(rank) for rank in ranks), names)

    def rule(self, key: str) -> bool | None:
        """Whether a rule fires; False for one that is not asked."""
        if self.is_not_asked(key):
            return False
        return truth(self.rubric["rules"][key]["when"], self)

    def is_not_asked(self, key: str) -> bool:
        """Whether a rule belongs to, or names something of, a module that is off."""
        rule = self.rubric["rules"][key]
        module = rule.get("module")
        if module is not None and module not in self.structure.modules:
            return True
        named = self.structure.condition_reads([rule["when"]]) | set(rule.get("cap", {}))
        return self.structure.names_absent(named)

    # --- phases -------------------------------------------------------------------------------

    def gate(self, phase: str) -> bool | None:
        """Whether a phase's gate holds."""
        return truth(self.rubric["phases"][phase]["gate"], self)

    def attained(self) -> tuple[int, int]:
        """The ranks at_least and at_most; 0 is "not started"."""
        gates = [self.gate(phase) for phase in self.rubric["phases"]]
        if self.rubric.get("phase_rule", "highest") == "cumulative":
            for at in range(1, len(gates)):
                if gates[at - 1] is False or (gates[at - 1] is None and gates[at] is True):
                    gates[at] = gates[at - 1]
        surely = [rank for rank, gate in enumerate(gates, start=1) if gate is True]
        possibly = [rank for rank, gate in enumerate(gates, start=1) if gate is not False]
        return max(surely, default=0), max(possibly, default=0)

    def is_provisional(self) -> bool:
        """Whether open inputs leave the phase open, or a gate reads a dimension without score."""
        low, high = self.attained()
        gates = [phase["gate"] for phase in self.rubric["phases"].values()]
        reads = self.structure.condition_reads(gates)
        nodes = [node for node in (*self.structure.dimensions, ROOT) if node in reads]
        return low != high or any(self.standing(node).state != "scored" for node in nodes)

    def behaviour(self, node: str) -> int | None:
        """The rank of the phase that a node's own score is typical of."""
        score = self.final(node)
        comparable = self.structure.scale_of(node) == self.structure.scale
        if score is None or not comparable or not self.has_profile:
            return None
        reached = 0
        for rank, phase in enumerate(self.rubric["phases"].values(), start=1):
            lowest = phase.get("from")
            start = Fraction(2 * rank - 1, 2) if lowest is None else exact(lowest)
            reached = rank if score >= start else reached
        return reached

    @property
    def has_profile(self) -> bool:
        """Whether the rubric's levels are its phases, so that behaviour can be read off them."""
        low, best = self.structure.scale
        return low == 0 and best == len(self.rubric["phases"])
