"""Values into the texts of findings: ``{fact.outsourced_share}``, ``{loop}``, ``{leadership.why}``.

The project's own replacing, never ``str.format``: what is not a known name stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial

from cxmaturity.engine.program import Program
from cxmaturity.engine.run import Run
from cxmaturity.text.numbers import score_text

_PLACE = re.compile(r"\{([a-z][a-z0-9_.]{0,90})\}")
_ABSENT = "—"


def filled_text(program: Program, run: Run, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts with their values in each language's number format."""
    return {
        language: _PLACE.sub(partial(_value, program, run, language), text)
        for language, text in texts.items()
    }


def _value(program: Program, run: Run, language: str, found: re.Match[str]) -> str:
    name = found.group(1)
    if name.startswith("fact."):
        j = program.fact_index.get(name.removeprefix("fact."))
        if j is None:
            return found.group()
        return _worded(program, run, j, language)
    if name in program.leaf_index:
        return _number(run.leaf_final[program.leaf_index[name]], language)
    if name in program.node_index:
        return _number(run.node_final[program.node_index[name]], language)
    return found.group()


def _worded(program: Program, run: Run, j: int, language: str) -> str:
    fact, value = program.facts[j], run.fact[j]
    if value is None:
        return _ABSENT
    if fact.domain.type == "number":
        return _number(value, language)
    options = dict(fact.kind.options(fact.settings))

    def text(option: str) -> str:
        return options[option].get(language) or next(iter(options[option].values()))

    if fact.domain.type == "truth":
        return text("yes" if value else "no")
    if fact.domain.type == "option":
        return text(fact.domain.options[value])
    if fact.domain.type == "options":
        chosen = [o for n, o in enumerate(fact.domain.options) if value >> n & 1]
        return ", ".join(text(option) for option in chosen)
    return str(value)


def _number(micro: int | None, language: str) -> str:
    return _ABSENT if micro is None else score_text(micro, "fi" if language == "fi" else "en")
