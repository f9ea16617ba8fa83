"""The manual of the rubric format, made from the models: ``rubrics/FORMAT.md``.

Write it anew with ``python -m cxmaturity.catalogue.format_page > rubrics/FORMAT.md``.  What a key
means is said once, at the field that holds it; a test compares the page with the models.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from cxmaturity import combine, kinds
from cxmaturity.catalogue.names import RESERVED
from cxmaturity.catalogue.schema import Schema, composed
from cxmaturity.hookspecs import Combiner, QuestionKind, Registry
from cxmaturity.model.exact import LARGEST
from cxmaturity.text import limits

_INTRODUCTION: Final = """\
# The rubric format

<!-- Made from the models by `python -m cxmaturity.catalogue.format_page > rubrics/FORMAT.md`. -->

A rubric is a folder of TOML files:

| file | what |
| --- | --- |
| `rubric.toml` | everything that is not in one of the others |
| `facts.toml`, `rules.toml`, `actions.toml`, any other `*.toml` | tables of the rubric, where \
they are easier to find; each id is written in one file only |
| `dimensions/<id>.toml` | one dimension: the keys of [Dimension](#dimension) at the top, its \
indicators as `[indicators.<id>]` |
| `cases/*.toml` | organisations with the result they should get |

`rubric.toml` may name a dimension with some of its keys (`[dimensions.loop]`, `weight = 2`); the \
rest stands in the dimension's own file. Dimensions come in the order in which `rubric.toml` names \
them, those it does not name after them by file name. Everything else comes in the order of the \
files and lines.

**Ids** are small letters, digits and `_`, begin with a letter and have at most 40 characters; ids \
of rules are capitals. No dimension is called {reserved}.

**Texts** are `{{ en = "…", fi = "…" }}`, one for each of the rubric's `languages`; in a rubric of \
one language a plain `"…"` will do.

**Numbers** have at most six decimals and lie between −1 000 000 000 and 1 000 000 000. `true` and \
`false` are not numbers.

**Paths** name something in a key or a list: `loop` (a dimension), `loop.weekly` (an indicator), \
`fact.size` (a fact), `overall`.

**Extending.** `extends = "cx_phases >=1.0,<2"` takes everything of another rubric: tables merge \
by id and key, and what is written here wins; lists and texts are replaced whole. \
`remove = ["loop.told_back", "STARING", "fact.size", "action.begin"]` leaves elements of it out. \
At most {chain} rubrics extend each other; the cases of the extended rubric are not run.
"""


def format_page(registry: Registry) -> str:
    """The whole page, in Markdown."""
    tables: Mapping[str, Schema] = composed(registry)["$defs"]
    reserved = ", ".join(f"`{word}`" for word in sorted(RESERVED))
    parts = [_INTRODUCTION.format(reserved=reserved, chain=int(limits.RUBRIC_CHAIN))]
    parts += [_section(name, tables[name], "## ") for name in _in_order(tables)]
    parts.append("## Question kinds\n\nTheir keys stand beside those of the question.\n")
    parts += [_choice(kind, tables) for kind in registry.kinds.values()]
    parts.append("## Combining methods\n\nTheir keys stand beside `combine`.\n")
    parts += [_choice(method, tables) for method in registry.combiners.values()]
    parts.append(_limits())
    return "\n".join(parts)


def _in_order(tables: Mapping[str, Schema]) -> list[str]:
    """The tables as they are met from the rubric down; settings of kinds come later."""
    found = ["Rubric"]
    for name in found:
        for key in tables[name]["properties"].values():
            found += [ref for ref in _references(key) if ref not in found]
    settings = [name for name in tables if name not in found and not name.endswith("Settings")]
    return found + settings


def _references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        if "$ref" in part:
            yield part["$ref"].rpartition("/")[2]
        for below in part.values():
            yield from _references(below)
    elif isinstance(part, list):
        for below in part:
            yield from _references(below)


def _section(name: str, table: Schema, mark: str) -> str:
    own = {key: schema for key, schema in table["properties"].items() if schema is not True}
    head = f"{mark}{name}\n\n{_plain(table['description'])}\n"
    if name == "Rubric":
        head = f"{head}\nThe keys at the top of `rubric.toml`, and the tables of the rubric.\n"
    return f"{head}\n{_rows(own, table.get('required', []))}"


def _choice(record: QuestionKind | Combiner, tables: Mapping[str, Schema]) -> str:
    schema = tables[record.settings.__name__]
    head = f"### `{record.name}`\n\n{record.summary[0].upper()}{record.summary[1:]}.\n"
    if not schema.get("properties"):
        return head
    return f"{head}\n{_rows(schema['properties'], schema.get('required', []))}"


def _rows(keys: Mapping[str, Schema], required: Sequence[str]) -> str:
    lines = ["| key | value | what |", "| --- | --- | --- |"]
    for key, schema in keys.items():
        need = "" if key in required else _default(schema)
        mark = f"**`{key}`**" if key in required else f"`{key}`"
        lines.append(
            f"| {mark} | {_words(schema)} | {_plain(schema.get('description', ''))}{need} |"
        )
    return "\n".join(lines) + "\n"


def _default(schema: Schema) -> str:
    if "default" not in schema:
        return ""
    value = schema["default"]
    written = str(value).lower() if isinstance(value, bool) else value
    return f" Default `{written}`."


def _words(schema: Any) -> str:  # noqa: ANN401 - any part of a JSON Schema
    """What may be written, in a few words."""
    if not isinstance(schema, dict):
        return "any value"
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    if "enum" in schema or "const" in schema:
        return ", ".join(f"`{value}`" for value in schema.get("enum", [schema.get("const")]))
    if "anyOf" in schema:
        return _alternatives(schema["anyOf"])
    return _typed(schema)


def _alternatives(schemas: Sequence[Schema]) -> str:
    if [schema.get("type") for schema in schemas] == ["string", "object"]:
        return "text"
    return " or ".join(map(_words, schemas))


def _typed(schema: Schema) -> str:
    kind = schema.get("type")
    if kind == "array" and "prefixItems" in schema:
        return f"[{', '.join(map(_words, schema['prefixItems']))}]"
    if kind == "array":
        return f"list of {_words(schema.get('items'))}"
    if kind == "object":
        below = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties")]
        return f"table of {_words(below[0])}"
    if kind == "number" and schema.get("maximum") == LARGEST:
        return "number"
    if kind is None:
        return "any value"
    names = {"integer": "whole number", "boolean": "`true`, `false`", "number": "number"}
    return names.get(str(kind), "id" if schema.get("pattern", "").startswith("^[") else "string")


def _limits() -> str:
    lines = ["## Limits", "", "| limit | why |", "| --- | --- |"]
    for limit in limits.all_limits().values():
        number = f"{int(limit):,}".replace(",", " ")
        lines.append(f"| {number} {limit.unit} | {limit.reason} |")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """A description on one line, safe in a table."""
    return " ".join(text.split()).replace("|", r"\|")


def main() -> None:
    """Print the page of the built-in kinds and methods."""
    registry = Registry(
        {kind.name: kind for kind in kinds.BUILT_IN},
        {method.name: method for method in combine.BUILT_IN},
    )
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")  # type: ignore[union-attr]
    sys.stdout.write(format_page(registry))


if __name__ == "__main__":
    main()
