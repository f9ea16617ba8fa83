"""Collect the program's messages from its code and bring the catalogues up to date.

Run by ``make messages-extract``.  Babel's own extractor sees calls of gettext functions only; the
texts of problems are marked by being a `Problem`'s ``what`` or ``hint``, so this one reads syntax
trees.  Written sorted and without places or dates: a diff shows only what was said differently.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "cxmaturity"
CATALOGUES = sorted((PACKAGE / "locale").glob("*/LC_MESSAGES/cxmaturity.po"))
LINE_WIDTH = 100

PLAIN = frozenset({"_", "gettext", "N_"})
PLURAL = frozenset({"ngettext", "NN_"})
PROBLEM_ARGUMENTS = {"what": 1, "hint": 3}


class Message(NamedTuple):
    """One text to translate and where it is said."""

    singular: str
    plural: str | None
    context: str | None
    place: str


def messages(package: Path = PACKAGE) -> Iterator[Message]:
    """Every message in the package's code, file by file."""
    for place, call in _calls(package):
        yield from _said_in(call, place)


def untranslatable(package: Path = PACKAGE) -> Iterator[str]:
    """Places where a message is an f-string: filled in before anybody could translate it."""
    for place, call in _calls(package):
        name = _called(call)
        said = call.args[:2] if name in PLAIN | PLURAL | {"pgettext"} else []
        if name == "Problem":
            said = list(_problem_arguments(call))
        yield from (place for argument in said if isinstance(argument, ast.JoinedStr))


def template() -> Catalog:
    """All messages as a catalogue without translations."""
    catalogue = Catalog(project="cxmaturity", charset="utf-8")
    for message in messages():
        text = (message.singular, message.plural) if message.plural else message.singular
        catalogue.add(text, context=message.context)
    return catalogue


def update(path: Path) -> None:
    """Add new messages to one catalogue and drop those that are said no more."""
    with path.open("rb") as source:
        catalogue = read_po(source)
    catalogue.update(template(), no_fuzzy_matching=True, update_creation_date=False)
    with path.open("wb") as target:
        write_po(
            target,
            catalogue,
            width=LINE_WIDTH,
            no_location=True,
            sort_output=True,
            ignore_obsolete=True,
        )


def _calls(package: Path) -> Iterator[tuple[str, ast.Call]]:
    for file in sorted(package.rglob("*.py")):
        name = file.relative_to(package.parent).as_posix()
        for node in ast.walk(ast.parse(file.read_bytes(), filename=name)):
            if isinstance(node, ast.Call):
                yield f"{name}:{node.lineno}", node


def _said_in(call: ast.Call, place: str) -> Iterator[Message]:
    name = _called(call)
    if name in PLAIN:
        yield from (Message(text, None, None, place) for text in _texts(call.args[:1]))
    elif name == "Problem":
        yield from (Message(text, None, None, place) for text in _texts(_problem_arguments(call)))
    elif name in PLURAL or name == "pgettext":
        match tuple(_texts(call.args[:2])):
            case (context, text) if name == "pgettext":
                yield Message(text, None, context, place)
            case (singular, plural):
                yield Message(singular, plural, None, place)


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _problem_arguments(call: ast.Call) -> Iterator[ast.expr]:
    """The ``what`` and ``hint`` of a problem, given by place or by name."""
    given = {word.arg: word.value for word in call.keywords}
    for name, position in PROBLEM_ARGUMENTS.items():
        if name in given:
            yield given[name]
        elif len(call.args) > position:
            yield call.args[position]


def _texts(arguments: Iterable[ast.expr]) -> Iterator[str]:
    """The literal texts among the arguments; a variable's text is marked where it is written."""
    for argument in arguments:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield from (text for text in (argument.value,) if text)
        elif isinstance(argument, ast.IfExp):
            yield from _texts((argument.body, argument.orelse))


def main() -> None:
    """Update every catalogue and say how much is left to translate."""
    for path in CATALOGUES:
        update(path)
        with path.open("rb") as source:
            untranslated = [m.id for m in read_po(source) if m.id and not m.string]
        print(f"{path.relative_to(ROOT)}: {len(untranslated)} to translate")


if __name__ == "__main__":
    main()
