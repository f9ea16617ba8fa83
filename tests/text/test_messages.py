from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from cxmaturity.text import messages
from cxmaturity.text.messages import (
    LOCALE_FOLDER,
    current_language,
    gettext,
    ngettext,
    pgettext,
    resolve_language,
    speaking,
    use_language,
)

COMMANDS = "Commands"


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


@pytest.fixture
def compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A locale folder of its own, so that the test does not depend on a build."""
    target = tmp_path / "fi" / "LC_MESSAGES" / "cxmaturity.mo"
    target.parent.mkdir(parents=True)
    with (LOCALE_FOLDER / "fi/LC_MESSAGES/cxmaturity.po").open("rb") as po, target.open("wb") as mo:
        write_mo(mo, read_po(po))
    monkeypatch.setattr(messages, "LOCALE_FOLDER", tmp_path)
    return target


@pytest.mark.usefixtures("compiled")
def test_the_language_can_be_switched_while_running():
    assert gettext(COMMANDS) == "Commands"
    use_language("fi")
    assert current_language() == "fi"
    assert gettext(COMMANDS) == "Komennot"
    use_language("en")
    assert gettext(COMMANDS) == "Commands"


@pytest.mark.usefixtures("compiled")
def test_a_language_for_a_while_is_put_back_even_after_an_error():
    with pytest.raises(RuntimeError, match="Komennot"), speaking("fi"):
        raise RuntimeError(gettext(COMMANDS))
    assert current_language() == "en"


@pytest.mark.usefixtures("compiled")
def test_plurals_follow_the_number():
    forms = "{value!r} is not {choice}.", "{value!r} is not one of {choices}."
    assert ngettext(*forms, 1) == forms[0]
    use_language("fi")
    assert ngettext(*forms, 1) == "{value!r} ei ole {choice}."
    assert ngettext(*forms, 2) == "{value!r} ei ole mikään näistä: {choices}."


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("language", ["en", "fi"])
def test_unknown_and_empty_messages_come_back_as_they_are(language):
    use_language(language)
    assert gettext("no such message") == "no such message"
    assert pgettext("verb", "no such message") == "no such message"
    assert gettext("") == ""


def test_without_a_compiled_catalogue_the_words_are_english(tmp_path, monkeypatch):
    monkeypatch.setattr(messages, "LOCALE_FOLDER", tmp_path)
    use_language("fi")
    assert gettext(COMMANDS) == "Commands"


@pytest.mark.parametrize("damage", [b"", b"\xde\x12\x04\x95", b"not a catalogue at all"])
def test_a_damaged_catalogue_means_english_words(compiled, damage):
    compiled.write_bytes(damage)
    use_language("fi")
    assert gettext(COMMANDS) == "Commands"


@pytest.mark.parametrize(
    ("explicit", "configured", "environment", "language"),
    [
        (None, None, {}, "en"),
        (None, None, {"LANG": "fi_FI.UTF-8"}, "fi"),
        (None, None, {"LANG": "sv_FI.UTF-8"}, "en"),
        (None, None, {"LANG": "fi"}, "fi"),
        (None, None, {"LANG": "C.UTF-8"}, "en"),
        (None, None, {"LC_ALL": "C", "LANG": "fi_FI.UTF-8"}, "en"),
        (None, None, {"LC_ALL": "", "LANG": "fi_FI.UTF-8"}, "fi"),
        (None, None, {"LC_MESSAGES": "fi_FI", "LANG": "en_US"}, "fi"),
        (None, "fi", {"LANG": "en_US.UTF-8"}, "fi"),
        (None, "en", {"LANG": "fi_FI.UTF-8"}, "en"),
        (None, "fi", {"CXMATURITY_LANG": "en"}, "en"),
        (None, "en", {"CXMATURITY_LANG": "fi-FI"}, "fi"),
        (None, "fi", {"CXMATURITY_LANG": "xx"}, "fi"),
        ("fi", "en", {"CXMATURITY_LANG": "en", "LANG": "en_US"}, "fi"),
        ("en", "fi", {"CXMATURITY_LANG": "fi", "LANG": "fi_FI"}, "en"),
    ],
)
def test_the_nearest_wish_for_a_language_wins(explicit, configured, environment, language):
    chosen = resolve_language(explicit, configured=configured, environment=environment)
    assert chosen == language


def test_the_process_environment_counts_by_default(monkeypatch):
    monkeypatch.setenv("CXMATURITY_LANG", "fi")
    assert resolve_language() == "fi"
