"""Rubric × scope → Program: expressions checked, caps attached, everything put in one order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cxmaturity.engine.drafts import Layout, LeafDraft, NodeDraft
from cxmaturity.engine.expression import Checker
from cxmaturity.engine.graph import Expr, Graph, Stratum
from cxmaturity.engine.inputs import read_operand
from cxmaturity.engine.layout import lay_out
from cxmaturity.engine.naming import vocabulary_of
from cxmaturity.engine.order import Item, Things, in_order
from cxmaturity.engine.program import (
    ActionEntry,
    Cap,
    FactInput,
    Leaf,
    Node,
    Program,
    RuleEntry,
)
from cxmaturity.engine.syntax import Fault
from cxmaturity.engine.vocabulary import Vocabulary, unlike
from cxmaturity.errors import Problem, RubricError, Where
from cxmaturity.hookspecs import Registry
from cxmaturity.model import rubric as model
from cxmaturity.model.answers import Scope
from cxmaturity.model.exact import MILLION
from cxmaturity.text.messages import N_, gettext

MOST_EXPRESSIONS = 20_000
_BEFORE_CAPS = ("fact", "answer", "missing")
_KNOWN_FROM = {
    Stratum.ANSWER: N_("the answers"),
    Stratum.LEVEL: N_("the levels after caps"),
    Stratum.DIMENSION: N_("the dimensions' scores"),
    Stratum.OVERALL: N_("the overall score"),
    Stratum.PHASE: N_("the phase"),
}


def compile_rubric(rubric: model.Rubric, registry: Registry, scope: Scope | None = None) -> Program:
    """The program of a rubric; raises RubricError with every fault found."""
    layout = lay_out(rubric, registry, scope or Scope())
    if layout.problems:
        raise RubricError(layout.problems)
    compiler = _Compiler(layout)
    program = compiler.program()
    if layout.problems or program is None:
        raise RubricError(layout.problems)
    return program


@dataclass(slots=True)
class _Compiler:
    layout: Layout
    graph: Graph = field(default_factory=Graph)
    conditions: dict[str, tuple[int | None, set[str], set[str]]] = field(default_factory=dict)
    open_conditions: list[str] = field(default_factory=list)
    ask_when: dict[str, int | None] = field(default_factory=dict)
    caps: dict[str, list[Cap]] = field(default_factory=dict)
    vocabulary: Vocabulary = field(init=False)

    def __post_init__(self) -> None:
        self.vocabulary = vocabulary_of(self.layout, self.graph, self._condition)

    def program(self) -> Program | None:
        rubric = self.layout.rubric
        self._questions()
        rules = [self._rule(name, rule) for name, rule in rubric.rules.items()]
        for name in rubric.conditions:
            self._condition(name)
        gates = [self._gate(name, phase) for name, phase in rubric.phases.items()]
        actions = [
            self._action(name, action)
            for name, action in rubric.actions.items()
            if self._on(action.module)
        ]
        if len(self.graph.nodes) > MOST_EXPRESSIONS:
            what = N_("the rules together have too many parts")
            self.layout.fault("too_costly", "rules", what)
        if self.layout.problems:
            return None
        return self._assemble(rules, [g for g in gates if g is not None], actions)

    def _on(self, module: str | None) -> bool:
        return module is None or module in self.layout.scope.modules

    # expressions --------------------------------------------------------------------------------

    def _expression(self, key: str, text: str, *, before_caps: bool = False) -> int | None:
        checker = Checker(self.graph, self.vocabulary, before_caps)
        node = checker.truth(text)
        for fault in checker.faults:
            self._report(key, fault)
        return node

    def _report(self, key: str, fault: Fault) -> None:
        where = Where(key=key, column=fault.column)
        self.layout.problems.append(
            Problem(fault.code, fault.what, where, fault.hint, dict(fault.values))
        )

    def _not_after(self, node: int | None, stratum: Stratum, key: str) -> None:
        """Refuse what is only known later in the order of scoring."""
        if node is None or self.graph.nodes[node].stratum <= stratum:
            return
        path = " → ".join(self._path_to(node, stratum))
        what = N_("this reads ahead ({path}): here {limit} are known, but not yet {found}")
        found = gettext(_KNOWN_FROM[self.graph.nodes[node].stratum])
        limit = gettext(_KNOWN_FROM[stratum])
        self.layout.fault("forward", key, what, "", path=path, found=found, limit=limit)

    def _path_to(self, node: int, stratum: Stratum) -> list[str]:
        """The conditions, and at last the name, through which something later is read."""
        expr = self.graph.nodes[node]
        own = [f"condition.{expr.data}"] if expr.op == "condition" else []
        for arg in expr.args:
            if self.graph.nodes[arg].stratum > stratum:
                return [*own, *self._path_to(arg, stratum)]
        return [self.vocabulary.name_of(expr)]

    def _condition(self, name: str) -> int | Fault:
        table = self.layout.rubric.conditions.get(name)
        if table is None:
            known = [f"condition.{other}" for other in self.layout.rubric.conditions]
            return unlike("unknown_name", N_("'{name}' is not known"), f"condition.{name}", known)
        if name in self.open_conditions:
            path = " → ".join([*self.open_conditions[self.open_conditions.index(name) :], name])
            return Fault("cycle", N_("conditions run in a circle: {path}"), values={"path": path})
        if name not in self.conditions:
            outer = self.vocabulary.modules, self.vocabulary.off
            self.vocabulary.modules, self.vocabulary.off = set(), set()
            self.open_conditions.append(name)
            node = self._expression(f"conditions.{name}.when", table.when)
            self.open_conditions.pop()
            self.conditions[name] = (node, self.vocabulary.modules, self.vocabulary.off)
            self.vocabulary.modules, self.vocabulary.off = outer
        node, modules, off = self.conditions[name]
        self.vocabulary.modules |= modules
        self.vocabulary.off |= off
        if node is None:
            what = N_("condition.{name} has faults of its own")
            return Fault("condition", what, values={"name": name})
        inner = self.graph.nodes[node]
        return self.graph.add(
            Expr(
                "condition",
                (node,),
                name,
                "truth",
                may_be_missing=inner.may_be_missing,
                stratum=inner.stratum,
            )
        )

    def _scoped(self, key: str, text: str) -> tuple[int | None, set[str], set[str]]:
        """A checked expression, with the modules it names and what of it is off."""
        self.vocabulary.modules, self.vocabulary.off = set(), set()
        node = self._expression(key, text)
        return node, self.vocabulary.modules, self.vocabulary.off

    def _questions(self) -> None:
        rubric = self.layout.rubric
        for name, dimension in rubric.dimensions.items():
            self._ask(f"dimensions.{name}", dimension.ask_when)
            for key, indicator in dimension.indicators.items():
                self._ask(f"dimensions.{name}.indicators.{key}", indicator.ask_when)
        for name, fact in rubric.facts.items():
            self._ask(f"facts.{name}", fact.ask_when)

    def _ask(self, key: str, text: str | None) -> None:
        if text is None:
            self.ask_when[key] = None
            return
        node = self._expression(f"{key}.ask_when", text, before_caps=True)
        self.ask_when[key] = node
        if node is not None and not self._reads_only(node, _BEFORE_CAPS):
            what = N_("a question may be chosen by facts and by levels of indicators only")
            self.layout.fault("forward", f"{key}.ask_when", what)

    def _reads_only(self, node: int, inputs: Sequence[str]) -> bool:
        expr = self.graph.nodes[node]
        if not expr.args:
            return expr.op in inputs or expr.op in ("number", "true", "false")
        return all(self._reads_only(arg, inputs) for arg in expr.args)

    def _rule(self, name: str, rule: model.Rule) -> RuleEntry:
        key = f"rules.{name}.when"
        node, _, off = self._scoped(key, rule.when)
        for target in rule.cap:
            self._not_after(node, _cap_stratum(target), key)
        off = off | {target for target in rule.cap if self.vocabulary.is_off(target)}
        asked = node is not None and not off and self._on(rule.module)
        if asked and node is not None:
            for target, limit in rule.cap.items():
                self.caps.setdefault(target, []).append(Cap(name, node, limit))
        return RuleEntry(name, rule, node if asked else None)

    def _gate(self, name: str, phase: model.Phase) -> int | None:
        key = f"phases.{name}.gate"
        node, modules, _ = self._scoped(key, phase.gate)
        self._not_after(node, Stratum.OVERALL, key)
        if modules:
            what = N_("a gate may not read what belongs to an optional module ({modules})")
            self.layout.fault("module_in_gate", key, what, "", modules=", ".join(sorted(modules)))
        return node

    def _action(self, name: str, action: model.Action) -> ActionEntry:
        if action.when is None:
            return ActionEntry(name, action, None)
        node, _, off = self._scoped(f"actions.{name}.when", action.when)
        never = self.graph.add(Expr("false", (), None, "truth"))
        return ActionEntry(name, action, never if off else node)

    # putting together ---------------------------------------------------------------------------

    def _assemble(
        self, rules: list[RuleEntry], gates: list[int], actions: list[ActionEntry]
    ) -> Program | None:
        layout = self.layout
        leaves = tuple(self._leaf(draft) for draft in layout.leaves if draft.on)
        nodes = tuple(self._node(draft) for draft in layout.nodes if draft.on)
        facts = tuple(
            self._fact(name, fact)
            for name, fact in layout.rubric.facts.items()
            if self._on(fact.module)
        )
        exprs = tuple(self.graph.nodes)
        wanted: list[Item] = [("node", i) for i in range(len(nodes))]
        if layout.rubric.evidence_ceilings:
            wanted += [("node_e", i) for i in range(len(nodes))]
        wanted.append(("phase", 0))
        wanted += [("expr", rule.truth) for rule in rules if rule.truth is not None]
        wanted += [("expr", action.when) for action in actions if action.when is not None]
        wanted += [("fact", i) for i in range(len(facts))]
        order = in_order(wanted, Things(leaves, facts, nodes, exprs, gates))
        if order.circle:
            what = N_("these need each other: {path}")
            layout.fault("cycle", "rules", what, "", path=" → ".join(order.circle))
            return None
        figures = tuple(str(expr.data) for expr in exprs if expr.op == "figure")
        return Program(
            layout.rubric, layout.scope, layout.registry, leaves, facts, nodes, exprs,
            tuple(gates), tuple(rules), tuple(actions), order.steps, order.reads,
            _behaviour_from(layout.rubric), figures,
        )  # fmt: skip

    def _leaf(self, draft: LeafDraft) -> Leaf:
        rubric = self.layout.rubric
        keys = [f"dimensions.{draft.dimension}.indicators.{draft.path.split('.')[1]}"]
        at: str | None = draft.dimension
        while at is not None:
            keys.append(f"dimensions.{at}")
            at = rubric.dimensions[at].parent
        asks = [node for key in reversed(keys) if (node := self.ask_when[key]) is not None]
        ask = asks[0] if len(asks) == 1 else None
        if len(asks) > 1:
            ask = self.graph.add(Expr("and", tuple(asks), None, "truth", may_be_missing=True))
        return Leaf(
            draft.path, draft.kind, draft.indicator.settings, draft.scale, draft.levels,
            draft.spans.value, draft.fills, ask, tuple(self.caps.get(draft.path, ())),
            draft.ceilings,
        )  # fmt: skip

    def _node(self, draft: NodeDraft) -> Node:
        table = draft.table
        written = table.min_coverage
        if written is None:
            written = self.layout.rubric.min_coverage
        return Node(
            draft.id, draft.combiner, draft.parts, draft.refs, draft.weights, draft.weight_unit,
            draft.weight_limit, draft.scale, draft.spans.value,
            draft.combiner.min_coverage if written is None else written,
            table.steps, table.curve, table.round, table.bands,
            tuple(self.caps.get(draft.id, ())), draft.top_level,
        )  # fmt: skip

    def _fact(self, name: str, fact: model.Fact) -> FactInput:
        kind = self.layout.registry.kinds[fact.kind]
        scale = self.layout.rubric.scale
        domain = kind.domain(fact.settings, scale)
        stand_in = None
        if fact.if_not_applicable is not None:
            try:
                stand_in = read_operand(kind, fact.settings, scale, fact.if_not_applicable)
            except ValueError as error:
                key = f"facts.{name}.if_not_applicable"
                what = N_("this cannot stand in as an answer; allowed: {allowed}")
                self.layout.fault("bad_answer", key, what, "", allowed=str(error))
        return FactInput(
            name, kind, fact.settings, scale, domain, self.ask_when[f"facts.{name}"], stand_in
        )


def _cap_stratum(target: str) -> Stratum:
    return Stratum.LEVEL if "." in target else Stratum.DIMENSION


def _behaviour_from(rubric: model.Rubric) -> tuple[int, ...]:
    """From where a score counts as each phase's behaviour; default the phase's number − 0.5."""
    phases = list(rubric.phases.values())
    if all(phase.from_ is not None for phase in phases):
        return tuple(phase.from_ or 0 for phase in phases)
    if rubric.scale != (0, len(phases) * MILLION):
        return ()
    half = MILLION // 2
    return tuple(
        number * MILLION - half if phase.from_ is None else phase.from_
        for number, phase in enumerate(phases, start=1)
    )
