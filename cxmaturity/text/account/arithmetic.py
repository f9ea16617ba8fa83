"""How a dimension's value was computed, written out: ``(3 × 4 + 2 × 1) / 5 = 2.8``.

The line is written from the trace and recomputed from it; where it would not give the traced value
(a plugin's method, a trace from elsewhere) nothing is written rather than something wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from cxmaturity.model.exact import divide, to_micro
from cxmaturity.model.scorecard import NodeTrace, Number, PartTrace
from cxmaturity.text.account.figures import Account
from cxmaturity.text.messages import gettext as _


class _Written(NamedTuple):
    """A formula and what it gives, in millionths."""

    formula: str
    result: int


def arithmetic(told: Account, node: NodeTrace) -> str:
    """The formula with its result; empty where the method has no such line."""
    write = _METHODS.get(node.method)
    if write is None or node.combined is None:
        return ""
    written = write(told, node)
    if written is None or written.result != to_micro(node.combined):
        return ""
    return f"{written.formula} = {told.exact(node.combined)}"


def _counted(node: NodeTrace) -> list[tuple[PartTrace, Number]]:
    return [(part, part.counted) for part in node.parts if part.counted is not None]


def _products(told: Account, pairs: Sequence[tuple[Number, Number]]) -> str:
    """``3 × 4 + 2 × 1``; a weight of one is left out."""
    return " + ".join(
        told.exact(value) if weight == 1 else f"{told.exact(weight)} × {told.exact(value)}"
        for weight, value in pairs
    )


def _sum_of(pairs: Sequence[tuple[Number, Number]]) -> int:
    """Sum of weight times value, in millionths of millionths."""
    return sum(to_micro(weight) * to_micro(value) for weight, value in pairs)


def _mean(told: Account, node: NodeTrace) -> _Written | None:
    pairs = [(part.weight, value) for part, value in _counted(node)]
    weights = sum(to_micro(weight) for weight, _value in pairs)
    if not weights:
        return None
    divisor = told.exact_micro(weights)
    return _Written(f"({_products(told, pairs)}) / {divisor}", divide(_sum_of(pairs), weights))


def _weakest(told: Account, node: NodeTrace) -> _Written | None:
    values = [value for part, value in _counted(node) if part.weight > 0]
    if not values:
        return None
    listed = ", ".join(map(told.exact, values))
    return _Written(_("smallest of {values}").format(values=listed), to_micro(min(values)))


def _strongest(told: Account, node: NodeTrace) -> _Written | None:
    values = [value for part, value in _counted(node) if part.weight > 0]
    if not values:
        return None
    listed = ", ".join(map(told.exact, values))
    return _Written(_("largest of {values}").format(values=listed), to_micro(max(values)))


def _total(told: Account, node: NodeTrace) -> _Written | None:
    pairs = [(part.weight, value) for part, value in _counted(node)]
    base = (node.settings or {}).get("base", 0)
    start = f"{told.exact(base)} + " if base else ""
    total, rest = divmod(_sum_of(pairs), 1_000_000)
    return None if rest else _Written(start + _products(told, pairs), to_micro(base) + total)


def _share(told: Account, node: NodeTrace) -> _Written | None:
    points = [(part.weight, part.points) for part in node.parts if part.points is not None]
    earned = [(weight, point[0]) for weight, point in points]
    possible = [(weight, point[1]) for weight, point in points]
    low, best = map(to_micro, node.scale)
    if _sum_of(possible) <= 0:
        return None
    start = f"{told.exact(node.scale[0])} + " if low else ""
    formula = (
        f"{start}{told.exact_micro(best - low)} × ({_products(told, earned)})"
        f" / ({_products(told, possible)})"
    )
    numerator = low * _sum_of(possible) + (best - low) * _sum_of(earned)
    return _Written(formula, divide(numerator, _sum_of(possible)))


_METHODS: Final[Mapping[str, Callable[[Account, NodeTrace], _Written | None]]] = {
    "mean": _mean,
    "min": _weakest,
    "max": _strongest,
    "sum": _total,
    "share": _share,
}
