"""One world read in every way that a scorecard shows."""

from __future__ import annotations

from dataclasses import dataclass

from cxmaturity.engine.bounds import Bounds
from cxmaturity.engine.profile import Row
from cxmaturity.engine.program import Program
from cxmaturity.engine.run import Run
from cxmaturity.engine.shown import Resting


@dataclass(frozen=True, slots=True)
class Reading:
    """The run as it stands, its bounds, its profile, what is provisional, the target world.

    Verdicts are read from ``run``, figures from ``shown``: what rests on respondents is rounded
    there, and in ``bounds``, ``rows`` and ``target_run``.  ``resting`` tells what does.
    """

    program: Program
    run: Run
    shown: Run
    resting: Resting
    bounds: Bounds
    rows: list[Row | None]
    provisional_leaves: tuple[bool, ...]
    provisional_nodes: tuple[bool, ...]
    target_run: list[int | None] | None
