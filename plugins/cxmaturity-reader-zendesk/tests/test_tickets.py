"""Ticket exports: what is recognised, what each ticket says, and files that cannot be read."""

from __future__ import annotations

import csv
import io

import cxmaturity_reader_zendesk
import pytest

from cxmaturity.testing import run_plugin

HEADER = (
    "Id,Subject,Status,Satisfaction Score,Reopens,Replies,First reply time in minutes,Solved at\r\n"
)
COLUMNS = ("ticket", "first_contact_resolved", "first_reply_minutes", "satisfied", "solved_at")


@pytest.fixture(scope="module")
def reader():
    return run_plugin(cxmaturity_reader_zendesk).record("cxm_readers", "zendesk")


def read(reader, text: str | bytes):
    data = text if isinstance(text, bytes) else (HEADER + text).encode()
    return reader.read(io.BytesIO(data), {})


def test_the_plugin_loads_alone():
    assert run_plugin(cxmaturity_reader_zendesk).failures == ()


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        (HEADER.encode(), 1),
        (b"\xef\xbb\xbf" + HEADER.encode(), 1),
        (b"Status,Replies\n", 0.4),
        (b"", 0),
        (b"\xff\x00\x01", 0),
        (b'"unfinished', 0),
    ],
)
def test_it_knows_its_layout(reader, head, sure):
    assert reader.sniff(head) == sure


@pytest.mark.parametrize(
    ("cells", "row"),
    [
        ("7,Late,Solved,Good,0,1,12,2026-01-02", ("7", "1", "12", "1", "2026-01-02")),
        ("7,Late,Closed,Bad with comment,0,0,,", ("7", "1", None, "0", None)),
        ("7,Late,Solved,Offered,1,1,3,", ("7", "0", "3", None, None)),
        ("7,Late,Solved,Not Offered,0,2,3,", ("7", "0", "3", None, None)),
        ("7,Late,Open,,0,1,3,", ("7", None, "3", None, None)),
        (",Late,Solved,,,,,", (None, None, None, None, None)),
        ('7,"=1+1\nlate",Solved,,0,1,3,', ("7", "1", "3", None, None)),
    ],
)
def test_what_a_ticket_says(reader, cells, row):
    table, report = read(reader, cells + "\r\n")
    assert table.columns == COLUMNS
    assert table.rows == (row,)
    assert (report.rows_read, report.rows_used) == (1, 1)
    assert report.assumed


def test_lines_that_do_not_fit_are_dropped_and_told(reader):
    table, report = read(reader, "1,a,Solved,,0,1,3,\n2,b\n\n" + "3,c\n" * 30)
    assert len(table.rows) == 1
    assert (report.rows_read, report.rows_used) == (32, 1)
    assert report.dropped[0] == "line 3: 2 cells, not 8"
    assert report.dropped[-1] == "and 11 more"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "line 1: columns are missing: Status"),
        (b"Status,Replies\n", "Satisfaction Score, Reopens"),
        (HEADER.replace("Id", "Status").encode(), "line 1: columns stand twice: Status"),
        ((HEADER + "1,a,Solved,,0,many,3,\n").encode(), "line 2, column Replies: 'many'"),
        ((HEADER + "1,a,Solved,,0," + "9" * 5000 + ",3,\n").encode(), "line 2, column Replies"),
        ((HEADER + '1,"a').encode(), "line 2: "),
        ((HEADER + "1," + "a" * 200_000).encode(), "line 2: "),
        (HEADER.encode() + b"1,\xff", "line 2: not UTF-8"),
        (HEADER.encode() + b"1,\x00", "NUL"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(reader, data, said):
    limit = csv.field_size_limit()
    with pytest.raises(ValueError) as caught:
        read(reader, data)
    assert said in str(caught.value)
    assert csv.field_size_limit() == limit
