"""A plugin of one's own, begun from templates: a package that installs and passes its own tests.

Only bytes are made here; writing them is for the caller.
"""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Final

KINDS: Final = ("pack", "measure", "reader", "exporter", "kind", "combiner", "advisor", "check")
"""What a plugin can be begun as."""
_EVERY: Final = "every"
_ENDING: Final = ".template"
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_LONGEST: Final = 40


def is_name(name: str) -> bool:
    """Whether a plugin can be called so: small letters, digits and single hyphens."""
    return len(name) <= _LONGEST and _NAME.fullmatch(name) is not None


def plugin_files(name: str, kind: str, release: str) -> dict[str, bytes]:
    """The files of a new plugin by path; ``release`` is the oldest cxmaturity it works with."""
    package = name.replace("-", "_")
    words = {"@NAME@": name, "@PACKAGE@": package, "@ID@": package, "@RELEASE@": release}
    templates = files("cxmaturity.extension") / "templates"
    found: dict[str, bytes] = {}
    for folder in (_EVERY, kind):
        for template in (templates / folder).iterdir():
            if template.name.endswith(_ENDING):
                found[_path(template.name, package)] = _filled(template, words)
    return found


def _path(template: str, package: str) -> str:
    """Where a template's file goes: hyphens stand for folders, PACKAGE and ID for the names."""
    name = template.removesuffix(_ENDING)
    if name == "PACKAGE__init__.py":
        return f"{package}/__init__.py"
    parts = name.split("-")
    return "/".join(package if part in ("PACKAGE", "ID") else part for part in parts)


def _filled(template: Traversable, words: dict[str, str]) -> bytes:
    text = template.read_text("utf-8")
    for mark, word in words.items():
        text = text.replace(mark, word)
    return text.encode()
