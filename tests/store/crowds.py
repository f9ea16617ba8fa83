"""Small crowds of respondents for the tests of the store."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from cxmaturity.model.people import People, Publication, PublishedItem
from cxmaturity.model.scorecard import GapCard, GroupCard, PeopleCard
from cxmaturity.store.imports import SavedImport, save_import

from .engagements import DATE, ids, texts

WORDS = "Only the CEO says this; =SUM(A1)"
"""A free text that nobody else gave: after an erasure it must be nowhere."""


def crowd(*codes: str, answer: object = 3) -> People:
    """People in one unit with the same answer to one question."""
    count = len(codes)
    return People(codes, {"unit": ("sales/north",) * count}, {"loop.weekly": (answer,) * count})


def take(folder: Path, people: People, *, replace: bool = False) -> SavedImport:
    """Import people into an engagement."""
    return save_import(folder, people, rubric_id="tiny", rubric_version="1.0.0", replace=replace)


def publication(number: int, people: People, level: int = 2_333_333) -> Publication:
    """An entry of the ledger with every kind of figure."""
    card = PeopleCard(
        n=6,
        score=2.3,
        bound="at_least",
        spread=0.7,
        agreement=0.5,
        gap=GapCard(1.2, "sales", "other", 0.1, 2.3),
        groups=(GroupCard("unit", "sales", 6, 2.3), GroupCard("unit", "x", hidden=True)),
        shares={"yes": 0.5},
        held_back=True,
    )
    items = {
        "loop.weekly": PublishedItem("value", level, card),
        "loop.other": PublishedItem("too_few", None, PeopleCard()),
    }
    return Publication(number, dt.date(2026, 4, number), people, items)


def residue(folder: Path, *words: str) -> set[str]:
    """Names of all files below the folder that hold one of the words."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and any(word.encode() in path.read_bytes() for word in words)
    }


codes = st.from_regex(r"[a-z0-9][a-z0-9_-]{0,5}", fullmatch=True).filter(
    lambda code: code not in {"con", "prn", "aux", "nul"}
)
places = st.one_of(st.none(), st.lists(ids, min_size=1, max_size=3).map("/".join))
answers = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.decimals(-(10**6), 10**6, places=4, allow_nan=False).map(Decimal),
    st.sampled_from(["unknown", "na:other", "monthly", "true", "3", "*", "", "#", "=1", "[", '"']),
    texts,
    st.lists(st.one_of(ids, texts, st.integers(0, 9), st.booleans()), max_size=3).map(tuple),
)


@st.composite
def crowds(draw: st.DrawFn) -> People:
    """People with any answers."""
    who = draw(st.lists(codes, unique=True, max_size=4))
    axes = draw(st.lists(ids, unique=True, max_size=2))
    paths = draw(st.lists(st.tuples(ids, ids).map(".".join), unique=True, max_size=3))

    def column(one: st.SearchStrategy[Any]) -> tuple[Any, ...]:
        return tuple(draw(st.lists(one, min_size=len(who), max_size=len(who))))

    return People(
        tuple(who),
        {axis: column(places) for axis in axes},
        {path: column(answers) for path in paths},
    )


def on(day: int) -> dt.date:
    """A day of the month after the engagement's date."""
    return DATE + dt.timedelta(days=day)
