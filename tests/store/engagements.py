"""Small engagements for the tests of the store."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from hypothesis import strategies as st

from cxmaturity.model.engagement import Assessor, Engagement, Evidence, EvidenceFile, Pin, Rating
from cxmaturity.store.creation import create
from cxmaturity.store.engagement_folder import EngagementFolder

Entry = TypeVar("Entry")

RUBRIC_FILES = {
    "rubric.toml": b'format = 1\nid = "tiny"\n',
    "dimensions/loop.toml": b'title = "Loop"\n',
    "CHANGELOG.md": b"# 1.0.0\n",
}
DATE = dt.date(2026, 3, 31)


def plain_engagement() -> Engagement:
    """The least that an engagement must say."""
    pin = Pin(id="tiny", version="1.0.0", sha256="0" * 64)
    return Engagement(organisation="Acme Oy", date=DATE, rubric=pin)


def new_engagement(path: Path) -> EngagementFolder:
    """An engagement on disk, without answers."""
    return create(path, plain_engagement(), RUBRIC_FILES)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ids = st.from_regex(r"[a-z][a-z0-9_]{0,5}", fullmatch=True)
micros = st.decimals(-1000, 1000, places=6, allow_nan=False)
dates = st.dates(dt.date(1990, 1, 1), DATE)
answers = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.decimals(-(10**6), 10**6, places=4, allow_nan=False),
    texts,
    st.lists(ids, max_size=3).map(tuple),
)
ratings = st.builds(
    Rating,
    value=answers,
    note=texts,
    flag=st.booleans(),
    who=texts,
    when=st.none() | dates,
)
said_ratings = ratings.filter(lambda rating: rating != Rating())
evidence_entries = st.builds(
    Evidence,
    grade=st.sampled_from(["claimed", "documented", "demonstrated"]),
    reference=texts,
    date=st.none() | dates,
)


def nested(entries: st.SearchStrategy[Entry]) -> st.SearchStrategy[dict[str, dict[str, Entry]]]:
    """Entries by dimension and indicator; a dimension without entries is not written."""
    return st.dictionaries(ids, st.dictionaries(ids, entries, min_size=1, max_size=2), max_size=2)


assessors = nested(said_ratings).map(lambda table: Assessor.model_construct(ratings=table))
evidence_files = nested(evidence_entries).map(
    lambda table: EvidenceFile.model_construct(evidence=table)
)
numbers = st.dictionaries(ids, micros.map(Decimal), max_size=2)
organisations = texts.filter(bool)
engagements = st.builds(
    Engagement,
    organisation=organisations,
    fictional=st.booleans(),
    date=st.just(DATE),
    rubric=st.just(plain_engagement().rubric),
    profile=st.none() | ids,
    modules=st.lists(ids, max_size=2).map(tuple),
    language=st.sampled_from([None, "en", "fi"]),
    weights=numbers,
    targets=numbers,
    baseline=texts,
    aggregate_over=st.none() | ids,
    respondents=st.sampled_from([None, "groups", "pooled"]),
    average=st.sampled_from([None, "mean", "median"]),
    group_weights=numbers,
    axes=st.dictionaries(ids, st.lists(texts, max_size=2).map(tuple), max_size=2),
    n_min=st.none() | st.integers(3, 50),
    retention=st.none() | dates,
    advisors=st.lists(texts, max_size=2).map(tuple),
    labels=st.dictionaries(texts, texts, max_size=2),
    facts=st.dictionaries(ids, said_ratings, max_size=2),
)
