"""A slow, plain scorer written from the rules alone, to hold the product's engine against.

It must never import the engine, the question kinds or the combining methods of the product.

:func:`evaluate` takes a rubric as the plain table of its TOML files and a world as::

    {
        "answers": {"dim.ind": raw answer | "unknown" | {"not_applicable": reason}},
        "facts": {"id": the same},
        "grades": {"dim.ind": "claimed" | "documented" | "demonstrated"},
        "modules": ["id"],
        "profile": "id",
        "weights": {"dim" or "dim.ind": number},
        "targets": {"dim" or "dim.ind": number},
    }

of which every key may be absent.  Every number of the result is in whole millionths (int), a
truth is True, False or None (undetermined), and a figure that does not exist is None.
"""

from collections.abc import Mapping
from typing import Any

from tests.reference.amounts import Scale, exact, holds, micro, millionth
from tests.reference.profile import profile_row
from tests.reference.run import NOT_STARTED, Run
from tests.reference.structure import ROOT

Result = dict[str, Any]


def evaluate(rubric: Mapping[str, Any], world: Mapping[str, Any]) -> Result:
    """Everything that the rules say about a world.

    Keys: ``indicators``, ``dimensions`` and ``facts`` by path (without those of modules that are
    off), ``overall``, ``index``, ``phase``, ``gates`` and ``conditions`` by id, ``rules`` by id
    (without the ``not_asked``), ``fired``, ``undetermined``, ``not_asked``, ``caps``,
    ``behaviour``.
    """
    run = Run(rubric, world)
    conditions = rubric.get("conditions", {})
    return {
        "indicators": {path: _indicator(run, path) for path in run.structure.indicators},
        "facts": {key: _plain(run.answers.fact(key)) for key in run.structure.facts},
        "dimensions": {node: _node(run, node) for node in run.structure.dimensions},
        "overall": _node(run, ROOT),
        "index": _index(run),
        "phase": _phase(run),
        "gates": {phase: run.gate(phase) for phase in rubric["phases"]},
        "behaviour": _phase_name(run, run.behaviour(ROOT)),
        "conditions": {key: run.name(f"condition.{key}") for key in conditions},
        **_rules(run),
    }


def _indicator(run: Run, path: str) -> Result:
    return {
        "state": run.answers.indicator(path).state,
        "level": micro(run.final(path)),
        "raw": micro(run.before_caps(path)),
        "evidenced": micro(run.final(path, "evidenced")),
        "caps": _caps(run, path),
    }


def _node(run: Run, node: str) -> Result:
    standing = run.standing(node)
    scale = run.structure.scale_of(node)
    state = standing.state
    return {
        "state": "not_applicable" if state == "not_asked" else state,
        "score": micro(run.final(node)),
        "raw": micro(run.before_caps(node)),
        "evidenced": micro(run.final(node, "evidenced")),
        "coverage": micro(standing.coverage),
        "scale": (micro(millionth(scale.low)), micro(millionth(scale.best))),
        "profile": profile_row(run, node),
        "phase": _phase_name(run, run.behaviour(node)),
        "band": _band(run, node),
        "caps": _caps(run, node),
    }


def _caps(run: Run, path: str) -> Result:
    """Every fired cap below the value before caps: its limit, and whether it binds."""
    raw, final = run.before_caps(path), run.final(path)
    if raw is None:
        return {}
    fired = {rule: limit for rule, limit in run.limits(path).items() if run.rule(rule)}
    return {
        rule: {"limit": micro(limit), "binds": limit == final}
        for rule, limit in fired.items()
        if limit < raw
    }


def _band(run: Run, node: str) -> str | None:
    score = run.final(node)
    if score is None:
        return None
    bands = [b for b in run.structure.settings(node).get("bands", ()) if holds(b, score)]
    return bands[-1]["id"] if bands else None


def _index(run: Run) -> int | None:
    score = run.final(ROOT)
    scale: Scale = run.structure.scale_of(ROOT)
    if score is None or scale.best == scale.low:
        return None
    return micro(millionth(100 * (score - scale.low) / (scale.best - scale.low)))


def _phase(run: Run) -> Result:
    low, high = run.attained()
    names = (None, *run.rubric["phases"])
    return {
        "id": names[low],
        "at_least": names[low],
        "at_most": names[high],
        "provisional": run.is_provisional(),
    }


def _phase_name(run: Run, rank: int | None) -> str | None:
    return None if rank is None else (NOT_STARTED, *run.rubric["phases"])[rank]


def _rules(run: Run) -> Result:
    rules = list(run.rubric.get("rules", {}))
    asked = {key: run.rule(key) for key in rules if not run.is_not_asked(key)}
    return {
        "rules": asked,
        "fired": [key for key, fires in asked.items() if fires],
        "undetermined": [key for key, fires in asked.items() if fires is None],
        "not_asked": [key for key in rules if key not in asked],
    }


def _plain(value: object) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if value is None or isinstance(value, bool | str):
        return value
    return micro(exact(value))  # type: ignore[arg-type]
