"""Rubric files that were parsed before: half of what a short run spends on a rubric is saved.

A table is remembered under the SHA-256 of the bytes it was parsed from, so a changed file is never
mistaken for the old one.  What is damaged, cannot be written or cannot be held exactly is parsed
again; ``CXMATURITY_CACHE=off`` remembers nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from cxmaturity import __version__
from cxmaturity.catalogue.folder import parse_files
from cxmaturity.errors import StoreError
from cxmaturity.store.files import names_in, read_file, write_file
from cxmaturity.store.places import cache_folder
from cxmaturity.text.toml import TomlDocument

VARIABLE: Final = "CXMATURITY_CACHE"
MOST_KEPT: Final = 20
"""Rubrics remembered at most; then all are forgotten and the next ones remembered."""
_BYTE_ORDER_MARK: Final = "\ufeff"
_DIGEST_LENGTH: Final = 64


def parse_remembering(raw: Mapping[str, bytes], folder: Path) -> dict[str, TomlDocument]:
    """The files of a folder as TOML documents, from memory where they are unchanged."""
    if os.environ.get(VARIABLE, "").lower() == "off":
        return parse_files(raw, folder)
    kept = cache_folder() / f"{_key(raw)}.json"
    tables = _recalled(kept)
    if tables is None or tables.keys() != raw.keys():
        documents = parse_files(raw, folder)
        _remember(kept, {name: document.data for name, document in documents.items()})
        return documents
    return {
        name: TomlDocument(str(folder / name), tables[name], _source(data))
        for name, data in raw.items()
    }


def _key(raw: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256(__version__.encode())
    for name in sorted(raw):
        digest.update(name.encode() + b"\0" + hashlib.sha256(raw[name]).digest())
    return digest.hexdigest()


def _recalled(path: Path) -> dict[str, dict[str, Any]] | None:
    try:
        data = read_file(path)
        said = data[_DIGEST_LENGTH:]
        if hashlib.sha256(said).hexdigest().encode() != data[:_DIGEST_LENGTH]:
            return None
        tables: dict[str, dict[str, Any]] = json.loads(said, parse_float=Decimal)
    except (StoreError, ValueError):
        return None
    return tables


def _remember(path: Path, tables: Mapping[str, Mapping[str, Any]]) -> None:
    try:
        said = json.dumps(tables, default=_exactly).encode()
    except (TypeError, ValueError):
        return
    # What cannot be remembered is parsed again; nobody needs to know.
    with suppress(OSError, StoreError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        old = [name for name in names_in(path.parent) if name.endswith(".json")]
        for name in old if len(old) >= MOST_KEPT else ():
            (path.parent / name).unlink()
        write_file(path, hashlib.sha256(said).hexdigest().encode() + said)


def _exactly(value: object) -> float:
    """A fraction as JSON writes it, if reading that back gives the same fraction."""
    if isinstance(value, Decimal) and Decimal(repr(float(value))) == value:
        return float(value)
    msg = "not to be held in JSON"
    raise TypeError(msg)


def _source(data: bytes) -> str:
    return data.decode("utf-8").removeprefix(_BYTE_ORDER_MARK).replace("\r\n", "\n")
