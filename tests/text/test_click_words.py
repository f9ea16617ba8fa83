import gettext
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from click.testing import CliRunner

from cxmaturity.text import click_words
from cxmaturity.text.messages import DOMAIN, LOCALE_FOLDER


@pytest.fixture
def finnish_click(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    source = LOCALE_FOLDER / "fi/LC_MESSAGES/cxmaturity.po"
    target = tmp_path / "fi" / "LC_MESSAGES" / "cxmaturity.mo"
    target.parent.mkdir(parents=True)
    with source.open("rb") as po, target.open("wb") as mo:
        write_mo(mo, read_po(po))
    monkeypatch.setattr(click_words, "LOCALE_FOLDER", tmp_path)
    monkeypatch.setenv("LANGUAGE", "")
    before = gettext.textdomain()
    yield
    gettext.textdomain(before)
    gettext.bindtextdomain(DOMAIN, str(LOCALE_FOLDER))


@click.command()
@click.option("--size", type=click.Choice(["small", "large"]))
def weigh(size: str) -> None:
    """Weigh something."""
    click.echo(size)


@pytest.mark.usefixtures("finnish_click")
def test_click_speaks_finnish_and_english_again():
    click_words.translate_click("fi")
    assert "Käyttö:" in CliRunner().invoke(weigh, ["--help"]).output
    refused = CliRunner().invoke(weigh, ["--size", "huge"]).output
    assert "Virhe: Virheellinen arvo" in refused
    assert "ei ole mikään näistä: 'small', 'large'." in refused
    click_words.translate_click("en")
    assert "Usage:" in CliRunner().invoke(weigh, ["--help"]).output


def test_every_listed_message_is_one_of_click_s():
    said = {text for _, _, text, _, _ in extract_from_dir(Path(click.__file__).parent)}
    listed = {*click_words.MESSAGES, *click_words.PLURALS}
    assert not listed - said
