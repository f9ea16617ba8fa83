"""People and measures: what respondents and data say, as far as it may be shown.

A working view: it draws the scorecard, which has passed the gate, and nothing else; no answer of a
single person ever comes here.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from cxmaturity.text.account import basis, people, places
from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.actions import Place
from cxmaturity.tui.keys import bindings_in
from cxmaturity.tui.screens.people_markdown import as_markdown
from cxmaturity.tui.screens.people_views import DIMENSION_VIEWS, GROUPS, VIEWS
from cxmaturity.tui.screens.views import View, ViewsScreen
from cxmaturity.tui.session import Session
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen, Span, cut, joined
from cxmaturity.tui.widgets.dumbbell_chart import dumbbell_chart
from cxmaturity.tui.widgets.people_list import card_of
from cxmaturity.tui.widgets.sheet import Draw


class PeopleScreen(ViewsScreen):
    """Shows what respondents and measures say."""

    PLACE: ClassVar[Place] = "people"
    VIEWS: ClassVar[Sequence[View]] = VIEWS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_in("people")]

    def __init__(self, session: Session) -> None:
        """People of a session."""
        super().__init__(session)
        self._axis = 0
        self._picked = False

    def show_anew(self) -> None:
        """Until the user picks a view: measures where nobody but the assessor has answered."""
        if not self._picked:
            self._view = VIEWS[-1] if self.told.card.people is None else VIEWS[0]
        super().show_anew()

    def go_to_view(self, shown: View) -> None:
        """The user picked a view."""
        self._picked = True
        super().go_to_view(shown)

    def top(self, frame: Frame) -> Drawing:
        """Whose people these are."""
        told = self.session.told()
        said = [basis.organisation(told), _("People and measures"), *basis.setting(told)]
        return Drawing(((Span(" "), Span(joined(said, frame.width - 1))),))

    def headline(self, frame: Frame) -> Drawing:
        """How many answered, and that this is for looking only."""
        pen = Pen(frame.width)
        said = people.standing(self.told)
        if said:
            pen.row(Span(" "), Span(cut(said[0], frame.width - 1), "strong"))
            pen.row(Span(" "), Span(cut(said[-1], frame.width - 1), "risk"))
        else:
            pen.row(Span(" "), Span(_("Nobody but the assessor has answered yet."), "quiet"))
        return pen.drawing()

    def picture(self, shown: View, *, unfolds: bool) -> Draw:
        """The chart is of one axis."""
        axes = places.axes(self.told)
        if shown.id == GROUPS and not self._as_table and axes:
            axis = axes[self._axis % len(axes)]
            return partial(dumbbell_chart, self.told, axis=axis)
        return super().picture(shown, unfolds=unfolds)

    def allows(self, action: str) -> bool:
        """Another grouping where there is one."""
        if action == "next_axis":
            return (
                self._view.id == GROUPS
                and not self._as_table
                and self._account is not None
                and len(places.axes(self._account)) > 1
            )
        return super().allows(action)

    def sharing(self, key: str) -> Sequence[str]:
        """A dimension is chosen in all views that show dimensions."""
        return DIMENSION_VIEWS if card_of(self.told, key) else ()

    def action_next_axis(self) -> None:
        """Group the respondents otherwise."""
        self._axis += 1
        self.show_view(self._view)

    def action_copy_result(self) -> None:
        """Copy what is chosen as Markdown."""
        chosen = self.page.chosen
        self.host.copy_text(as_markdown(self.told, chosen.key if chosen else ""))
