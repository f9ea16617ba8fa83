"""`yes_no`: a yes or a no."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from cxmaturity.hookspecs import Domain, Interval, QuestionKind, Settings
from cxmaturity.model.exact import Micro
from cxmaturity.text.messages import gettext as _


class YesNoSettings(Settings):
    """The levels of yes and no; a fact has none."""

    yes: Micro | None = Field(default=None, description="Level of yes; default the best.")
    no: Micro | None = Field(default=None, description="Level of no; default the lowest.")


def _read(_settings: YesNoSettings, _scale: Interval, raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    if raw in ("yes", "no"):
        return raw == "yes"
    raise ValueError(_("yes or no"))


def _level(settings: YesNoSettings, scale: Interval, answer: bool) -> int:  # noqa: FBT001
    if answer:
        return scale[1] if settings.yes is None else settings.yes
    return scale[0] if settings.no is None else settings.no


def _levels(settings: YesNoSettings, scale: Interval) -> Interval:
    ends = (_level(settings, scale, answer=False), _level(settings, scale, answer=True))
    return min(ends), max(ends)


def _domain(_settings: YesNoSettings, _scale: Interval) -> Domain:
    return Domain("truth", finite=(False, True))


def _options(_settings: YesNoSettings) -> Sequence[tuple[str, dict[str, str]]]:
    return [("yes", {"en": "yes", "fi": "kyllä"}), ("no", {"en": "no", "fi": "ei"})]


YES_NO = QuestionKind(
    name="yes_no",
    summary="yes or no",
    settings=YesNoSettings,
    read=_read,
    level=_level,
    levels=_levels,
    domain=_domain,
    options=_options,
    widget="one",
)
