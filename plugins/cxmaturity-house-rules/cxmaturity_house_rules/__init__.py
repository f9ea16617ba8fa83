"""A company's own standard for rubrics, and an advisor that asks for evidence, for cxmaturity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cxmaturity import hookimpl
from cxmaturity.hookspecs import Advice, Advisor, RubricCheck, RubricProblem
from cxmaturity.model.rubric import Rubric
from cxmaturity.model.scorecard import Scorecard

HIGH_LEVEL = 3
"""From this level a claim should rest on more than somebody's word."""


def sources_and_evidence(rubric: Rubric) -> Iterator[RubricProblem]:
    """Every indicator cites a source and names the evidence to ask for."""
    for dimension, table in rubric.dimensions.items():
        for name, indicator in table.indicators.items():
            key = f"dimensions.{dimension}.indicators.{name}"
            if not indicator.sources:
                yield RubricProblem(
                    "no_source",
                    key,
                    {"en": "the indicator cites no source", "fi": "mittari ei mainitse lähdettä"},
                )
            if not indicator.evidence:
                yield RubricProblem(
                    "no_evidence",
                    key,
                    {
                        "en": "the indicator does not say what evidence to ask for",
                        "fi": "mittari ei kerro, mitä näyttöä pyydetään",
                    },
                )


def high_claims(card: Scorecard) -> Iterator[Advice]:
    """Which dimensions rest mostly on high levels that are only claimed."""
    for name, dimension in card.dimensions.items():
        high = [i for i in dimension.indicators if i.level is not None and i.level >= HIGH_LEVEL]
        claimed = [indicator for indicator in high if indicator.grade == "claimed"]
        if len(high) > 1 and 2 * len(claimed) > len(high):
            yield _advice(name, len(claimed), len(high))


def _advice(dimension: str, claimed: int, high: int) -> Advice:
    title = {"en": "High levels on somebody's word", "fi": "Korkeita tasoja pelkän sanan varassa"}
    text = {
        "en": f"{claimed} of {high} high levels are only claimed: ask to see them.",
        "fi": f"Korkeita tasoja on {high}, ja niistä {claimed} perustuu pelkkään sanaan: "
        "pyytäkää nähdä näyttö.",
    }
    return Advice("high_claims", "note", title, text, dimension=dimension)


@hookimpl
def cxm_rubric_checks() -> Iterable[RubricCheck]:
    """The standard for rubrics."""
    return [
        RubricCheck(
            "sources_and_evidence",
            "every indicator cites a source and names evidence",
            sources_and_evidence,
        )
    ]


@hookimpl
def cxm_advisors() -> Iterable[Advisor]:
    """The advisor `high_claims`."""
    return [Advisor("high_claims", "asks for evidence behind high levels", high_claims)]
