"""`answer`: answers by key, from the command line or a file, all of them or none."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Mapping
from pathlib import Path

import click

from cxmaturity.cli.command import PROGRAM, command, option
from cxmaturity.cli.opening import quick_workbench
from cxmaturity.cli.output import STANDARD, say
from cxmaturity.cli.parameters import PATH, assignments, complete_keys, folder_argument
from cxmaturity.cli.respondent_options import Groups, require_respondent, respondent_options
from cxmaturity.errors import InputError, Problem, UsageError, Where
from cxmaturity.model.engagement import Rating
from cxmaturity.store.edits import checked
from cxmaturity.store.files import read_file
from cxmaturity.store.saving import save_edits
from cxmaturity.text import limits
from cxmaturity.text.messages import N_, ngettext
from cxmaturity.text.messages import gettext as _
from cxmaturity.workbench import Opened
from cxmaturity.workbench.answer_files import AnswerFile, read_answer_file
from cxmaturity.workbench.answering import (
    Remarks,
    answer_problems,
    bad_answer,
    edits_of,
    rated,
)
from cxmaturity.workbench.questions import questions_of, unknown_question
from cxmaturity.workbench.respondents import (
    answer_for,
    facts_refused,
    group_problems,
    open_respondent,
)
from cxmaturity.workbench.values import parse_value


@command(
    "answer",
    N_(
        "Answer questions of the engagement in DIR: all that are given, or none.\n\n"
        "KEY is dimension.indicator or fact.id. VALUE is a level, an option, several options with "
        "commas between, none, yes, no, a number with a decimal point, unknown, na:out_of_scope, "
        "na:not_in_this_business, na:other, or clear. With --respondent the answers are those of "
        "one person, who stands under a code and answers no facts."
    ),
    examples=(
        "answer acme loop.detractors=2 fact.size=mid",
        'answer acme loop.weekly=3 --note "Agendas of March seen" --flag',
        "answer acme --from answers.toml",
        "answer acme --respondent r07 --group role=staff loop.detractors=1",
    ),
)
@folder_argument
@click.argument("words", metavar="[KEY=VALUE]...", nargs=-1, shell_complete=complete_keys)
@option(
    "--as",
    type=click.Choice(["assessor"]),
    default="assessor",
    expose_value=False,  # Who is no respondent is the assessor.
    help=N_("In whose name (default: the assessor)."),
)
@respondent_options
@option(
    "--from",
    "source",
    type=PATH,
    metavar="FILE",
    help=N_("Answers in a TOML or JSON file; - reads them from the input."),
)
@option("--note", metavar="TEXT", help=N_("Note to the answers of this call."))
@option("--flag/--no-flag", default=None, help=N_("Mark them to come back to, or take it away."))
@option("--who", metavar="NAME", help=N_("Who rated."))
def run(
    *,
    folder: Path,
    words: tuple[str, ...],
    respondent: str | None,
    groups: Groups,
    source: Path | None,
    note: str | None,
    flag: bool | None,
    who: str | None,
) -> None:
    """Check everything that is given, then save it at once."""
    require_respondent(respondent, groups)
    given = assignments(words)
    if not given and source is None and not groups:
        raise UsageError(
            Problem(
                "nothing_given",
                "no answer is given",
                Where(),
                "write KEY=VALUE, or --from FILE",
            )
        )
    opened = quick_workbench().open(folder)
    if respondent is not None:
        _refuse_remarks(note=note, flag=flag, who=who)
        file = _read(source) if source else AnswerFile("", {}, {})
        count = _answer_for(opened, respondent, groups, given, file)
    else:
        count = _answer(opened, given, source, note=note, flag=flag, who=who)
    text = ngettext("Saved: {count} answer.", "Saved: {count} answers.", count)
    say(text.format(count=count))
    say(_("Next: {command}").format(command=f"{PROGRAM} score {folder}"))


def _answer(
    opened: Opened,
    given: Mapping[str, str],
    source: Path | None,
    *,
    note: str | None,
    flag: bool | None,
    who: str | None,
) -> int:
    """Save the assessor's answers; how many."""
    said = checked(Rating, **{k: v for k, v in (("note", note), ("who", who)) if v is not None})
    remarks = Remarks(
        None if note is None else said.note,
        flag,
        None if who is None else said.who,
        dt.datetime.now().astimezone().date(),
    )
    answers = _typed(opened, given)
    file = _read(source) if source else AnswerFile("", {}, {})
    _require_sound(opened, file)
    entries = _from_file(opened, file, remarks) | {
        path: rated(opened.folder, path, raw, remarks) for path, raw in answers.items()
    }
    save_edits(opened.folder, edits_of(entries, file.evidence))
    return len(entries) + len(file.evidence)


def _answer_for(
    opened: Opened, code: str, groups: Groups, given: Mapping[str, str], file: AnswerFile
) -> int:
    """Save one respondent's answers; how many."""
    problems = [*facts_refused(given), *group_problems(opened, groups)]
    if problems:
        raise UsageError(problems)
    answers = _typed(opened, given)
    _require_sound(opened, file)
    _require_bare(file)
    answers = {path: entry.value for path, entry in file.entries.items()} | answers
    today = dt.datetime.now().astimezone().date()
    answer_for(opened, open_respondent(opened, code, groups, today), answers, today)
    return len(answers)


def _refuse_remarks(*, note: str | None, flag: bool | None, who: str | None) -> None:
    said = {"--note": note, "--flag": flag, "--who": who}
    problems = [
        Problem(
            "no_notes",
            "{option} belongs to the assessor's answers",
            Where(),
            "leave it out: a respondent's answers carry nothing that tells who they are",
            {"option": option},
        )
        for option, value in said.items()
        if value is not None
    ]
    if problems:
        raise UsageError(problems)


def _require_bare(file: AnswerFile) -> None:
    """Raise InputError for facts, evidence and notes, which a respondent does not give."""
    problems = [
        Problem(problem.code, problem.what, file.where(problem.where.key), "", problem.values)
        for problem in facts_refused(file.entries)
    ]
    said = [
        path for path, entry in file.entries.items() if entry.model_fields_set - {"value", "when"}
    ]
    problems += [
        Problem(
            "no_notes",
            "'{path}': respondents give answers only, without notes and evidence",
            file.where(path),
            "leave out everything but the value",
            {"path": path},
        )
        for path in dict.fromkeys([*said, *file.evidence])
    ]
    if problems:
        raise InputError(problems)


def _typed(opened: Opened, given: Mapping[str, str]) -> dict[str, object]:
    """Raw answers by path; raises UsageError with everything that is wrong on the command line."""
    questions = questions_of(opened.program)
    answers: dict[str, object] = {}
    problems: list[Problem] = []
    for path, text in given.items():
        if path not in questions:
            problems.append(unknown_question(opened.rubric, path))
            continue
        try:
            answers[path] = parse_value(questions[path], text)
        except ValueError as error:
            problems.append(bad_answer(path, str(error), Where(key=path)))
    if problems:
        raise UsageError(problems)
    return answers


def _read(source: Path) -> AnswerFile:
    if source == STANDARD:
        data = sys.stdin.buffer.read(limits.TOML_BYTES + 1)
        return read_answer_file(data, _("input"))
    return read_answer_file(read_file(source, limits.TOML_BYTES), str(source))


def _require_sound(opened: Opened, file: AnswerFile) -> None:
    """Raise InputError with everything in the file that the engagement cannot take."""
    problems = [
        Problem(
            "setting_in_answers",
            "is a setting, not an answer",
            file.place((key,)),
            "change it with `cxmaturity set`, or take it out of the file",
        )
        for key in file.settings
    ]
    answers = {path: entry.value for path, entry in file.entries.items()}
    problems += answer_problems(opened, answers, file.evidence, file.where)
    if problems:
        raise InputError(problems)


def _from_file(opened: Opened, file: AnswerFile, remarks: Remarks) -> dict[str, Rating | None]:
    """Entries of a file; what it says beside an answer goes before what the call says."""
    return {
        path: rated(opened.folder, path, entry.value, _beside(entry, remarks))
        for path, entry in file.entries.items()
    }


def _beside(entry: Rating, remarks: Remarks) -> Remarks:
    said = entry.model_fields_set
    return Remarks(
        entry.note if "note" in said else remarks.note,
        entry.flag if "flag" in said else remarks.flag,
        entry.who if "who" in said else remarks.who,
        entry.when or remarks.when,
    )
