"""The keys that belong to a question's kind and to a combining method, checked and attached.

Kinds and methods come from the registry; none is known by name here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from cxmaturity.catalogue.draft import Draft
from cxmaturity.catalogue.model_errors import literal, nearest, problems_of
from cxmaturity.errors import Problem, Where
from cxmaturity.hookspecs import QuestionKind
from cxmaturity.model.rubric import Fact, Indicator, Node
from cxmaturity.text.messages import N_
from cxmaturity.text.toml_places import Path


def attach_settings(draft: Draft) -> Iterator[Problem]:
    """Attach the settings of every question and node; yields what is wrong with them."""
    for path, question in draft.questions():
        yield from _question(draft, path, question)
    for path, node in draft.nodes():
        yield from _node(draft, path, node)


def _question(draft: Draft, path: Path, question: Indicator | Fact) -> Iterator[Problem]:
    kind = draft.registry.kinds.get(question.kind)
    if kind is None:
        what = N_("there is no question kind '{name}'")
        yield _unknown(draft, what, question.kind, (*path, "kind"), draft.registry.kinds)
        return
    if kind.level is None and isinstance(question, Indicator):
        what = N_("a question of kind '{name}' gives no level")
        hint = N_("make it a fact, or choose another kind")
        yield draft.refuse("no_level", what, (*path, "kind"), hint, name=kind.name)
        return
    settings, problems = _checked(draft, path, question, kind.settings)
    yield from problems
    if settings is not None:
        question.with_settings(settings)
        yield from _faults(draft, path, question, kind)
        if isinstance(question, Indicator) and not kind.gives_levels(settings):
            what = N_("no answer to this question gives a level")
            hint = N_("say which level each answer gives, or make it a fact")
            yield draft.refuse("no_level", what, path, hint)


def _faults(
    draft: Draft, path: Path, question: Indicator | Fact, kind: QuestionKind
) -> Iterator[Problem]:
    """What the kind itself finds wrong; placed at its one key where it has only one."""
    written = list(question.model_extra or ())
    place = (*path, written[0]) if len(written) == 1 else path
    low, best = draft.scale_of(question)
    if low >= best:
        # That is said once where the scale is written.
        return
    for fault in kind.check(question.settings, (low, best)):
        yield draft.refuse("bad_settings", literal(fault), place)


def _node(draft: Draft, path: Path, node: Node) -> Iterator[Problem]:
    combiner = draft.registry.combiners.get(node.combine)
    if combiner is None:
        what = N_("unknown method {name}")
        yield _unknown(draft, what, node.combine, (*path, "combine"), draft.registry.combiners)
        return
    settings, problems = _checked(draft, path, node, combiner.settings)
    yield from problems
    if settings is not None:
        node.with_settings(settings)


def _checked(
    draft: Draft, path: Path, table: Indicator | Fact | Node, settings: type[BaseModel]
) -> tuple[BaseModel | None, list[Problem]]:
    written = table.model_extra or {}

    def place(below: Path) -> Where:
        return draft.origins.where((*path, *below))

    try:
        return settings.model_validate(written), []
    except ValidationError as error:
        keys = [field.alias or name for name, field in type(table).model_fields.items()]
        return None, problems_of(error, written, place, settings, keys)


def _unknown(draft: Draft, what: str, name: str, path: Path, known: Mapping[str, Any]) -> Problem:
    near = nearest(name, known) or ", ".join(known)
    hint = N_("known are {near}; a plugin may have to be installed")
    return draft.refuse("unknown_kind", what, path, hint, name=name, near=near)
