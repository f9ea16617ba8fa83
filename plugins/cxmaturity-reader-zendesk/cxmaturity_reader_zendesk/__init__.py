"""First-contact resolution, reply time and satisfaction from a Zendesk export, for cxmaturity."""

from __future__ import annotations

from collections.abc import Iterable

from cxmaturity import hookimpl
from cxmaturity.hookspecs import Reader
from cxmaturity_reader_zendesk.tickets import ZENDESK


@hookimpl
def cxm_readers() -> Iterable[Reader]:
    """The reader `zendesk`."""
    return [ZENDESK]
