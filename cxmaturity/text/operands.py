"""What a clause reads, in words: its name (``evidenced(loop)``) and its value (``monthly``).

An operand is spelled as in a rubric; here it gets the title of what it reads and its value the
form a reader expects.  Nothing here compares or judges.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cxmaturity.model.exact import to_micro
from cxmaturity.model.scorecard import Operand
from cxmaturity.text.messages import N_, Language, pgettext
from cxmaturity.text.messages import gettext as _
from cxmaturity.text.names import Names
from cxmaturity.text.numbers import score_text
from cxmaturity.text.wording import GRADES, listed, truth_word, word

PHASES: Final = ("phase", "behaviour")
"""Operands whose value is a phase."""

_READINGS: Final[Mapping[str, str]] = {
    "raw": N_("{name} before caps"),
    "evidenced": N_("{name} by its evidence"),
    "coverage": N_("{name}, share answered"),
    "gap": N_("{name}, gap between groups"),
    "agreement": N_("{name}, agreement"),
    "respondents": N_("{name} as people see it"),
    "size": N_("{name}, number chosen"),
    "grade": N_("{name}, evidence"),
    "answered": N_("{name}, answered"),
}
_FIGURES: Final[Mapping[str, str]] = {
    "value": N_("{name}"),
    "n": N_("{name}, answers"),
    "low": N_("{name}, low end"),
    "high": N_("{name}, high end"),
    "change": N_("{name}, change"),
    "change_is_real": N_("{name}, real change"),
    "waves_flat": N_("{name}, waves without a real change"),
    "scale_ok": N_("{name}, scale as defined"),
}


def operand_name(key: str, names: Names, language: Language) -> str:
    """What an operand is called: a title, with what is read of it where that is not the score."""
    if key == "phase":
        return _("Phase")
    if key == "behaviour":
        return _("Average behaviour")
    function, opened, inside = key.partition("(")
    if opened and inside.endswith(")"):
        return _reading(function, inside[:-1], key, names, language)
    if key.startswith("measure.") and key.count(".") == 2:
        measure, _dot, field = key.rpartition(".")
        if field in _FIGURES:
            return _(_FIGURES[field]).format(name=names.of(measure, language))
    return names.of(key, language)


def _reading(function: str, inside: str, key: str, names: Names, language: Language) -> str:
    if function == "share":
        path, _dot, option = inside.rpartition(".")
        said, chosen = names.of(path, language), names.option(path, option, language)
        return _("{name}, share of people who chose “{option}”").format(name=said, option=chosen)
    path, comma, group = inside.partition(", ")
    if function not in _READINGS or "(" in path:
        return names.shown(key)
    said = _(_READINGS[function]).format(name=names.of(path, language))
    place = names.place(group.strip("'"), language)
    return f"{said} ({place})" if comma else said


def operand_words(key: str, value: Operand, names: Names, language: Language) -> str:
    """An operand's value: a figure, yes or no, an option's text, chosen options, a phase."""
    if isinstance(value, bool):
        return truth_word(value)
    if isinstance(value, int | float):
        return score_text(to_micro(value), language)
    if isinstance(value, str):
        return _named(key, value, names, language)
    chosen = [names.option(key, option, language) for option in value]
    return listed(chosen) or pgettext("chosen options", "none")


def _named(key: str, value: str, names: Names, language: Language) -> str:
    if key in PHASES:
        return names.phase(value, language)
    if key.startswith("grade("):
        return word(GRADES, value)
    return names.option(key, value, language)
