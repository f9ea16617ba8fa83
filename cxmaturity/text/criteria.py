"""A gate's or rule's criterion in words, before any answer: "Working across silos at least 2".

The counterpart of :mod:`.clauses`, which tells a criterion with the values that decide it.  What
has no simple shape is not worded: the exact text is shown beside the words anyway.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cxmaturity.model.exact import to_micro
from cxmaturity.text.clause_shapes import (
    OPPOSITE,
    SIGNS,
    NoSimpleShapeError,
    is_text,
    key_of,
    number_of,
    parsed,
    text_of,
    texts_of,
)
from cxmaturity.text.messages import Language, pgettext, speaking
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import Names
from cxmaturity.text.numbers import exact_text
from cxmaturity.text.operands import operand_name
from cxmaturity.text.wording import GRADES, bound_words, listed, truth_word, word

_ARITHMETIC: Final = {ast.Add: "+", ast.Sub: "−", ast.Mult: "×", ast.Div: "/"}


def criteria(text: str, names: Names, language: Language) -> list[tuple[str, str]]:
    """Every statement that must hold: in words (empty where they have no simple shape), exactly."""
    try:
        tree = parsed(text)
    except NoSimpleShapeError:
        return [("", text)]
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    with speaking(language):
        return [(_words(part, names, language), _written(text, part)) for part in parts]


def _written(text: str, part: ast.expr) -> str:
    return ast.get_source_segment(text, part) or ast.unparse(part)


def _words(tree: ast.expr, names: Names, language: Language) -> str:
    try:
        return _Sayer(names, language).statement(tree)
    except NoSimpleShapeError:
        return ""


@dataclass(frozen=True, slots=True)
class _Sayer:
    names: Names
    language: Language

    def statement(self, tree: ast.expr) -> str:
        match tree:
            case ast.BoolOp(op=op, values=parts):
                between = "or" if isinstance(op, ast.Or) else "and"
                return self._joined(parts, pgettext("between statements", between))
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                return self._negated(inner)
            case ast.Name(id="true" | "false" as truth):
                return _("always") if truth == "true" else _("never")
            case ast.Name() | ast.Attribute():
                return self._truth(tree, wanted=True)
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                return self._compared(left, op, right)
            case ast.Call(func=ast.Name(id=function), args=[first, *rest]):
                return self._called(function, first, rest)
        raise NoSimpleShapeError

    def _truth(self, tree: ast.expr, *, wanted: bool) -> str:
        return _("{name}: {value}").format(name=self._name(tree), value=truth_word(wanted))

    def _joined(self, parts: Sequence[ast.expr], between: str) -> str:
        said = [
            f"({self.statement(part)})" if isinstance(part, ast.BoolOp) else self.statement(part)
            for part in parts
        ]
        return f" {between} ".join(said)

    def _negated(self, tree: ast.expr) -> str:
        match tree:
            case ast.Name() | ast.Attribute():
                return self._truth(tree, wanted=False)
            case ast.Compare(left=left, ops=[ast.In()], comparators=[right]):
                return self._membership(left, right, wanted=False)
            case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in SIGNS:
                return self._against(left, OPPOSITE[SIGNS[type(op)]], right)
        raise NoSimpleShapeError

    def _compared(self, left: ast.expr, op: ast.cmpop, right: ast.expr) -> str:
        if isinstance(op, ast.In):
            return self._membership(left, right, wanted=True)
        if type(op) not in SIGNS:
            raise NoSimpleShapeError
        return self._against(left, SIGNS[type(op)], right)

    def _against(self, left: ast.expr, sign: str, right: ast.expr) -> str:
        if is_text(right):
            option = self._option(left, text_of(right))
            bound = option if sign == "==" else bound_words(sign, option)
            return _("{name}: {value}").format(name=self._name(left), value=bound)
        bound = bound_words(sign, self._left(right))
        match left:
            case ast.Call(func=ast.Name(id="count"), args=parts):
                said = "; ".join(self.statement(part) for part in parts)
                return _("{bound} of these: {statements}").format(bound=bound, statements=said)
        return f"{self._left(left)} {bound}"

    def _left(self, tree: ast.expr) -> str:
        """What is compared: a name, or names with arithmetic between them."""
        match tree:
            case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC:
                return f"{self._left(left)} {_ARITHMETIC[type(op)]} {self._left(right)}"
            case ast.Call(func=ast.Name(id="min"), args=parts):
                return _("the lowest of: {names};").format(names=listed([*map(self._left, parts)]))
            case ast.Call(func=ast.Name(id="max"), args=parts):
                return _("the highest of: {names};").format(names=listed([*map(self._left, parts)]))
            case ast.Name() | ast.Attribute() | ast.Call():
                return self._name(tree)
        number = number_of(tree)
        if number is None:
            raise NoSimpleShapeError
        return exact_text(to_micro(number), self.language)

    def _membership(self, left: ast.expr, right: ast.expr, *, wanted: bool) -> str:
        if is_text(left):
            option = self._option(right, text_of(left))
            said = (
                _("{name}: {option} is chosen") if wanted else _("{name}: {option} is not chosen")
            )
            return said.format(name=self._name(right), option=option)
        options = listed([self._option(left, option) for option in texts_of(right)])
        bound = _("one of: {options}") if wanted else _("none of: {options}")
        value = bound.format(options=options)
        return _("{name}: {value}").format(name=self._name(left), value=value)

    def _called(self, function: str, first: ast.expr, rest: list[ast.expr]) -> str:
        name = self._name(first)
        if function in ("documented", "demonstrated"):
            return _("{name}: evidence {grade}").format(name=name, grade=word(GRADES, function))
        if function == "answered":
            return _("{name} is answered").format(name=name)
        if function == "only":
            options = listed([self._option(first, text_of(option)) for option in rest])
            value = _("only {options}").format(options=options)
            return _("{name}: {value}").format(name=name, value=value)
        if function == "first":
            known = "; ".join(self.statement(part) for part in (first, *rest))
            return _("the first of these that is known: {statements}").format(statements=known)
        raise NoSimpleShapeError

    def _name(self, tree: ast.expr) -> str:
        return operand_name(key_of(tree), self.names, self.language)

    def _option(self, tree: ast.expr, option: str) -> str:
        key = key_of(tree)
        if key in ("phase", "behaviour"):
            return self.names.phase(option, self.language)
        return self.names.option(key, option, self.language)
