"""The built-in question kinds, one file each."""

from __future__ import annotations

from collections.abc import Iterable

from cxmaturity.hookspecs import QuestionKind, hookimpl
from cxmaturity.kinds.checks import CHECKS
from cxmaturity.kinds.choice import CHOICE
from cxmaturity.kinds.ladder import LADDER
from cxmaturity.kinds.number import NUMBER
from cxmaturity.kinds.text import TEXT
from cxmaturity.kinds.yes_no import YES_NO

BUILT_IN: tuple[QuestionKind, ...] = (LADDER, CHOICE, CHECKS, YES_NO, NUMBER, TEXT)
"""Every built-in kind."""


@hookimpl
def cxm_question_kinds() -> Iterable[QuestionKind]:
    """The built-in kinds, as a plugin would give them."""
    return BUILT_IN
