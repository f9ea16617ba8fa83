"""The program: what compiling a rubric for a scope gives, and the worlds it runs on.

Everything is by index: indicators (*leaves*), facts, nodes (dimensions from the leaves up, the
overall last), expressions.  Evaluators only read it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property
from typing import Any, Literal

from cxmaturity.engine.graph import Expr
from cxmaturity.hookspecs import Combiner, Domain, Interval, Part, Parts, QuestionKind, Registry
from cxmaturity.model.answers import Scope
from cxmaturity.model.rubric import Action, Band, Rounding, Rubric, Rule, Step

OVERALL = "overall"


class State(IntEnum):
    """What an indicator or a node has instead of, or beside, a value."""

    VALUE = 0
    UNANSWERED = 1
    UNKNOWN = 2
    NOT_APPLICABLE = 3
    NOT_ASKED = 4
    """By ``ask_when``, or an option without a level: leaves weight and coverage."""
    FAILED = 5
    """A plugin's kind or method failed: what depends on it has no score, whatever the policies."""


OPEN_STATES = (int(State.UNANSWERED), int(State.UNKNOWN))
"""What can still become a value: absent, or asked and not known."""


@dataclass(frozen=True, slots=True)
class Cap:
    """A limit that holds while its rule fires."""

    rule: str
    truth: int
    limit: int


@dataclass(frozen=True, slots=True)
class Fills:
    """What a policy puts in place of a missing value.

    By state; ``None`` skips, ``"block"`` takes the node's score, ``"target"`` is the target level,
    else ``full``.
    """

    by_state: tuple[int | Literal["block", "target"] | None, ...]
    full: int

    def get(self, state: int, target: int | None) -> int | Literal["block"] | None:
        """What stands in for a part in this state."""
        filled = self.by_state[state]
        if filled == "target":
            return self.full if target is None else target
        return filled


@dataclass(frozen=True, slots=True)
class Leaf:
    """An indicator in scope."""

    path: str
    kind: QuestionKind
    settings: Any
    scale: Interval
    levels: Interval
    range: Interval
    fills: Fills
    ask_when: int | None
    caps: tuple[Cap, ...]
    ceilings: tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class FactInput:
    """A fact in scope."""

    id: str
    kind: QuestionKind
    settings: Any
    scale: Interval
    domain: Domain
    ask_when: int | None
    if_not_applicable: Any
    """Value, as expressions hold it, where the fact does not apply or is not asked; or None."""


@dataclass(frozen=True, slots=True)
class PartRef:
    """One part of a node: which leaf or node, how it converts, what fills it."""

    is_leaf: bool
    index: int
    part: Part
    fills: Fills
    weight_is_parts: bool
    convert: tuple[int, int, int, int] | None
    """(part low, part span, node low, node span), or None where nothing is to convert."""


@dataclass(frozen=True, slots=True)
class Node:
    """A dimension, or the overall."""

    id: str
    combiner: Combiner
    parts: Parts
    refs: tuple[PartRef, ...]
    weights: tuple[int, ...]
    weight_unit: int
    """Written weights are these integers times this many millionths."""
    weight_limit: int
    """Largest weight for which no world can overflow."""
    scale: Interval
    range: Interval
    min_coverage: int
    steps: tuple[Step, ...]
    curve: tuple[tuple[int, int], ...]
    round: Rounding | None
    bands: tuple[Band, ...]
    caps: tuple[Cap, ...]
    top_level: bool


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A rule in scope: its truth, or not asked because it names what is off."""

    id: str
    rule: Rule
    truth: int | None


@dataclass(frozen=True, slots=True)
class ActionEntry:
    """An action in scope."""

    id: str
    action: Action
    when: int | None


StepKind = Literal["asked", "fact", "leaf", "raw", "node", "expr", "phase", "leaf_e", "node_e"]


@dataclass(frozen=True)
class Program:
    """A rubric compiled for a scope: one ordered list of steps over shared expressions."""

    rubric: Rubric
    scope: Scope
    registry: Registry
    leaves: tuple[Leaf, ...]
    facts: tuple[FactInput, ...]
    nodes: tuple[Node, ...]
    exprs: tuple[Expr, ...]
    gates: tuple[int, ...]
    rules: tuple[RuleEntry, ...]
    actions: tuple[ActionEntry, ...]
    steps: tuple[tuple[StepKind, int], ...]
    reads: tuple[tuple[int, ...], ...]
    """For each step the places of the steps it reads."""
    behaviour_from: tuple[int, ...]
    """Lower bound of each phase's behaviour on the rubric's scale; empty where there is none."""
    figures: tuple[str, ...] = ()
    cache: dict[str, Any] = field(default_factory=dict, compare=False)
    """Evaluators keep what they build of the program here."""

    @cached_property
    def leaf_index(self) -> Mapping[str, int]:
        """Index of an indicator by ``dimension.indicator``, in the order of the rubric."""
        index = {leaf.path: i for i, leaf in enumerate(self.leaves)}
        paths = (
            f"{d}.{i}" for d, table in self.rubric.dimensions.items() for i in table.indicators
        )
        return {path: index[path] for path in paths if path in index}

    @cached_property
    def leaf_places(self) -> Mapping[int, tuple[int, str]]:
        """Place in the order of the rubric, and path, of every indicator."""
        return {i: (place, path) for place, (path, i) in enumerate(self.leaf_index.items())}

    @cached_property
    def fact_index(self) -> Mapping[str, int]:
        """Index of a fact by id."""
        return {fact.id: i for i, fact in enumerate(self.facts)}

    @cached_property
    def node_index(self) -> Mapping[str, int]:
        """Index of a dimension by id; the overall is ``overall``."""
        return {node.id: i for i, node in enumerate(self.nodes)}

    @cached_property
    def phase_ids(self) -> tuple[str, ...]:
        """Phases in order, lowest first; number k in results is the k-th, from 1."""
        return tuple(self.rubric.phases)

    @cached_property
    def plain_parts(self) -> tuple[tuple[int, ...] | None, ...]:
        """Leaves of every node whose parts are indicators on its own scale; None for others."""
        return tuple(
            None
            if node.combiner.takes_points
            or any(not ref.is_leaf or ref.convert is not None for ref in node.refs)
            else tuple(ref.index for ref in node.refs)
            for node in self.nodes
        )

    @cached_property
    def default_weights(self) -> tuple[tuple[int, ...], ...]:
        """Integer weights of every node's parts."""
        return tuple(node.weights for node in self.nodes)


@dataclass(slots=True)
class World:
    """One complete set of inputs, by index; lists are copied by whoever changes them."""

    leaf_state: list[int]
    leaf_level: list[int]
    """Millionths; 0 where there is no value."""
    fact_value: list[Any]
    """Millionths, bool, option number, option bit mask, text; None where missing."""
    fact_state: list[int]
    grade: list[int]
    """0 claimed, 1 documented, 2 demonstrated."""
    leaf_target: list[int | None]
    node_target: list[int | None]
    weights: Sequence[Sequence[int]]
    figures: Mapping[str, Any] = field(default_factory=dict)

    def copy(self) -> World:
        """A world of its own that may be changed."""
        return World(
            self.leaf_state[:],
            self.leaf_level[:],
            self.fact_value[:],
            self.fact_state[:],
            self.grade[:],
            self.leaf_target[:],
            self.node_target[:],
            self.weights,
            self.figures,
        )
