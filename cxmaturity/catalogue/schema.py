"""JSON Schemas of the files that people write and of the scorecard, for editors and other programs.

They are made from the models, with the keys of every registered kind and method put in, so they
cannot drift from what is read.  They help while writing; what decides is the reader's own check.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from cxmaturity.hookspecs import Registry
from cxmaturity.model import scorecard_data
from cxmaturity.model.case import Case
from cxmaturity.model.engagement import Assessor, Engagement, EvidenceFile
from cxmaturity.model.exact import LARGEST, from_micro
from cxmaturity.model.measures import MeasuresFile
from cxmaturity.model.respondent import ConsentsFile, PublishedFile, Respondent
from cxmaturity.model.rubric import Rubric

Schema = dict[str, Any]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_QUESTIONS: Final = ("Indicator", "Fact")
_NODES: Final = ("Dimension", "Node")
_MERGED: Final = (
    "Action",
    "Axis",
    "Condition",
    "Dimension",
    "Document",
    "Fact",
    "Indicator",
    "Measure",
    "Module",
    "Phase",
    "Profile",
    "Rule",
)
"""Tables whose keys may stand in several files or in the rubric that is extended."""
_EXTENDING: Final[Schema] = {
    "extends": {
        "type": "string",
        "description": 'The rubric this one extends, with its versions: `"cx_phases >=1.0,<2"`.',
    },
    "remove": {
        "type": "array",
        "items": {"type": "string"},
        "description": "What is left out of the rubric that is extended, by the names that rules "
        'use: `"loop.told_back"`, `"STARING"`, `"fact.size"`.',
    },
}


def schema_of(name: str, registry: Registry) -> Schema:
    """The JSON Schema of one of :data:`SCHEMAS`; raises KeyError for any other name."""
    schema = SCHEMAS[name](registry)
    defs = schema.get("$defs", {})
    used = _used(schema, defs)
    schema["$defs"] = {key: table for key, table in defs.items() if key in used}
    return {"$schema": _DIALECT, **schema}


def rubric_schema(registry: Registry) -> Schema:
    """Any file directly in a rubric's folder; no key is demanded, for another file may have it."""
    whole = composed(registry)
    defs = whole["$defs"]
    for name in _MERGED:
        defs[name].pop("required", None)
    for name in (*_QUESTIONS, *_NODES):
        for choice in defs[name]["allOf"]:
            choice["then"].pop("required", None)
    rubric: Schema = {**defs.pop("Rubric"), "$defs": defs}
    rubric.pop("required")
    rubric["properties"] = {**rubric["properties"], **_EXTENDING}
    return rubric


def dimension_schema(registry: Registry) -> Schema:
    """A file in a rubric's ``dimensions`` folder."""
    whole = rubric_schema(registry)
    return {**whole["$defs"]["Dimension"], "$defs": whole["$defs"]}


def composed(registry: Registry) -> Schema:
    """All tables of a rubric under ``$defs``, kinds' and methods' own keys put in."""
    kinds = {name: kind.settings for name, kind in registry.kinds.items()}
    methods = {name: method.settings for name, method in registry.combiners.items()}
    models: list[type[BaseModel]] = [Rubric, *dict.fromkeys([*kinds.values(), *methods.values()])]
    names, whole = models_json_schema([(model, "validation") for model in models])
    whole = tidied(whole)
    defs = whole["$defs"]

    def settings(choices: Mapping[str, type[BaseModel]]) -> dict[str, Schema]:
        refs = {name: names[model, "validation"]["$ref"] for name, model in choices.items()}
        return {name: defs[ref.rpartition("/")[2]] for name, ref in refs.items()}

    for table in _QUESTIONS:
        _compose(defs[table], "kind", settings(kinds))
    for table in _NODES:
        _compose(defs[table], "combine", settings(methods))
    return {"$defs": dict(sorted(defs.items()))}


def _compose(table: Schema, choice: str, settings: Mapping[str, Schema]) -> None:
    """Close a table over its own keys and those of every kind, each allowed with its kind only."""
    own = table["properties"]
    foreign = {key for schema in settings.values() for key in schema.get("properties", {})}
    own[choice] = {**own[choice], "enum": list(settings)}
    table["properties"] = {**own, **dict.fromkeys(sorted(foreign - set(own)), True)}
    table["additionalProperties"] = False
    table["allOf"] = [
        _choice(choice, name, schema, foreign - set(own), own[choice].get("default"))
        for name, schema in settings.items()
    ]


def _choice(key: str, name: str, schema: Schema, foreign: set[str], default: object) -> Schema:
    keys = schema.get("properties", {})
    condition: Schema = {"properties": {key: {"const": name}}}
    if name != default:
        condition["required"] = [key]
    allowed = {**dict.fromkeys(sorted(foreign - set(keys)), False), **keys}
    return {
        "if": condition,
        "then": {"properties": allowed, "required": schema.get("required", [])},
    }


def _scorecard(_registry: Registry) -> Schema:
    """The scorecard as files hold it: what is keyed by id in memory is a list there."""
    schema: Schema = tidied(scorecard_data.adapter().json_schema(mode="serialization"))
    _listed(schema["properties"], ("dimensions",))
    _listed(schema["$defs"]["Trace"]["properties"], ("indicators", "nodes", "rules"))
    return schema


def _listed(properties: Schema, keys: tuple[str, ...]) -> None:
    for key in keys:
        by_id = properties[key]
        properties[key] = {"type": "array", "items": by_id["additionalProperties"]}


def _used(schema: Schema, defs: Mapping[str, Schema]) -> set[str]:
    """The tables that a schema refers to, directly or through others."""
    used: set[str] = set()
    waiting: list[Any] = [{key: part for key, part in schema.items() if key != "$defs"}]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            waiting.extend(part.values())
            name = str(part.get("$ref", "")).rpartition("/")[2]
            if name in defs and name not in used:
                used.add(name)
                waiting.append(defs[name])
        elif isinstance(part, list):
            waiting.extend(part)
    return used


def _of_model(model: type[BaseModel]) -> Callable[[Registry], Schema]:
    return lambda _registry: tidied(model.model_json_schema())


SCHEMAS: Final[Mapping[str, Callable[[Registry], Schema]]] = {
    "rubric": rubric_schema,
    "dimension": dimension_schema,
    "case": _of_model(Case),
    "engagement": _of_model(Engagement),
    "assessor": _of_model(Assessor),
    "evidence": _of_model(EvidenceFile),
    "measures": _of_model(MeasuresFile),
    "respondent": _of_model(Respondent),
    "consents": _of_model(ConsentsFile),
    "published": _of_model(PublishedFile),
    "scorecard": _scorecard,
}
"""What there are schemas of, by name."""


# tidying ------------------------------------------------------------------------------------------


def tidied(schema: Any) -> Any:  # noqa: ANN401 - any part of a JSON Schema
    """A schema without what says nothing in TOML: null, made-up titles, empty defaults."""
    if isinstance(schema, list):
        return [tidied(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    tidy = {key: _tidied_value(key, value) for key, value in schema.items()}
    if isinstance(tidy.get("title"), str) and "properties" not in tidy:
        del tidy["title"]
    if "default" in tidy:
        _tidy_default(tidy)
    if isinstance(tidy.get("anyOf"), list):
        rest = [part for part in tidy["anyOf"] if part != {"type": "null"}]
        tidy["anyOf"] = rest
        if len(rest) == 1:
            tidy = {**tidy.pop("anyOf")[0], **tidy}
    return tidy


def _tidied_value(key: str, value: Any) -> Any:  # noqa: ANN401 - any part of a JSON Schema
    if key in {"properties", "$defs", "patternProperties"} and isinstance(value, dict):
        return {name: tidied(part) for name, part in value.items()}
    return value if key in {"default", "description", "required", "enum"} else tidied(value)


def _tidy_default(schema: Schema) -> None:
    """Defaults are as written in a file: numbers of the model's millionths become plain ones."""
    default = schema["default"]
    if default in (None, [], {}, "") or isinstance(default, dict):
        del schema["default"]
    elif _holds_micro(schema):
        schema["default"] = _plain(default)


def _holds_micro(schema: Any) -> bool:  # noqa: ANN401 - any part of a JSON Schema
    if isinstance(schema, dict):
        is_number = schema.get("type") == "number" and schema.get("maximum") == LARGEST
        return is_number or any(map(_holds_micro, schema.values()))
    return isinstance(schema, list) and any(map(_holds_micro, schema))


def _plain(default: Any) -> Any:  # noqa: ANN401 - a number or a list of numbers
    if isinstance(default, list):
        return [_plain(part) for part in default]
    return from_micro(default) if isinstance(default, int) else default
