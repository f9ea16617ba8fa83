"""What is scored, while a rubric is compiled: indicators and nodes before their expressions.

A draft holds everything that does not need an expression; :mod:`cxmaturity.engine.layout` makes
drafts, :mod:`cxmaturity.engine.compile` turns them into the program.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from cxmaturity.engine.program import OVERALL, Fills, PartRef, State
from cxmaturity.engine.ranges import Spans
from cxmaturity.errors import Problem, Where
from cxmaturity.hookspecs import Combiner, Interval, Parts, QuestionKind, Registry
from cxmaturity.model import rubric as model
from cxmaturity.model.answers import Scope

NO_FILLS = Fills((None,) * len(State), 0)


@dataclass(slots=True)
class LeafDraft:
    """An indicator before its expressions are compiled."""

    path: str
    dimension: str
    indicator: model.Indicator
    kind: QuestionKind
    scale: Interval
    levels: Interval
    spans: Spans
    fills: Fills
    on: bool
    module: str | None
    ceilings: tuple[int, int, int] | None
    index: int = -1

    @property
    def id(self) -> str:
        """How expressions name it."""
        return self.path


@dataclass(slots=True)
class NodeDraft:
    """A dimension (or the overall) before its expressions are compiled."""

    id: str
    table: model.Node
    children: list[LeafDraft | NodeDraft]
    top_level: bool
    module: str | None
    weight: int | None
    """In millionths; None: the weight of its parts."""
    combiner: Combiner
    fills: Fills = NO_FILLS
    index: int = -1
    parts: Parts = field(default_factory=lambda: Parts((), (0, 0)))
    refs: tuple[PartRef, ...] = ()
    weights: tuple[int, ...] = ()
    weight_unit: int = 1
    weight_limit: int = 0
    scale: Interval = (0, 0)
    spans: Spans = field(default_factory=lambda: Spans((0, 0), (0, 0)))
    on: bool = True

    @property
    def kept(self) -> list[LeafDraft | NodeDraft]:
        """Its parts in scope; of a node that is off as a whole all of them."""
        return [child for child in self.children if child.on] or self.children

    @property
    def key(self) -> str:
        """Where the rubric declares it."""
        return OVERALL if self.id == OVERALL else f"dimensions.{self.id}"


@dataclass(slots=True)
class Layout:
    """Everything that is scored, from the leaves up; what is off is kept for names only."""

    rubric: model.Rubric
    registry: Registry
    scope: Scope
    leaves: list[LeafDraft] = field(default_factory=list)
    nodes: list[NodeDraft] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def fault(self, code: str, key: str, what: str, hint: str = "", /, **values: object) -> None:
        """Note a fault at a key of the rubric; texts are templates for the values."""
        self.problems.append(Problem(code, what, Where(key=key), hint, values))
