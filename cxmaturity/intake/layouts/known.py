"""Every layout that is known, and which one a file is: asked for by name, or recognised."""

from __future__ import annotations

from collections.abc import Sequence

from cxmaturity.errors import InputError, Problem, UsageError, Where
from cxmaturity.intake.layouts import Layout
from cxmaturity.intake.layouts.google_forms import GOOGLE_FORMS
from cxmaturity.intake.layouts.kobo import KOBO
from cxmaturity.intake.layouts.limesurvey import LIMESURVEY
from cxmaturity.intake.layouts.long import LONG
from cxmaturity.intake.layouts.microsoft_forms import MICROSOFT_FORMS
from cxmaturity.intake.layouts.qualtrics import QUALTRICS
from cxmaturity.intake.layouts.surveymonkey import SURVEYMONKEY
from cxmaturity.intake.layouts.template import TEMPLATE
from cxmaturity.intake.layouts.wide import WIDE
from cxmaturity.text.messages import N_

LAYOUTS: tuple[Layout, ...] = (
    TEMPLATE,
    LONG,
    WIDE,
    QUALTRICS,
    GOOGLE_FORMS,
    MICROSOFT_FORMS,
    LIMESURVEY,
    SURVEYMONKEY,
    KOBO,
)
"""Layouts in the order they are listed."""


def layout_named(name: str, others: Sequence[str] = ()) -> Layout:
    """The layout of a name; raises UsageError with those that there are, ``others`` included."""
    found = next((layout for layout in LAYOUTS if layout.name == name), None)
    if found is None:
        known = ", ".join([*(layout.name for layout in LAYOUTS), *others])
        what, hint = N_("there is no layout '{name}'"), N_("one of {known}")
        values = {"name": name, "known": known}
        raise UsageError(Problem("unknown_layout", what, Where(key="--layout"), hint, values))
    return found


def recognised(preview: Sequence[Sequence[str]], file: str) -> Layout:
    """The layout that a table's first rows show most surely; raises InputError where two do."""
    sure = {layout.name: layout.recognise(preview[:5]) for layout in LAYOUTS}
    best = max(sure.values())
    fitting = [layout for layout in LAYOUTS if sure[layout.name] == best]
    if len(fitting) > 1:
        what, hint = N_("this may be any of the layouts {names}"), N_("say which with --layout")
        names = ", ".join(layout.name for layout in fitting)
        raise InputError(Problem("layout_ambiguous", what, Where(file), hint, {"names": names}))
    return fitting[0]
