"""Whatever a rubric names must be there, and be of the kind that the place needs.

Names inside expressions are checked where expressions are compiled; here are those that stand in
keys of their own: sources, modules, parents, caps, what actions answer, raise and set.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from cxmaturity.catalogue.draft import OVERALL, Draft
from cxmaturity.errors import Problem
from cxmaturity.model.exact import decimal_text
from cxmaturity.model.rubric import Action, Fact, Indicator, Rule
from cxmaturity.text.messages import N_
from cxmaturity.text.toml_places import Path

Reference = tuple[Path, str, str]
"""Where a name is written, the table it must be in, and the name."""

_NAMING: Final = {"module": "modules", "dimension": "dimensions", "parent": "dimensions"}
"""Keys that name one thing, and the table it is in."""
_PLACEHOLDER: Final = re.compile(r"\{([^{}]*)\}")


def check_references(draft: Draft) -> Iterator[Problem]:
    """Every name that is not declared."""
    known: dict[str, set[str]] = {}
    for path, table, name in _references(draft):
        if table not in known:
            known[table] = draft.names(table)
        if name not in known[table]:
            yield draft.unknown(table, name, path)


def check_cycles(draft: Draft) -> Iterator[Problem]:
    """Dimensions that contain themselves, and actions that wait for themselves."""
    parents = {
        name: [table.parent] if table.parent else []
        for name, table in draft.rubric.dimensions.items()
    }
    what = N_("dimensions contain each other in a circle: {path}")
    yield from _cycles(draft, parents, "dimensions", "parent", what)
    before = {
        name: [*table.needs, *table.order_after] for name, table in draft.rubric.actions.items()
    }
    what = N_("actions wait for each other in a circle: {path}")
    yield from _cycles(draft, before, "actions", "needs", what)


def check_rules(draft: Draft) -> Iterator[Problem]:
    """Rules without effect, findings without words, and caps outside an indicator's scale."""
    indicators = {name: indicator for _, name, indicator in draft.indicators()}
    for name, rule in draft.rubric.rules.items():
        path: Path = ("rules", name)
        if rule.severity is None and not rule.cap:
            what = N_("the rule does nothing")
            yield draft.refuse("no_effect", what, path, N_("give it a severity, a cap, or both"))
        if rule.severity is not None and rule.text is None:
            what = N_("the finding has no text")
            yield draft.refuse("missing_key", what, path, N_("add text = …"))
        for target, level in rule.cap.items():
            if target in indicators:
                place = (*path, "cap", target)
                yield from _off_scale(draft, indicators[target], level, place)


def check_actions(draft: Draft) -> Iterator[Problem]:
    """What actions answer, raise and set, as far as it is declared."""
    indicators = {name: indicator for _, name, indicator in draft.indicators()}
    facts = {name: fact for _, name, fact in draft.facts()}
    for name, action in draft.rubric.actions.items():
        path: Path = ("actions", name)
        yield from _answers(draft, action, path)
        for target, level in action.raises.items():
            if target in indicators:
                place = (*path, "raises", target)
                yield from _off_scale(draft, indicators[target], level, place)
        for target, value in action.sets.items():
            if target in facts:
                yield from check_value(draft, facts[target], value, (*path, "sets", target))
        for target, options in action.adds.items():
            if target in facts:
                yield from _added(draft, facts[target], options, (*path, "adds", target))


def check_fallbacks(draft: Draft) -> Iterator[Problem]:
    """Values that stand in for a fact that is not applicable."""
    for path, _, fact in draft.facts():
        if fact.if_not_applicable is not None:
            value = fact.if_not_applicable
            yield from check_value(draft, fact, value, (*path, "if_not_applicable"))


def check_value(draft: Draft, fact: Fact, value: object, path: Path) -> Iterator[Problem]:
    """Whether a fact's kind can read a value."""
    kind = draft.registry.kinds.get(fact.kind)
    if kind is None or fact.settings is None:
        return
    try:
        kind.read(fact.settings, draft.scale_of(fact), value)
    except ValueError as error:
        what, hint = N_("the fact cannot have this value"), N_("it needs: {needed}")
        yield draft.refuse("bad_value", what, path, hint, needed=str(error))


# references ---------------------------------------------------------------------------------------


def _references(draft: Draft) -> Iterator[Reference]:
    rubric = draft.rubric
    if rubric.aggregate_over:
        yield ("aggregate_over",), "axes", rubric.aggregate_over
    for path, element in draft.elements():
        keys = vars(element)
        for index, source in enumerate(keys.get("sources", ())):
            yield (*path, "sources", index, "doc"), "documents", source.doc
        for key, table in _NAMING.items():
            name = keys.get(key)
            if name is not None:
                yield (*path, key), table, name
    for name, profile in rubric.profiles.items():
        yield from _keys(("profiles", name, "weights"), "scored", profile.weights)
    for name, rule in rubric.rules.items():
        yield from _of_rule(("rules", name), rule)
    for name, action in rubric.actions.items():
        yield from _of_action(("actions", name), action)


def _of_rule(path: Path, rule: Rule) -> Iterator[Reference]:
    yield from _keys((*path, "cap"), "scored", (name for name in rule.cap if name != OVERALL))
    for language, text in (rule.text or {}).items():
        for name in _PLACEHOLDER.findall(text):
            if name != OVERALL:
                yield (*path, "text", language), _table_of(name), _declared(name)


def _table_of(name: str) -> str:
    """The table that a name in a text's braces belongs to."""
    head, dot, _ = name.partition(".")
    return {"fact": "facts", "measure": "measures"}.get(head, "indicators" if dot else "dimensions")


def _declared(name: str) -> str:
    """The declared part of a name: of ``measure.nps.low`` the measure."""
    return name.split(".")[1] if name.startswith("measure.") else name


def _of_action(path: Path, action: Action) -> Iterator[Reference]:
    for key, table in (("answers", "rules"), ("needs", "actions"), ("order_after", "actions")):
        for index, name in enumerate(getattr(action, key)):
            yield (*path, key, index), table, name
    for key, table in (
        ("raises", "indicators"),
        ("evidence", "indicators"),
        ("sets", "facts"),
        ("adds", "facts"),
    ):
        yield from _keys((*path, key), table, getattr(action, key))


def _keys(path: Path, table: str, names: Iterable[str]) -> Iterator[Reference]:
    yield from (((*path, name), table, name) for name in names)


# values -------------------------------------------------------------------------------------------


def _answers(draft: Draft, action: Action, path: Path) -> Iterator[Problem]:
    for index, name in enumerate(action.answers):
        rule = draft.rubric.rules.get(name)
        if rule is not None and rule.severity is None:
            what = N_("the rule '{name}' is not a finding, so nothing can answer it")
            hint = N_("give the rule a severity")
            yield draft.refuse("not_a_finding", what, (*path, "answers", index), hint, name=name)


def _off_scale(draft: Draft, indicator: Indicator, level: int, path: Path) -> Iterator[Problem]:
    low, best = draft.scale_of(indicator)
    if low < best and not low <= level <= best:
        what = N_("{level} is not on the scale {low}…{best}")
        ends = {"low": decimal_text(low), "best": decimal_text(best)}
        yield draft.refuse("off_scale", what, path, "", level=decimal_text(level), **ends)


def _added(draft: Draft, fact: Fact, options: Sequence[str], path: Path) -> Iterator[Problem]:
    kind = draft.registry.kinds.get(fact.kind)
    if kind is None or fact.settings is None:
        return
    domain = kind.domain(fact.settings, draft.scale_of(fact))
    if domain.type != "options":
        what = N_("options can only be added to a fact that holds several")
        yield draft.refuse("bad_value", what, path, N_("use sets = …"))
        return
    for index, option in enumerate(options):
        if option not in domain.options:
            what, hint = N_("there is no option '{name}'"), N_("known are {known}")
            known = ", ".join(domain.options)
            place = (*path, index)
            yield draft.refuse("unknown_option", what, place, hint, name=option, known=known)


# circles ------------------------------------------------------------------------------------------


def _cycles(
    draft: Draft, arrows: Mapping[str, Sequence[str]], table: str, key: str, what: str
) -> Iterator[Problem]:
    """One problem for each circle, at the first element on it."""
    settled: set[str] = set()
    for start in arrows:
        circle = _circle_from(start, arrows, settled)
        if circle:
            path = " → ".join([*circle, circle[0]])
            hint = N_("remove one of these steps")
            yield draft.refuse("cycle", what, (table, circle[0], key), hint, path=path)


def _circle_from(start: str, arrows: Mapping[str, Sequence[str]], settled: set[str]) -> list[str]:
    """The first circle met from a start; everything looked at is settled afterwards."""
    trail: list[str] = []
    waiting: list[tuple[str, bool]] = [(start, False)]
    while waiting:
        name, done = waiting.pop()
        if done:
            trail.pop()
        elif name in trail:
            settled.update(trail)
            return trail[trail.index(name) :]
        elif name not in settled:
            settled.add(name)
            trail.append(name)
            waiting.append((name, True))
            waiting.extend((below, False) for below in arrows.get(name, ()))
    return []
