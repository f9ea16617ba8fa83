"""`rubric schema`: the JSON Schema of a file, for editors and other programs."""

from __future__ import annotations

import json

import click

from cxmaturity.catalogue.schema import SCHEMAS, schema_of
from cxmaturity.cli.command import command
from cxmaturity.cli.output import put
from cxmaturity.text.messages import N_
from cxmaturity.workbench import Workbench


@command(
    "schema",
    N_(
        "Print the JSON Schema of a kind of file (default: rubric).\n\n"
        "Point an editor to it, and it completes keys and marks mistakes while you write."
    ),
    examples=("rubric schema rubric", "rubric schema scorecard"),
)
@click.argument("name", metavar="[FILE]", type=click.Choice(list(SCHEMAS)), default="rubric")
def run(*, name: str) -> None:
    """Print it with the keys of every registered kind and method."""
    schema = schema_of(name, Workbench().registry)
    put(json.dumps(schema, ensure_ascii=False, indent=2) + "\n")
