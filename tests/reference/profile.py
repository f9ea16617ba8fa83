"""The behaviour profile: how the answer weight of a node spreads over the levels."""

from fractions import Fraction

from tests.reference.amounts import MILLION, convert, half_up
from tests.reference.run import Run


def profile_row(run: Run, node: str) -> list[int] | None:
    """The millionths of answer weight at each level 0…best; None without any.

    Only answers count, not what a policy fills in; rows of inner nodes enter as rounded.
    """
    if not run.has_profile:
        return None
    rows = {part: _part_row(run, part) for part in run.structure.parts(node)}
    known = {part: row for part, row in rows.items() if row is not None}
    weights = {part: _row_weight(run, part) for part in known}
    total = sum(weights.values(), Fraction(0))
    if total == 0:
        return None
    columns = zip(*([weights[p] * share / total for share in known[p]] for p in known), strict=True)
    return _filled_up([half_up(sum(column, Fraction(0)) * MILLION) for column in columns])


def _part_row(run: Run, part: str) -> list[Fraction] | None:
    if run.structure.is_node(part):
        row = profile_row(run, part)
        return None if row is None else [Fraction(share, MILLION) for share in row]
    level = run.final(part)
    if level is None:
        return None
    on_rubric = convert(level, run.structure.scale_of(part), run.structure.scale)
    return _spread(on_rubric, int(run.structure.scale.best))


def _spread(level: Fraction, best: int) -> list[Fraction]:
    """A level's weight on its two neighbouring whole levels."""
    inside = min(max(level, Fraction(0)), Fraction(best))
    return [max(Fraction(0), 1 - abs(inside - whole)) for whole in range(best + 1)]


def _row_weight(run: Run, part: str) -> Fraction:
    """The part's weight; with weight "parts" that of its own parts that have a row."""
    own = run.structure.weight(part)
    if own is not None:
        return own
    parts = [inner for inner in run.structure.parts(part) if _part_row(run, inner) is not None]
    return sum((_row_weight(run, inner) for inner in parts), Fraction(0))


def _filled_up(row: list[int]) -> list[int]:
    """The row with its rounding remainder in the last class that is not zero."""
    last = max(at for at, share in enumerate(row) if share)
    return [share + (MILLION - sum(row) if at == last else 0) for at, share in enumerate(row)]
