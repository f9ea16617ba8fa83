"""The example with respondents and measured data: what may be shown of people, and waves.

Forty-one people answered.  The group of other staff and one unit are hidden; the small unit North
is of one mind, so only a bound of it is told.
"""

import dataclasses

from cxmaturity.model.scorecard import (
    AttributedCard,
    AxisInfo,
    DimensionCard,
    GapCard,
    GroupCard,
    IndicatorCard,
    LeafTrace,
    MeasureCard,
    NodeTrace,
    PartTrace,
    PeopleCard,
    PeopleInfo,
    Scorecard,
    SegmentCard,
    Trace,
    WaveCard,
)
from tests.exporters.example import CARD, SCALE, TRACE, text

ROLE = AxisInfo(
    "role",
    text("Role", "Rooli"),
    {
        "top": text("Top management", "Ylin johto"),
        "staff": text("Staff", "Henkilöstö"),
        "partners": text("Partners", "Kumppanit"),
    },
)
UNIT = AxisInfo(
    "unit",
    text("Unit", "Yksikkö"),
    {
        "sales": text("Sales", "Myynti"),
        "sales/north": text("North", "Pohjoinen"),
        "sales/south": text("South", "Etelä"),
        "service": text("Customer service", "Asiakaspalvelu"),
    },
)
NAMED = AttributedCard("k7", {"role": "top"}, {}, {"leadership": 3, "overall": 2.5})
INFO = PeopleInfo(41, 5, (UNIT, ROLE), "role", held_back=1, attributed=(NAMED,))


def group(axis: AxisInfo, place: str, n: int, score: float, **more: object) -> GroupCard:
    return GroupCard(axis.id, place, n, score, **more)  # type: ignore[arg-type]


def hidden(axis: AxisInfo, place: str) -> GroupCard:
    return GroupCard(axis.id, place, hidden=True)


def people(n: int, top: float, staff: float, **more: object) -> PeopleCard:
    """Two groups that may be shown and one that may not; units below, one of them bounded."""
    groups = (
        group(ROLE, "top", 6, top, spread=0.5, agreement=0.8),
        group(ROLE, "staff", n - 9, staff, spread=1.1, agreement=0.3),
        hidden(ROLE, "partners"),
        group(UNIT, "sales", 18, 2.2, spread=0.9, agreement=0.6),
        group(UNIT, "sales/north", 7, 3, bound="at_least"),
        hidden(UNIT, "sales/south"),
        group(UNIT, "service", 14, 1.8, spread=1.2),
    )
    return dataclasses.replace(PeopleCard(n, groups=groups), **more)  # type: ignore[arg-type]


LEADERSHIP = people(
    41,
    3.4,
    2,
    score=2.7,
    agreement=0.7,
    gap=GapCard(1.4, "top", "staff", 0.6, 2.1),
    above_found=1.2,
)
STRATEGY = people(
    40,
    2.6,
    2.3,
    score=2.5,
    agreement=0.3,
    gap=GapCard(0.3, "top", "staff", 0, 0.9),
    above_found=-0.2,
)
SILOS = PeopleCard(6, 3, "at_least", groups=(hidden(ROLE, "top"), hidden(ROLE, "staff")))
OVERALL = people(41, 3, 2.1, score=2.6, gap=GapCard(0.9, "top", "staff", 0.4, 1.5), above_found=0.7)
HELD_BACK = dataclasses.replace(LEADERSHIP, spread=1.1, held_back=True, above_found=None)

WHY = IndicatorCard(
    "leadership.why",
    text("Why we do this", "Miksi teemme tätä"),
    "answered",
    1,
    "claimed",
    1,
    level=2.7,
    raw=2.7,
    evidenced=2,
    low=2.7,
    high=2.7,
    source="respondents",
    people=dataclasses.replace(HELD_BACK, shares={"1": 0.1, "2": 0.3, "3": 0.4, "4": 0.2}),
)
SAME_STORY = IndicatorCard(
    "leadership.same_story",
    text("The same story", "Sama kertomus"),
    "answered",
    1,
    "claimed",
    1,
    level=3,
    raw=3,
    evidenced=2,
    low=3,
    high=3,
    bound="at_least",
    source="respondents",
    people=SILOS,
)


def with_people(card: DimensionCard, said: PeopleCard, **more: object) -> DimensionCard:
    return dataclasses.replace(card, people=said, **more)  # type: ignore[arg-type]


DIMENSIONS = CARD.dimensions
PEOPLE_TRACE = Trace(
    indicators={
        **TRACE.indicators,
        "leadership.why": LeafTrace(
            "leadership.why",
            "answered",
            "dimensions.leadership.indicators.why",
            None,
            2.7,
            (),
            2.7,
            rounded=True,
        ),
        "leadership.same_story": LeafTrace(
            "leadership.same_story",
            "answered",
            "dimensions.leadership.indicators.same_story",
            None,
            3,
            (),
            3,
            rounded=True,
            bound="at_least",
        ),
    },
    nodes={
        **TRACE.nodes,
        "leadership": NodeTrace(
            "leadership",
            "mean",
            SCALE,
            1,
            0.6,
            (
                PartTrace("leadership.why", 1, True, 2.7, 2.7),
                PartTrace("leadership.same_story", 1, True, 3, 3),
            ),
            "dimensions.leadership",
            combined=2.9,
            raw=2.9,
            value=2.9,
            rounded=True,
            bound="at_least",
        ),
    },
    rules=TRACE.rules,
    facts=TRACE.facts,
)
NPS = MeasureCard(
    "nps",
    text("Net Promoter Score", "Suositteluindeksi"),
    1204,
    value=12.5,
    low=8,
    high=17,
    definition=text(
        "Share of 9–10 minus share of 0–6, in points.",
        "Arvosanojen 9–10 osuus miinus arvosanojen 0–6 osuus, pisteinä.",
    ),
    weighted=True,
    missing=31,
    period="2026 Q3",
    file="nps-2026-q3.csv",
    change=6.2,
    z=2.5,
    change_is_real=True,
    waves_flat=0,
    waves=(
        WaveCard("2025 Q4", 1100, -5, -9.5, -0.5),
        WaveCard("2026 Q1", 1150),
        WaveCard("2026 Q2", 1190, 6.3, 2, 10.5),
        WaveCard("2026 Q3", 1204, 12.5, 8, 17),
    ),
    segments=(
        SegmentCard("region", "north", 704, 20.1, 14, 26),
        SegmentCard("region", "south", 500, 1.5),
    ),
)
OTHER_SCALE = MeasureCard(
    "rnps",
    text("Recommendation by partners", "Kumppanien suosittelu"),
    212,
    scale_ok=False,
    found="1–10",
    period="2026",
)
WORSE = MeasureCard(
    "complaints",
    text("Complaints", "Valitukset"),
    5400,
    value=3.4,
    low=2.9,
    high=3.9,
    unit="%",
    better="lower",
    change=0.3,
    z=0.4,
    change_is_real=False,
    waves_flat=3,
    population=9000,
)

PEOPLE_CARD: Scorecard = dataclasses.replace(
    CARD,
    people=INFO,
    dimensions={
        **DIMENSIONS,
        "strategy": with_people(DIMENSIONS["strategy"], STRATEGY),
        "leadership": with_people(
            DIMENSIONS["leadership"],
            LEADERSHIP,
            score=2.9,
            raw=2.9,
            evidenced=2,
            low=2.9,
            high=2.9,
            bound="at_least",
            indicators=(WHY, SAME_STORY),
        ),
        "silos": with_people(DIMENSIONS["silos"], SILOS),
    },
    overall=with_people(
        CARD.overall, OVERALL, score=2.1, raw=2.1, evidenced=1.9, low=1.8, high=2.4
    ),
    measures=(NPS, OTHER_SCALE, WORSE),
    trace=PEOPLE_TRACE,
)
"""The example with people and measures, as a working view shows it."""

PUBLISHED_CARD: Scorecard = dataclasses.replace(
    PEOPLE_CARD, people=dataclasses.replace(INFO, publication=3)
)
"""The same as a publication."""
