"""The rubric: a model of maturity as its author writes it in TOML.

One model class per TOML table; the description of a field is its manual (``rubrics/FORMAT.md`` is
generated from it).  Tables are keyed by id so that ``extends`` merges them by id; the order of the
keys is the order of the rubric.

The keys of a question that belong to its *kind* (``levels`` of a ladder, ``options`` of a choice)
are not declared here: they arrive as extra keys (``model_extra``), are checked by the kind's own
settings model, and are attached with :meth:`Question.with_settings`.  The same holds for the
settings of a combining method (:meth:`Dimension.with_settings`).  So a plugin's kind or method is
written in TOML exactly like a built-in one.

Nothing here reads files, resolves references or compiles expressions.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, StringConstraints

from cxmaturity.model.exact import Micro
from cxmaturity.model.text import Text

FORMAT = 1
"""Version of the rubric format that this release reads and writes."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
RuleId = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9_]{0,39}$")]
Expression = Annotated[str, StringConstraints(min_length=1)]
Whole = Annotated[int, Field(strict=True)]
"""A whole number; true and false are not numbers."""
Path = str
"""``dimension.indicator``, ``fact.id``, a dimension id or ``overall``, as the field says."""

Grade = Literal["claimed", "documented", "demonstrated"]
GRADES: tuple[Grade, ...] = ("claimed", "documented", "demonstrated")
Severity = Literal["blocker", "risk", "note", "strength"]
SEVERITIES: tuple[Severity, ...] = ("blocker", "risk", "note", "strength")
Fill = Literal["skip", "zero", "full", "block"]
FillNotApplicable = Literal["skip", "zero", "full", "target"]
Reason = Literal["out_of_scope", "not_in_this_business", "other"]
REASONS: tuple[Reason, ...] = ("out_of_scope", "not_in_this_business", "other")
Horizon = Literal["30_days", "90_days", "6_months", "12_months"]
Scale = tuple[Micro, Micro]


class Table(BaseModel):
    """A TOML table: frozen, unknown keys are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Source(Table):
    """A citation: where in which document the element comes from."""

    doc: Id = Field(description="Id of a document declared under `documents`.")
    heading: str = Field(default="", description="Heading in that document.")
    entry: str = Field(default="", description="Entry of the catalogue of claims carried out.")


class Document(Table):
    """A document that the rubric cites."""

    title: Text = Field(description="Title of the document.")
    author: str = Field(default="", description="Author or publisher.")
    year: str = Field(default="", description="Year or years of publication.")
    url: str = Field(default="", description="Where it can be read.")


class Policies(Table):
    """What an answer without a level does to the score; inherited downwards."""

    unanswered: Fill | None = Field(
        default=None,
        description="Unanswered or too few: `skip` leaves the weight, `zero` counts the lowest and "
        "`full` the highest level the question can give, `block` leaves the node without a score.",
    )
    unknown: Fill | None = Field(
        default=None, description="Asked, and not known; values as for `unanswered`."
    )
    not_applicable: FillNotApplicable | None = Field(
        default=None,
        description="Not applicable: `skip`, `zero`, `full`, or `target` (the target level, "
        "without one `full`).",
    )


class Step(Table):
    """One step of a staircase: the last one that holds decides."""

    level: Micro = Field(description="The level this step gives.")
    above: Micro | None = Field(default=None, description="Holds when the value is greater.")
    from_: Micro | None = Field(
        default=None, alias="from", description="Holds when the value is this or greater."
    )


class Band(Table):
    """A named stretch of a node's score."""

    id: Id = Field(description="Name of the band in results.")
    title: Text = Field(description="Title shown.")
    from_: Micro | None = Field(
        default=None, alias="from", description="Lower end, the value itself included."
    )
    above: Micro | None = Field(default=None, description="Lower end, the value itself excluded.")


class Rounding(Table):
    """Rounding of a node's score, because published models round."""

    mode: Literal["half_up", "half_even", "floor", "truncate"] = Field(
        description="How to round; `floor` and `truncate` count a value within 0.00001 below a "
        "step as that step."
    )
    digits: Annotated[Whole, Field(ge=0, le=4)] = Field(
        default=0, description="Decimals kept, 0–4."
    )


class Question(Policies):
    """What every question has, whatever its kind; the kind's own keys stand beside these."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)

    kind: str = Field(
        description="Question kind: `ladder`, `choice`, `checks`, `yes_no`, `number`, `text` "
        "(facts only), or a plugin's."
    )
    title: Text = Field(description="Short name.")
    question: Text = Field(description="The question as it is asked, at most 160 characters.")
    why: Text | None = Field(default=None, description="Why it is asked.")
    guidance: Text | None = Field(default=None, description="How to rate or answer it.")
    sources: tuple[Source, ...] = Field(default=(), description="Citations.")
    ask_when: Expression | None = Field(
        default=None,
        description="Asked only when this holds; may read facts and indicator levels before caps.",
    )
    module: Id | None = Field(
        default=None, description="Part of the rubric only when the engagement lists this module."
    )

    _settings: Any = PrivateAttr(default=None)

    @property
    def settings(self) -> Any:  # noqa: ANN401 - the kind's own settings model
        """The kind's settings, an instance of the kind's settings model."""
        return self._settings

    def with_settings(self, settings: object) -> Self:
        """Attach the checked settings of the kind (once, by the reader)."""
        self._settings = settings
        return self


class Indicator(Question):
    """One assessable thing inside a dimension: a question whose answer gives a level."""

    evidence: Text | None = Field(default=None, description="What evidence to ask for.")
    weight: Micro = Field(default=1_000_000, description="Weight in its dimension, ≥ 0.")
    scale: Scale | None = Field(
        default=None, description="Own scale [low, best]; without it the rubric's."
    )
    stage: Whole | None = Field(default=None, description="Stage in a `staged` dimension, from 1.")
    needs: Micro | None = Field(
        default=None, description="Level that reaches its stage (in a `staged` dimension)."
    )
    then_needs: Micro | None = Field(
        default=None, description="Level needed once a later stage is judged; default `needs`."
    )
    tier: Whole | None = Field(default=None, description="Tier in a `tiers` dimension, from 1.")


class Fact(Question):
    """An unscored statement about the organisation that rules and texts use."""

    dimension: Id | None = Field(default=None, description="Dimension it is asked beside.")
    if_not_applicable: Any = Field(
        default=None, description="Value that stands in when the fact is not applicable."
    )


class Node(Policies):
    """What a dimension and the overall have in common: parts combined into a score."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)

    combine: str = Field(
        default="mean",
        description="Method: `mean`, `sum`, `share`, `min`, `max`, `staged`, `tiers`, or a "
        "plugin's. Settings of the method stand beside this key (`normalise`, `base`, `points`).",
    )
    scale: Scale | None = Field(
        default=None, description="Own scale [low, best]; without it what the method gives."
    )
    min_coverage: Micro | None = Field(
        default=None, description="Share that must be answered for a score, 0–1."
    )
    round: Rounding | None = Field(default=None, description="Rounding of the combined value.")
    steps: tuple[Step, ...] = Field(default=(), description="Staircase applied after combining.")
    curve: tuple[tuple[Micro, Micro], ...] = Field(
        default=(), description="Piecewise-linear curve [[x, level], …] applied after combining."
    )
    bands: tuple[Band, ...] = Field(default=(), description="Named stretches of the score.")

    _settings: Any = PrivateAttr(default=None)

    @property
    def settings(self) -> Any:  # noqa: ANN401 - the method's own settings model
        """The method's settings, an instance of the combiner's settings model."""
        return self._settings

    def with_settings(self, settings: object) -> Self:
        """Attach the checked settings of the method (once, by the reader)."""
        self._settings = settings
        return self


class Dimension(Node):
    """What is scored: a set of indicators and of dimensions that name it as their parent."""

    title: Text = Field(description="Name of the dimension.")
    summary: Text | None = Field(default=None, description="Why it stands apart, in a sentence.")
    anchors: tuple[Text, ...] = Field(
        default=(), description="Typical behaviour at each level, from the lowest."
    )
    parent: Id | None = Field(default=None, description="The dimension this one is part of.")
    weight: Micro | Literal["parts"] = Field(
        default=1_000_000,
        description="Weight in its parent; `parts`: the weight of its parts with a value, so that "
        "the parent's mean is the flat mean over all leaves.",
    )
    stage: Whole | None = Field(default=None, description="Stage in a `staged` parent, from 1.")
    needs: Micro | None = Field(default=None, description="Score that reaches its stage.")
    then_needs: Micro | None = Field(
        default=None, description="Score needed once a later stage is judged; default `needs`."
    )
    tier: Whole | None = Field(default=None, description="Tier in a `tiers` parent, from 1.")
    sources: tuple[Source, ...] = Field(default=(), description="Citations.")
    ask_when: Expression | None = Field(
        default=None, description="Its questions are asked only when this holds."
    )
    module: Id | None = Field(default=None, description="Module it belongs to.")
    indicators: dict[Id, Indicator] = Field(default={}, description="Its indicators by id.")


class Phase(Table):
    """One stage of the path, and the gate that must hold to be in it."""

    title: Text = Field(description="Name of the phase.")
    summary: Text | None = Field(default=None, description="What is typical of it.")
    gate: Expression = Field(description="Expression that must hold to be in the phase.")
    from_: Micro | None = Field(
        default=None,
        alias="from",
        description="Score from which a dimension's own behaviour counts as this phase; default "
        "the phase's number − 0.5.",
    )


class Condition(Table):
    """A named expression that rules and gates may share."""

    title: Text | None = Field(default=None, description="What it states.")
    when: Expression = Field(description="The expression.")
    sources: tuple[Source, ...] = Field(default=(), description="Citations.")


class Rule(Table):
    """`when` expression → finding (with a severity and a text), cap, or both."""

    when: Expression = Field(description="When the rule fires.")
    severity: Severity | None = Field(
        default=None, description="Makes it a finding: `blocker`, `risk`, `note`, `strength`."
    )
    title: Text | None = Field(default=None, description="The finding in a few words.")
    text: Text | None = Field(
        default=None,
        description="The finding as a sentence; may carry `{fact.x}`, `{dimension}` and "
        "`{dimension.indicator}`.",
    )
    dimension: Id | None = Field(default=None, description="Dimension it is told under.")
    cap: dict[Path, Micro] = Field(
        default={},
        description="Highest value while it fires: of an indicator, a dimension or `overall`.",
    )
    sources: tuple[Source, ...] = Field(default=(), description="Citations.")
    module: Id | None = Field(default=None, description="Module it belongs to.")


class Action(Table):
    """Something to do, and what the world is like when it is done."""

    title: Text = Field(description="Verb and object, in a few words.")
    text: Text | None = Field(default=None, description="Who does what by when.")
    dimension: Id | None = Field(default=None, description="Dimension it is told under.")
    owner: Text | None = Field(default=None, description="Who carries it.")
    horizon: Horizon = Field(description="When it should be done.")
    effort: Micro = Field(description="Person-days.")
    months: Micro = Field(default=0, description="Calendar months until it shows.")
    order: Whole = Field(default=100, description="Where among equals it is listed, lowest first.")
    raises: dict[Path, Micro] = Field(
        default={}, description="Indicators and the level they then have at least."
    )
    sets: dict[Path, Any] = Field(default={}, description="Facts and the value they then have.")
    adds: dict[Path, tuple[str, ...]] = Field(
        default={}, description="Facts of kind `checks` and the options then chosen as well."
    )
    evidence: dict[Path, Grade] = Field(
        default={}, description="Indicators and the evidence grade they then have at least."
    )
    when: Expression | None = Field(default=None, description="When it is worth recommending.")
    answers: tuple[RuleId, ...] = Field(default=(), description="Findings it answers.")
    needs: tuple[Id, ...] = Field(default=(), description="Actions that must be done before.")
    order_after: tuple[Id, ...] = Field(
        default=(), description="Actions that belong to an earlier wave; never blocks."
    )
    sources: tuple[Source, ...] = Field(default=(), description="Citations.")
    module: Id | None = Field(default=None, description="Module it belongs to.")


class Profile(Table):
    """A kind of organisation, and the weights that differ for it."""

    title: Text = Field(description="Name of the profile.")
    summary: Text | None = Field(default=None, description="For whom, and why it differs.")
    weights: dict[Path, Micro] = Field(
        default={}, description="Weights of dimensions or indicators that it replaces."
    )
    sources: tuple[Source, ...] = Field(default=(), description="Citations.")


class Module(Table):
    """An optional part of the rubric."""

    title: Text = Field(description="Name of the module.")
    summary: Text | None = Field(default=None, description="What it adds.")


class Place(Table):
    """A place on a group axis."""

    title: Text = Field(description="Name of the place.")


class Axis(Table):
    """A way to group respondents."""

    title: Text = Field(description="Name of the axis.")
    places: dict[Id, Place] = Field(default={}, description="Its places by id.")


class Measure(Table):
    """A figure from customer or employee data that rules read."""

    title: Text = Field(description="Name of the measure.")
    unit: str = Field(default="", description="Unit of its value.")
    range: Scale = Field(description="Lowest and highest possible value.")


class Minutes(Table):
    """How long an assessment takes, as measured by its authors."""

    gates: Whole = Field(description="Minutes for the gates-only path.")
    full: Whole = Field(description="Minutes for the whole rubric.")


class Rubric(Policies):
    """A whole rubric, after its files and its parent have been merged."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    format: Literal[1] = Field(description="Version of this format.")
    id: Id = Field(description="Id of the rubric; its folder has this name.")
    version: Annotated[str, StringConstraints(pattern=r"^\d+\.\d+\.\d+$")] = Field(
        description="Version, `major.minor.patch`."
    )
    title: Text = Field(description="Name of the rubric.")
    summary: Text | None = Field(default=None, description="What it is for.")
    guidance: tuple[Text, ...] = Field(default=(), description="Conventions for rating.")
    languages: tuple[str, ...] = Field(
        min_length=1, description="Languages every text must have; the first is the main one."
    )
    requires: tuple[str, ...] = Field(
        default=(), description="Plugins it needs, e.g. `cxmaturity-kind-allocation >= 1`."
    )
    scale: Scale = Field(default=(0, 4_000_000), description="Scale of levels [low, best].")
    phase_rule: Literal["highest", "cumulative"] = Field(
        default="highest",
        description="`highest`: the highest phase whose own gate holds; `cumulative`: the highest "
        "whose gate and every earlier one hold.",
    )
    min_coverage: Micro | None = Field(
        default=None, description="Share that must be answered for a score; by method without it."
    )
    aggregate_over: Id | None = Field(
        default=None, description="Group axis over which people are aggregated; default the first."
    )
    respondents: Literal["groups", "pooled"] = Field(
        default="groups", description="Mean over group means, or over all people."
    )
    average: Literal["mean", "median"] = Field(
        default="mean", description="Average within a group."
    )
    n_min: Annotated[Whole, Field(ge=3)] = Field(
        default=5, description="Fewest answers that may be shown, floor 3."
    )
    evidence_months: Whole | None = Field(
        default=None, description="Older evidence counts one grade lower."
    )
    evidence_ceilings: dict[Grade, Micro] = Field(
        default={}, description="Highest level each evidence grade supports."
    )
    minutes: Minutes | None = Field(default=None, description="Time an assessment takes.")
    overall: Node = Field(default=Node(), description="How the overall score is made.")
    phases: dict[Id, Phase] = Field(min_length=1, description="Phases in order, lowest first.")
    profiles: dict[Id, Profile] = Field(default={}, description="Profiles by id.")
    modules: dict[Id, Module] = Field(default={}, description="Optional modules by id.")
    axes: dict[Id, Axis] = Field(default={}, description="Group axes by id.")
    documents: dict[Id, Document] = Field(default={}, description="Documents cited, by id.")
    measures: dict[Id, Measure] = Field(default={}, description="Measures that rules read.")
    facts: dict[Id, Fact] = Field(default={}, description="Facts by id.")
    dimensions: dict[Id, Dimension] = Field(min_length=1, description="Dimensions by id.")
    conditions: dict[Id, Condition] = Field(default={}, description="Conditions by id.")
    rules: dict[RuleId, Rule] = Field(default={}, description="Rules by id.")
    actions: dict[Id, Action] = Field(default={}, description="Actions by id.")
