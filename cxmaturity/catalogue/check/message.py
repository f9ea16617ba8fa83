"""What `rubric check` says: a problem, how grave it is, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from cxmaturity.catalogue.extend import Source
from cxmaturity.engine.program import Program
from cxmaturity.errors import Problem, Where
from cxmaturity.model.rubric import Rubric
from cxmaturity.text.toml_places import Path

Gravity = Literal["error", "warning", "note"]
"""An error cannot be meant; a warning should be looked at; a note is for information."""
Basis = Literal["proved", "shown", "not_seen", "written"]
"""``proved``: holds for all answers; ``shown``: an example is given; ``not_seen``: did not come up
among the worlds that were drawn; ``written``: stands so in the files."""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing that the check found; ``problem`` has its code, words, place and hint."""

    gravity: Gravity
    basis: Basis
    problem: Problem


@dataclass(frozen=True, slots=True)
class Subject:
    """What is checked: a rubric, its program with all modules on, and where it is written."""

    rubric: Rubric
    program: Program
    source: Source

    def where(self, *path: str | int) -> Where:
        """File and line of a path of the rubric."""
        return self.source.origins.where(path)

    def say(
        self,
        gravity: Gravity,
        basis: Basis,
        code: str,
        what: str,
        path: Path,
        hint: str = "",
        /,
        **values: object,
    ) -> Message:
        """A message at a path of the rubric."""
        return Message(gravity, basis, Problem(code, what, self.where(*path), hint, values))

    def indicator(self, path: str) -> Path:
        """Where an indicator is written."""
        dimension, _, indicator = path.partition(".")
        return ("dimensions", dimension, "indicators", indicator)

    def node(self, name: str) -> Path:
        """Where a dimension or the overall is written."""
        return ("overall",) if name == "overall" else ("dimensions", name)

    def scored(self, name: str) -> Path:
        """Where what a cap limits is written."""
        return self.indicator(name) if "." in name else self.node(name)
