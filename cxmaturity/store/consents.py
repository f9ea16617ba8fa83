"""Who agreed to be shown as a person: without a record here nobody is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from cxmaturity.errors import StoreError
from cxmaturity.model.respondent import Consent, ConsentsFile
from cxmaturity.store.canonical import canonical
from cxmaturity.store.edits import checked
from cxmaturity.store.engagement_folder import RESPONSES_FOLDER, read_as
from cxmaturity.store.files import make_folder
from cxmaturity.store.optional_files import CONSENTS
from cxmaturity.store.response_names import CONSENTS_NAME
from cxmaturity.store.revision import read_revision, save


def consents_path(folder: Path) -> Path:
    """Where consents are kept."""
    return folder / RESPONSES_FOLDER / CONSENTS_NAME


def read_consents(folder: Path) -> ConsentsFile:
    """Every consent by code; none where there is no file."""
    try:
        return read_as(CONSENTS, consents_path(folder)).content
    except StoreError as error:
        if error.problems[0].code != "not_found":
            raise
        return ConsentsFile()


def record_consent(folder: Path, code: str, text: str, date: dt.date) -> None:
    """Record that somebody agreed; raises UsageError for an empty text."""
    consent = checked(Consent, text=text, date=date)
    path = consents_path(folder)
    make_folder(path.parent)
    loaded = read_revision(path)
    consents = {**read_consents(folder).consents, code: consent}
    save(path, canonical(CONSENTS, ConsentsFile(consents=consents)), loaded, folder=folder)


def without_consent(folder: Path, code: str) -> bytes:
    """The file without somebody's consent; empty when nobody else's is in it."""
    consents = dict(read_consents(folder).consents)
    consents.pop(code, None)
    return canonical(CONSENTS, ConsentsFile(consents=consents)) if consents else b""
