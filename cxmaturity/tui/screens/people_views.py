"""The views of people and measures as a table, as `results_views` has those of the results."""

from __future__ import annotations

from typing import Final

from cxmaturity.text.messages import N_
from cxmaturity.tui.screens.views import View
from cxmaturity.tui.widgets.dumbbell_chart import dumbbell_chart
from cxmaturity.tui.widgets.measure_list import measure_list, measure_table, note_on_measure
from cxmaturity.tui.widgets.people_list import (
    about_people,
    agreement_list,
    people_in_brief,
    people_table,
    respondent_list,
)

GROUPS: Final = "groups"
VIEWS: Final[tuple[View, ...]] = (
    View(GROUPS, N_("Groups"), dumbbell_chart, people_table, about_people, people_in_brief, help=N_(
        "How far groups of respondents are apart on each dimension, and where the assessor stands. "
        "A group has a mark only where its figure may be shown.")),
    View("who", N_("Respondents"), respondent_list, help=N_(
        "How many answered, how their answers count, and what each group says overall. A group "
        "with few answers is not shown.")),
    View("agreement", N_("Agreement"), agreement_list, people_table, about_people, unfolds=True,
         help=N_(
        "How far people agree on each dimension: Krippendorff’s alpha over all of them, r_wg "
        "within a group, and how their belief compares with what the assessor found.")),
    View("measures", N_("Measures"), measure_list, measure_table, note_on_measure, unfolds=True,
         help=N_(
        "Figures from customers’ and employees’ data: the latest value with its interval, whether "
        "a change is more than chance, and the waves before.")),
)  # fmt: skip
"""In the order of their numbers."""

DIMENSION_VIEWS: Final = (GROUPS, "agreement")
"""Views that show the dimensions, and share the choice of one."""
