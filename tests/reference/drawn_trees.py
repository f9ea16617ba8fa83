"""Dimensions, nested and combined in every way, for generated rubrics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.reference.amounts import Scale, exact
from tests.reference.drawing import Die, Style, written
from tests.reference.drawn_expressions import Readable, Writer, of_fact, of_question
from tests.reference.drawn_questions import draw_fact, draw_indicator
from tests.reference.questions import possible_levels
from tests.reference.structure import ROOT, Structure

METHODS = ("mean", "mean", "mean", "min", "max", "sum", "share", "staged", "tiers")
CONVERTING = ("mean", "min", "max")
WEIGHTS = (1, 2, 3, 0.5, 0)
FILLS = ("skip", "zero", "full", "block")
FILLS_NOT_APPLICABLE = ("skip", "zero", "full", "target")
MODES = ("half_up", "half_even", "floor", "truncate")
ONE_TO_FIVE = Scale(Fraction(1), Fraction(5))
OWN_SCALES = (ONE_TO_FIVE, Scale(Fraction(0), Fraction(2)), Scale(Fraction(0), Fraction(10)))
SIGNED = Scale(Fraction(-2), Fraction(2))


def policies(die: Die, percent: int) -> dict[str, Any]:
    """Some policies, each with this chance."""
    drawn = {key: die.pick(FILLS) for key in ("unanswered", "unknown") if die.chance(percent)}
    if die.chance(percent):
        drawn["not_applicable"] = die.pick(FILLS_NOT_APPLICABLE)
    return drawn


def as_list(scale: Scale) -> list[int | float]:
    """The scale as a file holds it."""
    return [written(scale.low), written(scale.best)]


@dataclass(frozen=True)
class Limits:
    """What the methods above ask of the scales of parts, so that scores stay on their scales.

    ``not_below`` zero: a `share` somewhere above.  ``around`` zero: a `sum` just above, to which
    a part that is left out gives nothing.
    """

    not_below: bool = False
    around: bool = False

    def allowed(self, scales: Sequence[Scale]) -> list[Scale]:
        """Those of the scales that may be used."""
        low_enough = [scale for scale in scales if scale.low <= 0 or not self.around]
        return [scale for scale in low_enough if scale.low >= 0 or not self.not_below]


@dataclass
class Tree:
    """A rubric's facts and dimensions while they are drawn, into ``rubric``.

    ``askable`` is what a later `ask_when` may read: what is drawn already and in no module.
    """

    die: Die
    style: Style
    rubric: dict[str, Any]
    scale: Scale
    inner: dict[str, list[str]] = field(default_factory=dict)
    askable: Readable = field(default_factory=Readable)

    def draw(self) -> None:
        """Facts first, then the dimensions; a last fact may depend on their levels."""
        for n in range(1, self.die.number(0, 3) + 1):
            self._fact(f"f{n}")
        self._shape()
        self._node(ROOT, self.rubric["overall"], limits=Limits())
        if self.die.chance(20):
            self._fact("f9")

    def _fact(self, key: str) -> None:
        fact = draw_fact(self.die) | self._optional(20)
        self.rubric["facts"][key] = fact
        if "module" not in fact:
            self.askable += of_fact(key, fact)

    def _optional(self, percent: int, *, module: bool = True) -> dict[str, Any]:
        """What may keep a question or dimension out: its `ask_when`, its module."""
        drawn: dict[str, Any] = {}
        if not self.style.monotone and self.die.chance(percent) and self.askable != Readable():
            drawn["ask_when"] = Writer(self.die, self.askable).truth(depth=1)
        if module and self.rubric["modules"] and self.die.chance(percent):
            drawn["module"] = "m1"
        return drawn

    def _shape(self) -> None:
        depths: dict[str, int] = {}
        self.inner = {ROOT: []}
        for n in range(1, self.die.number(1, 4) + 1):
            key = f"d{n}"
            dimension: dict[str, Any] = {"title": f"Dimension {n}"}
            above = [other for other, depth in depths.items() if depth < 2]
            parent = self.die.pick(above) if above and self.die.chance(45) else ROOT
            if parent != ROOT:
                dimension["parent"] = parent
            depths[key] = depths.get(parent, -1) + 1
            self.inner[key] = []
            self.inner[parent].append(key)
            self.rubric["dimensions"][key] = dimension

    def _node(self, key: str, node: dict[str, Any], *, limits: Limits) -> Scale:
        """Draw a node's method and all that is below it; its scale."""
        method = self.die.pick(METHODS)
        if not self._suits(method):
            method = "mean"
        if method != "mean" or self.die.chance(10):
            node["combine"] = method
        node |= {} if key == ROOT else policies(self.die, 12)
        if self.die.chance(25):
            node["min_coverage"] = self.die.pick((0, 0.3, 0.5, 0.75, 1))
        inner = Limits(limits.not_below or method == "share", method == "sum")
        inner = Limits() if self.style.beyond else inner
        parts = self._parts(key, node, method, limits=inner)
        self._stations(node, method, parts)
        self._finish(key, node, method, list(parts.values()), limits=limits)
        return Structure(self.rubric, {"modules": ["m1"]}).scale_of(key)

    def _suits(self, method: str) -> bool:
        """Whether the rubric's own scale, which most parts have, suits the method."""
        limits = Limits(not_below=method == "share", around=method == "sum")
        if self.style.beyond:
            return True
        return bool(limits.allowed([self.scale]))

    def _parts(
        self, key: str, node: dict[str, Any], method: str, *, limits: Limits
    ) -> dict[str, Scale]:
        """The node's indicators, then the dimensions inside it, each by path with its scale."""
        scales: dict[str, Scale] = {}
        if key != ROOT:
            node["indicators"] = {}
            least = 0 if self.inner[key] else 1
            for n in range(1, self.die.number(least, 4 if least else 2) + 1):
                path = f"{key}.i{n}"
                first = not scales
                scales[path] = self._indicator(path, method, limits=limits, first=first)
        for inner in self.inner[key]:
            table = self.rubric["dimensions"][inner]
            table |= self._part_settings(method, first=not scales, parts_allowed=True)
            scales[inner] = self._node(inner, table, limits=limits)
        return scales

    def _indicator(self, path: str, method: str, *, limits: Limits, first: bool) -> Scale:
        key, _, name = path.partition(".")
        scale = self.scale
        settings: dict[str, Any] = {}
        if self.die.chance(20):
            scale = self.die.pick(limits.allowed((*OWN_SCALES, SIGNED)))
            settings["scale"] = as_list(scale)
        question = draw_indicator(self.die, self.style, scale)
        settings |= question | policies(self.die, 6)
        settings |= self._part_settings(method, first=first, parts_allowed=False)
        self.rubric["dimensions"][key]["indicators"][name] = settings
        if Structure(self.rubric, {}).has(path):
            self.askable += of_question(path, possible_levels(question, scale))
        return scale

    def _part_settings(self, method: str, *, first: bool, parts_allowed: bool) -> dict[str, Any]:
        """A part's weight in its node, and what may keep it out of it."""
        ordered = method in ("staged", "tiers")
        # The first part of a node always weighs something and belongs to no module, so that no
        # node can be without parts, or without weight under it.
        settings = self._optional(10, module=not (first or ordered))
        weight = self.die.pick(WEIGHTS[:4] if first else WEIGHTS)
        if parts_allowed and method == "mean" and not first and self.die.chance(35):
            settings["weight"] = "parts"
        elif weight != 1:
            settings["weight"] = weight
        return settings

    def _stations(self, node: dict[str, Any], method: str, parts: Mapping[str, Scale]) -> None:
        """The stages or tiers that the parts belong to."""
        if method not in ("staged", "tiers"):
            return
        at = 1
        for n, (path, scale) in enumerate(parts.items()):
            at += 1 if n and self.die.chance(60) else 0
            settings = self._settings(path)
            settings["stage" if method == "staged" else "tier"] = at
            if method == "staged":
                settings["needs"] = self.die.inside(scale)
                if self.die.chance(30):
                    settings["then_needs"] = self.die.inside(scale)
        if method == "tiers":
            node["points"] = [self.die.number(1, 3) for _ in range(at)]

    def _settings(self, path: str) -> dict[str, Any]:
        key, _, name = path.partition(".")
        table: dict[str, Any] = self.rubric["dimensions"][key]
        return table["indicators"][name] if name else table

    def _finish(
        self, key: str, node: dict[str, Any], method: str, parts: list[Scale], *, limits: Limits
    ) -> None:
        """The node's own scale, steps, curve, rounding and bands."""
        if method in (*CONVERTING, "share") and self.die.chance(20):
            node["scale"] = as_list(self.die.pick(limits.allowed(OWN_SCALES)))
        if method == "sum" and not limits.around and self.die.chance(30):
            node["base"] = self.die.pick((1, 2.5) if limits.not_below else (1, -2, 2.5))
        natural = Structure(self.rubric, {"modules": ["m1"]}).scale_of(key)
        inside = all(natural.low <= s.low and s.best <= natural.best for s in parts)
        if method in CONVERTING and inside and self.die.chance(30):
            node["normalise"] = False
        if self.die.chance(15):
            wanted = natural if method in (*CONVERTING, "share") else self.scale
            node["scale"] = as_list(wanted)
            self._reshape(node, natural, wanted)
            natural = wanted
        if self.die.chance(20):
            modes = MODES if natural.low >= 0 else MODES[:3]
            least = 4 if method == "sum" and not self._is_whole(key) else 0
            digits = self.die.number(least, 4)
            node["round"] = {"mode": self.die.pick(modes), "digits": digits}
        if self.die.chance(15):
            limit = {self.die.pick(("from", "above")): self.die.inside(natural)}
            low = {"id": "lower", "title": "Lower", "from": written(natural.low)}
            node["bands"] = [low, {"id": "upper", "title": "Upper", **limit}]

    def _is_whole(self, key: str) -> bool:
        """Whether a sum's range ends at whole numbers, so that rounding stays inside it."""
        structure = Structure(self.rubric, {"modules": ["m1"]})
        numbers = [exact(structure.settings(key).get("base", 0))]
        for part in structure.parts(key):
            numbers += [structure.weight(part) or Fraction(0), *structure.scale_of(part)]
        return all(number.denominator == 1 for number in numbers)

    def _reshape(self, node: dict[str, Any], natural: Scale, wanted: Scale) -> None:
        """Steps or a curve from the natural range to the wanted one."""
        middle = self.die.within(wanted)
        halfway = self.die.inside(natural)
        low, best = as_list(wanted)
        if self.die.chance(50):
            node["curve"] = [[written(natural.low), low], [halfway, middle]]
            node["curve"].append([written(natural.best), best])
        else:
            middle = best if self.style.beyond and self.die.chance(50) else middle
            best = low if self.style.beyond and self.die.chance(50) else best
            upper = {"above": halfway, "level": best}
            node["steps"] = [{"level": low}, {"from": halfway, "level": middle}, upper]
