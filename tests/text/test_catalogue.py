"""Everything the program says is said in Finnish too, with the same values in it."""

from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po

from tools.messages import CATALOGUES, messages, template, untranslatable

Fields = set[tuple[str, str | None]]


@pytest.fixture(scope="module", params=CATALOGUES, ids=lambda path: path.parts[-3])
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    with Path(request.param).open("rb") as source:
        return read_po(source)


def entries(catalogue: Catalog) -> Iterator[Entry]:
    return (entry for entry in catalogue if entry.id)


def forms(entry: Entry) -> list[tuple[str, str]]:
    """Each source form with its translation, empty where there is none yet."""
    sources = [entry.id] if isinstance(entry.id, str) else list(entry.id or ())
    shown = [entry.string] if isinstance(entry.string, str) else list(entry.string or ())
    return list(zip(sources, shown, strict=True))


def fields(text: str) -> Fields:
    return {(name, how) for _, name, _, how in Formatter().parse(text) if name is not None}


def test_the_code_says_something():
    assert len(list(messages())) > 40


def test_no_message_is_filled_in_before_it_is_translated():
    assert not list(untranslatable())


def test_every_message_is_translated(catalogue):
    known = {(entry.id, entry.context) for entry in entries(catalogue)}
    missing = [e.id for e in entries(template()) if (e.id, e.context) not in known]
    empty = [e.id for e in entries(catalogue) if not all(shown for _, shown in forms(e))]
    assert not missing + empty, "run `make messages-extract`, then translate"


def test_no_translation_is_left_over_or_unsure(catalogue):
    said = {(entry.id, entry.context) for entry in entries(template())}
    assert not [e.id for e in entries(catalogue) if (e.id, e.context) not in said]
    assert not [e.id for e in entries(catalogue) if e.fuzzy]
    assert not list(catalogue.obsolete)


def test_translations_hold_the_same_values(catalogue):
    for entry in entries(catalogue):
        for source, shown in filter(all, forms(entry)):
            assert fields(source) == fields(shown), source


def test_translations_keep_the_outer_form(catalogue):
    """Spaces, line ends and closing marks: what is put together must still fit."""
    for entry in entries(catalogue):
        for source, shown in filter(all, forms(entry)):
            assert source[:1].isspace() == shown[:1].isspace(), source
            assert source[-1:].isspace() == shown[-1:].isspace(), source
            assert source.endswith(":") == shown.endswith(":"), source


def test_placeholders_of_our_own_messages_are_plain_names():
    """A value's attributes and items are never looked up by a message."""
    for message in messages():
        if not message.place.startswith("cxmaturity/text/click_words.py"):
            for text in filter(None, (message.singular, message.plural)):
                assert all(name.isidentifier() and not how for name, how in fields(text)), message
