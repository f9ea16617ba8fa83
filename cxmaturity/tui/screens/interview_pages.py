"""What the interview shows, as pictures of an engagement in hand: bars, question, list, note.

Only drawing: nothing here changes an answer.
"""

from __future__ import annotations

from cxmaturity.model.exact import MILLION
from cxmaturity.model.rubric import GRADES
from cxmaturity.model.text import say
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.numbers import percent_text
from cxmaturity.text.problems import say_problem
from cxmaturity.text.wording import GRADES as GRADE_WORDS
from cxmaturity.text.wording import word
from cxmaturity.tui.answering import Answering
from cxmaturity.tui.answers import answer_words, short_answer, wanted_number
from cxmaturity.tui.assessment import BACKGROUND, group_of
from cxmaturity.tui.questions import options_of
from cxmaturity.tui.safe import line, lines
from cxmaturity.tui.saving import SaveState
from cxmaturity.tui.widgets.answer_box import Asked, Row
from cxmaturity.tui.widgets.drawing import (
    Drawing,
    Frame,
    Line,
    Pen,
    Span,
    Tone,
    cut,
    left,
    right,
    size,
    wrapped,
)
from cxmaturity.tui.widgets.glyphs import AHEAD, FOLDED, FULL, HERE, HOLDS, UNFOLDED
from cxmaturity.workbench.questions import Question

FLAG = "!"
_SHORT = 6
"""Cells of the answer in the list."""
LIGHT = "░"
SHORTEST_REMARK = 10
"""Cells below which the dimension is not said beside a question's title."""


def group_title(found: Answering, group: str) -> str:
    """The title of a dimension, or of the facts that belong to none."""
    if group == BACKGROUND:
        return _("Background")
    return line(say(found.rubric.dimensions[group].title, found.language))


def title_of(found: Answering, path: str) -> str:
    """The title of a question."""
    return line(say(found.question(path).text.title, found.language))


# the top line -----------------------------------------------------------------------------------


def top_line(found: Answering, state: Line, frame: Frame, who: str = "") -> Drawing:
    """Whose answers, how far, and where they are; ``who`` is a respondent's code and places."""
    done, asked = found.progress()
    percent = percent_text(done * MILLION // asked if asked else 0, found.language)
    figures = f"{done}/{asked} {percent}"
    bar = 15 if frame.width >= 76 else 8
    filled = bar * done // asked if asked else 0
    middle = (
        Span(FULL * filled, "solid"),
        Span(LIGHT * (bar - filled), "quiet"),
        Span(f" {figures}"),
    )
    room = frame.width - size(middle) - size(state) - 4
    whose = f"{who} · {line(found.organisation)}" if who else line(found.organisation)
    name = cut(whose, max(room, 4))
    gap = frame.width - size(middle) - size(state) - len(name) - 4
    before = max(gap // 2, 1)
    return Drawing(
        ((Span(f" {name} ", "risk" if who else "strong"), Span(" " * before), *middle,
          Span(" " * max(gap - before, 1)), *state, Span(" ")),)
    )  # fmt: skip


def save_words(state: SaveState, language: str) -> Line:
    """Where the answers are, in a few words."""
    if state.kind == "failed" and state.problem:
        what = say_problem(state.problem).what
        return (Span(_("NOT SAVED"), "blocker"), Span(f": {what}", "blocker"))
    if state.kind == "conflict":
        return (Span(_("CHANGED ELSEWHERE"), "blocker"),)
    if state.kind == "waiting":
        return (Span(_("saving …"), "quiet"),)
    if state.at is None:
        return (Span(f"{HOLDS} {_('saved')}", "holds"),)
    time = (
        f"{state.at.hour}:{state.at.minute:02d}"
        if language == "en"
        else f"{state.at.hour}.{state.at.minute:02d}"
    )
    return (Span(f"{HOLDS} {_('saved')} {time}", "holds"),)


# the question -----------------------------------------------------------------------------------


def question_head(found: Answering, frame: Frame) -> Drawing:
    """Number, title and the question itself in the room there is."""
    question = found.question(found.place)
    pen = Pen(frame.width)
    number, title = f" {found.numbers[found.place]} ", title_of(found, found.place)
    shown = cut(title, frame.width - len(number) - 1)
    room = frame.width - size((Span(number), Span(shown))) - 3
    remark = cut(group_title(found, group_of(question)), room) if room >= SHORTEST_REMARK else ""
    pen.row(
        Span(number, "key"), Span(shown, "heading"), Span("  "), Span(right(remark, room), "quiet")
    )
    text = wrapped(line(say(question.text.question, found.language)), frame.width - 2)
    rows = frame.height - 1
    shown_rows = list(text[:rows])
    if len(text) > rows:
        shown_rows[-1] = cut(f"{shown_rows[-1]} {text[rows]}", frame.width - 2)
    for row in shown_rows:
        pen.row(Span(" "), Span(row, "strong"))
    return pen.drawing()


def asked_values(found: Answering) -> Asked:
    """The question in hand as the answer box takes it."""
    question, raw = found.question(found.place), found.rating(found.place).value
    widget = question.kind.widget
    options = options_of(question)
    rows = [Row(option.key, line(say(option.text, found.language))) for option in options]
    chosen = _chosen(question, raw)
    if rows:
        return Asked(
            way="many" if widget == "many" else "one",
            subject=question.path,
            rows=rows,
            chosen=chosen,
            said="" if chosen else answer_words(question, raw, found.language),
            below=_keys_below(letters=any(option.key.isalpha() for option in options)),
        )
    said = answer_words(question, raw, found.language)
    if question.domain.type == "number":
        return Asked(
            way="number",
            subject=question.path,
            said=said,
            wanted=wanted_number(question, found.language),
            below=_keys_below(),
            negative=question.domain.range[0] < 0,
        )
    wanted = _("Enter: write the answer")
    return Asked("line", question.path, said=said, wanted=wanted, below=_keys_below())


def _keys_below(*, letters: bool = False) -> str:
    """How to say something else; letters that stand for options are free in the list."""
    if letters:
        return _("Tab, then: a not applicable   d don't know")
    return _("a not applicable   d don't know   - clear")


def _chosen(question: Question, raw: object) -> frozenset[int]:
    if isinstance(raw, bool):
        raw = "yes" if raw else "no"
    raws = [option.raw for option in options_of(question)]
    given = raw if isinstance(raw, list | tuple) else [raw]
    return frozenset(raws.index(each) for each in given if each in raws)


def evidence_line(found: Answering, frame: Frame) -> Drawing:
    """What the answer rests on, and whether it is marked."""
    entry, rating = found.evidence(found.place), found.rating(found.place)
    spans: list[Span] = [Span(" ")]
    if found.question(found.place).is_fact:
        spans.append(Span(_("fact, not scored"), "quiet"))
    else:
        grade = entry.grade if entry else "claimed"
        steps = GRADES.index(grade) + 1
        dots = HERE * steps + AHEAD * (len(GRADES) - steps)
        spans += [Span(_("evidence") + " ", "quiet"), Span(f"{dots} {word(GRADE_WORDS, grade)}")]
        if entry and entry.reference:
            spans.append(Span(" " + _("“{text}”").format(text=line(entry.reference))))
    flag = f" {FLAG} {_('flagged')}" if rating.flag else ""
    room = frame.width - len(flag)
    shown = cut("".join(span.text for span in spans), room)
    return Drawing(((Span(left(shown, room)), Span(flag, "risk")),))


def confidential_line(frame: Frame) -> Drawing:
    """What stands instead of the evidence while a respondent is asked."""
    said = _("confidential: only groups are ever shown")
    return Drawing(((Span(" "), Span(cut(said, frame.width - 1), "quiet")),))


def note_page(found: Answering, frame: Frame) -> Drawing:
    """The note, as much as fits."""
    pen = Pen(frame.width)
    note = found.rating(found.place).note
    if not note:
        pen.say(_("n: write a note"), "quiet")
        return pen.drawing()
    rows = [row for part in lines(note) for row in wrapped(part, frame.width)]
    if len(rows) > frame.height:
        rows = [*rows[: frame.height - 1], cut(rows[frame.height - 1] + " …" * 40, frame.width)]
    for row in rows:
        pen.row(Span(row))
    return pen.drawing()


# the list of questions --------------------------------------------------------------------------

GROUP = "group:"


def navigator(found: Answering, frame: Frame) -> Drawing:
    """Every dimension with its progress; the one in hand with its questions.

    Always as long as with the longest dimension unfolded, so that moving on lays nothing out anew.
    """
    pen = Pen(frame.width)
    open_group = group_of(found.question(frame.chosen)) if found.has(frame.chosen) else ""
    groups: dict[str, list[Question]] = {}
    for question in found.asked():
        groups.setdefault(group_of(question), []).append(question)
    for group, questions in groups.items():
        done = sum(found.rating(question.path).value is not None for question in questions)
        figures = f"{done}/{len(questions)}"
        sign = UNFOLDED if group == open_group else FOLDED
        name = left(group_title(found, group), frame.width - len(figures) - 3)
        tone: Tone = "strong" if group == open_group else "quiet" if done == len(questions) else ""
        with pen.item(GROUP + group):
            pen.row(Span(f"{sign} "), Span(name, tone), Span(f" {figures}", "quiet"))
        if group == open_group:
            for question in questions:
                with pen.item(question.path):
                    pen.row(*_entry(found, question, frame.width))
    longest = max(map(len, groups.values()), default=0)
    for _missing in range(longest - len(groups.get(open_group, ()))):
        pen.row()
    return pen.drawing()


def _entry(found: Answering, question: Question, width: int) -> Line:
    rating = found.rating(question.path)
    answered = rating.value is not None
    short = short_answer(question, rating.value, found.language)
    flag = FLAG if rating.flag else " "
    room = width - 3 - _SHORT
    title = left(line(say(question.text.title, found.language)), room)
    return (
        Span(HERE if answered else AHEAD, "here" if answered else "quiet"),
        Span(flag, "risk"),
        Span(title, "quiet" if question.is_fact else ""),
        Span(right(short, _SHORT), "key"),
    )
