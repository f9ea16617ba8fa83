"""Whole rubrics: a tree of dimensions, and the conditions, gates and rules that read it."""

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from tests.reference.amounts import Scale
from tests.reference.drawing import Die, Style
from tests.reference.drawn_expressions import (
    Lean,
    Number,
    Readable,
    Truth,
    Writer,
    of_fact,
    of_indicator,
    of_node,
    phases,
)
from tests.reference.drawn_trees import Tree, as_list, policies
from tests.reference.questions import possible_levels
from tests.reference.structure import ROOT, Structure

SCALES = tuple(
    Scale(Fraction(a), Fraction(b)) for a, b in ((0, 4), (0, 2), (0, 3), (1, 5), (-2, 2))
)
SEVERITIES = ("risk", "blocker", "note", "strength")


@st.composite
def rubric(draw: st.DrawFn, style: Style) -> dict[str, Any]:
    """A rubric as the plain table of its TOML files, valid by construction."""
    die = Die(draw)
    scale = die.pick(SCALES)
    made = _frame(die, scale)
    Tree(die, style, made, scale).draw()
    if die.chance(15):
        made["profiles"] = {"p1": {"title": "Profile", "weights": {"d1": die.number(1, 3)}}}
    Rules(die, style, made).draw()
    return made


def _frame(die: Die, scale: Scale) -> dict[str, Any]:
    made: dict[str, Any] = {
        "format": 1,
        "id": "drawn",
        "version": "1.0.0",
        "title": "Drawn",
        "languages": ["en"],
        "scale": as_list(scale),
        "phase_rule": die.pick(("highest", "cumulative")),
        "overall": {},
        "modules": {"m1": {"title": "Module"}} if die.chance(50) else {},
        "measures": {"n1": {"title": "Measure", "unit": "points", "range": [-100, 100]}},
        "facts": {},
        "dimensions": {},
    }
    made |= policies(die, 20)
    if die.chance(40):
        made["min_coverage"] = die.pick((0, 0.4, 0.75))
    if die.chance(40):
        low, best = as_list(scale)
        middle = die.inside(scale)
        ceilings = {"claimed": middle, "documented": middle, "demonstrated": best}
        made["evidence_ceilings"] = die.pick((ceilings, {"claimed": low, "documented": middle}))
    return made


class Rules:
    """Conditions, gates and rules, each reading only what is known at its place."""

    def __init__(self, die: Die, style: Style, rubric: dict[str, Any]) -> None:
        self.die = die
        self.style = style
        self.rubric = rubric
        self.always = Structure(rubric, {})
        self.whole = Structure(rubric, {"modules": list(rubric["modules"])})

    def draw(self) -> None:
        """Conditions first, because gates and rules read them."""
        self._conditions()
        self._gates()
        self.rubric["rules"] = {}
        for n in range(1, self.die.number(0, 4) + 1):
            self.rubric["rules"][f"R{n}"] = self._rule()

    # --- what may be read ---------------------------------------------------------------------

    @property
    def _has_ceilings(self) -> bool:
        return bool(self.rubric.get("evidence_ceilings"))

    def _facts(self, structure: Structure) -> Readable:
        found = Readable()
        for key in structure.facts:
            found += of_fact(key, self.rubric["facts"][key])
        return found

    def _indicators(self, structure: Structure, *, capped: bool) -> Readable:
        found = Readable()
        for path in structure.indicators:
            found += of_indicator(
                path, self._levels(structure, path), capped=capped, ceilings=self._has_ceilings
            )
        return found

    def _levels(self, structure: Structure, path: str) -> Scale:
        return possible_levels(structure.settings(path), structure.scale_of(path))

    def _nodes(self, structure: Structure, names: list[str]) -> Readable:
        found = Readable()
        for name in names:
            found += of_node(name, structure.scale_of(name), ceilings=self._has_ceilings)
        return found

    def _everything(self, structure: Structure) -> Readable:
        """All that is known when the overall is known, except conditions."""
        overall = Number(ROOT, structure.scale_of(ROOT), rises=True)
        found = self._facts(structure) + self._indicators(structure, capped=True)
        return found + self._nodes(structure, structure.dimensions) + Readable((overall,))

    def _early(self, structure: Structure) -> Readable:
        """What a cap of any indicator may read: nothing that any cap decides."""
        return self._facts(structure) + self._indicators(structure, capped=False)

    def _before_indicator(self, path: str) -> Readable:
        """What a cap of an indicator may read: also the levels of indicators before it."""
        found = self._early(self.whole)
        if self.style.order_free:
            return found
        paths = self.whole.indicators
        return found + Readable(
            tuple(
                Number(earlier, self._levels(self.whole, earlier), rises=True)
                for earlier in paths[: paths.index(path)]
            )
        )

    def _before(self, dimension: str) -> Readable:
        """What a cap of a dimension may read: all indicators, and the dimensions before it."""
        names = [name for name in self.whole.dimensions if self._is_before(name, dimension)]
        readable = self._facts(self.whole) + self._indicators(self.whole, capped=True)
        return readable + self._nodes(self.whole, names)

    def _is_before(self, name: str, dimension: str) -> bool:
        above = list(self.whole.above(name))
        if name != dimension and dimension in above:
            return True
        if self.style.order_free:
            return False
        # Earlier in the file as well as leaf by leaf, so that it is earlier in any sensible order.
        order = [ROOT, *self.whole.dimensions]
        one = [order.index(link) for link in above]
        other = [order.index(link) for link in self.whole.above(dimension)]
        return len(one) == len(other) and one[0] < other[0] and one[::-1] < other[::-1]

    # --- conditions, gates, rules -------------------------------------------------------------

    def _conditions(self) -> None:
        """Conditions c1, c2 that anything may read, c3 that gates and findings may read."""
        self.rubric["conditions"] = {}
        self.early_truths, self.late_truths = Readable(), Readable()
        for key in ("c1", "c2")[: self.die.number(0, 2)]:
            self.early_truths += self._condition(key, self._early(self.always))
        if self.die.chance(50):
            everything = self._everything(self.always) + self.early_truths
            self.late_truths += self._condition("c3", everything)

    def _condition(self, key: str, readable: Readable) -> Readable:
        lean: Lean = self.die.pick(("up", "down")) if self.style.monotone else "any"
        text = Writer(self.die, readable).truth(lean, depth=1)
        self.rubric["conditions"][key] = {"title": "Condition", "when": text}
        return Readable(truths=(Truth(f"condition.{key}", lean),))

    def _gates(self) -> None:
        low, best = self.whole.scale
        count = int(best) if low == 0 and self.die.chance(80) else self.die.number(1, 3)
        shifted = self.die.chance(20)
        readable = self._everything(self.always) + self.early_truths + self.late_truths
        self.rubric["phases"] = {}
        for rank in range(1, count + 1):
            phase: dict[str, Any] = {"title": f"Phase {rank}"}
            phase["gate"] = Writer(self.die, readable).truth(self._lean("up"))
            if shifted:
                phase["from"] = rank - 0.25
            self.rubric["phases"][f"p{rank}"] = phase

    def _lean(self, lean: Lean) -> Lean:
        return lean if self.style.monotone else "any"

    def _rule(self) -> dict[str, Any]:
        rule: dict[str, Any] = {"module": "m1"} if self._in_module() else {}
        kind = self.die.pick(("dimension", "indicator", "finding", "dimension", "overall"))
        if kind == "finding" or self.die.chance(30):
            rule |= {"severity": self.die.pick(SEVERITIES), "title": "Finding", "text": "Found."}
        if kind == "finding":
            return rule | {"when": Writer(self.die, self._for_finding()).truth()}
        targets, readable = self._targets(kind)
        rule["cap"] = {path: self._limit(path) for path in targets}
        lean = self._lean("down")
        return rule | {"when": Writer(self.die, readable + self._measures()).truth(lean)}

    def _in_module(self) -> bool:
        return bool(self.rubric["modules"]) and self.die.chance(15)

    def _measures(self) -> Readable:
        if not self.die.chance(15):
            return Readable()
        value = Number("measure.n1.value", Scale(Fraction(-100), Fraction(100)), False, "points")
        return Readable((value,))

    def _for_finding(self) -> Readable:
        readable = self._everything(self.whole) + self.early_truths + self.late_truths
        names = list(self.rubric["phases"])
        readable += phases(names, "phase") + self._measures()
        low, best = self.whole.scale
        comparable = self.whole.scale_of(ROOT) == self.whole.scale
        if low == 0 and best == len(names) and comparable:
            readable += phases(names, "behaviour")
        return readable

    def _targets(self, kind: str) -> tuple[list[str], Readable]:
        """What a rule caps, and what it may therefore read."""
        if kind == "indicator":
            path = self.die.pick(self.whole.indicators)
            return [path], self._before_indicator(path) + self.early_truths
        if kind == "overall":
            names = self.whole.dimensions
            readable = self._indicators(self.whole, capped=True) + self._nodes(self.whole, names)
            return [ROOT], readable + self._facts(self.whole) + self.early_truths
        dimension = self.die.pick(self.whole.dimensions)
        targets = [dimension, ROOT] if self.die.chance(25) else [dimension]
        return targets, self._before(dimension) + self.early_truths

    def _limit(self, path: str) -> int | float:
        return self.die.inside(self.whole.scale_of(path))
