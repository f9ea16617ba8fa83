"""A clause in words: "From feedback to action 1.2, needs at least 3: 1.8 short".

A clause is one statement of a gate or a rule with the values that decide it.  What has no simple
shape is told by its values.  The exact text belongs beside the words wherever there is room: see
`worded`.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, replace
from typing import NamedTuple

from cxmaturity.model.exact import to_micro
from cxmaturity.model.scorecard import Clause
from cxmaturity.text.clause_shapes import (
    OPPOSITE,
    SIGNS,
    NoSimpleShapeError,
    alone,
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
from cxmaturity.text.numbers import beside_threshold, exact_text, score_text
from cxmaturity.text.operands import operand_name, operand_words
from cxmaturity.text.wording import GRADES, bound_words, listed, truth_word, word

MOST_DECIDING = 4
"""Open answers named in a sentence; the rest is counted."""
_ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "×", ast.Div: "/"}


class Worded(NamedTuple):
    """A clause for people, and its text in the rubric's grammar.

    ``words`` is harmless where the names are shown; ``exact`` is foreign text as it is, and empty
    where the words already say it.
    """

    words: str
    exact: str


def clause_words(clause: Clause, names: Names, language: Language) -> str:
    """The clause as a phrase without a full stop; a value is never rounded across its threshold."""
    return worded(clause, names, language).words


def worded(clause: Clause, names: Names, language: Language) -> Worded:
    """The clause as a phrase, and the exact text to show beside it."""
    with speaking(language):
        said, exact = _said(_Sayer(clause, names, language))
        if clause.holds is None and clause.decides:
            answers = [operand_name(path, names, language) for path in clause.decides]
            said = _("{statement}; decided by: {answers}").format(
                statement=said, answers=listed(answers, MOST_DECIDING)
            )
        return Worded(said, exact)


def _said(sayer: _Sayer) -> Worded:
    text = sayer.clause.text
    try:
        return Worded(sayer.statement(parsed(text)), text)
    except NoSimpleShapeError:
        values = sayer.values()
        return Worded(values, text) if values else Worded(sayer.names.shown(text), "")


def _operands(tree: ast.expr) -> list[ast.expr]:
    return [part for part in ast.walk(tree) if isinstance(part, ast.expr)]


@dataclass(frozen=True, slots=True)
class _Sayer:
    """Words one statement; the clause says whether it holds."""

    clause: Clause
    names: Names
    language: Language

    def statement(self, tree: ast.expr) -> str:
        tree = self._used(tree)
        match tree:
            case ast.BoolOp(op=ast.Or(), values=parts):
                said = self._either(parts)
            case ast.BoolOp(values=parts):
                between = pgettext("between statements", "and")
                said = f" {between} ".join(map(self._part, parts))
            case ast.UnaryOp(op=ast.Not(), operand=inner):
                said = self._negated(inner)
            case ast.Name() | ast.Attribute():
                said = self._truth(tree, wanted=True)
            case ast.Compare(ops=[ast.In()]):
                said = self._membership(tree, wanted=True)
            case ast.Compare(ops=[op]) if type(op) in SIGNS:
                said = self._compared(tree, SIGNS[type(op)])
            case ast.Call(func=ast.Name(id=function), args=[first, *rest]):
                said = self._called(function, first, rest)
            case _:
                raise NoSimpleShapeError
        return said

    def _used(self, tree: ast.expr) -> ast.expr:
        """What was read of `first(…)`: the first operand that has a value, else the last."""
        match tree:
            case ast.Compare(left=ast.Call(func=ast.Name(id="first"), args=operands)):
                return ast.Compare(self._first_known(operands), tree.ops, tree.comparators)
            case ast.Call(func=ast.Name(id="first"), args=operands):
                return self._first_known(operands)
        return tree

    def _first_known(self, operands: list[ast.expr]) -> ast.expr:
        values = self.clause.values
        known = [o for o in operands if any(key_of(part) in values for part in _operands(o))]
        return known[0] if known else operands[-1]

    def values(self) -> str:
        """Everything the statement reads, one after another."""
        return "; ".join(f"{self._name(key)}: {self._value(key)}" for key in self.clause.values)

    # statements of several parts ----------------------------------------------------------------

    def _either(self, parts: list[ast.expr]) -> str:
        """Alternatives: where one holds it is enough to tell that one, the simplest of them."""
        holding = [part for part in parts if self._surely(part)] if self.clause.holds else []
        if holding:
            return self._part(min(holding, key=lambda part: len(key_of(part))))
        between = pgettext("between statements", "or")
        return f" {between} ".join(map(self._part, parts))

    def _surely(self, tree: ast.expr) -> bool:
        try:
            return alone(tree, self.clause.values).holds is True
        except NoSimpleShapeError:
            return False

    def _part(self, tree: ast.expr) -> str:
        said = replace(self, clause=alone(tree, self.clause.values)).statement(tree)
        return f"({said})" if isinstance(tree, ast.BoolOp) else said

    def _negated(self, tree: ast.expr) -> str:
        match tree:
            case ast.Name() | ast.Attribute():
                return self._truth(tree, wanted=False)
            case ast.Compare(ops=[ast.In()]):
                return self._membership(tree, wanted=False)
            case ast.Compare(ops=[op]) if type(op) in SIGNS:
                return self._compared(tree, OPPOSITE[SIGNS[type(op)]])
        raise NoSimpleShapeError

    def _count(self, call: ast.Call, sign: str) -> str:
        needs, sure = self.clause.needs, self.clause.value
        if needs is None or sure is None:
            raise NoSimpleShapeError
        said = _("{count} of {total} hold ({bound})")
        if not self.clause.holds:
            said = _("{count} of {total} hold, needs {bound}")
        head = said.format(
            count=score_text(to_micro(sure), self.language),
            total=len(call.args),
            bound=bound_words(sign, exact_text(to_micro(needs), self.language)),
        )
        return f"{head}: " + "; ".join(self._part(arg) for arg in call.args)

    # comparisons --------------------------------------------------------------------------------

    def _compared(self, tree: ast.Compare, sign: str) -> str:
        left, right = tree.left, tree.comparators[0]
        if is_text(right):
            bound = self._option(key_of(left), text_of(right))
            plain = sign == "=="
            return self._valued(key_of(left), bound if plain else bound_words(sign, bound), plain)
        if number_of(right) is None:
            raise NoSimpleShapeError
        if isinstance(left, ast.Call) and key_of(left).startswith("count("):
            return self._count(left, sign)
        return self._against(left, sign)

    def _against(self, left: ast.expr, sign: str) -> str:
        clause, lang = self.clause, self.language
        if clause.needs is None:
            raise NoSimpleShapeError
        needs = to_micro(clause.needs)
        bound = bound_words(sign, exact_text(needs, lang))
        if clause.value is None:
            return self._open(self._left(left), bound)
        micro = to_micro(clause.value)
        said = f"{self._left(left)}{_joint(left)}{beside_threshold(micro, needs, lang)}"
        if clause.holds:
            return said if sign == "==" else f"{said} ({bound})"
        said = self._missed(said, bound)
        if clause.holds is None or micro == needs or sign in ("==", "!="):
            return said
        amount = beside_threshold(abs(micro - needs), 0, lang)
        tail = _("{amount} short") if sign in (">=", ">") else _("{amount} too much")
        return f"{said}: {tail.format(amount=amount)}"

    def _valued(self, key: str, bound: str, bound_is_value: bool) -> str:  # noqa: FBT001 - private
        """A chosen option beside what was wanted."""
        name = self._name(key)
        if key not in self.clause.values:
            return self._open(name, bound)
        value = self._value(key)
        if not self.clause.holds:
            return self._missed(f"{name}: {value}", bound)
        return f"{name}: {value}" if bound_is_value else f"{name}: {value} ({bound})"

    def _membership(self, tree: ast.Compare, *, wanted: bool) -> str:
        left, right = tree.left, tree.comparators[0]
        if is_text(left):
            return self._chosen(key_of(right), text_of(left), wanted=wanted)
        key = key_of(left)
        options = listed([self._option(key, option) for option in texts_of(right)])
        bound = _("one of: {options}") if wanted else _("none of: {options}")
        return self._valued(key, bound.format(options=options), bound_is_value=False)

    def _chosen(self, key: str, option: str, *, wanted: bool) -> str:
        name, said = self._name(key), self._option(key, option)
        if self.clause.holds is None:
            return _("{name}: open").format(name=name)
        if self.clause.holds is wanted:
            return _("{name}: {option} is chosen").format(name=name, option=said)
        return _("{name}: {option} is not chosen").format(name=name, option=said)

    # truths -------------------------------------------------------------------------------------

    def _truth(self, path: ast.expr, *, wanted: bool) -> str:
        name, holds = self._name(key_of(path)), self.clause.holds
        if holds is None:
            return _("{name}: open").format(name=name)
        said = f"{name}: {truth_word(holds is wanted)}"
        return said if holds else self._missed(said, truth_word(wanted))

    def _called(self, function: str, first: ast.expr, rest: list[ast.expr]) -> str:
        key = key_of(first)
        if function in ("documented", "demonstrated") and not rest:
            return self._graded(key, function)
        if function == "answered" and not rest:
            text = _("{name} is answered") if self.clause.holds else _("{name} is not answered")
            return text.format(name=self._name(key))
        if function == "only" and rest:
            options = listed([self._option(key, text_of(option)) for option in rest])
            bound = _("only {options}").format(options=options)
            return self._valued(key, bound, bound_is_value=len(rest) == 1)
        raise NoSimpleShapeError

    def _graded(self, path: str, wanted: str) -> str:
        name, bound = self._name(path), word(GRADES, wanted)
        given = self.clause.values.get(f"grade({path})")
        if self.clause.holds is None or not isinstance(given, str):
            return self._open(name, bound)
        said = _("{name}: evidence {grade}").format(name=name, grade=word(GRADES, given))
        return said if self.clause.holds else self._missed(said, bound)

    # pieces -------------------------------------------------------------------------------------

    def _left(self, tree: ast.expr) -> str:
        """What stands before a comparison: one name, or names with arithmetic between them."""
        if isinstance(tree, ast.BinOp) and type(tree.op) in _ARITHMETIC:
            sign = _ARITHMETIC[type(tree.op)]
            return f"{self._left(tree.left)} {sign} {self._left(tree.right)}"
        if (number := number_of(tree)) is not None:
            return exact_text(to_micro(number), self.language)
        if isinstance(tree, ast.Name | ast.Attribute | ast.Call):
            return self._name(key_of(tree))
        raise NoSimpleShapeError

    def _name(self, key: str) -> str:
        return operand_name(key, self.names, self.language)

    def _value(self, key: str) -> str:
        return operand_words(key, self.clause.values[key], self.names, self.language)

    def _option(self, key: str, option: str) -> str:
        return operand_words(key, option, self.names, self.language)

    def _open(self, name: str, bound: str) -> str:
        return _("{name} is open, needs {bound}").format(name=name, bound=bound)

    def _missed(self, said: str, bound: str) -> str:
        return _("{statement}, needs {bound}").format(statement=said, bound=bound)


def _joint(left: ast.expr) -> str:
    """What stands between a name and its figure: a title may itself end in a figure."""
    if isinstance(left, ast.BinOp):
        return " = "
    counted = ("fact.", "measure.", "size(")
    return ": " if key_of(left).startswith(counted) else " "
