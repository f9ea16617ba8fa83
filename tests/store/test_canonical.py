"""Written and read back: the same content, and the same bytes for the same content."""

from __future__ import annotations

import datetime as dt
import tomllib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cxmaturity.errors import InputError
from cxmaturity.model.engagement import Assessor, Engagement, Evidence, EvidenceFile, Rating
from cxmaturity.model.rubric import Table
from cxmaturity.store.canonical import (
    ASSESSOR,
    ENGAGEMENT,
    EVIDENCE,
    FileKind,
    canonical,
    checksum_holds,
)
from cxmaturity.store.validation import model_of
from cxmaturity.text.toml import read_toml

from .engagements import DATE, assessors, engagements, evidence_files, plain_engagement


def reread(kind: FileKind[Any], data: bytes) -> Table:
    document = read_toml(data, kind.name)
    content: Table = model_of(kind.model, document.data, document.where)
    return content


@settings(max_examples=60, derandomize=True, deadline=None)
@given(engagements)
def test_an_engagement_comes_back_as_it_was(engagement: Engagement) -> None:
    data = canonical(ENGAGEMENT, engagement)
    again = reread(ENGAGEMENT, data)
    assert again == engagement
    assert canonical(ENGAGEMENT, again) == data


@settings(max_examples=60, derandomize=True, deadline=None)
@given(st.tuples(st.just(ASSESSOR), assessors) | st.tuples(st.just(EVIDENCE), evidence_files))
def test_answers_and_evidence_come_back_as_they_were(case: tuple[FileKind[Any], Table]) -> None:
    kind, content = case
    data = canonical(kind, content)
    again = reread(kind, data)
    assert again == content
    assert canonical(kind, again) == data


def test_every_field_of_an_engagement_is_drawn() -> None:
    """Otherwise a field added later could be written wrongly and no test would see it."""
    drawn = {
        "organisation": "x",
        "fictional": True,
        "date": DATE,
        "rubric": plain_engagement().rubric,
        "profile": "p",
        "modules": ("m",),
        "language": "fi",
        "weights": {"a.b": Decimal("0.000001")},
        "targets": {"a": 3},
        "baseline": "b",
        "aggregate_over": "unit",
        "respondents": "pooled",
        "average": "median",
        "group_weights": {"g": Decimal("1.5")},
        "axes": {"unit": ("north", "south")},
        "n_min": 7,
        "retention": DATE,
        "advisors": ("x",),
        "labels": {"unit": "U1"},
        "facts": {"size": Rating(value="mid")},
    }
    assert drawn.keys() | {"format"} == Engagement.model_fields.keys()
    engagement = Engagement.model_validate(drawn)
    data = canonical(ENGAGEMENT, engagement)
    assert reread(ENGAGEMENT, data) == engagement
    assert tomllib.loads(data.decode()).keys() == Engagement.model_fields.keys()


def test_the_file_reads_well() -> None:
    content = Assessor(
        ratings={
            "silos": {"joint": Rating(value=Decimal("2.50"), who="Maija", when=DATE)},
            "loop": {
                "weekly": Rating(value=3, note='Seen on the wall: "30 s"\nand done', flag=True),
                "channels": Rating(value=["mail", "chat"]),
                "nothing": Rating(),
            },
        }
    )
    text = canonical(ASSESSOR, content).decode()
    lines = text.split("\n")
    assert lines[:-2] == [
        "#:schema https://cxmaturity.example/schema/assessor-1.json",
        "",
        "format = 1",
        "",
        "[ratings.loop.channels]",
        "value = [",
        '    "mail",',
        '    "chat",',
        "]",
        "",
        "[ratings.loop.weekly]",
        "value = 3",
        'note = "Seen on the wall: \\"30 s\\"\\nand done"',
        "flag = true",
        "",
        "[ratings.silos.joint]",
        "value = 2.5",
        'who = "Maija"',
        "when = 2026-03-31",
    ]
    assert lines[-2].startswith("# sha256:")
    assert lines[-1] == ""


def test_numbers_are_exact_and_short() -> None:
    numbers = {
        "a": Decimal("1.50"),
        "b": Decimal("0.000001"),
        "c": Decimal("999999999.999999"),
        "d": Decimal("3.0"),
        "e": -2,
    }
    engagement = plain_engagement().model_copy(
        update={
            "weights": Engagement.model_validate(
                {**plain_engagement().model_dump(), "weights": numbers}
            ).weights
        }
    )
    written = tomllib.loads(canonical(ENGAGEMENT, engagement).decode(), parse_float=str)["weights"]
    assert written == {"a": "1.5", "b": "0.000001", "c": "999999999.999999", "d": 3, "e": -2}


def test_a_float_from_python_is_written_by_its_shortest_form() -> None:
    content = Assessor(ratings={"a": {"b": Rating(value=0.1)}})
    assert b"value = 0.1\n" in canonical(ASSESSOR, content)


@pytest.mark.parametrize(
    "value", ["half \ud800", Decimal("1e1000000"), Decimal("nan"), 10**10, ["\udfff"]]
)
def test_what_could_not_be_read_back_is_not_written(value: object) -> None:
    with pytest.raises(InputError) as caught:
        canonical(ASSESSOR, Assessor(ratings={"a": {"b": Rating(value=value)}}))
    assert caught.value.problems[0].where.file == "assessor.toml"


def test_the_checksum_tells_what_was_changed_outside() -> None:
    content = EvidenceFile(
        evidence={"a": {"b": Evidence(grade="documented", date=dt.date(2026, 1, 1))}}
    )
    data = canonical(EVIDENCE, content)
    assert checksum_holds(data) is True
    assert checksum_holds(data.replace(b"documented", b"claimed")) is False
    assert checksum_holds(data[:-1]) is None
    assert checksum_holds(b"format = 1\n") is None
    assert checksum_holds(b"") is None
