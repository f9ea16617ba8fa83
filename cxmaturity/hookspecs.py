"""THE PLUGIN AUTHOR'S PAGE: ten hooks, and the records they return.

A plugin is a module with functions marked ``@hookimpl``; each returns records.  A record is frozen,
has a ``name`` and a ``summary``, and holds pure functions.  The built-in kinds, methods and formats
are such records too; nothing in the engine knows them by name.  All scores and quantities are
integers in millionths (2.5 is 2_500_000), so that results are exact.

The smallest plugin, ``acme.py``::

    from cxmaturity import hookimpl
    from cxmaturity.hookspecs import Function

    @hookimpl
    def cxm_functions():
        return [Function("half", "half of a number", 1, lambda x: x // 2,
                         lambda span: (span[0] // 2, span[1] // 2))]

To try it put the file in a folder, with the line ``CXMATURITY_API = 1``, and start the command with
``--plugins-dir FOLDER``.  To ship it add two entry points to a package (``cxmaturity plugin new``
writes such a package)::

    [project.entry-points.cxmaturity]
    acme = "acme"
    [project.entry-points."cxmaturity.api"]
    acme = "v1"

If it breaks: a plugin that fails to load, or raises in a hook, is named once with the reason and
the run goes on without it; a kind, method or function that fails while scoring leaves what depends
on it "not scored".  ``--no-plugins`` runs without any, ``--strict-plugins`` stops at the first
failure.  Plugins run with all rights of the user: install only what you trust.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal

import pluggy
from pydantic import BaseModel, ConfigDict

from cxmaturity.model.rubric import Rubric, Severity
from cxmaturity.model.scorecard import Scorecard

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.int64]
    Mask = NDArray[np.bool_]

hookspec = pluggy.HookspecMarker("cxmaturity")
hookimpl = pluggy.HookimplMarker("cxmaturity")
"""Marks a function of a plugin as the implementation of the hook of its name."""

Interval = tuple[int, int]
"""Lowest and highest value, both in millionths."""


class Settings(BaseModel):
    """The keys that belong to a kind or a method; unknown ones are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class NoSettings(Settings):
    """A kind or a method without keys of its own."""


@dataclass(frozen=True, slots=True)
class Domain:
    """What a question can be answered with, as rules and bounds see it.

    ``type``: ``number`` (an interval in millionths), ``truth``, ``option`` (one of ``options``),
    ``options`` (a set of them), ``text``.  ``finite`` lists every answer that matters, as raw
    values, or is empty where they cannot be listed.
    """

    type: Literal["number", "truth", "option", "options", "text"]
    range: Interval = (0, 0)
    unit: str = ""
    options: tuple[str, ...] = ()
    finite: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """A way of asking: how a raw answer is read and which level it gives.

    ``read(settings, scale, raw)`` returns the canonical answer or raises ValueError with a
    sentence that says what is allowed.  ``level(settings, scale, answer)`` returns millionths, or
    None for an answer that leaves the weight.  ``levels(settings, scale)`` is the interval of
    levels the question can give.  ``domain(settings, scale)`` says what facts of this kind are to
    rules.  ``check(settings, scale)`` lists what is wrong with the settings, in plain sentences.
    ``options(settings)`` gives the options' ids and texts in order, for asking.
    ``gives_levels(settings)``: whether any answer gives a level, which an indicator needs.
    ``widget`` hints how to ask: ``scale``, ``one``, ``many``, ``number``, ``line``.
    """

    name: str
    summary: str
    settings: type[BaseModel]
    read: Callable[[Any, Interval, object], object]
    level: Callable[[Any, Interval, Any], int | None] | None
    levels: Callable[[Any, Interval], Interval]
    domain: Callable[[Any, Interval], Domain]
    check: Callable[[Any, Interval], Sequence[str]] = lambda _settings, _scale: ()
    options: Callable[[Any], Sequence[tuple[str, Mapping[str, str]]]] = lambda _settings: ()
    widget: Literal["scale", "one", "many", "number", "line"] = "line"
    unscored: Callable[[Any], bool] = lambda _settings: False
    gives_levels: Callable[[Any], bool] = lambda _settings: True


@dataclass(frozen=True, slots=True)
class Part:
    """What a combining method may know of one part, the same in every world."""

    id: str
    scale: Interval
    stage: int | None = None
    needs: int | None = None
    then_needs: int | None = None
    tier: int | None = None
    points_per_millionth: int = 1
    """How many of the points that it hands on make one millionth."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of one node, its own scale, and the settings of its method."""

    parts: tuple[Part, ...]
    scale: Interval
    settings: Any = None
    weights_per_one: int = 1
    """How many units of the integer weights make a weight of 1 (methods that count points)."""


Points = tuple[int, int]
"""Points earned and points possible, in parts of a millionth (times weights)."""


@dataclass(frozen=True, slots=True)
class PartColumns:
    """What ``scalar`` gets of a node's parts, for many worlds at once: one entry a part.

    A column or mask has one element a world, or a single one where all worlds agree.  ``values``
    and ``points`` are 0 where ``has`` is false.  A weight is a plain integer where it is the same
    in all worlds.  ``valued_weight`` is the sum of the weights of the parts with a value, in any
    integer type.  ``points`` is empty unless the method counts points.
    """

    values: Sequence[Column]
    has: Sequence[Mask]
    weights: Sequence[int | Column]
    applies: Sequence[Mask]
    valued_weight: NDArray[Any]
    points: Sequence[tuple[Column, Column]] = ()


def _own_scale(parts: Parts, _weights: Sequence[int], _ranges: Sequence[Interval]) -> Interval:
    return parts.scale


def _default_scale(_parts: Parts, _weights: Sequence[int], default: Interval) -> Interval:
    return default


@dataclass(frozen=True, slots=True)
class Combiner:
    """A method that makes one value of a node's parts.

    ``scalar(parts, values, weights, applies)`` gets one entry a part in the order of
    ``parts.parts``: the value (None where it has none), the integer weight, and whether the part
    applies at all.  It returns the node's value, or None for no score; all-None never arrives.

    A method that counts points has ``points(parts, values, points, weights)`` → what the node
    hands on, and ``of_points(parts, points)`` → its value, instead of ``scalar``.  A part's points
    are what it hands on itself, else its value and the best of its scale.

    ``columns(parts, given)`` is ``scalar`` for many worlds at once, over the NumPy columns of
    :class:`PartColumns`: it returns the column of values and the mask of worlds that have one.
    ``point_columns(parts, given)`` is ``points`` (columns earned and possible), and
    ``of_point_columns(parts, earned, possible)`` is ``of_points``.  Without a column form the
    scalar one is called world by world; both must agree to the last bit.  What a column form gives
    for worlds in which no part has a value does not matter.

    ``takes_points``: a part that hands on points is counted by them, not by its value.
    ``converts``: parts are converted linearly to the node's scale first (a method with a setting
    ``normalise`` obeys it).  ``monotone``: a higher part never gives a lower value.
    ``min_coverage`` is the method's default.  ``scale(parts, weights, default)`` is the node's
    scale when it declares none.  ``range(parts, weights, ranges)`` bounds its value from its parts'
    (with ``takes_points``: from the share of possible points that they earn, in millionths), and
    ``size`` the largest integer met on the way (with ``takes_points``: from their points), so that
    no world can overflow 64 bits.  ``check(parts)`` lists faults in plain sentences.
    """

    name: str
    summary: str
    settings: type[BaseModel] = NoSettings
    scalar: (
        Callable[[Parts, Sequence[int | None], Sequence[int], Sequence[bool]], int | None] | None
    ) = None
    points: (
        Callable[[Parts, Sequence[int | None], Sequence[Points | None], Sequence[int]], Points]
        | None
    ) = None
    of_points: Callable[[Parts, Points], int | None] | None = None
    columns: Callable[[Parts, PartColumns], tuple[Column, Mask]] | None = None
    point_columns: Callable[[Parts, PartColumns], tuple[Column, Column]] | None = None
    of_point_columns: Callable[[Parts, Column, Column], tuple[Column, Mask]] | None = None
    takes_points: bool = False
    converts: bool = False
    monotone: bool = False
    min_coverage: int = 600_000
    scale: Callable[[Parts, Sequence[int], Interval], Interval] = _default_scale
    range: Callable[[Parts, Sequence[int], Sequence[Interval]], Interval] = _own_scale
    size: Callable[[Parts, Sequence[int], Sequence[Interval]], int] = (
        lambda _parts, _weights, _ranges: 0
    )
    check: Callable[[Parts], Sequence[str]] = lambda _parts: ()


@dataclass(frozen=True, slots=True)
class Function:
    """A function that rules may call on numbers.

    ``scalar(*arguments)`` takes and returns millionths (None: missing); a missing argument makes
    the result missing without a call.  ``range(*intervals)`` is the interval the result lies in.
    ``columns(*arguments)`` is the same for NumPy columns; where an argument is missing its column
    holds any integer, and what comes out there does not matter.
    """

    name: str
    summary: str
    arguments: int
    scalar: Callable[..., int | None]
    range: Callable[..., Interval]
    columns: Callable[..., Column] | None = None
    monotone: bool = False


@dataclass(frozen=True, slots=True)
class Registry:
    """What the engine is given: every kind, method and function by name."""

    kinds: Mapping[str, QuestionKind]
    combiners: Mapping[str, Combiner]
    functions: Mapping[str, Function] = field(default_factory=dict)


# what does not touch a score --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RubricPack:
    """A rubric in a folder: data only.  ``name`` is the rubric's id, the folder's name too."""

    name: str
    summary: str
    folder: Path


@dataclass(frozen=True, slots=True)
class MeasureValue:
    """A measure computed from data: its value, how many answers it rests on, its 95 % interval.

    ``deviation`` is the standard deviation of one answer in the value's unit; two waves are
    compared by it.  ``scale_ok`` is False when the data are on another scale than the definition
    asks for: there is then no value, and ``found`` says which scale was seen.
    """

    value: int | None
    n: int
    low: int | None = None
    high: int | None = None
    deviation: int | None = None
    scale_ok: bool = True
    found: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure from customer or employee data, with its definition in words.

    ``compute(columns, weights)`` gets the columns that ``columns`` names, each a list of numbers
    in millionths with None where nobody answered, and a weight a row (or None for equal weights);
    it returns a :class:`MeasureValue`, or None when there are no data.  ``better`` says which
    direction is good.
    """

    name: str
    summary: str
    definition: Mapping[str, str]
    columns: tuple[str, ...]
    compute: Callable[
        [Mapping[str, Sequence[int | None]], Sequence[int] | None], MeasureValue | None
    ]
    range: Interval = (0, 0)
    unit: str = ""
    better: Literal["higher", "lower"] = "higher"
    title: Mapping[str, str] = field(default_factory=dict)
    """Its name in both languages; without one it is called by its id."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as a reader found them: text by column, ``None`` where a cell is empty."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What a reader did: rows read and used, what was dropped and why, what it assumed."""

    rows_read: int
    rows_used: int
    dropped: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """A file of another tool.

    ``sniff(head)`` says from 0 to 1 how sure it is to know the layout; ``read(stream, options)``
    returns the table and a report, or raises ValueError with row and column of what cannot be read.
    """

    name: str
    summary: str
    sniff: Callable[[bytes], float]
    read: Callable[[BinaryIO, Mapping[str, str]], tuple[Table, ReadReport]]


@dataclass(frozen=True, slots=True)
class RubricProblem:
    """What a house rule finds: ``key`` is the dotted path of the element."""

    code: str
    key: str
    what: Mapping[str, str]
    severity: Literal["error", "warning"] = "warning"


@dataclass(frozen=True, slots=True)
class RubricCheck:
    """A company's own rule for rubrics, run by ``cxmaturity rubric check``."""

    name: str
    summary: str
    check: Callable[[Rubric], Iterable[RubricProblem]]


@dataclass(frozen=True, slots=True)
class Advice:
    """A remark of an advisor; it is shown with the plugin's name and changes no score."""

    id: str
    severity: Severity
    title: Mapping[str, str]
    text: Mapping[str, str]
    dimension: str | None = None


@dataclass(frozen=True, slots=True)
class Advisor:
    """Remarks on a scorecard; used when the engagement names it (``advisors``)."""

    name: str
    summary: str
    advise: Callable[[Scorecard], Iterable[Advice]]


@dataclass(frozen=True, slots=True)
class Exporter:
    """A format: its name on the command line, its file ending, and how a scorecard is written.

    ``write(card, options)`` returns the bytes of the file; ``options.language`` is ``en`` or
    ``fi``.  The same scorecard gives the same bytes.
    """

    name: str
    suffix: str
    media_type: str
    write: Callable[[Scorecard, Any], bytes]
    summary: str = ""


@dataclass(frozen=True, slots=True)
class PluginCommand:
    """A command of the command line: ``command`` is a Click command.

    It is listed by its entry point in the group ``cxmaturity.commands`` without importing the
    plugin, and loaded when it is called.
    """

    name: str
    summary: str
    command: Any


# the hooks --------------------------------------------------------------------------------------


@hookspec
def cxm_rubrics() -> Iterable[RubricPack]:
    """Rubrics: sector packs, a company's own model.  Called when rubrics are listed or looked up.

    ::

        @hookimpl
        def cxm_rubrics():
            folder = Path(__file__).parent / "rubrics" / "acme_stores"
            return [RubricPack("acme_stores", "stores of Acme", folder)]
    """
    return ()


@hookspec
def cxm_question_kinds() -> Iterable[QuestionKind]:
    """New ways of asking.  Called when a rubric is loaded that `requires` the plugin.

    If ``read`` or ``level`` fails while scoring, the indicator's dimension is not scored.  ::

        @hookimpl
        def cxm_question_kinds():
            return [QuestionKind("stars", "one to five stars", NoSettings, read=read_stars,
                                 level=level_of_stars, levels=lambda s, scale: scale,
                                 domain=lambda s, scale: Domain("number", scale), widget="number")]
    """
    return ()


@hookspec
def cxm_combiners() -> Iterable[Combiner]:
    """Scoring methods.  Called when a rubric is loaded that `requires` the plugin.

    If the method fails while scoring, its dimension has no score.  ::

        @hookimpl
        def cxm_combiners():
            return [Combiner("second_best", "second strongest part", scalar=second_best,
                             converts=True, monotone=True)]
    """
    return ()


@hookspec
def cxm_functions() -> Iterable[Function]:
    """Functions in `when`.  Called when a rubric is loaded that `requires` the plugin.

    If the function fails, its value is missing.  ::

        @hookimpl
        def cxm_functions():
            return [Function("square", "a number times itself", 1,
                             lambda x: x * x // 1_000_000, lambda a: (0, a[1] * a[1] // 1_000_000))]
    """
    return ()


@hookspec
def cxm_measures() -> Iterable[Measure]:
    """A company's own figures from data.  Called when data are imported or measures listed.

    ::

        @hookimpl
        def cxm_measures():
            return [Measure("smile", "share of smiles", {"en": "smiles per visit"}, ("smile",),
                            compute=share_of_smiles, range=(0, 1_000_000))]
    """
    return ()


@hookspec
def cxm_readers() -> Iterable[Reader]:
    """Files of other tools.  Called when a file is to be read.

    ::

        @hookimpl
        def cxm_readers():
            return [Reader("acme_crm", "export of the Acme CRM", sniff=is_acme, read=read_acme)]
    """
    return ()


@hookspec
def cxm_rubric_checks() -> Iterable[RubricCheck]:
    """House rules for rubrics.  Called by ``cxmaturity rubric check``.

    ::

        @hookimpl
        def cxm_rubric_checks():
            return [RubricCheck("sources", "every rule cites a source", check=rules_without_source)]
    """
    return ()


@hookspec
def cxm_advisors() -> Iterable[Advisor]:
    """Remarks on a scorecard.  Called when an engagement that names the advisor is scored.

    ::

        @hookimpl
        def cxm_advisors():
            return [Advisor("second_look", "asks for a second look", advise=second_look)]
    """
    return ()


@hookspec
def cxm_exporters() -> Iterable[Exporter]:
    """File formats.  Called when a format is asked for that is not built in, or formats are listed.

    ::

        @hookimpl
        def cxm_exporters():
            return [Exporter("names", ".txt", "text/plain",
                             lambda card, options: " ".join(card.dimensions).encode())]
    """
    return ()


@hookspec
def cxm_commands() -> Iterable[PluginCommand]:
    """Commands.  Called when one of the plugin's commands is used.

    ::

        @hookimpl
        def cxm_commands():
            return [PluginCommand("hello", "says hello", click.Command("hello", callback=hello))]
    """
    return ()


RECORDS: Mapping[str, type] = {
    "cxm_rubrics": RubricPack,
    "cxm_question_kinds": QuestionKind,
    "cxm_combiners": Combiner,
    "cxm_functions": Function,
    "cxm_measures": Measure,
    "cxm_readers": Reader,
    "cxm_rubric_checks": RubricCheck,
    "cxm_advisors": Advisor,
    "cxm_exporters": Exporter,
    "cxm_commands": PluginCommand,
}
"""What each hook returns."""
