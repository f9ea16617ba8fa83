"""A draft of MAP.toml for a file: what was matched, and as comments what was not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from cxmaturity.exporters.escaping import escaped
from cxmaturity.intake.pipeline import Prepared
from cxmaturity.text.messages import gettext as _


def drafted(prepared: Prepared) -> str:
    """The draft as a TOML text; reading it back gives the matching that was found."""
    return "".join(f"{line}\n" for line in _lines(prepared))


def _lines(prepared: Prepared) -> Iterator[str]:
    matched, mapping = prepared.matched, prepared.mapping
    yield "# " + _("What the columns of this file mean; see `cxmaturity import --help`.")
    yield "format = 1"
    yield f"layout = {quoted(prepared.file.layout)}"
    for name in ("encoding", "delimiter", "decimal", "sheet"):
        if (value := getattr(mapping, name)) is not None:
            yield f"{name} = {quoted(value)}"
    if matched.code and matched.code.name:
        yield f"code = {quoted(matched.code.name)}"
    if mapping.missing:
        yield "\n[missing]"
        for header, codes in mapping.missing.items():
            yield f"{quoted(header)} = {_list(codes)}"
    if matched.groups:
        yield "\n[groups]"
        for axis, column in matched.groups.items():
            yield f"{axis} = {{ column = {quoted(column.name)} }}"
    for path, columns in matched.answers.items():
        yield f"\n[answers.{quoted(path)}]"
        if "" in columns:
            yield f"column = {quoted(columns[''].name)}"
        else:
            options = ", ".join(f"{id_} = {quoted(c.name)}" for id_, c in columns.items())
            yield f"columns = {{ {options} }}"
    yield from _measures(prepared)
    yield from _unmatched(prepared)


def _measures(prepared: Prepared) -> Iterator[str]:
    for name, columns in prepared.matched.measures.items():
        said = prepared.mapping.measures[name]
        yield f"\n[measures.{name}]"
        parts = ", ".join(f"{part} = {quoted(c.name)}" for part, c in columns.columns.items())
        yield f"columns = {{ {parts} }}"
        if said.missing:
            yield f"missing = {_list(said.missing)}"
        if columns.weight:
            yield f"weight = {quoted(columns.weight.name)}"
        if said.starts:
            yield f"starts = {said.starts}"
        if said.ends:
            yield f"ends = {said.ends}"
        if said.scale:
            yield f"scale = [{said.scale[0]}, {said.scale[1]}]"
        if said.population:
            yield f"population = {said.population}"
        if columns.segments:
            yield f"segments = {_list(column.name for column in columns.segments)}"


def _unmatched(prepared: Prepared) -> Iterator[str]:
    """Columns that nothing uses, each ready to be given to a question."""
    if prepared.matched.unmatched:
        yield "\n# " + _("Columns that are not used; fill in a question and take the # away.")
    for header, candidates in prepared.matched.unmatched.items():
        for path in candidates or ("DIMENSION.INDICATOR",):
            yield f"# [answers.{quoted(path)}]"
            yield f"# column = {quoted(header)}"


def _list(texts: Iterable[str]) -> str:

    return f"[{', '.join(map(quoted, texts))}]"


def quoted(text: str) -> str:
    """A TOML string on one line, harmless to look at."""
    return escaped(json.dumps(text, ensure_ascii=False), lambda found: f"\\U{ord(found):08x}")
