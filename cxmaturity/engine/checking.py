"""What every part of the expression checker shares: adding nodes, and noting what is wrong."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cxmaturity.engine.graph import Expr, Graph, Stratum, Type
from cxmaturity.engine.syntax import Fault
from cxmaturity.engine.vocabulary import Vocabulary
from cxmaturity.model.exact import MILLION
from cxmaturity.text.messages import N_, gettext

_NEEDED: Final[Mapping[str, str]] = {
    "truth": N_("true or false is needed here, this is {found}"),
    "number": N_("a number is needed here, this is {found}"),
}
_TYPES: Final[Mapping[Type, str]] = {
    "number": N_("a number"), "truth": N_("true or false"), "option": N_("an option"),
    "options": N_("a set of options"), "phase": N_("a phase"), "count": N_("a count"),
    "text": N_("a text"),
}  # fmt: skip


def type_name(kind: Type) -> str:
    """What a type is called in messages, in the language in use."""
    return gettext(_TYPES[kind])


@dataclass(slots=True)
class Checking(ABC):
    """One expression while it is checked into the graph.

    ``faults`` collects everything wrong with it.  A faulty part is ``None``, and what stands around
    it is still checked.
    """

    graph: Graph
    vocabulary: Vocabulary
    before_caps: bool = False
    faults: list[Fault] = field(default_factory=list)

    @abstractmethod
    def check(self, tree: ast.expr) -> int | None:
        """The node of any expression."""

    def fault(
        self, tree: ast.expr, code: str, what: str, hint: str = "", /, **values: object
    ) -> int | None:
        """Note what is wrong at a part of the expression; texts are templates for the values.

        Always None: what is faulty has no node.
        """
        self.faults.append(Fault(code, what, tree.col_offset + 1, hint, values))
        return None

    def noted(self, tree: ast.expr, found: int | Fault) -> int | None:
        """The node of a name, or its fault noted at its place."""
        if isinstance(found, int):
            return found
        return self.fault(tree, found.code, found.what, found.hint, **found.values)

    def want(self, node: int | None, wanted: Type, tree: ast.expr) -> int | None:
        """The node, if it is of the wanted type."""
        if node is None:
            return None
        found = self.graph.nodes[node].type
        if found == wanted:
            return node
        return self.fault(tree, "type", _NEEDED[wanted], found=type_name(found))

    def add(self, op: str, args: Sequence[int], data: object, kind: Type, **more: object) -> int:
        """Add a node; missing and stratum follow from its arguments."""
        nodes = [self.graph.nodes[arg] for arg in args]
        missing = more.pop("may_be_missing", any(node.may_be_missing for node in nodes))
        stratum = max((node.stratum for node in nodes), default=Stratum.ANSWER)
        return self.graph.add(
            Expr(op, tuple(args), data, kind, may_be_missing=bool(missing), stratum=stratum, **more)  # type: ignore[arg-type]
        )

    def number(self, micro: int) -> int:
        """The node of a constant."""
        return self.add("number", (), micro, "number", range=(micro, micro))

    def truth_of_constant(self, value: bool) -> int:  # noqa: FBT001 - a truth is the value itself
        """The node of true or false."""
        return self.add("true" if value else "false", (), None, "truth")

    def common_unit(self, nodes: Sequence[int], tree: ast.expr) -> str | None:
        """The unit that all numbers share (those without one fit any); None where they differ."""
        units = list(dict.fromkeys(u for node in nodes if (u := self.graph.nodes[node].unit)))
        if len(units) <= 1:
            return units[0] if units else ""
        what = N_("the units differ: {one} and {other}")
        self.fault(tree, "unit", what, one=units[0], other=units[1])
        return None

    def option(self, found: Expr, tree: ast.expr) -> int | None:
        """The number of an option that is written as a text."""
        if not is_text(tree):
            return self.fault(tree, "type", N_("an option stands in quotes"))
        assert isinstance(tree, ast.Constant)  # noqa: S101 - said by is_text
        if tree.value in found.options:
            return found.options.index(tree.value)
        what, hint = N_("there is no option '{option}'"), N_("one of {known}")
        known = ", ".join(found.options)
        return self.fault(tree, "unknown_option", what, hint, option=tree.value, known=known)

    def option_mask(self, found: Expr, trees: Sequence[ast.expr]) -> int | None:
        """A bit for each option of a list; None when one is not known."""
        indices = [self.option(found, tree) for tree in trees]
        if None in indices:
            return None
        return sum(1 << index for index in set(indices) if index is not None)


def is_text(tree: ast.expr) -> bool:
    """Whether this is a text in quotes."""
    return isinstance(tree, ast.Constant) and isinstance(tree.value, str)


def size_range(count: int) -> tuple[int, int]:
    """The range of a count of so many things."""
    return 0, count * MILLION
