"""The supposed world beside the real one, as pictures."""

from __future__ import annotations

from collections.abc import Iterator

from cxmaturity.engine.program import OVERALL
from cxmaturity.model.text import say
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.messages import ngettext
from cxmaturity.text.numbers import exact_text, score_text
from cxmaturity.text.wording import GRADES, verdict_word, word
from cxmaturity.tui.answers import answer_words, short_answer
from cxmaturity.tui.safe import line
from cxmaturity.tui.screens.interview_pages import group_title, title_of
from cxmaturity.tui.screens.side_pages import figure, phase_name
from cxmaturity.tui.whatif import Move, Supposition, WhatIf
from cxmaturity.tui.widgets.drawing import Drawing, Frame, Line, Pen, Span, Tone, cut, left
from cxmaturity.tui.widgets.glyphs import BULLET

TO = "→"


def banner(what_if: WhatIf, frame: Frame) -> Drawing:
    """The top line: nobody shall take this for real."""
    count = len(what_if.suppositions())
    text = ngettext("{count} change", "{count} changes", count).format(count=count)
    said = f" {_('WHAT IF – nothing here is saved')} {BULLET} {text}"
    return Drawing(((Span(left(said, frame.width), "blocker"),),))


def comparison(what_if: WhatIf, frame: Frame) -> Drawing:
    """Phase, scores and gates, real and supposed; what moved farthest first."""
    pen = Pen(frame.width)
    pen.row(*_phase(what_if, frame.width))
    overall, *dimensions = what_if.moves()
    pen.row(*_move(what_if, overall, frame.width))
    moved = [move for move in dimensions if move.moved]
    for move in sorted(moved, key=_size, reverse=True):
        pen.row(*_move(what_if, move, frame.width))
    for row in _gates(what_if):
        pen.row(*row)
    if not moved:
        pen.say(_("No score has moved."), "quiet")
    return pen.drawing()


def supposed(what_if: WhatIf, frame: Frame) -> Drawing:
    """Everything supposed."""
    pen = Pen(frame.width)
    for said in supposed_lines(what_if):
        pen.say(said, mark=Span(BULLET, "mark"))
    return pen.drawing()


def supposed_lines(what_if: WhatIf) -> Iterator[str]:
    """Everything supposed, in words."""
    found = what_if.suppositions()
    if not found:
        yield _("Nothing is supposed yet.")
    for item in found:
        yield supposition_words(what_if, item)


def supposition_words(what_if: WhatIf, item: Supposition) -> str:
    """One supposition: what it is about, real and supposed."""
    language = what_if.language
    if item.kind == "weight":
        weights = [
            _("as in the rubric") if raw is None else exact_text(raw, language)  # type: ignore[arg-type]
            for raw in (item.real, item.supposed)
        ]
        named = (
            title_of(what_if, item.path) if what_if.has(item.path) else _dimension(what_if, item)
        )
        return f"{_('Weight')}, {named}: {weights[0]} {TO} {weights[1]}"
    title = title_of(what_if, item.path)
    if item.kind == "evidence":
        grades = [word(GRADES, str(grade)) for grade in (item.real, item.supposed)]
        return f"{_('Evidence')}, {title}: {grades[0]} {TO} {grades[1]}"
    question = what_if.question(item.path)
    words = [
        short_answer(question, raw, language)
        if question.kind.widget == "scale"
        else answer_words(question, raw, language)
        for raw in (item.real, item.supposed)
    ]
    return f"{title}: {words[0] or '–'} {TO} {words[1] or '–'}"


def _dimension(what_if: WhatIf, item: Supposition) -> str:
    found = what_if.rubric.dimensions.get(item.path)
    return line(say(found.title, what_if.language)) if found else line(item.path)


def _phase(what_if: WhatIf, width: int) -> Line:
    real, supposed = (phase_name(w, w.live.phase) for w in (what_if.real, what_if))
    label = f"{_('Phase')}  "
    if real == supposed:
        return (Span(label), Span(cut(real, width - len(label)), "strong"))
    return (Span(label), Span(real, "quiet"), Span(f" {TO} "), Span(supposed, "here"))


def _gates(what_if: WhatIf) -> Iterator[Line]:
    pairs = zip(what_if.program.phase_ids, what_if.real.live.gates, what_if.live.gates, strict=True)
    for phase, real, supposed in pairs:
        if real != supposed:
            tone: Tone = "holds" if supposed else "fails" if supposed is False else "open"
            yield (
                Span(f"{_('Gate')}: {phase_name(what_if, phase)}  "),
                Span(verdict_word(real), "quiet"), Span(f" {TO} "),
                Span(verdict_word(supposed), tone),
            )  # fmt: skip


def _size(move: Move) -> int:
    """How far a score moved; one that came or went is moved farthest."""
    real, supposed = move.real.score, move.supposed.score
    return 10**12 if real is None or supposed is None else abs(supposed - real)


def _move(what_if: WhatIf, move: Move, width: int) -> Line:
    name = _("Overall") if move.dimension == OVERALL else group_title(what_if, move.dimension)
    real, supposed = move.real.score, move.supposed.score
    figures: list[Span]
    if real == supposed:
        figures = [Span(figure(what_if, real), "strong")]
    else:
        figures = [
            Span(figure(what_if, real), "quiet"), Span(f" {TO} "),
            Span(figure(what_if, supposed), "here"),
        ]  # fmt: skip
        if real is not None and supposed is not None:
            change = score_text(supposed - real, what_if.language, fixed=True, signed=True)
            figures.append(Span(f" ({change})"))
    used = sum(len(span.text) for span in figures)
    return (Span(left(name, max(width - used - 1, 8))), Span(" "), *figures)
