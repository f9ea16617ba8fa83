"""Scores while somebody answers: the program on one world, quick enough for every key press.

The full scorecard with its trace belongs to the results; here is only what stands beside a
question.  The ranges are those of the interval run, which contain the exact ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cxmaturity.engine.bounds import Bounds, bounds
from cxmaturity.engine.operations import behaviour_number
from cxmaturity.engine.program import OVERALL, Program, State, World
from cxmaturity.engine.run import Run
from cxmaturity.engine.scalar import evaluate
from cxmaturity.engine.shown import HeardLevel, Resting, resting, rounded_bounds, shown_run
from cxmaturity.model.answers import Answers
from cxmaturity.workbench.engagements import FACT
from cxmaturity.workbench.hearing import Hearing, heard_world


@dataclass(frozen=True, slots=True)
class Standing:
    """One dimension as it stands: all in millionths; ``low`` to ``high`` is still possible.

    ``phase`` is the number of the phase its score behaves like, 0 for not started.
    """

    score: int | None
    coverage: int
    low: int | None
    high: int | None
    phase: int | None


@dataclass(frozen=True)
class Live:
    """One world evaluated."""

    program: Program
    world: World
    heard: Mapping[int, HeardLevel] = field(default_factory=dict)
    """Indicators, by index, whose level respondents gave."""

    @cached_property
    def run(self) -> Run:
        """Every value, exact: for verdicts."""
        return evaluate(self.program, self.world)

    @cached_property
    def _resting(self) -> Resting:
        return resting(self.program, self.run, self.heard)

    @cached_property
    def _shown(self) -> Run:
        return shown_run(self.program, self.run, self._resting)

    @cached_property
    def bounds(self) -> Bounds:
        """What open answers can still do."""
        return rounded_bounds(bounds(self.program, self.world), self._resting)

    def state(self, path: str) -> State:
        """Whether a question has an answer that counts, or why not."""
        if path.startswith(FACT):
            return State(self.run.fact_state[self.program.fact_index[path.removeprefix(FACT)]])
        return State(self.run.leaf_state[self.program.leaf_index[path]])

    def is_asked(self, path: str) -> bool:
        """Whether the answers given so far leave the question to be asked."""
        if path.startswith(FACT):
            asks = self.program.facts[self.program.fact_index[path.removeprefix(FACT)]].ask_when
        else:
            asks = self.program.leaves[self.program.leaf_index[path]].ask_when
        return asks is None or self.run.expr[asks] is not False

    def standing(self, dimension: str = OVERALL) -> Standing:
        """A dimension, or the overall, as it stands."""
        i = self.program.node_index[dimension]
        score, exact = self._shown.node_final[i], self.run.node_final[i]
        low, high = self.bounds.nodes[i] or (None, None)
        node = self.program.nodes[i]
        like = None
        if exact is not None and node.scale == self.program.rubric.scale:
            like = behaviour_number(self.program, exact)
        return Standing(score, self.run.coverage[i], low, high, like)

    @property
    def phase(self) -> str | None:
        """The phase attained; None is not started."""
        return self._phase(self.run.at_least)

    @property
    def phase_range(self) -> tuple[str | None, str | None]:
        """Lowest and highest phase that open answers still allow."""
        low, high = self.bounds.phase
        return self._phase(low), self._phase(high)

    @property
    def gates(self) -> tuple[bool | None, ...]:
        """Whether each phase's gate holds, in order."""
        return tuple(self.run.expr[gate] for gate in self.program.gates)

    def _phase(self, number: int) -> str | None:
        return self.program.phase_ids[number - 1] if number else None


def live_of(program: Program, answers: Answers, hearing: Hearing | None = None) -> Live:
    """The answers evaluated; raises InputError with every answer that cannot be read."""
    return Live(program, *heard_world(program, answers, hearing))
