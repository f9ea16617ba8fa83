"""What is done in every block: the steps that the wanted results rest on, and when cells are free.

What would only hand on another cell is no step, constants are there from the start, and a
comparison whose opposite is computed anyway is its negation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cxmaturity.engine.columns.cells import Item, Step
from cxmaturity.engine.columns.operations import negation_of, twin
from cxmaturity.engine.columns.reading import constant_cell, same_as
from cxmaturity.engine.columns.results import Wanted, Writer, outputs
from cxmaturity.engine.columns.steps import step_function
from cxmaturity.engine.profile import has_profile
from cxmaturity.engine.program import Program


@dataclass(frozen=True, slots=True)
class Plan:
    """The cells at the start of a block, and its steps in order.

    A step is the place of its cell, the function that computes it, what writes it out, and the
    places of the cells that nobody reads any more afterwards.
    """

    cells: tuple[Any, ...]
    steps: tuple[tuple[int, Step, tuple[Writer, ...], tuple[int, ...]], ...]


@dataclass(slots=True)
class _Draft:
    """A step before it has a place."""

    item: Item
    reads: tuple[Item, ...]
    negates: Item | None = None


def plan(program: Program, wanted: frozenset[Wanted]) -> Plan:
    """The plan for these results, made once a program."""
    key = "columns " + " ".join(sorted(wanted))
    if key not in program.cache:
        program.cache[key] = _planned(program, wanted)
    found: Plan = program.cache[key]
    return found


def _planned(program: Program, wanted: frozenset[Wanted]) -> Plan:
    drafts = _soonest(list(_drafts(program, wanted)))
    serving = {item: _serving(program, item) for item in (d.item for d in drafts)}
    constants = _constants(program)
    own = [d for d in drafts if serving[d.item] == d.item and d.item not in constants]
    order = [*(d.item for d in own), *constants]
    place_of = {item: place for place, item in enumerate(order)}
    places = {item: place_of[server] for item, server in serving.items() if server in place_of}
    writers: dict[int, list[Writer]] = {}
    for item, writer in outputs(program, wanted):
        if item in places:
            writers.setdefault(places[item], []).append(writer)
    reads = [tuple(places[item] for item in draft.reads) for draft in own]
    needed = sorted(_needed(reads, set(writers)))
    last_use = {read: place for place in needed for read in (*_of(reads, place), place)}
    steps = []
    for place in needed:
        if place < len(own):
            draft = own[place]
            function = (
                step_function(program, places, draft.item)
                if draft.negates is None
                else negation_of(places[draft.negates])
            )
        else:
            function = _always(constants[order[place]])
        free = {*_of(reads, place), place}
        done = tuple(p for p in free if last_use[p] == place and p < len(own))
        if place < len(own) or place in writers:
            steps.append((place, function, tuple(writers.get(place, ())), done))
    return Plan((*(None for _ in own), *constants.values()), tuple(steps))


def _always(cell: Any) -> Step:  # noqa: ANN401 - an operand
    return lambda _run: cell


def _of(reads: list[tuple[int, ...]], place: int) -> tuple[int, ...]:
    """What a place reads; constants, which stand behind all steps, read nothing."""
    return reads[place] if place < len(reads) else ()


def _drafts(program: Program, wanted: frozenset[Wanted]) -> Iterator[_Draft]:
    """Every step after what it reads, those of a node together: its parts are then in the cache."""
    by_node: list[Item] = []
    for i in range(len(program.nodes)):
        by_node += [("raw", i), ("node", i), ("profile", i), ("node_e", i)]
    known: list[Item] = list(program.steps)
    if "profile" in wanted and has_profile(program):
        known += [("profile", i) for i in range(len(program.nodes))]
    numbers: dict[Item, int] = {item: number for number, item in enumerate(program.steps)}
    drafts = {item: _Draft(item, *_reads(program, numbers, item)) for item in known}
    done: set[Item] = set()
    for start in [*by_node, *known]:
        path = [start] if start in drafts else []
        while path:
            draft = drafts[path[-1]]
            missing = next((read for read in draft.reads if read not in done), None)
            if missing is not None:
                path.append(missing)
                continue
            path.pop()
            if draft.item not in done:
                done.add(draft.item)
                yield draft


def _reads(
    program: Program, numbers: dict[Item, int], item: Item
) -> tuple[tuple[Item, ...], Item | None]:
    """What a step reads, and the truth it negates, if that is all it does."""
    kind, i = item
    if kind == "profile":
        parts = program.nodes[i].refs
        rows: list[Item] = [("leaf" if ref.is_leaf else "profile", ref.index) for ref in parts]
        return (("raw", i), *rows), None
    opposite = twin(program, i) if kind == "expr" else None
    if opposite is not None and ("expr", opposite) in numbers:
        return (("expr", opposite),), ("expr", opposite)
    return tuple(program.steps[place] for place in program.reads[numbers[item]]), None


def _soonest(drafts: list[_Draft]) -> list[_Draft]:
    """Expressions come right after what they read, while that is still in the cache."""
    by_item = {draft.item: (number, draft) for number, draft in enumerate(drafts)}
    ranks: dict[Item, tuple[int, int]] = {}

    def rank(item: Item) -> tuple[int, int]:
        if item not in ranks:
            number, draft = by_item[item]
            if item[0] == "expr" and draft.reads:
                soon, depth = max(rank(read) for read in draft.reads)
                ranks[item] = soon, depth + 1
            else:
                ranks[item] = number, 0
        return ranks[item]

    return sorted(drafts, key=lambda draft: rank(draft.item))


def _serving(program: Program, item: Item) -> Item:
    """The step whose cell is this one's."""
    same = None if item[0] == "profile" else same_as(program, item)
    return item if same is None else _serving(program, same)


def _constants(program: Program) -> dict[Item, Any]:
    """Expressions that are the same in every world."""
    cells = ((e, constant_cell(expr)) for e, expr in enumerate(program.exprs))
    return {("expr", e): cell for e, cell in cells if cell is not None}


def _needed(reads: list[tuple[int, ...]], wanted: set[int]) -> set[int]:
    """All places that the wanted ones rest on, themselves included."""
    found: set[int] = set()
    open_places = list(wanted)
    while open_places:
        place = open_places.pop()
        if place not in found:
            found.add(place)
            open_places += _of(reads, place)
    return found
