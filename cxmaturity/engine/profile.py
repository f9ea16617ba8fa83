"""The behaviour profile: how the answer weight of each node spreads over the levels.

Only for rubrics whose scale is 0…whole number with one phase a level.  A row sums to one million.
"""

from __future__ import annotations

from collections.abc import Sequence

from cxmaturity.engine.program import Program
from cxmaturity.engine.run import Run
from cxmaturity.model.exact import MILLION, divide

Row = tuple[int, ...]


def has_profile(program: Program) -> bool:
    """Whether levels are phases: the scale is 0…n with n phases."""
    return program.rubric.scale == (0, len(program.phase_ids) * MILLION)


def profile_rows(program: Program, run: Run) -> list[Row | None]:
    """One row a node, None without any answered level; empty for rubrics without a profile."""
    if not has_profile(program):
        return []
    classes = len(program.phase_ids) + 1
    weights = run.world.weights
    rows: list[Row | None] = []
    row_weight: list[int] = []
    for i, node in enumerate(program.nodes):
        known: list[tuple[int, Row]] = []
        for ref, weight in zip(node.refs, weights[i], strict=True):
            if ref.is_leaf:
                level = run.leaf_final[ref.index]
                row = None if level is None else leaf_row(level, ref.part.scale, classes)
            else:
                row = rows[ref.index]
                weight = row_weight[ref.index] if ref.weight_is_parts else weight  # noqa: PLW2901
            if row is not None:
                known.append((weight, row))
        row_weight.append(sum(weight for weight, _ in known))
        rows.append(_weighted(known, classes))
    return rows


def leaf_row(level: int, scale: tuple[int, int], classes: int) -> Row:
    """A level's weight on its two neighbouring whole levels of the rubric's scale."""
    best = (classes - 1) * MILLION
    low, high = scale
    on_rubric = level if scale == (0, best) else divide((level - low) * best, high - low)
    whole, rest = divmod(min(max(on_rubric, 0), best), MILLION)
    row = [0] * classes
    row[whole] = MILLION - rest
    if rest:
        row[whole + 1] = rest
    return tuple(row)


def _weighted(known: Sequence[tuple[int, Row]], classes: int) -> Row | None:
    total = sum(weight for weight, _ in known)
    if not total:
        return None
    row = [divide(sum(weight * part[c] for weight, part in known), total) for c in range(classes)]
    last = max(c for c in range(classes) if row[c])
    row[last] += MILLION - sum(row)
    return tuple(row)
