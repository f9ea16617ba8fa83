"""Which screen is built for which place, once an engagement is there."""

from __future__ import annotations

from typing import Any

from textual.screen import Screen

from cxmaturity.tui.screens.interview import InterviewScreen
from cxmaturity.tui.session import Session
from cxmaturity.workbench import Workbench


def screen_of(mode: str, session: Session | None, bench: Workbench) -> Screen[Any]:
    """The screen of a place; only the rubric can be read without an engagement."""
    if session is None or mode == "rubric":
        from cxmaturity.tui.screens.rubric import RubricScreen

        return RubricScreen(session, bench)
    if mode == "results":
        from cxmaturity.tui.screens.results import ResultsScreen

        return ResultsScreen(session)
    if mode == "people":
        from cxmaturity.tui.screens.people import PeopleScreen

        return PeopleScreen(session)
    if mode == "what_if":
        from cxmaturity.tui.screens.whatif import WhatIfScreen

        return WhatIfScreen(session)
    return InterviewScreen(session)
