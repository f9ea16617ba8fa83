"""The results: where the organisation stands, why, and what to do, as views of one scorecard.

The screen asks the session for the scorecard, gives its widgets pictures to show and follows their
messages; nothing is computed here.  A dimension chosen in one view is chosen in the others, and one
key explains what is chosen from its parts.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar, Final

from textual import on
from textual.binding import BindingType

from cxmaturity.errors import CxError
from cxmaturity.text.account import Account, basis, people
from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.actions import Place, action
from cxmaturity.tui.keys import bindings_in
from cxmaturity.tui.reasons import PHASE, why
from cxmaturity.tui.safe import line, problem_lines, unexpected
from cxmaturity.tui.screens.results_markdown import (
    as_markdown,
    reason_markdown,
    summary,
    with_remark,
    write_report,
)
from cxmaturity.tui.screens.results_views import DIMENSION_VIEWS, VIEWS, dimension_of
from cxmaturity.tui.screens.views import View, ViewsScreen
from cxmaturity.tui.session import Session
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen, Span, joined
from cxmaturity.tui.widgets.key_bar import Hint
from cxmaturity.tui.widgets.phase_track import headline, phase_track
from cxmaturity.tui.widgets.sheet import Draw, Sheet
from cxmaturity.tui.widgets.why_tree import ROOT, Tree, parent, why_tree

WHY: Final = "why"


class ResultsScreen(ViewsScreen):
    """Shows the results of a session, or of the one that the program has open."""

    PLACE: ClassVar[Place] = "results"
    VIEWS: ClassVar[Sequence[View]] = VIEWS
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_in("results")]

    def __init__(self, session: Session) -> None:
        """Results of a session; they are read when the screen is shown."""
        super().__init__(session)
        self._before_why: View = VIEWS[0]
        self._tree = Tree()
        self._writing = False

    # what is shown ------------------------------------------------------------------------------

    def show_anew(self) -> None:
        """Another scorecard has other reasons."""
        self._tree = Tree()
        self.show_view(self._before_why if self._view.id == WHY else self._view)

    def hints(self) -> Sequence[Hint]:
        """The usual ones; in the why-tree, Enter unfolds."""
        hints = super().hints()
        if self._view.id != WHY:
            return hints
        label = _(action("unfold").label)
        return [h._replace(label=label) if h.action == "explain" else h for h in hints]

    def allows(self, action: str) -> bool:
        """Folding in the why-tree only."""
        if action in ("unfold", "fold_up"):
            return self._view.id == WHY
        return super().allows(action)

    def top(self, frame: Frame) -> Drawing:
        """Whose results these are and what judged them."""
        told = self.session.told()
        pen = Pen(frame.width)
        said = [basis.organisation(told), _("Results"), *basis.setting(told)]
        pen.row(Span(" "), Span(joined(said, frame.width - 1)))
        return pen.drawing()

    def headline(self, frame: Frame) -> Drawing:
        """The phase, and how sure it is."""
        pen = Pen(frame.width)
        pen.row(Span(" "), *phase_track(self.told, frame.width - 1))
        pen.row(Span(" "), *headline(self.told, frame.width - 1))
        return pen.drawing()

    def picture(self, shown: View, *, unfolds: bool) -> Draw:
        """The why-tree keeps what of it is unfolded."""
        if shown.id == WHY:
            if self._tree.root is None:
                self._tree = Tree(why(self.told, PHASE))
            return partial(why_tree, self._tree)
        return super().picture(shown, unfolds=unfolds)

    def sharing(self, key: str) -> Sequence[str]:
        """A dimension is chosen in all views that show dimensions."""
        return DIMENSION_VIEWS if dimension_of(self.told, key) else ()

    @on(Sheet.Opened)
    def _open(self) -> None:
        self.action_explain()

    def go_to_view(self, shown: View) -> None:
        """Remember where the why-tree was opened."""
        if shown.id == WHY and self._view.id != WHY:
            self._before_why = self._view
        self.show_view(shown)

    # why ----------------------------------------------------------------------------------------

    def action_explain(self) -> None:
        """Open the why-tree at what is chosen; in the tree, fold or unfold."""
        if self._view.id == WHY:
            self._fold_or_unfold()
            return
        chosen = self.page.chosen
        root = why(self.told, chosen.why) if chosen and chosen.why else None
        self._tree = Tree(root or why(self.told, PHASE))
        self._keys[WHY] = ROOT
        self.go_to_view(next(shown for shown in VIEWS if shown.id == WHY))

    def action_unfold(self) -> None:
        """Show what a reason rests on, or go into it where that is shown."""
        chosen = self.page.chosen
        if self._view.id == WHY and chosen:
            if self._tree.unfold(chosen.key):
                self.page.redraw()
            elif self._tree.can_grow(chosen.key):
                self.page.step(1)

    def action_fold_up(self) -> None:
        """Hide what a reason rests on, or go to what rests on it."""
        chosen = self.page.chosen
        if self._view.id == WHY and chosen:
            if self._tree.fold(chosen.key):
                self.page.redraw()
            else:
                self.page.choose(parent(chosen.key))

    def _fold_or_unfold(self) -> None:
        chosen = self.page.chosen
        if chosen and self._tree.toggle(chosen.key):
            self.page.redraw()

    async def action_back(self) -> None:
        """From the why-tree to the view it was opened in, else to the list of engagements."""
        if self._view.id == WHY:
            self.show_view(self._before_why)
        else:
            await super().action_back()

    # taking along -------------------------------------------------------------------------------

    def action_copy_result(self) -> None:
        """Copy what is chosen as Markdown."""
        told, chosen = self.told, self.page.chosen
        if self._view.id == WHY and chosen and (reason := self._tree.reason(chosen.key)):
            text = reason_markdown(reason, self._tree.branches(chosen.key, reason))
        else:
            text = as_markdown(told, chosen.key) if chosen else summary(told)
        self.host.copy_text(with_remark(told, text))

    def action_write_result(self) -> None:
        """Write the whole result as a Markdown file beside the engagement's folder.

        What leaves the terminal goes through the gate for publications.
        """
        if self._writing:
            return
        self._writing = True
        session, language = self.session, self.session.language

        def write() -> tuple[Path, Account]:
            card = session.publish()
            path = write_report(card, session.rubric, session.folder.path, language=language)
            return path, Account(card, self.told.names, language)

        def written(found: tuple[Path, Account]) -> None:
            self._writing = False
            path, told = found
            said = [_("Written: {file}").format(file=line(str(path))), people.publication(told)]
            self.host.say(" ".join(filter(None, said)))

        def failed(error: Exception) -> None:
            self._writing = False
            problems = error.problems if isinstance(error, CxError) else [unexpected(error)]
            said = " ".join(problem_lines(problems))
            self.host.say(_("The report is not written: {why}").format(why=said), grave=True)

        self.host.beside(write, written, failed)
