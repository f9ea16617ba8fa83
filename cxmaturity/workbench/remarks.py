"""What plugins remark without touching a score: advice on a scorecard, house rules for a rubric.

Whatever they give is looked at before it is shown, and they are given copies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from copy import deepcopy
from typing import Any, Final

from cxmaturity.extension.host import Host, Plugin
from cxmaturity.hookspecs import Advice, Advisor, RubricCheck, RubricProblem
from cxmaturity.model.rubric import SEVERITIES, Rubric
from cxmaturity.model.scorecard import Finding, Scorecard

_ID: Final = r"[A-Za-z][A-Za-z0-9_-]{0,39}"
_MOST: Final = 200
"""Findings of one advisor, problems of one house rule."""


def advice_of(host: Host, advisor: Advisor, plugin: Plugin, card: Scorecard) -> list[Finding]:
    """What an advisor finds; one that fails is only named."""

    def advise() -> list[Finding]:
        found = _all(advisor.advise(deepcopy(card)))
        return [_finding(advice, card, plugin.candidate.distribution) for advice in found]

    outcome = host.guard.call(plugin.name, advisor.name, advise)
    if outcome.reason:
        host.note(plugin, f"{advisor.name}: {outcome.reason}")
    return outcome.value or []


def problems_of(
    host: Host, rule: RubricCheck, plugin: Plugin, rubric: Rubric
) -> list[RubricProblem]:
    """What a house rule finds; one that fails is only named."""

    def check() -> list[RubricProblem]:
        return [_problem(given) for given in _all(rule.check(deepcopy(rubric)))]

    outcome = host.guard.call(plugin.name, rule.name, check)
    if outcome.reason:
        host.note(plugin, f"{rule.name}: {outcome.reason}")
    return outcome.value or []


def _all(given: Iterable[Any]) -> list[Any]:
    """Everything that was given; raises ValueError where it is too much."""
    found: list[Any] = []
    for item in given:
        found.append(item)
        if len(found) > _MOST:
            msg = f"more than {_MOST} of them"
            raise ValueError(msg)
    return found


def _finding(advice: object, card: Scorecard, plugin: str) -> Finding:
    """An advice as finding; raises TypeError or ValueError for what is none."""
    if type(advice) is not Advice:
        msg = f"an advisor gives Advice records, not {type(advice).__name__}"
        raise TypeError(msg)
    _require_texts(advice.title, advice.text)
    if not (advice.severity in SEVERITIES and re.fullmatch(_ID, advice.id)):
        msg = f"'{advice.id}' is no id, or has no severity of {', '.join(SEVERITIES)}"
        raise ValueError(msg)
    if advice.dimension is not None and advice.dimension not in card.dimensions:
        msg = f"'{advice.id}' is about no dimension: {advice.dimension!r:.40}"
        raise ValueError(msg)
    return Finding(
        advice.id, advice.severity, dict(advice.title), dict(advice.text), (), advice.dimension,
        plugin=plugin,
    )  # fmt: skip


def _problem(given: object) -> RubricProblem:
    if type(given) is not RubricProblem:
        msg = f"a rubric check gives RubricProblem records, not {type(given).__name__}"
        raise TypeError(msg)
    _require_texts(given.what)
    written = isinstance(given.key, str), given.severity in ("error", "warning")
    if not all(written):
        msg = f"'{given.code}' has no key, or a severity that is neither error nor warning"
        raise ValueError(msg)
    return given


def _require_texts(*texts: Any) -> None:  # noqa: ANN401 - whatever the plugin gave
    for text in texts:
        if not all(isinstance(part, str) for pair in dict(text).items() for part in pair):
            msg = "its texts are not texts by language"
            raise TypeError(msg)
