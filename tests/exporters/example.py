"""A scorecard with every part filled, written by hand: what exporters and pages are tested on.

The organisation is invented.  The figures hang together: dimensions follow from their parts, gates
from dimensions, so that the arithmetic that pages write out can be checked.
"""

import datetime as dt

from cxmaturity.model.scorecard import (
    Because,
    CapCard,
    Citation,
    Clause,
    DimensionCard,
    EngagementInfo,
    Finding,
    GateCard,
    IndexCard,
    IndicatorCard,
    LeafTrace,
    MeasureCard,
    NodeTrace,
    PartTrace,
    PhaseBounds,
    PhaseCard,
    PluginInfo,
    Provenance,
    Recommendation,
    RubricInfo,
    RuleTrace,
    Scorecard,
    TargetsCard,
    Trace,
    Undetermined,
)

SCALE = (0, 4)


def text(en: str, fi: str) -> dict[str, str]:
    return {"en": en, "fi": fi}


# gates ------------------------------------------------------------------------------------------

STRATEGY = Clause("strategy >= 2.5", False, {"strategy": 2.333333}, 2.333333, ">=", 2.5, 0.166667)
WHY = Clause("leadership.why >= 3", False, {"leadership.why": 2}, 2, ">=", 3, 1)
LOOP_OR_CHANGE = Clause("loop >= 1.5 or change >= 2", True, {"loop": 1.2, "change": 2})
METRICS = Clause("metrics >= 1.5", True, {"metrics": 2}, 2, ">=", 1.5)
NEAR = Clause("silos >= 2", False, {"silos": 1.999}, 1.999, ">=", 2, 0.001)
DEMONSTRATED = Clause(
    "demonstrated(loop.detractors)", False, {"grade(loop.detractors)": "documented"}
)
NO_LEAK = Clause(
    "not condition.vision_leak", None, {"partners.terms": 2}, decides=("fact.outsourced_share",)
)
GATES = (
    GateCard(
        "enthusiasm",
        text("Enthusiasm", "Innostus"),
        True,
        (Clause("metrics >= 0.5 or loop >= 0.5", True, {"metrics": 2, "loop": 1.2}),),
    ),
    GateCard("confusion", text("Confusion", "Hämmennys"), True, (METRICS,)),
    GateCard("awakening", text("Awakening", "Herääminen"), False, (STRATEGY, WHY, LOOP_OR_CHANGE)),
    GateCard("change", text("Change", "Muutos"), False, (STRATEGY, NEAR, DEMONSTRATED, NO_LEAK)),
)
PROFILE = {
    "not_started": 0.1,
    "enthusiasm": 0.2,
    "confusion": 0.45,
    "awakening": 0.25,
    "change": 0,
}

# dimensions -------------------------------------------------------------------------------------

DETRACTORS = IndicatorCard(
    "loop.detractors",
    text("Care of detractors", "Arvostelijoiden hoito"),
    "answered",
    3,
    "documented",
    1,
    level=2,
    raw=2,
    evidenced=2,
    low=2,
    high=2,
    source="assessor",
    target=3,
    gap=1,
)
WEEKLY = IndicatorCard(
    "loop.weekly",
    text("Feedback in weekly leading", "Palaute viikkojohtamisessa"),
    "answered",
    2,
    "claimed",
    1,
    level=0,
    raw=3,
    evidenced=0,
    low=0,
    high=0,
    source="assessor",
    caps=(CapCard("NO_RHYTHM", 0, binds=True),),
)
TOLD = IndicatorCard(
    "loop.told_back",
    text("Telling back", "Takaisinviestintä"),
    "not_applicable",
    1,
    "claimed",
    0,
    reason="out_of_scope",
)
WHY_CARD = IndicatorCard(
    "leadership.why",
    text("Why we do this", "Miksi teemme tätä"),
    "answered",
    1,
    "claimed",
    1,
    level=2,
    raw=2,
    evidenced=2,
    low=2,
    high=2,
    source="assessor",
)


def dimension(id_: str, en: str, fi: str, score: float | None, **more: object) -> DimensionCard:
    fields: dict[str, object] = {
        "id": id_,
        "title": text(en, fi),
        "scale": SCALE,
        "coverage": 1,
        "not_applicable": 0,
        "state": "scored" if score is not None else "no_score",
        "weight": 1,
        "score": score,
        "raw": score,
        "evidenced": score,
        "low": score,
        "high": score,
        "phase": "confusion" if score is not None else None,
        "profile": PROFILE if score is not None else None,
    }
    return DimensionCard(**fields | more)  # type: ignore[arg-type]


DIMENSIONS = (
    dimension(
        "strategy",
        "Customer strategy and vision",
        "Asiakasstrategia ja visio",
        2.333333,
        coverage=0.833333,
        low=2,
        high=2.666667,
    ),
    dimension("leadership", "Leadership", "Johtaminen", 2, evidenced=1.75, indicators=(WHY_CARD,)),
    dimension("silos", "Working across silos", "Siilojen ylittäminen", 1.999, provisional=True),
    dimension(
        "metrics",
        "Metric balance and quality",
        "Mittarien tasapaino ja laatu",
        2,
        raw=2.4,
        high=3.1,
        caps=(CapCard("NPS_ONLY", 2, binds=True), CapCard("SCALE", 3, binds=False)),
    ),
    dimension(
        "loop",
        "From feedback to action",
        "Palautteesta tekoihin",
        1.2,
        phase="enthusiasm",
        not_applicable=0.166667,
        target=3,
        gap=1.8,
        progress=0.25,
        profile={**PROFILE, "not_started": 0.4, "confusion": 0.6, "enthusiasm": 0, "awakening": 0},
        indicators=(DETRACTORS, WEEKLY, TOLD),
    ),
    dimension("change", "Change programme", "Muutosohjelma", 2, coverage=0.6, low=1.2, high=2.8),
    dimension(
        "quick",
        "Quick wins",
        "Pikavoitot",
        None,
        parent="change",
        coverage=0.4,
        low=0.8,
        high=3.2,
        weight=0.5,
    ),
    dimension(
        "channels",
        "Own channels",
        "Omat kanavat",
        None,
        state="not_applicable",
        low=None,
        high=None,
        coverage=0,
        not_applicable=1,
    ),
)
OVERALL = dimension(
    "overall",
    "Overall",
    "Kokonaisuus",
    1.922055,
    coverage=0.87,
    not_applicable=0.03,
    low=1.7,
    high=2.3,
    evidenced=1.88,
    provisional=True,
    weight=None,
)

# findings and what to do ------------------------------------------------------------------------

TALK = Citation("s0", text("A talk on customer experience", "Esitys asiakaskokemuksesta"), "Silot")
FINDINGS = (
    Finding(
        "MEASURE_ONLY",
        "blocker",
        text("Measuring without mending", "Mitataan, ei korjata"),
        text(
            "You have measured for 18 months, and not one pain point has gone because of it.",
            "Olette mitanneet 18 kuukautta, eikä yksikään kipukohta ole poistunut sen ansiosta.",
        ),
        (
            Clause(
                "fact.measuring_months >= 12", True, {"fact.measuring_months": 18}, 18, ">=", 12
            ),
            Clause("fact.pains_removed == 0", True, {"fact.pains_removed": 0}, 0, "==", 0),
        ),
        "metrics",
        (TALK,),
    ),
    Finding(
        "NPS_ONLY",
        "risk",
        text("NPS stands alone", "NPS yksin"),
        text("NPS is your only measure.", "NPS on ainoa mittarinne."),
        (Clause("only(fact.metrics_in_use, 'nps')", True, {"fact.metrics_in_use": ["nps"]}),),
        "metrics",
        (TALK, Citation("s4", text("Trends for 2019", "Vuoden 2019 trendit"))),
    ),
    Finding(
        "BORROWED_MOTIVE",
        "note",
        text("A borrowed motive", "Lainattu motiivi"),
        text("You began because competitors did.", "Aloititte, koska kilpailijatkin aloittivat."),
        (Clause("fact.motive == 'competitors'", True, {"fact.motive": "competitors"}),),
    ),
    Finding(
        "SECTOR_STRONG",
        "strength",
        text("Better than the sector", "Toimialaa parempi"),
        text("People know the promise.", "Väki tuntee lupauksen."),
        (),
        plugin="cxmaturity-energy",
    ),
)


def action(id_: str, en: str, fi: str, **more: object) -> Recommendation:
    fields: dict[str, object] = {
        "action": id_,
        "title": text(en, fi),
        "text": text(f"{en} within a quarter.", f"{fi} neljänneksen kuluessa."),
        "horizon": "90_days",
        "effort": 10,
        "months": 3,
        "because": (Because("finding", "NPS_ONLY"),),
        "owner": text("Head of customer service", "Asiakaspalvelun johtaja"),
    }
    return Recommendation(**fields | more)  # type: ignore[arg-type]


RECOMMENDATIONS = (
    action(
        "decide_why",
        "Decide again why you do this",
        "Päättäkää uudelleen, miksi teette tätä",
        horizon="30_days",
        effort=1,
        months=1,
        because=(Because("gate", "awakening", "leadership.why >= 3"),),
    ),
    action("contact", "Contact detractors", "Ottakaa yhteyttä arvostelijoihin"),
    action("effort", "Measure effort", "Mitatkaa vaivannäköä", effort=2.5, months=0),
    action("roots", "Find the root causes", "Selvittäkää juurisyyt"),
    action("criteria", "Write down criteria", "Kirjatkaa perusteet", owner=None),
    action("agenda", "Put feedback on the agenda", "Ottakaa palaute asialistalle"),
    action(
        "remove",
        "Remove three pain points",
        "Poistakaa kolme kipukohtaa",
        because=(Because("action", "agenda"),),
        waits_for=("roots", "criteria"),
    ),
)

# trace ------------------------------------------------------------------------------------------

TRACE = Trace(
    indicators={
        "loop.detractors": LeafTrace(
            "loop.detractors",
            "answered",
            "dimensions.loop.indicators.detractors",
            2,
            2,
            (),
            2,
            "documented",
            3,
            2,
        ),
        "loop.weekly": LeafTrace(
            "loop.weekly",
            "answered",
            "dimensions.loop.indicators.weekly",
            3,
            3,
            (CapCard("NO_RHYTHM", 0, binds=True),),
            0,
            "claimed",
            2,
            0,
        ),
        "loop.told_back": LeafTrace(
            "loop.told_back", "not_applicable", "dimensions.loop.indicators.told_back"
        ),
        "leadership.why": LeafTrace(
            "leadership.why", "answered", "dimensions.leadership.indicators.why", 2, 2, (), 2
        ),
    },
    nodes={
        "loop": NodeTrace(
            "loop",
            "mean",
            SCALE,
            1,
            0.6,
            (
                PartTrace("loop.detractors", 3, True, 2, 2),
                PartTrace("loop.weekly", 2, True, 0, 0),
                PartTrace("loop.told_back", 1, False),
            ),
            "dimensions.loop",
            combined=1.2,
            raw=1.2,
            value=1.2,
        ),
        "metrics": NodeTrace(
            "metrics",
            "share",
            SCALE,
            1,
            0,
            (
                PartTrace("metrics.mix", 1, True, 3, 3, points=(3, 4)),
                PartTrace("metrics.scale", 4, True, 2.25, 2.25, points=(2.25, 4)),
            ),
            "dimensions.metrics",
            shape="round",
            combined=2.4,
            raw=2.4,
            caps=(CapCard("NPS_ONLY", 2, binds=True), CapCard("SCALE", 3, binds=False)),
            value=2,
        ),
        "quick": NodeTrace(
            "quick",
            "min",
            SCALE,
            0.4,
            0.6,
            (PartTrace("quick.visible", 1, True, filled="unanswered", counted=0),),
            "dimensions.quick",
        ),
        "overall": NodeTrace(
            "overall",
            "plugin_method",
            SCALE,
            0.87,
            0.6,
            (PartTrace("loop", 1, True, 1.2, 30), PartTrace("quick", 0.5, True)),
            "overall",
            combined=1.922055,
            raw=1.922055,
            value=1.922055,
        ),
    },
    rules={
        "NPS_ONLY": RuleTrace(
            "NPS_ONLY",
            asked=True,
            holds=True,
            clauses=FINDINGS[1].because,
            declared="rules.NPS_ONLY",
            caps={"metrics": 2},
        ),
        "NO_RHYTHM": RuleTrace(
            "NO_RHYTHM",
            asked=True,
            holds=True,
            clauses=(Clause("fact.rhythm == 'never'", True, {"fact.rhythm": "never"}),),
            declared="rules.NO_RHYTHM",
            caps={"loop.weekly": 0},
        ),
        "VISION_LEAK": RuleTrace(
            "VISION_LEAK",
            asked=True,
            clauses=(
                Clause(
                    "fact.outsourced_share >= 50",
                    None,
                    {},
                    None,
                    ">=",
                    50,
                    decides=("fact.outsourced_share",),
                ),
            ),
            declared="rules.VISION_LEAK",
            caps={"overall": 3},
        ),
        "SALES_ABSENT": RuleTrace(
            "SALES_ABSENT", asked=False, clauses=(), declared="rules.SALES_ABSENT"
        ),
    },
    facts={
        "measuring_months": 18,
        "metrics_in_use": ["nps"],
        "motive": "competitors",
        "rhythm": "never",
    },
)

CARD = Scorecard(
    engagement=EngagementInfo(
        "Norrgård Energia Oy",
        dt.date(2026, 11, 21),
        fictional=True,
        profile="high_touch",
        modules=("extended",),
        as_of=dt.date(2027, 1, 2),
        labels={"unit": "north"},
    ),
    rubric=RubricInfo(
        "cx_phases",
        "1.0.0",
        text("Phases of customer experience", "Asiakaskokemuksen vaiheet"),
        "c83c14d757e1" + "0" * 52,
        pinned=True,
    ),
    provenance=Provenance(
        "0.1.0",
        "5f70" * 16,
        5,
        plugins=(PluginInfo("cxmaturity-energy", "1.2", "ab" * 32),),
        orphaned=("loop.gone",),
        not_counted=("loop.promoters",),
        undated_evidence=2,
        aged_evidence=("loop.weekly",),
    ),
    phase=PhaseCard(
        id="confusion",
        title=text("Confusion", "Hämmennys"),
        at_least="confusion",
        at_most="awakening",
        provisional=True,
        bounds=PhaseBounds("enthusiasm", "change"),
        gates=GATES,
        profile=PROFILE,
        behaviour="confusion",
    ),
    overall=OVERALL,
    index=IndexCard(48.051375, 42.5, 57.5),
    dimensions={card.id: card for card in DIMENSIONS},
    findings=FINDINGS,
    undetermined=(
        Undetermined(
            "VISION_LEAK",
            text("The vision leaks out", "Visio vuotaa"),
            ("fact.outsourced_share",),
            "blocker",
        ),
        Undetermined("NO_LIFECYCLE", {}, ("insight.blueprint",)),
    ),
    not_asked=("SALES_ABSENT",),
    recommendations=RECOMMENDATIONS,
    targets=TargetsCard(1, 0.666667),
    measures=(
        MeasureCard(
            "nps",
            text("Net Promoter Score", "Suositteluindeksi"),
            1204,
            value=-12.5,
            low=-17,
            high=-8,
            scale_ok=False,
            period="2026 Q3",
        ),
        MeasureCard("ces", text("Customer effort", "Asiakkaan vaiva"), 87, value=0.000001),
    ),
    trace=TRACE,
)
"""The example."""
