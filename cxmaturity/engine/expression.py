"""Expression text → checked nodes in the graph: types, units, ranges, options, strata.

Every fault of an expression is found in one pass: a faulty part becomes ``None`` and what stands
around it is still checked.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cxmaturity.engine.graph import (
    LARGEST,
    Expr,
    Graph,
    Stratum,
    Type,
    product,
    quotient,
)
from cxmaturity.engine.syntax import Fault, FaultyError, parse
from cxmaturity.engine.vocabulary import Vocabulary
from cxmaturity.hookspecs import Interval
from cxmaturity.model.exact import MILLION, decimal_text, to_micro

_COMPARISONS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip
_FLIPPED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}
_ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/",
}  # fmt: skip
_CONSTANTS = ("number", "true", "false")


@dataclass(slots=True)
class Checker:
    """Checks one expression into the graph; ``faults`` collects everything wrong with it."""

    graph: Graph
    vocabulary: Vocabulary
    before_caps: bool = False
    faults: list[Fault] = field(default_factory=list)

    def truth(self, text: str) -> int | None:
        """The node of an expression that must be true or false."""
        try:
            tree = parse(text)
        except FaultyError as error:
            self.faults.append(error.fault)
            return None
        node = self._check(tree)
        return self._want(node, "truth", tree)

    # one node -----------------------------------------------------------------------------------

    def _check(self, tree: ast.expr) -> int | None:
        if isinstance(tree, ast.BoolOp):
            op = "and" if isinstance(tree.op, ast.And) else "or"
            return self._logic(op, tree.values)
        if isinstance(tree, ast.UnaryOp):
            return self._unary(tree)
        if isinstance(tree, ast.BinOp):
            return self._arithmetic(tree)
        if isinstance(tree, ast.Compare):
            return self._chain(tree)
        if isinstance(tree, ast.Call):
            return self._call(tree)
        if isinstance(tree, ast.Constant):
            return self._constant(tree)
        if isinstance(tree, ast.Name | ast.Attribute):
            return self._name(tree)
        return self._fault(tree, "type", "a list stands only after 'in'")

    def _fault(self, tree: ast.expr, code: str, what: str, hint: str = "") -> None:
        self.faults.append(Fault(code, what, tree.col_offset + 1, hint))

    def _want(self, node: int | None, wanted: Type, tree: ast.expr) -> int | None:
        if node is None:
            return None
        found = self.graph.nodes[node].type
        if found == wanted:
            return node
        names = {"truth": "true or false", "number": "a number"}
        what = f"{names.get(wanted, wanted)} is needed here, this is {_said(found)}"
        return self._fault(tree, "type", what)

    def _add(self, op: str, args: Sequence[int], data: object, kind: Type, **more: object) -> int:
        """Add a node; missing and stratum follow from its arguments."""
        nodes = [self.graph.nodes[arg] for arg in args]
        missing = more.pop("may_be_missing", any(node.may_be_missing for node in nodes))
        stratum = max((node.stratum for node in nodes), default=Stratum.ANSWER)
        return self.graph.add(
            Expr(op, tuple(args), data, kind, may_be_missing=bool(missing), stratum=stratum, **more)  # type: ignore[arg-type]
        )

    def _logic(self, op: str, trees: Sequence[ast.expr]) -> int | None:
        nodes = [self._want(self._check(tree), "truth", tree) for tree in trees]
        if None in nodes:
            return None
        return self._add(op, [n for n in nodes if n is not None], None, "truth")

    def _unary(self, tree: ast.UnaryOp) -> int | None:
        if isinstance(tree.op, ast.Not):
            node = self._want(self._check(tree.operand), "truth", tree.operand)
            return None if node is None else self._add("not", [node], None, "truth")
        if isinstance(tree.operand, ast.Constant):
            node = self._check(tree.operand)
            if node is None or self.graph.nodes[node].op != "number":
                return self._want(node, "number", tree.operand)
            return self._number(-self._constant_value(node))
        node = self._want(self._check(tree.operand), "number", tree.operand)
        if node is None:
            return None
        low, high = self.graph.nodes[node].range
        return self._add("neg", [node], None, "number", range=(-high, -low))

    # constants and names ------------------------------------------------------------------------

    def _constant(self, tree: ast.Constant) -> int | None:
        value = tree.value
        if isinstance(value, str):
            return self._fault(tree, "type", "a text can only be compared with options")
        if isinstance(value, bool) or not isinstance(value, int | float):
            return self._fault(tree, "type", "write true or false, a number, or an option")
        try:
            return self._number(to_micro(value))
        except ValueError as error:
            return self._fault(tree, "number", str(error))

    def _number(self, micro: int) -> int:
        return self._add("number", (), micro, "number", range=(micro, micro))

    def _constant_value(self, node: int) -> int:
        data = self.graph.nodes[node].data
        assert isinstance(data, int)  # noqa: S101 - a number node holds its millionths
        return data

    def _name(self, tree: ast.Name | ast.Attribute) -> int | None:
        name = ast.unparse(tree)
        if name in ("true", "false"):
            return self._add(name, (), None, "truth")
        node = self.vocabulary.node(name, before_caps=self.before_caps)
        if isinstance(node, int):
            return node
        return self._fault(tree, node.code, node.what, node.hint)

    # arithmetic ---------------------------------------------------------------------------------

    def _arithmetic(self, tree: ast.BinOp) -> int | None:
        left = self._want(self._check(tree.left), "number", tree.left)
        right = self._want(self._check(tree.right), "number", tree.right)
        if left is None or right is None:
            return None
        return self._combine(_ARITHMETIC[type(tree.op)], left, right, tree)

    def _combine(self, op: str, left: int, right: int, tree: ast.expr) -> int | None:
        a, b = self.graph.nodes[left], self.graph.nodes[right]
        unit = ""
        if op in "+-":
            if not self._same_unit(a, b, tree):
                return None
            unit = a.unit or b.unit
        span = _result_range(op, a.range, b.range)
        if max(abs(end) for end in (*span, *_on_the_way(op, a.range, b.range))) >= LARGEST:
            return self._fault(tree, "overflow", "this can grow beyond what is counted exactly")
        missing = a.may_be_missing or b.may_be_missing or op == "/"
        return self._add(
            op, [left, right], None, "number", range=span, unit=unit, may_be_missing=missing
        )

    def _same_unit(self, a: Expr, b: Expr, tree: ast.expr) -> bool:
        if not a.unit or not b.unit or a.unit == b.unit:
            return True
        self._fault(tree, "unit", f"units differ: {a.unit} and {b.unit}")
        return False

    # comparisons --------------------------------------------------------------------------------

    def _chain(self, tree: ast.Compare) -> int | None:
        operands = [tree.left, *tree.comparators]
        pairs = zip(operands, tree.ops, operands[1:], strict=False)
        nodes = [self._pair(left, op, right) for left, op, right in pairs]
        if None in nodes:
            return None
        found = [node for node in nodes if node is not None]
        return found[0] if len(found) == 1 else self._add("and", found, None, "truth")

    def _pair(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> int | None:
        if isinstance(op, ast.In):
            return self._membership(left, right)
        sign = _COMPARISONS[type(op)]
        if _is_text(left) and not _is_text(right):
            left, right, sign = right, left, _FLIPPED[sign]
        node = self._check(left)
        if _is_text(right):
            return self._against_text(node, sign, left, right)
        other = self._check(right)
        if node is None or other is None:
            return None
        return self._against(node, sign, other, left, right)

    def _against(
        self, node: int, sign: str, other: int, left: ast.expr, right: ast.expr
    ) -> int | None:
        a, b = self.graph.nodes[node], self.graph.nodes[other]
        if a.op in _CONSTANTS and b.op not in _CONSTANTS or (b.type == "count" != a.type):
            return self._against(other, _FLIPPED[sign], node, right, left)
        if a.type == b.type == "truth" and sign in ("==", "!="):
            same = (b.op == "true") == (sign == "==")
            if b.op not in ("true", "false"):
                return self._fault(right, "type", "compare a truth with true or false only")
            return node if same else self._add("not", [node], None, "truth")
        if a.type == "count" and b.type == "number":
            if not self._inside(a, b, right):
                return None
            return self._add("compare_count", [*a.args, other], sign, "truth")
        if a.type != "number" or b.type != "number":
            what = f"{_said(a.type)} and {_said(b.type)} cannot be compared with {sign}"
            return self._fault(left, "type", what)
        if not self._same_unit(a, b, left) or not self._inside(a, b, right):
            return None
        return self._add("compare", [node, other], sign, "truth")

    def _inside(self, a: Expr, b: Expr, tree: ast.expr) -> bool:
        """A threshold outside the proven range would decide nothing."""
        if b.op != "number" or a.op == "number" or a.range[0] <= b.range[0] <= a.range[1]:
            return True
        low, high = (decimal_text(end) for end in a.range)
        self._fault(tree, "threshold", f"{decimal_text(b.range[0])} lies outside {low}…{high}")
        return False

    def _against_text(
        self, node: int | None, sign: str, left: ast.expr, right: ast.expr
    ) -> int | None:
        if node is None:
            return None
        found = self.graph.nodes[node]
        assert isinstance(right, ast.Constant)  # noqa: S101 - said by _is_text
        if found.type == "phase":
            index = self._option(found, right)
            return (
                None
                if index is None
                else self._add("compare_phase", [node], (sign, index), "truth")
            )
        if found.type == "option" and sign in ("==", "!="):
            index = self._option(found, right)
            if index is None:
                return None
            same = self._add("one_of", [node], 1 << index, "truth")
            return same if sign == "==" else self._add("not", [same], None, "truth")
        hint = "use: 'x' in fact.y" if found.type == "options" else ""
        what = f"{_said(found.type)} cannot be compared with a text by {sign}"
        return self._fault(left, "type", what, hint)

    def _membership(self, left: ast.expr, right: ast.expr) -> int | None:
        if isinstance(right, ast.List):
            return self._in_list(left, right)
        node = self._check(right)
        if node is None:
            return None
        found = self.graph.nodes[node]
        if found.type != "options" or not _is_text(left):
            return self._fault(right, "type", "'in' needs a list of constants or a fact of options")
        index = self._option(found, left)
        return None if index is None else self._add("contains", [node], 1 << index, "truth")

    def _in_list(self, left: ast.expr, right: ast.List) -> int | None:
        node = self._check(left)
        if node is None or not right.elts:
            return None if right.elts else self._fault(right, "type", "the list is empty")
        found = self.graph.nodes[node]
        if found.type == "number":
            pairs = [self._pair(left, ast.Eq(), item) for item in right.elts]
            known = [pair for pair in pairs if pair is not None]
            return self._add("or", known, None, "truth") if len(known) == len(pairs) else None
        if found.type not in ("option", "phase"):
            return self._fault(left, "type", f"{_said(found.type)} cannot be in a list")
        mask = 0
        for item in right.elts:
            index = self._option(found, item)
            if index is None:
                return None
            mask |= 1 << index
        op = "one_of" if found.type == "option" else "phase_in"
        return self._add(op, [node], mask, "truth")

    def _option(self, found: Expr, tree: ast.expr) -> int | None:
        if not _is_text(tree):
            return self._fault(tree, "type", "an option stands in quotes")
        assert isinstance(tree, ast.Constant)  # noqa: S101 - said by _is_text
        if tree.value in found.options:
            return found.options.index(tree.value)
        hint = "one of " + ", ".join(found.options)
        return self._fault(tree, "unknown_option", f"there is no option '{tree.value}'", hint)

    # calls --------------------------------------------------------------------------------------

    def _call(self, tree: ast.Call) -> int | None:
        if not isinstance(tree.func, ast.Name):
            return self._fault(tree, "unknown_function", "only plain functions can be called")
        name = tree.func.id
        own: dict[str, Callable[[ast.Call], int | None]] = {
            "count": self._count, "first": self._first, "min": self._extreme,
            "max": self._extreme, "abs": self._abs, "only": self._only, "size": self._size,
        }  # fmt: skip
        if name in own:
            return own[name](tree)
        if name in self.vocabulary.functions:
            return self._plugin(name, tree)
        node = self.vocabulary.call(name, _words(tree.args), before_caps=self.before_caps)
        if isinstance(node, int):
            return node
        return self._fault(tree, node.code, node.what, node.hint)

    def _count(self, tree: ast.Call) -> int | None:
        nodes = [self._want(self._check(arg), "truth", arg) for arg in tree.args]
        if None in nodes or not nodes:
            return None if nodes else self._fault(tree, "arguments", "count needs conditions")
        found = [node for node in nodes if node is not None]
        return self._add("count", found, None, "count", range=(0, len(found) * MILLION))

    def _first(self, tree: ast.Call) -> int | None:
        nodes = [self._check(arg) for arg in tree.args]
        if None in nodes or not nodes:
            return None if nodes else self._fault(tree, "arguments", "first needs operands")
        found = [node for node in nodes if node is not None]
        kinds = {self.graph.nodes[node].type for node in found}
        if kinds not in ({"number"}, {"truth"}):
            return self._fault(tree, "type", "first takes all numbers or all truths")
        kind = kinds.pop()
        missing = all(self.graph.nodes[node].may_be_missing for node in found)
        span = _hull([self.graph.nodes[node].range for node in found])
        return self._add("first", found, None, kind, range=span, may_be_missing=missing)

    def _numbers(self, tree: ast.Call, needed: int | None = None) -> list[int] | None:
        nodes = [self._want(self._check(arg), "number", arg) for arg in tree.args]
        if None in nodes:
            return None
        if not nodes or (needed is not None and len(nodes) != needed):
            wanted = "at least one number" if needed is None else f"{needed} number(s)"
            return self._fault(tree, "arguments", f"this function takes {wanted}")
        return [node for node in nodes if node is not None]

    def _extreme(self, tree: ast.Call) -> int | None:
        nodes = self._numbers(tree)
        if nodes is None:
            return None
        assert isinstance(tree.func, ast.Name)  # noqa: S101 - said by _call
        pick = min if tree.func.id == "min" else max
        ranges = [self.graph.nodes[node].range for node in nodes]
        span = (pick(low for low, _ in ranges), pick(high for _, high in ranges))
        return self._add(tree.func.id, nodes, None, "number", range=span)

    def _abs(self, tree: ast.Call) -> int | None:
        nodes = self._numbers(tree, 1)
        if nodes is None:
            return None
        low, high = self.graph.nodes[nodes[0]].range
        least = 0 if low <= 0 <= high else min(abs(low), abs(high))
        return self._add("abs", nodes, None, "number", range=(least, max(abs(low), abs(high))))

    def _plugin(self, name: str, tree: ast.Call) -> int | None:
        function = self.vocabulary.functions[name]
        nodes = self._numbers(tree, function.arguments)
        if nodes is None:
            return None
        span = function.range(*(self.graph.nodes[node].range for node in nodes))
        return self._add("call", nodes, name, "number", range=span)

    def _only(self, tree: ast.Call) -> int | None:
        node = self._chosen(tree)
        if node is None:
            return None
        mask = 0
        for item in tree.args[1:]:
            index = self._option(self.graph.nodes[node], item)
            if index is None:
                return None
            mask |= 1 << index
        return self._add("only", [node], mask, "truth")

    def _size(self, tree: ast.Call) -> int | None:
        node = self._chosen(tree)
        if node is None:
            return None
        options = len(self.graph.nodes[node].options)
        return self._add("size", [node], None, "number", range=(0, options * MILLION))

    def _chosen(self, tree: ast.Call) -> int | None:
        node = self._check(tree.args[0]) if tree.args else None
        if node is not None and self.graph.nodes[node].type == "options":
            return node
        return self._fault(tree, "type", "this function needs a fact of options")


def _is_text(tree: ast.expr) -> bool:
    return isinstance(tree, ast.Constant) and isinstance(tree.value, str)


def _words(trees: Sequence[ast.expr]) -> list[str]:
    """Arguments of a function on names: names as written, places without their quotes."""
    return [
        tree.value
        if isinstance(tree, ast.Constant) and isinstance(tree.value, str)
        else ast.unparse(tree)
        for tree in trees
    ]


def _said(kind: Type) -> str:
    return {
        "number": "a number", "truth": "true or false", "option": "an option",
        "options": "a set of options", "phase": "a phase", "count": "a count", "text": "a text",
    }[kind]  # fmt: skip


def _hull(ranges: Sequence[Interval]) -> Interval:
    return min(low for low, _ in ranges), max(high for _, high in ranges)


def _result_range(op: str, a: Interval, b: Interval) -> Interval:
    if op == "+":
        return a[0] + b[0], a[1] + b[1]
    if op == "-":
        return a[0] - b[1], a[1] - b[0]
    return product(a, b) if op == "*" else quotient(a, b)


def _on_the_way(op: str, a: Interval, b: Interval) -> Interval:
    """Largest integers met before the division back to millionths."""
    if op == "*":
        most = 2 * max(abs(x * y) for x in a for y in b)
    elif op == "/":
        most = 2 * max(abs(x) for x in a) * MILLION + max(abs(y) for y in b)
    else:
        most = 0
    return -most, most
