"""A rubric while it is checked: its tables, what is declared, and how a problem gets its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from cxmaturity.catalogue.model_errors import nearest
from cxmaturity.catalogue.origins import Origins
from cxmaturity.errors import Problem
from cxmaturity.hookspecs import Interval, Registry
from cxmaturity.model.rubric import Dimension, Fact, Indicator, Node, Rubric
from cxmaturity.text.messages import N_
from cxmaturity.text.toml_places import Path

OVERALL: Final = "overall"
_LISTED: Final = 12
"""So many names are listed in full where none is similar."""

_UNKNOWN: Final[Mapping[str, str]] = {
    "modules": N_("there is no module '{name}'"),
    "axes": N_("there is no group axis '{name}'"),
    "documents": N_("there is no document '{name}'"),
    "measures": N_("there is no measure '{name}'"),
    "facts": N_("there is no fact '{name}'"),
    "dimensions": N_("there is no dimension '{name}'"),
    "indicators": N_("there is no indicator '{name}'"),
    "scored": N_("there is no dimension or indicator '{name}'"),
    "rules": N_("there is no rule '{name}'"),
    "actions": N_("there is no action '{name}'"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """What the checks look at.

    ``data`` is the merged table as written; what did not fit its model is missing in ``rubric``
    but still counts as declared, so that one mistake is not reported twice.
    """

    rubric: Rubric
    registry: Registry
    data: Mapping[str, Any]
    origins: Origins

    def refuse(
        self, code: str, what: str, path: Path, hint: str = "", /, **values: object
    ) -> Problem:
        """A problem at a path of the rubric."""
        return Problem(code, what, self.origins.where(path), hint, values)

    def unknown(self, table: str, name: str, path: Path) -> Problem:
        """A reference to something that is not declared."""
        known = self.names(table)
        near = nearest(name, known)
        hint = N_("did you mean {near}?")
        if not near:
            near = ", ".join(sorted(known)) if len(known) <= _LISTED else ""
            hint = N_("known are {near}") if near else ""
        return self.refuse("unknown_name", _UNKNOWN[table], path, hint, name=name, near=near)

    def names(self, table: str) -> set[str]:
        """The names declared in a table.

        ``indicators`` are ``dimension.indicator``, ``facts`` are ``fact.id``, and ``scored`` are
        all dimensions and indicators.
        """
        if table == "scored":
            return self.names("dimensions") | self.names("indicators")
        if table == "indicators":
            return {
                f"{name}.{below}"
                for name, dimension in _table(self.data, "dimensions").items()
                for below in _table(dimension, "indicators")
            }
        prefix = "fact." if table == "facts" else ""
        return {f"{prefix}{name}" for name in _table(self.data, table)}

    def indicators(self) -> Iterator[tuple[Path, str, Indicator]]:
        """Every indicator with its path in the files and its name in rules."""
        for name, dimension in self.rubric.dimensions.items():
            for below, indicator in dimension.indicators.items():
                yield ("dimensions", name, "indicators", below), f"{name}.{below}", indicator

    def facts(self) -> Iterator[tuple[Path, str, Fact]]:
        """Every fact with its path in the files and its name in rules."""
        for name, fact in self.rubric.facts.items():
            yield ("facts", name), f"fact.{name}", fact

    def questions(self) -> Iterator[tuple[Path, Indicator | Fact]]:
        """Every indicator and fact with its path in the files."""
        yield from ((path, indicator) for path, _, indicator in self.indicators())
        yield from ((path, fact) for path, _, fact in self.facts())

    def nodes(self) -> Iterator[tuple[Path, Node]]:
        """Every dimension and the overall, with their paths in the files."""
        for name, dimension in self.rubric.dimensions.items():
            yield ("dimensions", name), dimension
        yield (OVERALL,), self.rubric.overall

    def elements(self) -> Iterator[tuple[Path, BaseModel]]:
        """Everything that has an id, with its path in the files."""
        for path, _, indicator in self.indicators():
            yield path, indicator
        for table in _TABLES:
            for name, element in getattr(self.rubric, table).items():
                yield (table, name), element

    def scale_of(self, question: Indicator | Fact) -> Interval:
        """The scale that a question's levels lie on."""
        own = question.scale if isinstance(question, Indicator) else None
        return own or self.rubric.scale

    def parts_of(self, dimension: str | None) -> list[tuple[str, Indicator | Dimension]]:
        """The parts of a dimension (None: of the overall) by their names in rules."""
        own = self.rubric.dimensions[dimension].indicators if dimension else {}
        below = [
            (name, child)
            for name, child in self.rubric.dimensions.items()
            if child.parent == dimension
        ]
        return [*((f"{dimension}.{name}", part) for name, part in own.items()), *below]

    def has_parts(self, dimension: str) -> bool:
        """Whether parts of a dimension are declared, even ones that did not fit their model."""
        dimensions = _table(self.data, "dimensions")
        return bool(_table(dimensions.get(dimension), "indicators")) or any(
            isinstance(table, Mapping) and table.get("parent") == dimension
            for table in dimensions.values()
        )


_TABLES: Final = (
    "dimensions",
    "facts",
    "phases",
    "profiles",
    "modules",
    "axes",
    "documents",
    "measures",
    "conditions",
    "rules",
    "actions",
)


def _table(data: object, key: str) -> Mapping[str, Any]:
    table = data.get(key) if isinstance(data, Mapping) else None
    return table if isinstance(table, Mapping) else {}
