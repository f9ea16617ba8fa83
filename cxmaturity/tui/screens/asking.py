"""What the interview asks in windows: a reason, evidence, a text, which question to go to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from textual.screen import Screen

from cxmaturity.errors import CxError
from cxmaturity.model.engagement import Evidence
from cxmaturity.model.rubric import GRADES, REASONS, Grade
from cxmaturity.model.text import say
from cxmaturity.store.edits import checked
from cxmaturity.text.markdown import inline
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.numbers import date_text
from cxmaturity.text.wording import GRADES as GRADE_WORDS
from cxmaturity.text.wording import REASONS as REASON_WORDS
from cxmaturity.text.wording import word
from cxmaturity.tui.answering import Answering
from cxmaturity.tui.answers import answer_words, short_answer
from cxmaturity.tui.assessment import group_of
from cxmaturity.tui.safe import line, problem_lines
from cxmaturity.tui.screens.interview_pages import group_title, title_of
from cxmaturity.tui.widgets.dialog import Choice, Form
from cxmaturity.tui.widgets.finder import Candidate, Finder


def ask_reason(desk: Answering) -> Choice:
    """Why a question does not apply."""
    options = [
        (reason, str(number), word(REASON_WORDS, reason))
        for number, reason in enumerate(REASONS, 1)
    ]
    return Choice(_("Why does it not apply?"), (), options, plain_signs=desk.ascii)


def ask_question(desk: Answering) -> Finder:
    """Which question to go to: by number or by words of its title or text."""
    found = [
        Candidate(
            question.path,
            str(desk.numbers[question.path]),
            title_of(desk, question.path),
            short_answer(question, desk.rating(question.path).value, desk.language),
            f"{line(say(question.text.question, desk.language))} "
            f"{group_title(desk, group_of(question))} {question.path}",
        )
        for question in desk.asked()
    ]
    return Finder(_("Go to question"), found, plain_signs=desk.ascii)


def ask_text(screen: Screen[None], desk: Answering, done: Callable[[str | None], None]) -> None:
    """A text as the answer; an empty one takes it back."""
    question, raw = desk.question(desk.place), desk.rating(desk.place).value
    label = line(say(question.text.question, desk.language))
    value = line(raw) if isinstance(raw, str) else ""

    def taken(values: Mapping[str, str] | None) -> None:
        done(None if values is None else values["text"].strip())

    form = Form(
        title_of(desk, desk.place), [("text", label, value)], lambda _values: (),
        plain_signs=desk.ascii,
    )  # fmt: skip
    screen.app.push_screen(form, taken)


def ask_evidence(screen: Screen[None], desk: Answering, done: Callable[[], None]) -> None:
    """Grade, reference and date of the evidence for the question in hand."""
    path, before = desk.place, desk.evidence(desk.place)
    grades = ", ".join(f"{n} {word(GRADE_WORDS, g)}" for n, g in enumerate(GRADES, 1))
    fields = [
        ("grade", _("Grade: {grades}").format(grades=grades),
         str(GRADES.index(before.grade) + 1) if before else "1"),
        ("reference", _("Reference: where the evidence is"),
         line(before.reference) if before else ""),
        ("date", _("Date, such as {example}; empty: unknown").format(
            example=date_text(desk.folder.engagement.date, desk.language)),
         date_text(before.date, desk.language) if before and before.date else ""),
    ]  # fmt: skip

    def keep(values: Mapping[str, str]) -> Sequence[str]:
        grade = _grade(values["grade"])
        if grade is None:
            return [_("Grade: {grades}").format(grades=grades)]
        try:
            date = written_date(values["date"])
        except ValueError:
            return [_("This is not a date: {text}").format(text=line(values["date"]))]
        reference = values["reference"].strip()
        if before and reference == line(before.reference):
            reference = before.reference
        try:
            entry = checked(Evidence, grade=grade, reference=reference, date=date)
            empty = grade == "claimed" and not reference and date is None
            desk.set_evidence(path, None if empty else entry)
        except CxError as error:
            return problem_lines(error.problems)
        return ()

    def closed(values: Mapping[str, str] | None) -> None:
        if values is not None:
            done()

    title = _("Evidence: {title}").format(title=title_of(desk, path))
    screen.app.push_screen(Form(title, fields, keep, plain_signs=desk.ascii), closed)


def _grade(text: str) -> Grade | None:
    wanted = text.strip().casefold()
    for number, grade in enumerate(GRADES, 1):
        if wanted and (wanted == str(number) or word(GRADE_WORDS, grade).startswith(wanted)):
            return grade
    return None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def written_date(text: str) -> dt.date | None:
    """A date as people write it: 2026-03-31, 31.3.2026, 31 Mar 2026; None for nothing.

    Raises ValueError for what is no date.
    """
    plain = text.strip()
    if not plain:
        return None
    if "-" in plain:
        return dt.date.fromisoformat(plain)
    parts = plain.replace(".", " ").split()
    if len(parts) != 3:
        raise ValueError(plain)
    day, month, year = parts
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].casefold()) + 1
    return dt.date(int(year), number, int(day))


def question_markdown(desk: Answering, path: str) -> str:
    """A question with its answer, evidence and note, for pasting elsewhere."""
    question, rating, entry = desk.question(path), desk.rating(path), desk.evidence(path)
    heading = f"**{desk.numbers[path]}. {inline(title_of(desk, path))}**"
    said = answer_words(question, rating.value, desk.language) or _("no answer yet")
    rows = [
        heading,
        "",
        inline(say(question.text.question, desk.language)),
        "",
        f"- {inline(said)}",
    ]
    if entry:
        parts = [word(GRADE_WORDS, entry.grade), entry.reference]
        parts.append(date_text(entry.date, desk.language) if entry.date else "")
        rows.append(f"- {_('evidence')}: " + inline(", ".join(part for part in parts if part)))
    if rating.note:
        rows.append(f"- {_('note')}: {inline(rating.note)}")
    return "\n".join(rows) + "\n"
