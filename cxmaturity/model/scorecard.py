"""The scorecard: everything that scoring returns, as plain values in a fixed order.

Numbers are numbers on the rubric's scale with at most six decimals (each is an exact count of
millionths, so ``to_micro`` gives the integer back).  What is missing is ``None`` and absent in
files.  Texts are bilingual; reasons are clauses with their values, worded by whoever shows them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from cxmaturity.model.rubric import Grade, Horizon, Severity

FORMAT = 1
"""Version of the scorecard format that this release writes."""

Number = int | float
Texts = Mapping[str, str]
Operand = bool | int | float | str | list[str]
"""A value in a clause: a truth, a number, an option or phase id, chosen option ids."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One statement of a gate or a rule, with the values that decide it.

    ``holds`` is None while undetermined; ``decides`` then names the open answers.  A clause that
    compares one value with a threshold has ``value`` and ``needs`` and, when it fails, ``by``.
    """

    text: str
    holds: bool | None = None
    values: Mapping[str, Operand] = field(default_factory=dict)
    value: Number | None = None
    sign: str | None = None
    needs: Number | None = None
    by: Number | None = None
    decides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CapCard:
    """A cap that fired; it binds when it made the final value."""

    rule: str
    limit: Number
    binds: bool


@dataclass(frozen=True, slots=True)
class GateCard:
    """A phase's gate: whether it holds, and its clauses."""

    phase: str
    title: Texts
    holds: bool | None = None
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class PhaseBounds:
    """Lowest and highest phase that open answers and facts still allow; None is not started."""

    low: str | None = None
    high: str | None = None


@dataclass(frozen=True, slots=True)
class PhaseCard:
    """Where the organisation is, by gates, and what its behaviour looks like."""

    title: Texts
    provisional: bool
    bounds: PhaseBounds
    gates: tuple[GateCard, ...]
    id: str | None = None
    """The phase attained; None: no gate holds, not started."""
    at_least: str | None = None
    at_most: str | None = None
    profile: Mapping[str, Number] | None = None
    """Share of answer weight at each level: ``not_started`` and the phases."""
    behaviour: str | None = None


Bound = Literal["at_most", "at_least", "about"]
"""What a figure is where a few people of one mind must not be told: the truth lies at or below, at
or above, or somewhere near it."""


@dataclass(frozen=True, slots=True)
class GroupCard:
    """What one group of respondents says; a figure that may not be shown is absent.

    ``hidden``: there are answers, too few of them to be shown, or their figure would give away
    another.  ``bound`` stands where a small group is of one mind at an end of the scale: ``score``
    is then only the bound.  ``spread`` is the standard deviation, ``agreement`` r_wg.
    """

    axis: str
    place: str
    n: int | None = None
    score: Number | None = None
    bound: Bound | None = None
    spread: Number | None = None
    agreement: Number | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class GapCard:
    """Largest difference between groups that may be shown, with its bootstrap interval."""

    value: Number
    high_place: str
    low_place: str
    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True, slots=True)
class PeopleCard:
    """What respondents say of one indicator, one dimension or the overall, as it may be shown.

    ``n`` is how many gave a level, ``score`` their published mean as they are aggregated, whatever
    the assessor rated.  ``agreement`` is Krippendorff's alpha (ordinal) over all of them.
    ``above_found`` is how much higher (or, negative, lower) people rate than the assessor.
    ``held_back``: the figures are those of an earlier publication, because fewer than ``n_min``
    have answered since.
    """

    n: int | None = None
    score: Number | None = None
    bound: Bound | None = None
    spread: Number | None = None
    agreement: Number | None = None
    gap: GapCard | None = None
    above_found: Number | None = None
    groups: tuple[GroupCard, ...] = ()
    shares: Mapping[str, Number] = field(default_factory=dict)
    """Share of people who chose each option, 0 to 1; only where at least 10 answered."""
    held_back: bool = False


@dataclass(frozen=True, slots=True)
class AxisInfo:
    """A group axis with the titles of its places (by path, parents before their parts)."""

    id: str
    title: Texts
    places: Mapping[str, Texts]


@dataclass(frozen=True, slots=True)
class AttributedCard:
    """One respondent who agreed, on record, to be shown by name.

    ``levels`` by indicator, ``scores`` the means of dimensions and ``overall``.
    """

    code: str
    places: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, Number] = field(default_factory=dict)
    scores: Mapping[str, Number] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PeopleInfo:
    """The respondents as a whole.

    ``publication`` is the number of this publication in the ledger, None in a working view.
    ``held_back`` counts the indicators whose figures repeat an earlier publication.
    """

    n: int | None
    n_min: int
    axes: tuple[AxisInfo, ...] = ()
    aggregate_over: str | None = None
    pooled: bool = False
    median: bool = False
    publication: int | None = None
    held_back: int = 0
    attributed: tuple[AttributedCard, ...] = ()
    """The only people who are shown one by one: with their consent."""


@dataclass(frozen=True, slots=True)
class IndicatorCard:
    """One indicator: its level after caps (``level``) and before (``raw``)."""

    id: str
    title: Texts
    state: Literal[
        "answered", "unanswered", "unknown", "not_applicable", "not_asked", "too_few", "failed"
    ]
    """``failed``: the plugin that reads the answer failed; what depends on it is not scored."""
    weight: Number
    grade: Grade
    coverage: Number
    level: Number | None = None
    raw: Number | None = None
    evidenced: Number | None = None
    low: Number | None = None
    high: Number | None = None
    reason: str | None = None
    source: Literal["assessor", "respondents"] | None = None
    target: Number | None = None
    gap: Number | None = None
    provisional: bool = False
    caps: tuple[CapCard, ...] = ()
    bound: Bound | None = None
    people: PeopleCard | None = None


@dataclass(frozen=True, slots=True)
class DimensionCard:
    """One dimension, or the overall (id ``overall``, no indicators)."""

    id: str
    title: Texts
    scale: tuple[Number, Number]
    coverage: Number
    not_applicable: Number
    state: Literal["scored", "no_score", "not_applicable", "failed"]
    weight: Number | None = None
    parent: str | None = None
    score: Number | None = None
    raw: Number | None = None
    evidenced: Number | None = None
    low: Number | None = None
    high: Number | None = None
    provisional: bool = False
    bound: Bound | None = None
    phase: str | None = None
    """Phase its own score behaves like."""
    band: str | None = None
    target: Number | None = None
    gap: Number | None = None
    progress: Number | None = None
    profile: Mapping[str, Number] | None = None
    caps: tuple[CapCard, ...] = ()
    people: PeopleCard | None = None
    indicators: tuple[IndicatorCard, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexCard:
    """The overall on 0–100; never shown without phase and coverage."""

    value: Number | None = None
    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A source of a finding."""

    doc: str
    title: Texts
    heading: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that fired, in words, with the clauses that made it true."""

    id: str
    severity: Severity
    title: Texts
    text: Texts
    because: tuple[Clause, ...]
    dimension: str | None = None
    sources: tuple[Citation, ...] = ()
    plugin: str | None = None


@dataclass(frozen=True, slots=True)
class Undetermined:
    """A rule that open answers leave undecided, and the answers that would decide it."""

    rule: str
    title: Texts
    needs: tuple[str, ...]
    severity: Severity | None = None


@dataclass(frozen=True, slots=True)
class Because:
    """Why an action is recommended or waits: a gate's clause, a finding, or an earlier action."""

    kind: Literal["gate", "finding", "action"]
    id: str
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Recommendation:
    """An action worth doing now, or waiting for what must come before."""

    action: str
    title: Texts
    text: Texts
    horizon: Horizon
    effort: Number
    months: Number
    because: tuple[Because, ...]
    waits_for: tuple[str, ...] = ()
    dimension: str | None = None
    owner: Texts | None = None


@dataclass(frozen=True, slots=True)
class PartTrace:
    """One part of a node: its value on its own scale, and as it was counted (converted).

    ``value`` is None where the part has none and no policy fills it; ``filled`` names the state
    that a policy filled.  ``applies`` is false for what does not apply.
    """

    id: str
    weight: Number
    applies: bool
    value: Number | None = None
    counted: Number | None = None
    filled: str | None = None
    points: tuple[Number, Number] | None = None


@dataclass(frozen=True, slots=True)
class NodeTrace:
    """A dimension or the overall: parts, method, value before shaping, before and after caps."""

    id: str
    method: str
    scale: tuple[Number, Number]
    coverage: Number
    min_coverage: Number
    parts: tuple[PartTrace, ...]
    declared: str
    settings: Mapping[str, Any] | None = None
    shape: str | None = None
    """``steps``, ``curve`` or ``round`` where the combined value was shaped."""
    combined: Number | None = None
    raw: Number | None = None
    caps: tuple[CapCard, ...] = ()
    value: Number | None = None
    rounded: bool = False
    """Rests on respondents: shown with one decimal, made from exact parts that are not shown."""
    bound: Bound | None = None


@dataclass(frozen=True, slots=True)
class LeafTrace:
    """An indicator: the answer, its level, the caps on it."""

    id: str
    state: str
    declared: str
    answer: Any = None
    raw: Number | None = None
    caps: tuple[CapCard, ...] = ()
    value: Number | None = None
    grade: str = "claimed"
    ceiling: Number | None = None
    evidenced: Number | None = None
    rounded: bool = False
    """What respondents say, with one decimal; who said it ends at the groups that may be shown."""
    bound: Bound | None = None


@dataclass(frozen=True, slots=True)
class RuleTrace:
    """A rule: whether it fired, its clauses with their values, what it caps."""

    id: str
    asked: bool
    clauses: tuple[Clause, ...]
    declared: str
    holds: bool | None = None
    caps: Mapping[str, Number] | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """Every number of a scorecard, from the answers up."""

    indicators: Mapping[str, LeafTrace]
    nodes: Mapping[str, NodeTrace]
    rules: Mapping[str, RuleTrace]
    facts: Mapping[str, Any]
    """Every fact's value as answered; absent where it was not."""


@dataclass(frozen=True, slots=True)
class TargetsCard:
    """How far the indicators with a target are: percent of what was wanted."""

    indicators: int
    percent: Number | None = None


@dataclass(frozen=True, slots=True)
class SegmentCard:
    """A measure in one segment of the answers."""

    column: str
    value: str
    n: int
    figure: Number
    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True, slots=True)
class WaveCard:
    """A measure in one period, as it is drawn in a trend."""

    period: str
    n: int
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True, slots=True)
class MeasureCard:
    """A figure from customer or employee data: its latest wave, and the waves before it.

    ``value`` is absent where the data are not on the scale of the definition (``scale_ok``).
    ``change`` is the difference to the wave before, with its ``z`` where both have a deviation;
    ``change_is_real`` says whether z leaves chance behind (95 %).  ``waves_flat`` counts the latest
    waves in a row without a real change.
    """

    id: str
    title: Texts
    n: int
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    unit: str = ""
    definition: Texts = field(default_factory=dict)
    better: Literal["higher", "lower"] = "higher"
    scale_ok: bool = True
    found: str = ""
    """The scale that was found, where it is not the defined one."""
    weighted: bool = False
    missing: int = 0
    population: int | None = None
    period: str = ""
    file: str = ""
    change: Number | None = None
    z: Number | None = None
    change_is_real: bool | None = None
    waves_flat: int | None = None
    waves: tuple[WaveCard, ...] = ()
    segments: tuple[SegmentCard, ...] = ()


@dataclass(frozen=True, slots=True)
class EngagementInfo:
    """Whose scorecard this is."""

    organisation: str
    date: dt.date | None = None
    fictional: bool = False
    profile: str | None = None
    modules: tuple[str, ...] = ()
    as_of: dt.date | None = None
    """Set when another date than the engagement's was scored."""
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RubricInfo:
    """The rubric that judged."""

    id: str
    version: str
    title: Texts
    sha256: str = ""
    pinned: bool = False


@dataclass(frozen=True, slots=True)
class PluginInfo:
    """A plugin that took part."""

    distribution: str
    version: str
    digest: str = ""
    failed: str | None = None
    """Why what depends on it is not scored; absent when it did not fail."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the result rests on, so that it can be made again to the last byte."""

    engine: str
    inputs_sha256: str
    n_min: int
    rounding: str = "millionths, half up"
    plugins: tuple[PluginInfo, ...] = ()
    orphaned: tuple[str, ...] = ()
    """Answers to what the rubric does not have; kept, not scored."""
    not_counted: tuple[str, ...] = ()
    """Answers given to questions that are not asked; kept, not scored."""
    undated_evidence: int = 0
    aged_evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Everything that scoring returns."""

    engagement: EngagementInfo
    rubric: RubricInfo
    provenance: Provenance
    phase: PhaseCard
    overall: DimensionCard
    index: IndexCard
    dimensions: Mapping[str, DimensionCard]
    findings: tuple[Finding, ...] = ()
    undetermined: tuple[Undetermined, ...] = ()
    not_asked: tuple[str, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    targets: TargetsCard | None = None
    people: PeopleInfo | None = None
    measures: tuple[MeasureCard, ...] = ()
    trace: Trace | None = None
    """How every number came about; absent when not asked for."""
    format: int = FORMAT
