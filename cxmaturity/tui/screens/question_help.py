"""Help on the question in hand: why it is asked, how to answer, its levels and its evidence."""

from __future__ import annotations

from cxmaturity.model.text import say
from cxmaturity.text.messages import gettext as _
from cxmaturity.tui.answering import Answering
from cxmaturity.tui.questions import options_of
from cxmaturity.tui.safe import line
from cxmaturity.tui.widgets.drawing import Pen, Span


def question_page(pen: Pen, desk: Answering) -> None:
    """The question in hand: why it is asked, how to rate it, what evidence to ask for."""
    question, language = desk.question(desk.place), desk.language
    text = question.text
    pen.heading(line(say(text.title, language)))
    pen.say(line(say(text.question, language)), "strong")
    evidence = getattr(text, "evidence", None)
    for heading, said in (
        (_("Why it is asked"), text.why),
        (_("How to answer"), text.guidance),
        (_("Evidence to ask for"), evidence),
    ):
        if said:
            pen.heading(heading)
            pen.say(line(say(said, language)))
    options = options_of(question)
    if options:
        pen.heading(_("Levels") if question.kind.widget == "scale" else _("Answers to choose from"))
    for option in options:
        pen.say(line(say(option.text, language)), mark=Span(f" {option.key}", "key"))
    sources = [source for source in text.sources if source.doc in desk.rubric.documents]
    if sources:
        pen.heading(_("Sources"))
    for source in sources:
        title = line(say(desk.rubric.documents[source.doc].title, language))
        pen.say(f"{title}: {line(source.heading)}" if source.heading else title, "quiet")


def conventions_page(pen: Pen, desk: Answering) -> None:
    """The rubric's own conventions for rating."""
    if desk.rubric.guidance:
        pen.heading(_("Conventions for rating"))
    for text in desk.rubric.guidance:
        pen.say(line(say(text, desk.language)))
        pen.blank()
