"""The respondents of an engagement, heard once: a working view, and what may leave the house.

Everybody who shows or writes respondents' figures gets them from here, behind the gate of
`cxmaturity.engine.people`; nobody above holds an answer of a single person.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from cxmaturity.engine.inputs import world_of
from cxmaturity.engine.program import Program, World
from cxmaturity.engine.shown import HeardLevel
from cxmaturity.model.answers import Answers
from cxmaturity.model.engagement import Engagement
from cxmaturity.model.people import People, PeopleSettings, Publication
from cxmaturity.model.rubric import Rubric

if TYPE_CHECKING:
    from cxmaturity.engine.people.hearing import Heard


def heard_world(
    program: Program, answers: Answers, hearing: Hearing | None
) -> tuple[World, Mapping[int, HeardLevel]]:
    """The world of answers and respondents; which indicators, by index, respondents decide.

    Raises InputError with every answer that cannot be read.
    """
    world = world_of(program, answers)
    if hearing is None:
        return world, {}
    from cxmaturity.engine.people.joining import listen

    return world, listen(program, world, hearing.working)


def people_settings(rubric: Rubric, engagement: Engagement) -> PeopleSettings:
    """How people's answers are put together: the engagement's word, else the rubric's."""
    axes = tuple(rubric.axes)
    return PeopleSettings(
        axes=axes,
        aggregate_over=engagement.aggregate_over or rubric.aggregate_over or next(iter(axes), None),
        pooled=(engagement.respondents or rubric.respondents) == "pooled",
        median=(engagement.average or rubric.average) == "median",
        n_min=engagement.n_min or rubric.n_min,
        group_weights=engagement.group_weights,
    )


class Hearing:
    """Respondents with the rubric that they answered; hears them when somebody asks."""

    def __init__(self, program: Program, people: People, settings: PeopleSettings) -> None:
        """Take what is needed; nothing is computed yet."""
        self.program = program
        self.people = people
        self.settings = settings

    def judged_by(self, program: Program, engagement: Engagement) -> Hearing:
        """The same people under another program or other settings."""
        return Hearing(program, self.people, people_settings(program.rubric, engagement))

    @cached_property
    def working(self) -> Heard:
        """What may be shown on a terminal; it is not recorded."""
        from cxmaturity.engine.people.hearing import hear

        return hear(self.program, self.people, self.settings)

    def published(
        self, earlier: Sequence[Publication], date: dt.date
    ) -> tuple[Heard, Publication | None]:
        """What may be handed on after what was handed on before, and the entry for the ledger.

        No entry where the latest publication said the same of the same people.
        """
        from cxmaturity.engine.people.hearing import hear

        heard = hear(self.program, self.people, self.settings, earlier=earlier, publishing=True)
        latest = earlier[-1] if earlier else None
        same = latest is not None and (latest.people, latest.items) == (self.people, heard.items)
        number = latest.number if latest and same else len(earlier) + 1
        entry = None if same else Publication(number, date, self.people, heard.items)
        return replace(heard, info=replace(heard.info, publication=number)), entry

    def as_published(self, ledger: Sequence[Publication], number: int) -> Heard | None:
        """What an earlier publication said, made again from the ledger; None where it cannot be.

        Somebody who was erased since cannot be heard again.
        """
        from cxmaturity.engine.people.hearing import hear

        if not 1 <= number <= len(ledger) or "" in ledger[number - 1].people.codes:
            return None
        people, earlier = ledger[number - 1].people, ledger[: number - 1]
        heard = hear(self.program, people, self.settings, earlier=earlier, publishing=True)
        return replace(heard, info=replace(heard.info, publication=number))
