"""What stands in for an answer without a level, and how high evidence lets a level count."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cxmaturity.engine.program import Fills, State
from cxmaturity.hookspecs import Interval
from cxmaturity.model import rubric as model
from cxmaturity.model.exact import divide


def fills(chain: Sequence[model.Policies], levels: Interval) -> Fills:
    """What fills each state, by the innermost policy of the chain that says anything.

    The chain runs from the rubric over the overall and the dimensions to the part itself.
    """

    def policy(name: str) -> str:
        said = [getattr(table, name) for table in reversed(chain) if getattr(table, name)]
        return said[0] if said else "skip"

    value: dict[str, Any] = {
        "skip": None, "zero": levels[0], "full": levels[1], "block": "block", "target": "target",
    }  # fmt: skip
    by_state: list[Any] = [None] * len(State)
    by_state[State.UNANSWERED] = value[policy("unanswered")]
    by_state[State.UNKNOWN] = value[policy("unknown")]
    by_state[State.NOT_APPLICABLE] = value[policy("not_applicable")]
    return Fills(tuple(by_state), levels[1])


def ceilings(
    rubric: model.Rubric, scale: Interval, levels: Interval
) -> tuple[int, int, int] | None:
    """The evidence ceilings on an indicator's own scale, claimed to demonstrated.

    A grade without ceiling supports every level that the question can give.
    """
    if not rubric.evidence_ceilings:
        return None
    low, best = rubric.scale

    def own(ceiling: int | None) -> int:
        if ceiling is None:
            return max(scale[1], levels[1])
        return scale[0] + divide((ceiling - low) * (scale[1] - scale[0]), best - low)

    claimed, documented, demonstrated = map(own, map(rubric.evidence_ceilings.get, model.GRADES))
    return claimed, documented, demonstrated
