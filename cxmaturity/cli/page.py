"""The page that a terminal shows of a scorecard: coloured, or plain for screen readers and pipes.

Rich is loaded only by `render_page` and `why_page`.  Whatever is foreign is cleaned before it is
shown and is never markup.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cxmaturity.model.rubric import Rubric
from cxmaturity.model.scorecard import Scorecard
from cxmaturity.text.account import Account, phase
from cxmaturity.text.messages import Language, speaking
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import names_of

if TYPE_CHECKING:
    from rich.console import RenderableType

    from cxmaturity.cli.page_ink import Ink

NARROWEST = 40
"""Narrower terminals get a page of this width."""
WIDEST = 140
"""Wider terminals get a page of this width: longer lines are not read."""
TOP = 5
"""Recommendations told in full."""


def render_page(
    card: Scorecard,
    language: Language,
    width: int,
    *,
    ascii_only: bool = False,
    top: int = TOP,
    rubric: Rubric | None = None,
) -> RenderableType:
    """The page of a scorecard, to be printed by a Rich console.

    ``width`` is that of the terminal; ``ascii_only`` draws with plain characters; ``rubric``
    supplies the titles of facts and options, which a scorecard does not carry.
    """
    from rich.console import Group
    from rich.constrain import Constrain

    from cxmaturity.cli.page_ink import Ink

    told = Account(card, names_of(card, rubric), language)
    ink = Ink(min(max(width, NARROWEST), WIDEST), ascii_only=ascii_only)
    with speaking(language):
        return Constrain(Group(*_drawn(told, ink, top)), ink.width)


def _drawn(told: Account, ink: Ink, top: int) -> Iterator[RenderableType]:
    from itertools import chain

    from rich.text import Text

    from cxmaturity.cli import page_sections as sections
    from cxmaturity.cli.page_blocks import Heading, Line
    from cxmaturity.cli.page_measures import measures
    from cxmaturity.cli.page_path import path_of_phases
    from cxmaturity.cli.page_people_drawn import people_section
    from cxmaturity.cli.page_scores import score_tables

    yield from ink.draw(sections.title_lines(told))
    yield Text()
    yield path_of_phases(told, ink)
    yield Text()
    yield from ink.draw([Line(" · ".join(phase.headline(told)), "strong")])
    yield from ink.draw(
        chain(sections.certainty(told), sections.gates(told), [Heading(_("Dimensions"))])
    )
    yield from score_tables(told, ink)
    yield from people_section(told, ink)
    yield from ink.draw(
        chain(
            sections.targets(told),
            measures(told),
            sections.findings(told),
            sections.recommendations(told, top),
            sections.undecided(told),
            sections.foundation(told),
        )
    )


def plain_page(
    card: Scorecard,
    language: Language,
    *,
    width: int = 80,
    top: int = TOP,
    rubric: Rubric | None = None,
) -> str:
    """The same page as plain lines, for ``--plain``, pipes and screen readers."""
    from cxmaturity.cli.page_plain import plain_blocks, plain_lines

    told = Account(card, names_of(card, rubric), language)
    with speaking(language):
        return "\n".join(plain_lines(plain_blocks(told, top), width)) + "\n"


def why_page(
    card: Scorecard,
    subject: str,
    language: Language,
    width: int,
    *,
    ascii_only: bool = False,
    rubric: Rubric | None = None,
) -> RenderableType:
    """Why something is as it is, to be printed by a Rich console.

    ``subject``: ``phase`` (or nothing), ``phase.ID``, ``overall``, a dimension, an indicator
    ``dimension.indicator``, ``fact.ID``, or a rule's id.  Raises UsageError for anything else,
    with the nearest names.
    """
    from rich.console import Group
    from rich.constrain import Constrain

    from cxmaturity.cli.page_ink import Ink
    from cxmaturity.cli.page_why import why_blocks

    told = Account(card, names_of(card, rubric), language)
    ink = Ink(min(max(width, NARROWEST), WIDEST), ascii_only=ascii_only)
    with speaking(language):
        return Constrain(Group(*ink.draw(why_blocks(told, subject))), ink.width)


def plain_why(
    card: Scorecard,
    subject: str,
    language: Language,
    *,
    width: int = 80,
    rubric: Rubric | None = None,
) -> str:
    """The same as plain lines."""
    from cxmaturity.cli.page_plain import plain_lines
    from cxmaturity.cli.page_why import why_blocks

    told = Account(card, names_of(card, rubric), language)
    with speaking(language):
        return "\n".join(plain_lines(why_blocks(told, subject), width)) + "\n"
