"""Compile the message catalogues while the package is built.

Binary catalogues are not kept under version control: they would go stale beside their sources.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]  # its argument is private
    """Turn every ``.po`` under ``cxmaturity/locale`` into the ``.mo`` that gettext reads."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Run before files are collected, for wheels and editable installs alike."""
        for source in sorted(Path(self.root, "cxmaturity", "locale").glob("*/LC_MESSAGES/*.po")):
            with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
                write_mo(mo, read_po(po))
