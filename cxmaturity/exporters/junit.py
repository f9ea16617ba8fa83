"""JUnit XML for `check`: what a pipeline shows of a demand that is not met.

Not an exporter of scorecards: it writes demands, one test case each, and the values that decided
in the failure.  No time is written, so equal results are equal bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from cxmaturity.model.scorecard import Clause
from cxmaturity.text.clauses import worded
from cxmaturity.text.messages import Language, speaking
from cxmaturity.text.names import Names
from cxmaturity.text.terminal import clean
from cxmaturity.text.wording import verdict_word

SUFFIX = ".xml"
MEDIA_TYPE = "application/xml"

# Cleaning leaves only these out of what XML cannot hold.
_NOT_XML = re.compile("[\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing that was demanded of a result.

    ``name`` says what (``at least awakening``), ``message`` in one sentence why it is or is not
    met, ``clauses`` hold the values that decided.
    """

    name: str
    met: bool
    message: str
    clauses: tuple[Clause, ...] = ()


def write_junit(
    demands: Sequence[Demand],
    *,
    suite: str = "cxmaturity",
    language: Language = "en",
    names: Names | None = None,
) -> bytes:
    """The demands as one test suite; ``suite`` is usually the organisation's name."""
    with speaking(language):
        return "".join(_document(demands, suite, language, names or Names())).encode("utf-8")


def _document(
    demands: Sequence[Demand], suite: str, language: Language, names: Names
) -> Iterator[str]:
    failed = sum(not demand.met for demand in demands)
    counts = f'tests="{len(demands)}" failures="{failed}" errors="0" skipped="0"'
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f"<testsuites {counts}>\n"
    yield f"  <testsuite name={_attribute(suite)} {counts}>\n"
    for demand in demands:
        head = f"    <testcase classname={_attribute(suite)} name={_attribute(demand.name)}"
        if demand.met:
            yield f"{head}/>\n"
        else:
            yield f"{head}>\n"
            yield f'      <failure type="demand" message={_attribute(demand.message)}>'
            yield "\n".join(map(_text, _lines(demand, language, names)))
            yield "</failure>\n    </testcase>\n"
    yield "  </testsuite>\n</testsuites>\n"


def _lines(demand: Demand, language: Language, names: Names) -> Iterator[str]:
    yield demand.message
    for clause in demand.clauses:
        said = worded(clause, names, language)
        verdict = verdict_word(holds=clause.holds)
        exact = f" [{said.exact}]" if said.exact else ""
        yield f"{verdict}: {said.words}{exact}"


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("", clean(text, keep="")), quote=False)


def _attribute(text: str) -> str:
    return f'"{escape(_NOT_XML.sub("", clean(text, keep="")))}"'
