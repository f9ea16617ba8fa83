"""Everything a key can do, in one table: footer, palette, help, keymap and documentation.

An action's id is the name of its method (``action_<id>``), of its binding (for the ``[keys]`` table
of the configuration) and of its palette entry.  Keys that a Nordic keyboard hides behind AltGr, or
that terminals swallow, are never used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from cxmaturity.text.messages import N_

Place = Literal["everywhere", "home", "interview", "results", "what_if", "people", "rubric"]
"""Where an action can be used: a place of the interface, or all of them."""

PLACES: Final[tuple[Place, ...]] = (
    "home", "interview", "results", "what_if", "people", "rubric",
)  # fmt: skip
_QUESTIONS: Final[tuple[Place, ...]] = ("interview", "what_if")
_VIEWS: Final[tuple[Place, ...]] = ("results", "people")
_ALL: Final[tuple[Place, ...]] = ("everywhere",)

GO: Final = N_("Go")
ANSWER: Final = N_("Answer")
ENGAGEMENT: Final = N_("Engagement")
VIEW: Final = N_("View")
PROGRAM: Final = N_("Program")
SUPPOSE: Final = N_("What if")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do.

    ``label`` is a word or two for footer and palette, ``help`` a sentence; both are messages.
    ``footer`` is its order in the footer, 0 for none.  ``shown`` replaces the first key where
    several keys belong together.  ``by_widget``: the widget in focus takes the keys itself.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    group: str
    places: tuple[Place, ...] = _ALL
    footer: int = 0
    shown: str = ""
    by_widget: bool = False


ACTIONS: Final[tuple[Action, ...]] = (
    # everywhere
    Action("help", ("f1", "h", "question_mark"), N_("Help"),
           N_("Explain what is in focus, with its keys."), PROGRAM, footer=1),
    Action("home", ("f2",), N_("Home"),
           N_("Your engagements: open, start or look at one."), GO),
    Action("interview", ("f3",), N_("Interview"),
           N_("Answer the questions of the engagement."), GO),
    Action("results", ("f4",), N_("Results"),
           N_("Phase, scores, findings and recommendations."), GO),
    Action("what_if", ("f5",), N_("What if"),
           N_("Change answers on a copy and see what would follow; nothing is saved."), GO),
    Action("people", ("f6",), N_("People"),
           N_("What groups of respondents and measures say, as far as it may be shown."), GO),
    Action("rubric", ("f8",), N_("Rubric"),
           N_("Read the rubric: dimensions, levels, rules, actions and sources."), GO),
    Action("back", ("escape",), N_("Back"),
           N_("Leave a field or a window, or go to the list of engagements."), GO),
    Action("palette", ("ctrl+p",), N_("More"),
           N_("Find any command, question or engagement by its name."), PROGRAM, footer=99),
    Action("jump", ("ctrl+o",), N_("Jump"),
           N_("Show a letter at every part of the screen; the letter goes there."), GO),
    Action("language", ("l",), N_("Language"),
           N_("Change between English and Finnish."), PROGRAM),
    Action("colours", ("c",), N_("Colours"),
           N_("Change between dark, light and high contrast."), PROGRAM),
    Action("save", ("ctrl+s",), N_("Save"),
           N_("Say when the answers were saved; try again where the disk refused."), ENGAGEMENT),
    Action("save_copy", ("s",), N_("Save a copy"),
           N_("Write the engagement as it is on the screen into another folder."), ENGAGEMENT),
    Action("undo", ("u", "ctrl+z"), N_("Undo"),
           N_("Take back the last change, whatever question it was."), ANSWER, footer=80),
    Action("redo", ("ctrl+y",), N_("Redo"),
           N_("Do again what was undone last."), ANSWER),
    Action("quit", ("q", "ctrl+q"), N_("Quit"),
           N_("Leave the program; everything is saved already."), PROGRAM, footer=90),
    # home
    Action("open_chosen", ("enter",), N_("Open"),
           N_("Open the engagement."), ENGAGEMENT, ("home",), footer=10),
    Action("new", ("n",), N_("New"),
           N_("Start an engagement."), ENGAGEMENT, ("home",), footer=11),
    Action("open_folder", ("o",), N_("Open a folder"),
           N_("Open an engagement by the path of its folder."), ENGAGEMENT, ("home",), footer=12),
    Action("example", ("d",), N_("Example"),
           N_("Open a copy of the example."), ENGAGEMENT, ("home",), footer=13),
    Action("import_data", ("i",), N_("Import"),
           N_("Take respondents’ answers or measures from a file into the engagement."),
           ENGAGEMENT, ("home",), footer=14),
    Action("forget", ("delete", "minus"), N_("Take off the list"),
           N_("Take an engagement off this list; its folder stays."), ENGAGEMENT, ("home",)),
    Action("entry_up", ("up", "k"), N_("Up"), N_("Engagement above."), GO, ("home",)),
    Action("entry_down", ("down", "j"), N_("Down"), N_("Engagement below."), GO, ("home",)),
    Action("go_by_number", ("3", "4", "5", "6", "8"), N_("Go"),
           N_("Go where F3, F4, F5, F6 or F8 leads."), GO, ("home",), shown="3–8", by_widget=True),
    # interview and what-if
    Action("choose", tuple("0123456789"), N_("Answer"),
           N_("Answer with the level or the number of the option, and go on."),
           ANSWER, _QUESTIONS, footer=10, shown="0–9", by_widget=True),
    Action("previous", ("up", "k"), N_("Previous"),
           N_("Previous question."), GO, _QUESTIONS),
    Action("next", ("down", "j"), N_("Next"),
           N_("Next question."), GO, _QUESTIONS, footer=20, shown="↑↓"),
    Action("previous_dimension", ("pageup",), N_("Previous dimension"),
           N_("First question of the dimension, then of the one before."), GO, _QUESTIONS),
    Action("next_dimension", ("pagedown",), N_("Next dimension"),
           N_("First question of the next dimension."), GO, _QUESTIONS),
    Action("first", ("home",), N_("First"),
           N_("First question."), GO, _QUESTIONS),
    Action("last", ("end",), N_("Last"),
           N_("Last question."), GO, _QUESTIONS),
    Action("previous_option", ("left",), N_("Option above"),
           N_("Point at the option above."), ANSWER, _QUESTIONS),
    Action("next_option", ("right",), N_("Option below"),
           N_("Point at the option below."), ANSWER, _QUESTIONS),
    Action("tick", ("space",), N_("Choose"),
           N_("Choose the option pointed at; in a list of several, tick it or not."),
           ANSWER, _QUESTIONS),
    Action("confirm", ("enter",), N_("Confirm"),
           N_("Confirm what is ticked or pointed at and go on; begin to write a number or text."),
           ANSWER, _QUESTIONS),
    Action("not_applicable", ("a",), N_("Not applicable"),
           N_("Say that the question does not apply, and why."), ANSWER, _QUESTIONS),
    Action("unknown", ("d",), N_("Don't know"),
           N_("Say that the answer is not known."), ANSWER, _QUESTIONS),
    Action("clear", ("minus", "backspace"), N_("Clear"),
           N_("Take the answer back; note and flag stay."), ANSWER, _QUESTIONS),
    Action("next_open", ("x",), N_("Next open"),
           N_("Next question without an answer."), GO, _QUESTIONS, footer=25),
    Action("go_to", ("g", "slash"), N_("Go to"),
           N_("Go to a question by its number or by words."), GO, _QUESTIONS),
    Action("note", ("n",), N_("Note"),
           N_("Write a note to the question; Esc keeps it."), ANSWER, ("interview",), footer=30),
    Action("evidence", ("e",), N_("Evidence"),
           N_("Grade, reference and date of the evidence."), ANSWER, _QUESTIONS, footer=35),
    Action("flag", ("f",), N_("Flag"),
           N_("Mark the question to come back to."), ANSWER, ("interview",)),
    Action("respondents", ("r",), N_("Whose answers"),
           N_("Go on with a respondent’s answers, with somebody new, or with the assessor’s."),
           ANSWER, ("interview",)),
    Action("copy_question", ("y",), N_("Copy"),
           N_("Copy the question and its answer as Markdown."), ENGAGEMENT, _QUESTIONS),
    Action("side_panel", ("b",), N_("Side panel"),
           N_("Show or hide the scores beside the questions."), VIEW, ("interview",)),
    # what-if only
    Action("weight", ("p",), N_("Weight"),
           N_("Suppose another weight of the dimension or the question."),
           SUPPOSE, ("what_if",), footer=40),
    Action("keep_targets", ("t",), N_("Keep as targets"),
           N_("Keep the supposed levels as targets; everything else is named and dropped."),
           SUPPOSE, ("what_if",), footer=45),
    Action("suppositions", ("v",), N_("Changes"),
           N_("List everything supposed."), SUPPOSE, ("what_if",)),
    Action("drop", ("r",), N_("Back to real"),
           N_("Drop everything supposed."), SUPPOSE, ("what_if",), footer=50),
    # results and people
    Action("row_up", ("up", "k"), N_("Up"),
           N_("Line above."), GO, _VIEWS),
    Action("row_down", ("down", "j"), N_("Move"),
           N_("Line below."), GO, _VIEWS, footer=10, shown="↑↓"),
    Action("page_up", ("pageup",), N_("Page up"),
           N_("A page further up."), GO, _VIEWS),
    Action("page_down", ("pagedown",), N_("Page down"),
           N_("A page further down."), GO, _VIEWS),
    Action("row_first", ("home",), N_("First"),
           N_("First line."), GO, _VIEWS),
    Action("row_last", ("end",), N_("Last"),
           N_("Last line."), GO, _VIEWS),
    Action("view_by_number", tuple("12345678"), N_("View"),
           N_("Overview, scores, heat map, radar, findings, actions, why or provenance."),
           VIEW, ("results",), footer=15, shown="1–8", by_widget=True),
    Action("next_view", ("tab",), N_("Next view"),
           N_("The view to the right."), VIEW, _VIEWS),
    Action("previous_view", ("shift+tab",), N_("Previous view"),
           N_("The view to the left."), VIEW, _VIEWS),
    Action("explain", ("enter", "w"), N_("Why"),
           N_("Explain the chosen number, condition, finding or action from what it rests on."),
           VIEW, ("results",), footer=20),
    Action("unfold", ("right", "space"), N_("Unfold"),
           N_("Show what a reason rests on."), VIEW, ("results",)),
    Action("fold_up", ("left",), N_("Fold"),
           N_("Hide what a reason rests on, or go to what rests on it."), VIEW, ("results",)),
    Action("as_table", ("t",), N_("Table"),
           N_("Change between the picture and its figures as a table."),
           VIEW, _VIEWS, footer=25),
    Action("copy_result", ("y",), N_("Copy"),
           N_("Copy what is chosen as Markdown to the terminal's clipboard."),
           ENGAGEMENT, _VIEWS, footer=40),
    Action("write_result", ("m",), N_("Write a report"),
           N_("Write the whole result as a Markdown file."),
           ENGAGEMENT, ("results",)),
    # people only
    Action("people_view", tuple("1234"), N_("View"),
           N_("Groups, respondents, agreement or measures."),
           VIEW, ("people",), footer=15, shown="1–4", by_widget=True),
    Action("next_axis", ("g",), N_("Other groups"),
           N_("Group the respondents along another axis."), VIEW, ("people",), footer=30),
    # rubric
    Action("line_up", ("up", "k"), N_("Up"),
           N_("Entry above."), GO, ("rubric",)),
    Action("line_down", ("down", "j"), N_("Down"),
           N_("Entry below."), GO, ("rubric",), footer=10, shown="↑↓"),
    Action("fold", ("enter", "space"), N_("Unfold"),
           N_("Show or hide what is under the entry."), VIEW, ("rubric",), footer=20),
    Action("other_side", ("tab",), N_("Other side"),
           N_("Between the list and the text."), GO, ("rubric",), footer=30),
    Action("search", ("g", "slash"), N_("Go to"),
           N_("Go to an entry by words."), GO, ("rubric",), footer=40),
    Action("copy_entry", ("y",), N_("Copy"),
           N_("Copy the entry as Markdown."), ENGAGEMENT, ("rubric",), footer=50),
)  # fmt: skip

FORBIDDEN_KEYS: Final = frozenset(
    {
        "left_square_bracket", "right_square_bracket", "left_curly_bracket",
        "right_curly_bracket", "backslash", "at", "vertical_line", "tilde", "grave_accent",
        "ctrl+enter", "shift+enter", "ctrl+i", "ctrl+m", "ctrl+h", "ctrl+c",
    }
)  # fmt: skip
"""Behind AltGr on Nordic keyboards, swallowed by terminals, or the same as another key."""


def actions_in(place: Place) -> Iterator[Action]:
    """What can be done in a place, what can be done everywhere last."""
    yield from (action for action in ACTIONS if place in action.places)
    yield from (action for action in ACTIONS if "everywhere" in action.places)


def footer_of(place: Place) -> list[Action]:
    """The footer of a place: help first, because what does not fit is dropped from the right."""
    shown = [action for action in actions_in(place) if action.footer]
    return sorted(shown, key=lambda action: action.footer)


def action(id_: str) -> Action:
    """One action; raises KeyError for an id that is not in the table."""
    return _BY_ID[id_]


def keys_of(found: Action, keymap: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of an action after the user's own ``[keys]``."""
    own = keymap.get(found.id)
    return tuple(key.strip() for key in own.split(",")) if own else found.keys


_BY_ID: Final = {found.id: found for found in ACTIONS}
