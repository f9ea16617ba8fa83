"""What if: the questions again, on a copy, with the real scores beside the supposed ones."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import ClassVar, cast

from textual import events
from textual.binding import BindingType

from cxmaturity.errors import CxError
from cxmaturity.model.rubric import GRADES, Grade
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.numbers import exact_text
from cxmaturity.text.wording import GRADES as GRADE_WORDS
from cxmaturity.text.wording import word
from cxmaturity.tui.assessment import BACKGROUND, group_of
from cxmaturity.tui.keys import bindings_in
from cxmaturity.tui.questions import written_number
from cxmaturity.tui.safe import line, problem_lines
from cxmaturity.tui.screens.interview_pages import group_title, title_of
from cxmaturity.tui.screens.place import WIDE
from cxmaturity.tui.screens.questions import QuestionScreen
from cxmaturity.tui.screens.whatif_pages import (
    banner,
    comparison,
    supposed,
    supposed_lines,
    supposition_words,
)
from cxmaturity.tui.session import Session
from cxmaturity.tui.whatif import WhatIf
from cxmaturity.tui.widgets.dialog import Choice, Form
from cxmaturity.tui.widgets.drawing import Drawing, Frame


class WhatIfScreen(QuestionScreen):
    """Supposing; nothing of it is saved unless kept as targets."""

    PLACE = "what_if"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings_in("what_if")]

    def __init__(self, session: Session) -> None:
        """Suppose something about a session's engagement."""
        self.what_if = WhatIf(session)
        super().__init__(self.what_if)
        self.add_class("what-if")

    def on_screen_resume(self) -> None:
        """The real answers may have changed: what was supposed is put on them again."""
        self.what_if.catch_up()
        super().on_screen_resume()

    # what is shown ------------------------------------------------------------------------------

    def top(self, frame: Frame) -> Drawing:
        """That this is not real."""
        return banner(self.what_if, frame)

    def note_title(self) -> str:
        """The title of the room under the answer."""
        return _("Supposed") if self._is_wide() else _("Real → supposed")

    def under_answer(self, frame: Frame) -> Drawing:
        """What was supposed, or, where nothing stands beside, what would follow."""
        draw = supposed if self._is_wide() else comparison
        return draw(self.what_if, frame)

    def beside(self, frame: Frame) -> Drawing:
        """What would follow."""
        return comparison(self.what_if, frame)

    def _is_wide(self) -> bool:
        return self.app.size.width >= WIDE

    def on_resize(self, _event: events.Resize) -> None:
        """Under the answer stands something else in a wide window."""
        self.call_after_refresh(self.retell)

    def allows(self, action: str) -> bool:
        """Evidence belongs to indicators; dropping and keeping need something supposed."""
        if action == "evidence":
            return not self.desk.question(self.desk.place).is_fact
        if action in {"drop", "keep_targets"}:
            return self.what_if.can_undo
        return super().allows(action)

    # actions ------------------------------------------------------------------------------------

    def action_evidence(self) -> None:
        """Suppose another grade of evidence."""
        path = self.desk.place
        options = [(g, str(n), word(GRADE_WORDS, g)) for n, g in enumerate(GRADES, 1)]

        def done(grade: str | None) -> None:
            if grade is not None:
                self._try(lambda: self.what_if.suppose_grade(path, cast("Grade", grade)))

        title = _("Evidence: {title}").format(title=title_of(self.desk, path))
        self.app.push_screen(Choice(title, (), options, plain_signs=self.desk.ascii), done)

    def action_weight(self) -> None:
        """Suppose another weight of the dimension or the question."""
        question = self.desk.question(self.desk.place)
        group = group_of(question)
        named = {} if group == BACKGROUND else {group: group_title(self.desk, group)}
        if not question.is_fact:
            named[question.path] = title_of(self.desk, question.path)
        if not named:
            self.host.say(_("A fact of the background has no weight."))
            return
        paths = list(named)
        own = self.desk.folder.engagement.weights
        fields = [
            (str(number), named[path],
             exact_text(own[path], self.desk.language) if path in own else "")
            for number, path in enumerate(paths)
        ]  # fmt: skip

        def check(values: Mapping[str, str]) -> Sequence[str]:
            for number, path in enumerate(paths):
                try:
                    text = values[str(number)].strip()
                    weight = Decimal(written_number(text)) if text else None
                    self.what_if.suppose_weight(path, weight)
                except ValueError:
                    return [_("This is not a number: {text}").format(text=line(text))]
                except CxError as error:
                    return problem_lines(error.problems)
            return ()

        title = _("Weight; empty: as in the rubric")
        form = Form(title, fields, check, plain_signs=self.desk.ascii)
        self.app.push_screen(form, lambda _values: self.tell())

    def action_suppositions(self) -> None:
        """Everything supposed."""
        self.host.show_lines(_("Supposed"), list(supposed_lines(self.what_if)))

    def action_drop(self) -> None:
        """Back to the real answers."""
        self.what_if.drop()
        self._shown_path = ""
        self.tell()

    def action_keep_targets(self) -> None:
        """Keep the levels as targets and say what was not kept."""
        try:
            kept, lost = self.what_if.keep_as_targets()
        except CxError as error:
            self.host.say("\n".join(problem_lines(error.problems)), grave=True)
            return
        said = [_("Kept as targets:") if kept else _("No level was supposed: nothing is kept.")]
        said += [f"  {supposition_words(self.what_if, item)}" for item in kept]
        if lost:
            said.append(_("Not saved:"))
            said += [f"  {supposition_words(self.what_if, item)}" for item in lost]
        if kept:
            self.host.answered()
        self.host.show_lines(_("Targets"), said)

    def _try(self, change: Callable[[], None]) -> None:
        try:
            change()
        except CxError as error:
            self.host.say("\n".join(problem_lines(error.problems)), grave=True)
        self.tell()
