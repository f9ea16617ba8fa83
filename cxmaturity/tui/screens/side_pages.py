"""The scores beside the questions: the dimension in hand, the phase, and what is still possible."""

from __future__ import annotations

from collections.abc import Mapping

from cxmaturity.model.exact import MILLION
from cxmaturity.model.text import say
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.numbers import percent_text, score_text
from cxmaturity.tui.answering import Answering
from cxmaturity.tui.answers import short_answer
from cxmaturity.tui.assessment import BACKGROUND, group_of
from cxmaturity.tui.live import Standing
from cxmaturity.tui.safe import line
from cxmaturity.tui.screens.interview_pages import group_title, title_of
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Line, Pen, Span, Tone, cut, left, right
from cxmaturity.tui.widgets.glyphs import BULLET, FULL, HERE, LINE

NOTHING = "–"


def phase_name(found: Answering, phase: str | None) -> str:
    """The title of a phase; None is not started."""
    if phase is None:
        return _("Not started")
    return line(say(found.rubric.phases[phase].title, found.language))


def figure(found: Answering, micro: int | None) -> str:
    """A score with two decimals."""
    return NOTHING if micro is None else score_text(micro, found.language, fixed=True)


def side_page(found: Answering, frame: Frame) -> Drawing:
    """The dimension in hand, the phase, the last changes."""
    pen = Pen(frame.width)
    group = group_of(found.question(found.place))
    if group != BACKGROUND and group in found.program.node_index:
        _dimension(pen, found, group)
    _phase(pen, found)
    _changes(pen, found)
    return pen.drawing()


def progress_page(found: Answering, frame: Frame) -> Drawing:
    """How far a respondent is; their scores would not be the organisation's."""
    pen = Pen(frame.width)
    group = group_of(found.question(found.place))
    for title, (done, asked) in (
        (group_title(found, group), found.progress(group)),
        (_("All questions"), found.progress()),
    ):
        pen.heading(title)
        pen.row(*_pair(_("Answered"), f"{done}/{asked}", pen.width))
    return pen.drawing()


def respondent_page(frame: Frame) -> Drawing:
    """What becomes of a respondent's answers."""
    pen = Pen(frame.width)
    pen.say(
        _("These answers are one person’s. They count in the groups; nobody sees them alone."),
        "quiet",
    )
    pen.say(_("r: back to the assessor, or on to somebody else"), "quiet")
    return pen.drawing()


def _dimension(pen: Pen, found: Answering, group: str) -> None:
    standing = found.live.standing(group)
    pen.heading(group_title(found, group))
    pen.row(*_pair(_("Score"), figure(found, standing.score), pen.width))
    if standing.score is None:
        pen.say(_("too little is answered for a score"), "quiet")
    if standing.phase is not None:
        phases: Mapping[int, str] = dict(enumerate(found.program.phase_ids, 1))
        pen.row(*_pair(_("Behaves like"), phase_name(found, phases.get(standing.phase)), pen.width))
    pen.row(*_pair(_("Answered"), percent_text(standing.coverage, found.language), pen.width))
    pen.row(*_pair(_("Still possible"), _range(found, standing), pen.width))
    scale = found.program.nodes[found.program.node_index[group]].scale
    pen.row(*range_bar(standing, scale, pen.width))


def _phase(pen: Pen, found: Answering) -> None:
    low, high = found.live.phase_range
    pen.heading(_("Phase"))
    pen.say(phase_name(found, found.live.phase), "here", mark=Span(HERE, "here"))
    if low != high:
        names = phase_name(found, low), phase_name(found, high)
        pen.say(
            _("open answers allow {low} to {high}").format(low=names[0], high=names[1]), "quiet"
        )
    else:
        pen.say(_("open answers can no longer change it"), "quiet")


def _changes(pen: Pen, found: Answering) -> None:
    paths = [path for path in found.recent_changes(5) if found.has(path)]
    if not paths:
        return
    pen.heading(_("Last changes"))
    for path in paths:
        raw = found.rating(path).value
        short = short_answer(found.question(path), raw, found.language) or NOTHING
        pen.row(Span(left(title_of(found, path), pen.width - 5)), Span(right(short, 5), "key"))


def _range(found: Answering, standing: Standing) -> str:
    if standing.low is None or standing.high is None:
        return NOTHING
    low, high = figure(found, standing.low), figure(found, standing.high)
    return low if low == high else f"{low} – {high}"


def range_bar(standing: Standing, scale: tuple[int, int], width: int) -> Line:
    """The scale with what is possible and where the score is."""
    cells = max(width, 8)

    def cell(value: int) -> int:
        span = scale[1] - scale[0] or MILLION
        return min(max((value - scale[0]) * (cells - 1) // span, 0), cells - 1)

    signs: list[tuple[str, Tone]] = [(BULLET, "quiet")] * cells
    if standing.low is not None and standing.high is not None:
        for at in range(cell(standing.low), cell(standing.high) + 1):
            signs[at] = (LINE, "range")
    if standing.score is not None:
        signs[cell(standing.score)] = (FULL, "here")
    return tuple(Span(sign, tone) for sign, tone in signs)


def _pair(label: str, value: str, width: int) -> Line:
    shown = cut(label, max(width - len(value) - 1, 6))
    return (Span(left(shown, width - len(value))), Span(value, "strong"))
