"""The options of `import` that say what MAP.toml says, put over the file; all faults at once."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from typing import Any, Final

from cxmaturity.errors import Problem, UsageError, Where
from cxmaturity.hookspecs import Measure
from cxmaturity.intake.mapping import GroupMap, Mapping, MeasureMap
from cxmaturity.intake.periods import read_period
from cxmaturity.text.messages import N_

_NO_PAIR: Final = N_("'{word}' is not {form}")


@dataclass(frozen=True, slots=True)
class Said:
    """What was said on the command line; None and empty: nothing."""

    layout: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    sheet: str | None = None
    code: str | None = None
    keep_unfinished: bool = False
    groups: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    weight: str | None = None
    period: str | None = None
    population: int | None = None
    problems: list[Problem] = field(default_factory=list)


def with_options(mapping: Mapping, said: Said, measures: Table[str, Measure]) -> Mapping:
    """The mapping with the options put over it; raises UsageError with everything that is off."""
    changed: dict[str, Any] = {
        name: value
        for name in ("layout", "encoding", "delimiter", "decimal", "sheet", "code")
        if (value := getattr(said, name)) is not None
    }
    if said.keep_unfinished:
        changed["keep_unfinished"] = True
    changed["groups"] = {**mapping.groups, **_groups(mapping, said)}
    changed["missing"] = {**mapping.missing, **_missing(said)}
    changed["measures"] = _measures(mapping, said, measures)
    if said.problems:
        raise UsageError(said.problems)
    return mapping.model_copy(update=changed)


def _groups(mapping: Mapping, said: Said) -> dict[str, GroupMap]:
    found = {}
    for axis, header in _pairs(said.groups, "AXIS=COLUMN", "--group", said.problems):
        before = mapping.groups.get(axis)
        new = GroupMap(column=header)
        found[axis] = before.model_copy(update={"column": header}) if before else new
    return found


def _missing(said: Said) -> dict[str, tuple[str, ...]]:
    pairs = _pairs(said.missing, "COLUMN=CODE[,CODE]", "--missing", said.problems)
    return {header: tuple(code.strip() for code in codes.split(",")) for header, codes in pairs}


def _measures(mapping: Mapping, said: Said, measures: Table[str, Measure]) -> dict[str, MeasureMap]:
    """Measures of the file and of the command line; period, weight and so on are for all."""
    columns: dict[str, dict[str, str]] = {
        name: dict(about.columns) for name, about in mapping.measures.items()
    }
    for key, header in _pairs(said.measures, "MEASURE=COLUMN", "--measure", said.problems):
        name, _dot, part = key.partition(".")
        if not part:
            part = _only_column(name, measures, said.problems)
        if part:
            columns.setdefault(name, {})[part] = header
    shared = _shared(said)
    if shared and not columns and not said.problems:
        what, hint = N_("no measure is asked for"), N_("name one, as in --measure nps=COLUMN")
        said.problems.append(Problem("no_measure", what, Where(), hint))
    found = {}
    for name, parts in columns.items():
        before = mapping.measures.get(name) or MeasureMap(columns=parts)
        found[name] = before.model_copy(update={**shared, "columns": parts})
    return found


def _shared(said: Said) -> dict[str, Any]:
    shared: dict[str, Any] = {}
    if said.weight is not None:
        shared["weight"] = said.weight
    if said.population is not None:
        shared["population"] = said.population
    if said.segments:
        shared["segments"] = said.segments
    if said.period is not None:
        try:
            shared["starts"], shared["ends"] = read_period(said.period)
        except UsageError as error:
            said.problems.extend(error.problems)
    return shared


def _only_column(name: str, measures: Table[str, Measure], problems: list[Problem]) -> str:
    """The name of a measure's column where it has just one; what is wrong is collected."""
    measure = measures.get(name)
    if measure is None:
        what, hint = N_("there is no measure '{name}'"), N_("one of {known}")
        values = {"name": name, "known": ", ".join(measures)}
        problems.append(Problem("unknown_measure", what, Where(key="--measure"), hint, values))
        return ""
    if len(measure.columns) == 1:
        return measure.columns[0]
    what = N_("'{name}' is computed from several columns: {columns}")
    hint = N_("give each: --measure {name}.{first}=COLUMN")
    values = {"name": name, "columns": ", ".join(measure.columns), "first": measure.columns[0]}
    problems.append(Problem("measure_columns", what, Where(key="--measure"), hint, values))
    return ""


def _pairs(
    words: Iterable[str], form: str, option: str, problems: list[Problem]
) -> list[tuple[str, str]]:
    """The words as pairs; a word that is none, or says a key again, is a problem."""
    found: dict[str, str] = {}
    for word in words:
        key, _equals, value = word.partition("=")
        key, value = key.strip(), value.strip()
        if not key or not value:
            values = {"word": word, "form": form}
            problems.append(Problem("no_pair", _NO_PAIR, Where(key=option), "", values))
        elif key in found:
            what, hint = N_("'{key}' is said twice"), N_("say it once")
            problems.append(Problem("said_twice", what, Where(key=option), hint, {"key": key}))
        else:
            found[key] = value
    return list(found.items())
