"""Names in expressions: what each word of a rubric is, with its type, range and stratum."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from cxmaturity.engine.graph import Expr, Graph, Stratum
from cxmaturity.engine.syntax import Fault
from cxmaturity.hookspecs import Domain, Function, Interval
from cxmaturity.model.exact import MILLION
from cxmaturity.text.messages import N_

NOT_STARTED = "not_started"
_FIGURE_RANGES = {"n": (0, 1_000_000_000 * MILLION), "waves_flat": (0, 1_000 * MILLION)}
_MEASURE_TRUTHS = ("change_is_real", "scale_ok")
_WHOLE = (0, MILLION)
_UNKNOWN_NAME = N_("'{name}' is not known")


@dataclass(frozen=True, slots=True)
class Named:
    """A scored thing as expressions see it: its index (None where it is off), ranges and module."""

    index: int | None
    range: Interval
    evidenced: Interval
    module: str | None = None


@dataclass(frozen=True, slots=True)
class NamedFact:
    """A fact as expressions see it."""

    index: int | None
    domain: Domain
    module: str | None = None


@dataclass(slots=True)
class Vocabulary:
    """Resolves names into nodes; notes which optional modules the names belong to."""

    graph: Graph
    leaves: Mapping[str, Named]
    nodes: Mapping[str, Named]
    facts: Mapping[str, NamedFact]
    options: Mapping[str, Sequence[str]]
    """Option ids by indicator path and by ``fact.id``."""
    measures: Mapping[str, tuple[Interval, str]]
    places: frozenset[str]
    phases: tuple[str, ...]
    functions: Mapping[str, Function]
    conditions: Sequence[str]
    has_ceilings: bool
    condition: Callable[[str], int | Fault]
    modules: set[str] = field(default_factory=set)
    """Modules of everything named since this was last emptied."""
    off: set[str] = field(default_factory=set)
    """Names of what is off since this was last emptied."""

    # names --------------------------------------------------------------------------------------

    def node(self, name: str, *, before_caps: bool) -> int | Fault:
        """The node of a plain name."""
        if name in self.nodes:
            return self._score("score", name)
        if name in self.leaves:
            return self._level("answer" if before_caps else "level", name)
        if name == "phase":
            return self._phase("phase", Stratum.PHASE, missing=False)
        if name == "behaviour":
            return self._phase("behaviour", Stratum.OVERALL, missing=True)
        head, _, rest = name.partition(".")
        if head == "fact":
            return self._fact(rest)
        if head == "condition":
            return self.condition(rest)
        if head == "measure":
            return self._measure(rest)
        return self._unknown(name)

    def is_off(self, name: str) -> bool:
        """Whether a scored thing belongs to a module that is off."""
        found = self.nodes.get(name) or self.leaves.get(name)
        return found is not None and found.index is None

    def name_of(self, expr: Expr) -> str:
        """What a node that reads something by name is called in expressions."""
        tables = {"score": self.nodes, "level": self.leaves, "evidenced_score": self.nodes,
                  "raw_score": self.nodes, "coverage": self.nodes, "answered_node": self.nodes,
                  "evidenced_level": self.leaves}  # fmt: skip
        known = tables.get(expr.op, {})
        named = (name for name, found in known.items() if found.index == expr.data)
        return next(named, str(expr.data) if expr.op == "missing" else expr.op)

    def _note(self, name: str, found: Named | NamedFact) -> None:
        if found.module:
            self.modules.add(found.module)
        if found.index is None:
            self.off.add(name)

    def _score(self, op: str, name: str) -> int:
        found = self.nodes[name]
        self._note(name, found)
        stratum = Stratum.OVERALL if name == "overall" else Stratum.DIMENSION
        span = {"coverage": _WHOLE, "evidenced_score": found.evidenced}.get(op, found.range)
        return self._add(op, found, name, span, stratum, missing=op != "coverage")

    def _level(self, op: str, name: str) -> int:
        found = self.leaves[name]
        self._note(name, found)
        stratum = Stratum.ANSWER if op == "answer" else Stratum.LEVEL
        return self._add(op, found, name, found.range, stratum, missing=True)

    def _add(
        self, op: str, found: Named, name: str, span: Interval, stratum: Stratum, *, missing: bool
    ) -> int:
        data: int | str = name if found.index is None else found.index
        if found.index is None:
            op, missing = "missing", True
        return self.graph.add(Expr(op, (), data, "number", span, "", missing, stratum))

    def _phase(self, op: str, stratum: Stratum, *, missing: bool) -> int:
        options = (NOT_STARTED, *self.phases)
        return self.graph.add(
            Expr(op, (), None, "phase", (0, len(self.phases)), "", missing, stratum, options)
        )

    def _fact(self, name: str) -> int | Fault:
        found = self.facts.get(name)
        if found is None:
            return self._unknown(f"fact.{name}")
        self._note(f"fact.{name}", found)
        domain = found.domain
        op, data = ("missing", f"fact.{name}") if found.index is None else ("fact", found.index)
        return self.graph.add(
            Expr(
                op,
                (),
                data,
                domain.type,
                domain.range,
                domain.unit,
                may_be_missing=True,
                options=domain.options,
            )
        )

    def _measure(self, name: str) -> int | Fault:
        measure, _, attribute = name.partition(".")
        if measure not in self.measures:
            return self._unknown(f"measure.{name}")
        span, unit = self.measures[measure]
        width = span[1] - span[0]
        key = f"measure.{name}"
        if attribute in _MEASURE_TRUTHS:
            return self._figure(key, None)
        ranges = {"value": span, "low": span, "high": span, "change": (-width, width)}
        known = {**ranges, **_FIGURE_RANGES}
        if attribute not in known:
            listed = ", ".join(f"measure.{measure}.{word}" for word in (*known, *_MEASURE_TRUTHS))
            values = {"name": key, "known": listed}
            return Fault("unknown_name", _UNKNOWN_NAME, hint=N_("one of {known}"), values=values)
        return self._figure(key, known[attribute], unit if attribute in ranges else "")

    def _figure(self, key: str, span: Interval | None, unit: str = "") -> int:
        """A figure from people or data: missing until such data are imported."""
        kind = "truth" if span is None else "number"
        return self.graph.add(
            Expr("figure", (), key, kind, span or (0, 0), unit, may_be_missing=True)  # type: ignore[arg-type]
        )

    def _unknown(self, name: str) -> Fault:
        known = [*self.nodes, *self.leaves, "phase", "behaviour"]
        known += [f"fact.{fact}" for fact in self.facts]
        known += [f"condition.{condition}" for condition in self.conditions]
        known += [f"measure.{measure}.value" for measure in self.measures]
        return unlike("unknown_name", _UNKNOWN_NAME, name, known)

    # functions on names -------------------------------------------------------------------------

    def call(self, name: str, words: Sequence[str], *, before_caps: bool) -> int | Fault:
        """The node of a function whose first argument is a name."""
        functions: dict[str, tuple[int, Callable[[Sequence[str]], int | Fault]]] = {
            "raw": (1, lambda w: self._of_scored("raw_score", "answer", w)),
            "evidenced": (1, self._evidenced),
            "coverage": (1, lambda w: self._of_scored("coverage", "leaf_coverage", w)),
            "answered": (1, self._answered),
            "documented": (1, lambda w: self._graded(w, 1)),
            "demonstrated": (1, lambda w: self._graded(w, 2)),
            "share": (1, self._share),
            "respondents": (2, lambda w: self._people("respondents", w)),
            "gap": (1, lambda w: self._people("gap", w)),
            "agreement": (2, lambda w: self._people("agreement", w)),
        }
        if name not in functions:
            others = [*functions, "count", "first", "min", "max", "abs", "only", "size"]
            what = N_("there is no function '{name}'")
            return unlike("unknown_function", what, name, [*others, *self.functions])
        if before_caps and name in ("answered", "documented", "demonstrated"):
            what = N_("{function}() is not known yet where questions are chosen")
            return Fault("forward", what, values={"function": name})
        most, function = functions[name]
        if not 1 <= len(words) <= most:
            what = (
                N_("{function}() takes one name")
                if most == 1
                else N_("{function}() takes a name, and a place in quotes if wanted")
            )
            return Fault("arguments", what, values={"function": name})
        return function(words)

    def _of_scored(self, node_op: str, leaf_op: str, words: Sequence[str]) -> int | Fault:
        name = words[0]
        if name in self.nodes:
            return self._score(node_op, name)
        if name not in self.leaves:
            return self._unknown(name)
        if leaf_op == "answer":
            return self._level("answer", name)
        found = self.leaves[name]
        self._note(name, found)
        span = _WHOLE if leaf_op == "leaf_coverage" else found.evidenced
        stratum = Stratum.LEVEL if leaf_op == "evidenced_level" else Stratum.ANSWER
        return self._add(leaf_op, found, name, span, stratum, missing=leaf_op != "leaf_coverage")

    def _evidenced(self, words: Sequence[str]) -> int | Fault:
        if not self.has_ceilings:
            return Fault("no_ceilings", N_("the rubric declares no evidence_ceilings"))
        return self._of_scored("evidenced_score", "evidenced_level", words)

    def _answered(self, words: Sequence[str]) -> int | Fault:
        name = words[0]
        fact = name.removeprefix("fact.")
        if name.startswith("fact.") and fact in self.facts:
            self._note(name, self.facts[fact])
            return self._truth("answered_fact", self.facts[fact].index, name, Stratum.ANSWER)
        if name in self.leaves:
            self._note(name, self.leaves[name])
            return self._truth("answered_leaf", self.leaves[name].index, name, Stratum.ANSWER)
        if name in self.nodes:
            self._note(name, self.nodes[name])
            stratum = Stratum.OVERALL if name == "overall" else Stratum.DIMENSION
            return self._truth("answered_node", self.nodes[name].index, name, stratum)
        return self._unknown(name)

    def _truth(self, op: str, data: object, name: str, stratum: Stratum) -> int:
        if data is None:
            return self.graph.add(Expr("missing", (), name, "truth", may_be_missing=True))
        return self.graph.add(Expr(op, (), data, "truth", stratum=stratum))

    def _graded(self, words: Sequence[str], grade: int) -> int | Fault:
        name = words[0]
        if name not in self.leaves:
            return self._unknown(name)
        found = self.leaves[name]
        self._note(name, found)
        op, data = ("missing", name) if found.index is None else ("graded", (found.index, grade))
        return self.graph.add(Expr(op, (), data, "truth", may_be_missing=True))

    def _share(self, words: Sequence[str]) -> int | Fault:
        path, _, option = words[0].rpartition(".")
        if path not in self.options:
            return self._unknown(path or option)
        if option not in self.options[path]:
            what = N_("'{path}' has no option '{option}'")
            known = ", ".join(self.options[path])
            values = {"path": path, "option": option, "known": known}
            hint = N_("one of {known}") if known else ""
            return Fault("unknown_option", what, hint=hint, values=values)
        fact = path.removeprefix("fact.")
        self._note(path, self.leaves[path] if path in self.leaves else self.facts[fact])
        return self._figure(f"share({words[0]})", _WHOLE)

    def _people(self, function: str, words: Sequence[str]) -> int | Fault:
        name = words[0]
        found = self.nodes.get(name) or self.leaves.get(name)
        if found is None:
            return self._unknown(name)
        if len(words) > 1 and words[1] not in self.places:
            what = N_("no group axis has the place '{place}'")
            known = ", ".join(sorted(self.places))
            values = {"place": words[1], "known": known}
            hint = N_("one of {known}") if known else ""
            return Fault("unknown_place", what, hint=hint, values=values)
        self._note(name, found)
        width = found.range[1] - found.range[0]
        span = {"respondents": found.range, "gap": (0, width), "agreement": (-MILLION, MILLION)}
        place = f", '{words[1]}'" if len(words) > 1 else ""
        return self._figure(f"{function}({name}{place})", span[function])


def unlike(code: str, what: str, name: str, known: Sequence[str]) -> Fault:
    """The fault of a name that is not known, with the nearest known ones."""
    near = ", ".join(difflib.get_close_matches(name, known, 3))
    hint = N_("did you mean {near}?") if near else ""
    return Fault(code, what, hint=hint, values={"name": name, "near": near})
