"""100 points shared over options, a geometric mean, and a balance function, for cxmaturity."""

from __future__ import annotations

from collections.abc import Iterable

from cxmaturity import hookimpl
from cxmaturity.hookspecs import Combiner, Function, QuestionKind
from cxmaturity_kind_allocation.allocation import ALLOCATION
from cxmaturity_kind_allocation.balance import BALANCE
from cxmaturity_kind_allocation.geometric_mean import GEOMETRIC_MEAN


@hookimpl
def cxm_question_kinds() -> Iterable[QuestionKind]:
    """The kind `allocation`."""
    return [ALLOCATION]


@hookimpl
def cxm_combiners() -> Iterable[Combiner]:
    """The method `geometric_mean`."""
    return [GEOMETRIC_MEAN]


@hookimpl
def cxm_functions() -> Iterable[Function]:
    """The function `balance`."""
    return [BALANCE]
