"""The program: places, windows over them, and the session behind.  It draws nothing itself.

Slow parts (the engine, the disk) run beside the screen and hand values back to it; the first frame
waits for none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from textual.binding import BindingType
from textual.screen import ModalScreen, Screen

from cxmaturity.errors import CxError
from cxmaturity.store.preferences import Preferences
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.messages import use_language
from cxmaturity.text.terminal import clean
from cxmaturity.tui.keeper import Keeper
from cxmaturity.tui.keys import bindings_in, keymap_faults
from cxmaturity.tui.palette import carry_out, palette_of
from cxmaturity.tui.safe import problem_lines, unexpected
from cxmaturity.tui.screens.home import HomeScreen
from cxmaturity.tui.screens.place import SMALLEST, WIDE, PlaceScreen
from cxmaturity.tui.shelf import with_recent
from cxmaturity.tui.talking import TalkingApp
from cxmaturity.tui.themes import THEMES, theme_name
from cxmaturity.tui.widgets.dialog import Page

if TYPE_CHECKING:
    from cxmaturity.tui.respondent import RespondentDesk
    from cxmaturity.tui.session import Session
    from cxmaturity.tui.working import Working
    from cxmaturity.workbench import Opened, Workbench

SAVE_AFTER = 0.15
"""Seconds of quiet before a save, so that keys pressed in a row are one rename."""
LOOK_EVERY = 2.0
"""Seconds between looks for other programs' changes, and before a refused save is tried again."""
_OWN = frozenset({*(found.id for found in bindings_in("everywhere"))})


class TerminalApp(TalkingApp):
    """The terminal interface."""

    CSS_PATH: ClassVar[list[str | PurePath]] = ["styles/app.tcss", "styles/results.tcss"]
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_in("everywhere")]
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {"home": HomeScreen}
    DEFAULT_MODE = "home"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - declared by Textual
        (0, "-tiny"), (SMALLEST[0], "-narrow"), (76, "-normal"), (WIDE, "-wide"), (116, "-roomy"),
    ]  # fmt: skip
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - the same
        (0, "-flat"), (SMALLEST[1], "-low"), (24, "-high"), (32, "-tall"),
    ]  # fmt: skip

    def __init__(
        self,
        start: Path | None = None,
        *,
        preferences: Preferences | None = None,
        settings_file: Path | None = None,
    ) -> None:
        """Begin with the list of engagements, or with one of them.

        Without ``settings_file`` what the user changes is remembered in the usual place.
        """
        super().__init__()
        self.preferences = preferences or Preferences()
        self.settings_file = settings_file
        self.plain_signs = self.preferences.ascii
        self.keymap: Mapping[str, str] = {}
        self.session: Session | None = None
        self.recent: tuple[str, ...] = self.preferences.recent
        self.keeper = Keeper(self)
        self.respondent: RespondentDesk | None = None
        """Who is asked, when it is not the assessor."""
        self.people_changed = False
        """Whether answers of respondents lie on the disk that were not heard yet."""
        self._start = start
        self._built: set[str] = set()
        """Places of the engagement in hand that were visited."""
        self._bench: Workbench | None = None
        self._save_waits = False
        self.animation_level = "none"
        # Before the start: a theme that changes later has every rule read twice.
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = theme_name(self.preferences.theme)

    # beginning ----------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Signs and keys; what takes longer waits for the first frame."""
        self.set_class(self.plain_signs, "-plain-signs")
        faults = keymap_faults(self.preferences.keys)
        self.keymap = {} if faults else self.preferences.keys
        self.set_keymap(dict(self.keymap))
        for said in [*faults, *problem_lines(self.preferences.problems)]:
            self.say(said, grave=True)
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.set_interval(LOOK_EVERY, self.keeper.look)
        if self._start is not None:
            self.open_engagement(self._start)
        else:
            self.home.read_shelf()

    @property
    def bench(self) -> Workbench:
        """The workbench, loaded when it is first needed."""
        if self._bench is None:
            from cxmaturity.tui.workbench_of import workbench_that_tells

            self._bench = workbench_that_tells(lambda text: self.call_later(self.say, text))
        return self._bench

    @property
    def home(self) -> HomeScreen:
        """The list of engagements, always there."""
        found = self.get_screen_stack("home")[0]
        assert isinstance(found, HomeScreen)  # noqa: S101 - put there by MODES
        return found

    # one engagement -----------------------------------------------------------------------------

    def open_engagement(self, path: Path) -> None:
        """Open an engagement and go to its questions; what is wrong with it is shown."""
        if not self.keeper.is_saved():
            return

        def load() -> Session:
            from cxmaturity.tui.session import Session

            opened = self.bench.open(path)
            self.bench.score(opened, trace=False)
            session = Session(self.bench, opened, ascii_only=self.plain_signs)
            self.keeper.return_to_bookmark(session)
            return session

        self.home.tell_news(_("Opening {name} …").format(name=clean(path.name, keep="")))
        self.beside(load, self._take, self._not_opened)

    @property
    def work(self) -> Working[Any] | None:
        """Whose answers are in hand: a respondent's, or the engagement's."""
        return self.respondent or self.session

    def ask(self, respondent: RespondentDesk | None) -> None:
        """Go on with a respondent's answers, or with the assessor's."""
        from cxmaturity.tui.screens.interview import InterviewScreen

        self.respondent = respondent
        interview = self.get_screen_stack("interview")[0]
        if isinstance(interview, InterviewScreen):
            interview.ask(respondent)
        self.hear_again()

    def is_saved(self) -> bool:
        """Whether everything is on the disk; if not, what to do is asked."""
        return self.keeper.is_saved()

    def data_imported(self, engagement: Path) -> None:
        """People or measures were imported into an engagement."""
        self.home.read_shelf()
        if self.session and self.session.folder.path.absolute() == engagement.absolute():
            self.people_changed = True
            self.hear_again()

    def hear_again(self) -> None:
        """Read respondents and imported data anew beside the screen, where they changed."""
        session = self.session
        if session is None or not self.people_changed:
            return
        self.people_changed = False

        def taken(opened: Opened) -> None:
            if session is self.session:
                session.take_people(opened)
                self.retell()

        self.beside(session.read_again, taken, self.keeper.not_shown)

    async def _take(self, session: Session) -> None:
        if self.current_mode != "home":
            await self.switch_mode("home")
        while self._built:
            await self.remove_mode(self._built.pop())
        self.session, self.respondent = session, None
        self.people_changed = False
        self.keeper.begin()
        own = session.folder.engagement.language
        if own and not self.preferences.language:
            use_language(own)
        self.home.tell_news("")
        self.recent = with_recent(self.recent, session.folder.path.absolute())
        self.keep_setting(recent=self.recent)
        await self.show_place("interview")

    def _not_opened(self, error: Exception) -> None:
        self.home.tell_news("")
        self.home.read_shelf()
        problems = error.problems if isinstance(error, CxError) else [unexpected(error)]
        self.show_lines(_("This engagement cannot be opened"), problem_lines(problems))

    async def show_place(self, mode: str) -> None:
        """Go to a place of the interface."""
        session = self.session
        if mode != "home" and mode not in self._built:
            if session is None and mode != "rubric":
                self.say(_("Open an engagement first."))
                return
            from cxmaturity.tui.screens.building import screen_of

            self.add_mode(mode, lambda: screen_of(mode, session, self.bench))
            self._built.add(mode)
        await self.switch_mode(mode)
        if mode != "interview" and self.keeper.saved_respondent():
            self.hear_again()

    # what the user is told ----------------------------------------------------------------------

    def answered(self) -> None:
        """Something was changed: save it soon."""
        if not self._save_waits:
            self._save_waits = True
            self.set_timer(SAVE_AFTER, self._save)

    def _save(self) -> None:
        self._save_waits = False
        self.keeper.save()

    def retell(self) -> None:
        """Say everything on the screen anew."""
        for screen in self.screen_stack:
            if isinstance(screen, PlaceScreen):
                screen.retell()

    # actions ------------------------------------------------------------------------------------

    async def action_home(self) -> None:
        """Go to the engagements."""
        await self.show_place("home")
        self.home.read_shelf()

    async def action_interview(self) -> None:
        """Go to the questions."""
        await self.show_place("interview")

    async def action_results(self) -> None:
        """Go to the results."""
        await self.show_place("results")

    async def action_what_if(self) -> None:
        """Go to the what-if."""
        await self.show_place("what_if")

    async def action_people(self) -> None:
        """Go to people and measures."""
        await self.show_place("people")

    async def action_rubric(self) -> None:
        """Go to the rubric."""
        await self.show_place("rubric")

    async def action_back(self) -> None:
        """Go to the engagements from any other place."""
        if self.current_mode != "home":
            await self.action_home()

    def action_help(self) -> None:
        """Explain what is in focus."""
        screen = self.screen
        if isinstance(screen, PlaceScreen):
            page = Page(_("Help"), screen.help_page, plain_signs=self.plain_signs)
            self.push_screen(page)

    def action_jump(self) -> None:
        """Show a letter at every part of the screen."""
        if isinstance(self.screen, PlaceScreen):
            self.screen.show_letters()

    def action_palette(self) -> None:
        """Find a command, a question or an engagement."""
        self.push_screen(palette_of(self), self._found)

    async def _found(self, key: str | None) -> None:
        await carry_out(self, key)

    async def do(self, id_: str) -> None:
        """Do one action of the table, wherever its method is."""
        owner = "screen" if hasattr(self.screen, f"action_{id_}") else "app"
        await self.run_action(f"{owner}.{id_}", self.screen)

    def action_save(self) -> None:
        """Say when the answers were saved, or try again."""
        self.keeper.save_now()

    def action_save_copy(self) -> None:
        """Write the engagement elsewhere."""
        self.keeper.ask_copy()

    def action_undo(self) -> None:
        """Undo, where the place does not do it itself."""
        self._history("undo")

    def action_redo(self) -> None:
        """Redo, where the place does not do it itself."""
        self._history("redo")

    def _history(self, way: Literal["undo", "redo"]) -> None:
        own = getattr(self.screen, f"action_{way}", None)
        if own is not None:
            own()
        elif self._undoes and (self._undoes.undo() if way == "undo" else self._undoes.redo()):
            self.answered()
            self.retell()

    @property
    def _undoes(self) -> Session | None:
        """What is undone outside of the questions: never an answer of somebody else's."""
        return None if self.respondent else self.session

    async def action_quit(self) -> None:
        """Leave, unless the disk refuses the last answers."""
        if self.keeper.is_saved():
            self.exit(0)

    # Textual ------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In a window only the window's own keys work; the rest needs what it works on."""
        if action in _OWN and isinstance(self.screen, ModalScreen):
            return False
        if action in {"interview", "results", "what_if", "save", "save_copy"}:
            return self.session is not None
        if action == "people":
            found = self.session
            return found is not None and (found.has_people or self.respondent is not None)
        if action in {"undo", "redo"}:
            if hasattr(self.screen, f"action_{action}"):
                return self.screen.check_action(action, parameters)
            work = self._undoes
            return work is not None and (work.can_undo if action == "undo" else work.can_redo)
        return super().check_action(action, parameters)
