"""How files in `responses/` are named: by a person's code, an import's digest, a publication.

No two of the four kinds can have the same name, whatever a code is.
"""

from __future__ import annotations

import re

from cxmaturity.model.people import CODE
from cxmaturity.store.names import is_safe_name

CONSENTS_NAME = "_consents.toml"
"""No code begins with an underscore, so no respondent's file has this name."""

SNAPSHOT_NAME = re.compile(r"published-([1-9]\d{0,5})\.csv")
IMPORT_NAME = re.compile(r"import-[0-9a-f]{16}\.csv")
ANY_IMPORT_NAME = re.compile(r"import-.*\.csv")
"""Copies of imports made by hand or by sync programs included: whoever is in two files is found."""

_CODE = re.compile(CODE)


def is_code(text: str) -> bool:
    """Whether a text can stand for a person: lower case, and a file name on every system."""
    return _CODE.fullmatch(text) is not None and is_safe_name(f"{text}.toml")


def is_respondent_name(name: str) -> bool:
    """Whether a file is named as that of somebody who answered in this program."""
    return name.endswith(".toml") and is_code(name.removesuffix(".toml"))


def is_response_name(name: str) -> bool:
    """Whether a file of `responses/` is named as this program names them."""
    return (
        name == CONSENTS_NAME
        or SNAPSHOT_NAME.fullmatch(name) is not None
        or IMPORT_NAME.fullmatch(name) is not None
        or is_respondent_name(name)
    )
