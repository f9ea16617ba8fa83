"""`rubric check`: what can be proved of a rubric, what drawn worlds show, and what they do not.

The rubric has been loaded without fault before it comes here; this is about what it means.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cxmaturity.catalogue.check.message import Basis, Gravity, Message, Subject
from cxmaturity.catalogue.extend import Source
from cxmaturity.engine.program import Program
from cxmaturity.model.rubric import Rubric

WORLDS = 100_000
"""Drawn worlds."""
RAISED = 10_000
"""Worlds in which every level is raised by one."""
SEED = 1

__all__ = ["SEED", "WORLDS", "Basis", "Checked", "Gravity", "Message", "check_rubric"]


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything that was found, errors first, then by file and line; and what was tried."""

    messages: tuple[Message, ...]
    worlds: int
    raised: int
    seed: int

    def count(self, gravity: Gravity) -> int:
        """How many messages of a gravity."""
        return sum(message.gravity == gravity for message in self.messages)

    @property
    def has_errors(self) -> bool:
        """Whether anything cannot be meant as it stands."""
        return any(message.gravity == "error" for message in self.messages)


def check_rubric(
    source: Source,
    rubric: Rubric,
    program: Program,
    *,
    worlds: int = WORLDS,
    raised: int = RAISED,
    seed: int = SEED,
) -> Checked:
    """Check a loaded rubric; ``program`` is the whole of it, all modules on."""
    subject = Subject(rubric, program, source)
    found = sorted(_messages(subject, worlds, raised, seed), key=_place)
    return Checked(tuple(found), worlds, raised, seed)


def _messages(subject: Subject, count: int, raised: int, seed: int) -> Iterator[Message]:
    # NumPy is only loaded where worlds are drawn, not by whoever imports the messages.
    from cxmaturity.catalogue.check.drawn_worlds import drawn
    from cxmaturity.catalogue.check.proofs import proofs
    from cxmaturity.catalogue.check.raised_levels import raised as raised_levels
    from cxmaturity.catalogue.check.sampling import Sampler
    from cxmaturity.catalogue.check.written import written

    proved = list(proofs(subject))
    yield from proved
    yield from written(subject)
    sampler = Sampler(subject.program, seed)
    keys = {message.problem.where.key for message in proved}
    for message in drawn(subject, sampler, count):
        if message.problem.where.key not in keys:
            yield message
    if raised:
        yield from raised_levels(subject, sampler.block(0, raised))


_ORDER: tuple[Gravity, ...] = ("error", "warning", "note")


def _place(message: Message) -> tuple[int, str, int, int]:
    where = message.problem.where
    return _ORDER.index(message.gravity), where.file, where.line or 0, where.column or 0
