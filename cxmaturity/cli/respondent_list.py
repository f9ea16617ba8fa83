"""`respondent list`: codes with their places and how far they are; never an answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cxmaturity.cli.command import command
from cxmaturity.cli.opening import quick_workbench
from cxmaturity.cli.output import put, say
from cxmaturity.cli.parameters import folder_argument
from cxmaturity.store.people_csv import rows_of
from cxmaturity.store.responses import read_people, respondent_codes
from cxmaturity.text.messages import N_, ngettext
from cxmaturity.text.messages import gettext as _
from cxmaturity.workbench.respondents import respondent_questions


@command(
    "list",
    N_(
        "Who answered in the engagement in DIR: code, groups, how many questions, and whether in "
        "this program or by an import. Answers are not shown.\n\n"
        "The list is for your own eyes: it says who took part."
    ),
    examples=("respondent list acme",),
)
@folder_argument
def run(*, folder: Path) -> None:
    """A line a person."""
    lines = list(_lines(folder))
    put("".join(f"{line}\n" for line in lines))
    count = ngettext("{count} respondent", "{count} respondents", len(lines))
    say(count.format(count=len(lines)))


def _lines(folder: Path) -> Iterator[str]:
    people = read_people(folder)
    if not people.codes:
        return
    questions = respondent_questions(quick_workbench().open(folder))
    sources = respondent_codes(folder)
    width = max(map(len, people.codes))
    words = {"interview": _("answered here"), "import": _("imported")}
    for code, places, answers in rows_of(people):
        answered = sum(path in questions for path in answers)
        far = _("{answered} of {asked}").format(answered=answered, asked=len(questions))
        groups = " ".join(f"{axis}={place}" for axis, place in places.items())
        by_name = [_("may be named")] if code in people.attributed else []
        said = ", ".join([far, words[sources[code]], *by_name])
        yield f"{code:<{width}}  {said}  {groups}".rstrip()
