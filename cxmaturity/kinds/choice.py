"""`choice`: one option of several, each with a level or without one (then it leaves the weight)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import Field

from cxmaturity.hookspecs import Domain, Interval, QuestionKind, Settings
from cxmaturity.model.exact import Micro
from cxmaturity.model.rubric import Id, Table
from cxmaturity.model.text import Text
from cxmaturity.text.messages import gettext as _


class Option(Table):
    """One option of a question."""

    id: Id = Field(description="Id of the option, unique in its question.")
    text: Text = Field(description="What is shown.")
    level: Micro | None = Field(
        default=None, description="Level it gives (an indicator's); without one it is unscored."
    )


class ChoiceSettings(Settings):
    """The options."""

    options: tuple[Option, ...] = Field(min_length=1, description="The options in order.")


def option_faults(options: Sequence[Option]) -> list[str]:
    """What is wrong with a list of options, reserved words included."""
    ids = [option.id for option in options]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    faults = [_("option '{name}' stands twice").format(name=name) for name in twice]
    reserved = {"unknown", "none", "clear", "yes", "no"}.intersection(ids)
    what = _("'{name}' is a reserved word, not an option id")
    return [*faults, *(what.format(name=name) for name in sorted(reserved))]


def option_texts(options: Sequence[Option]) -> Sequence[tuple[str, Mapping[str, str]]]:
    """Ids and texts in order, for asking."""
    return [(option.id, option.text) for option in options]


def _read(settings: ChoiceSettings, _scale: Interval, raw: object) -> str:
    if isinstance(raw, str) and any(option.id == raw for option in settings.options):
        return raw
    known = ", ".join(option.id for option in settings.options)
    raise ValueError(_("one of {known}").format(known=known))


def _level(settings: ChoiceSettings, _scale: Interval, answer: str) -> int | None:
    return next(option.level for option in settings.options if option.id == answer)


def _levels(settings: ChoiceSettings, scale: Interval) -> Interval:
    levels = [option.level for option in settings.options if option.level is not None]
    return (min(levels), max(levels)) if levels else scale


def _domain(settings: ChoiceSettings, _scale: Interval) -> Domain:
    ids = tuple(option.id for option in settings.options)
    return Domain("option", options=ids, finite=ids)


def _check(settings: ChoiceSettings, _scale: Interval) -> Sequence[str]:
    return option_faults(settings.options)


def _options(settings: ChoiceSettings) -> Sequence[tuple[str, Mapping[str, str]]]:
    return option_texts(settings.options)


CHOICE = QuestionKind(
    name="choice",
    summary="one option of several",
    settings=ChoiceSettings,
    read=_read,
    level=_level,
    levels=_levels,
    domain=_domain,
    check=_check,
    options=_options,
    widget="one",
    gives_levels=lambda settings: any(option.level is not None for option in settings.options),
    unscored=lambda settings: any(option.level is None for option in settings.options),
)
