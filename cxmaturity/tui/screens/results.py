"""The results: where the organisation stands, why, and what to do, as views of one scorecard.

The screen asks the session for the scorecard, gives its widgets pictures to show and follows their
messages; nothing is computed here.  A dimension chosen in one view is chosen in the others, and one
key explains what is chosen from its parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import ClassVar, Final

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widget import Widget

from cxmaturity.errors import StoreError
from cxmaturity.text.account import Account, basis
from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.actions import Place, action
from cxmaturity.tui.keys import bindings_in
from cxmaturity.tui.reasons import PHASE, why
from cxmaturity.tui.safe import line, problem_lines
from cxmaturity.tui.screens.place import PlaceScreen
from cxmaturity.tui.screens.results_markdown import (
    as_markdown,
    reason_markdown,
    summary,
    write_report,
)
from cxmaturity.tui.screens.results_views import DIMENSION_VIEWS, VIEWS, View, ViewId, dimension_of
from cxmaturity.tui.session import Session
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Pen, Span, joined, shortened
from cxmaturity.tui.widgets.key_bar import Hint
from cxmaturity.tui.widgets.panel import Panel
from cxmaturity.tui.widgets.phase_track import headline, phase_track
from cxmaturity.tui.widgets.sheet import Draw, Sheet
from cxmaturity.tui.widgets.view_tabs import ViewTabs
from cxmaturity.tui.widgets.why_tree import ROOT, Tree, parent, why_tree

WIDE: Final = 100
"""From this width on the chosen item is told beside a list."""
TALL: Final = 34
"""From this height on everything about the chosen dimension stands under a chart."""
WHY: Final[ViewId] = "why"
NUMBERS: Final = "123456789"


class ResultsScreen(PlaceScreen):
    """Shows the results of a session, or of the one that the program has open."""

    PLACE: ClassVar[Place] = "results"
    # Escape means more here than in the rest of the program: it leaves the why-tree first.
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings_in("results"),
        Binding("escape", "back", show=False, id="back"),
    ]

    def __init__(self, session: Session) -> None:
        """Results of a session; they are read when the screen is shown."""
        super().__init__()
        self.session = session
        self._shown: tuple[int, str] = (-1, "")
        self._view: View = VIEWS[0]
        self._before_why: View = VIEWS[0]
        self._as_table = False
        self._keys: dict[ViewId, str] = {}
        self._tree = Tree()
        self._account: Account | None = None

    def body(self) -> Iterable[Widget]:
        """Phase track and headline, tabs, and the picture with its note."""
        plain = self.host.plain_signs
        self.set_class(plain, "-plain")
        yield Panel(plain_signs=plain, id="track")
        yield ViewTabs(plain_signs=plain, id="views")
        yield Container(
            Sheet(plain_signs=plain, id="page"),
            Panel(plain_signs=plain, id="note"),
            id="pages",
        )

    # what is shown ------------------------------------------------------------------------------

    @property
    def told(self) -> Account:
        """The scorecard that is shown."""
        if self._account is None:
            self._account = self.session.told()
        return self._account

    @property
    def page(self) -> Sheet:
        """The widget that shows the picture."""
        return self.query_one("#page", Sheet)

    def retell(self) -> None:
        """Show the session as it is now, where it or the language has changed."""
        super().retell()
        self.page.focus()
        now = (self.session.version, self.session.language)
        if now != self._shown:
            self._shown = now
            self._account, self._tree = None, Tree()
            self.query_one("#track", Panel).show(self._track)
            self.query_one(ViewTabs).rename([_(shown.label) for shown in VIEWS])
            self._show(self._before_why if self._view.id == WHY else self._view)

    def explain(self, pen: Pen) -> None:
        """What the view shows."""
        pen.heading(_(self._view.label))
        pen.say(_(self._view.help))

    def hints(self) -> Sequence[Hint]:
        """The usual ones; in the why-tree, Enter unfolds."""
        hints = super().hints()
        if self._view.id != WHY:
            return hints
        label = _(action("unfold").label)
        return [h._replace(label=label) if h.action == "explain" else h for h in hints]

    def allows(self, action: str) -> bool:
        """A table where the view has one; folding in the why-tree only."""
        if action == "as_table":
            return self._view.twin is not None
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

    def _track(self, frame: Frame) -> Drawing:
        pen = Pen(frame.width)
        pen.row(Span(" "), *phase_track(self.told, frame.width - 1))
        pen.row(Span(" "), *headline(self.told, frame.width - 1))
        return pen.drawing()

    def _show(self, shown: View) -> None:
        self._view = shown
        under = shown.brief is not None
        beside = shown.note is not None and not under and self.app.size.width >= WIDE
        self.set_class(beside, "-beside")
        self.set_class(under, "-under")
        self.set_class(under and self.app.size.height >= TALL, "-tall")
        self.query_one(ViewTabs).chosen = VIEWS.index(shown)
        self.tell_keys()
        unfolds = shown.unfolds and not beside
        draw = self._picture(shown, unfolds=unfolds)
        self.page.show(draw, chosen=self._keys.get(shown.id, ""), unfolds=unfolds)
        self._tell()

    def _picture(self, shown: View, *, unfolds: bool) -> Draw:
        if shown.id == WHY:
            if self._tree.root is None:
                self._tree = Tree(why(self.told, PHASE))
            return partial(why_tree, self._tree)
        picture = shown.twin if self._as_table and shown.twin else shown.picture
        if unfolds:
            return partial(picture, self.told)
        return lambda frame: picture(self.told, Frame(frame.width, frame.height, "", frame.plain))

    def _tell(self) -> None:
        """The note about what is chosen."""
        chosen = self.page.chosen
        note = self._view.note
        if self._view.brief and self.app.size.height < TALL:
            note = self._view.brief
        if note is None:
            return

        def draw(frame: Frame) -> Drawing:
            pen = Pen(frame.width)
            if chosen:
                note(self.told, pen, chosen.key)
            return shortened(pen.drawing(), frame.height)

        self.query_one("#note", Panel).show(draw)

    def on_resize(self, _event: events.Resize) -> None:
        """There may be room beside the picture now, or no longer."""
        self._show(self._view)

    # messages -----------------------------------------------------------------------------------

    @on(Sheet.Chosen)
    def _choose(self) -> None:
        self._follow()

    def _follow(self) -> None:
        """Tell about the choice at once: waiting for the message would take a second frame."""
        key = self.page.chosen.key if self.page.chosen else ""
        if key == self._keys.get(self._view.id, ""):
            return
        self._keys[self._view.id] = key
        if dimension_of(self.told, key):
            self._keys |= dict.fromkeys(DIMENSION_VIEWS, key)
        self._tell()

    @on(Sheet.Opened)
    def _open(self) -> None:
        self.action_explain()

    @on(ViewTabs.Picked)
    def _pick(self, event: ViewTabs.Picked) -> None:
        self._go(VIEWS[event.place])

    # moving -------------------------------------------------------------------------------------

    def action_row_up(self) -> None:
        """Choose the line above."""
        self.page.step(-1)
        self._follow()

    def action_row_down(self) -> None:
        """Choose the line below."""
        self.page.step(1)
        self._follow()

    def action_page_up(self) -> None:
        """Choose a line a page further up."""
        self.page.step_page(-1)
        self._follow()

    def action_page_down(self) -> None:
        """Choose a line a page further down."""
        self.page.step_page(1)
        self._follow()

    def action_row_first(self) -> None:
        """Choose the first line."""
        self.page.step_end(last=False)
        self._follow()

    def action_row_last(self) -> None:
        """Choose the last line."""
        self.page.step_end(last=True)
        self._follow()

    def _go(self, shown: View) -> None:
        if shown.id == WHY and self._view.id != WHY:
            self._before_why = self._view
        self._show(shown)

    def action_next_view(self) -> None:
        """Show the view to the right."""
        self._go(VIEWS[(VIEWS.index(self._view) + 1) % len(VIEWS)])

    def action_previous_view(self) -> None:
        """Show the view to the left."""
        self._go(VIEWS[VIEWS.index(self._view) - 1])

    def on_key(self, event: events.Key) -> None:
        """A number shows the view that it stands before."""
        number = int(event.key) if event.key in NUMBERS else 0
        if 0 < number <= len(VIEWS):
            event.stop()
            self._go(VIEWS[number - 1])

    def action_as_table(self) -> None:
        """Change between the picture and its twin."""
        self._as_table = not self._as_table
        self._show(self._view)

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
        self._go(next(shown for shown in VIEWS if shown.id == WHY))

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
            self._show(self._before_why)
        else:
            await self.app.run_action("app.back")

    # taking along -------------------------------------------------------------------------------

    def action_copy_result(self) -> None:
        """Copy what is chosen as Markdown."""
        told, chosen = self.told, self.page.chosen
        if self._view.id == WHY and chosen and (reason := self._tree.reason(chosen.key)):
            self.host.copy_text(reason_markdown(reason, self._tree.branches(chosen.key, reason)))
        else:
            self.host.copy_text(as_markdown(told, chosen.key) if chosen else summary(told))

    def action_write_result(self) -> None:
        """Write the whole result as a Markdown file beside the engagement's folder."""
        try:
            path = write_report(self.told, self.session.rubric, self.session.folder.path)
        except StoreError as error:
            said = " ".join(problem_lines(error.problems))
            self.host.say(_("The report is not written: {why}").format(why=said), grave=True)
        else:
            self.host.say(_("Written: {file}").format(file=line(str(path))))
