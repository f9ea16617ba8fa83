"""An engagement of the small rubric, and the command line run in this process."""

from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from cxmaturity.cli import program
from cxmaturity.text.click_words import translate_click
from cxmaturity.text.messages import use_language

Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def english_before_and_after() -> Iterator[None]:
    use_language("en")
    yield
    use_language("en")
    translate_click("en")


@pytest.fixture
def cx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `cxmaturity` with some words in an empty folder; stdout and stderr are kept apart."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    runner = CliRunner()

    def run(*words: str, typed: str | bytes | None = None) -> Result:
        return runner.invoke(program, list(words), input=typed)

    return run


@pytest.fixture
def acme(cx: Run, tmp_path: Path) -> Path:
    """An engagement of the starter rubric without answers."""
    made = cx(
        "new", "acme", "--organisation", "Acme Oy", "--rubric", "starter", "--date", "2026-03-31"
    )
    assert made.exit_code == 0, made.stderr
    return tmp_path / "acme"


@pytest.fixture
def answered(cx: Run, acme: Path) -> Path:
    """The engagement with enough answers for the phase `practice`."""
    done = cx(
        "answer", "acme", "listening.asked=3", "listening.in_person=monthly",
        "listening.share_asked=62.5", "acting.answered=3", "acting.causes=2", "acting.told=yes",
        "fact.people=mid", "fact.owner_named=yes",
    )  # fmt: skip
    assert done.exit_code == 0, done.stderr
    return acme


def completed(command: str, folder: Path, incomplete: str) -> list[str]:
    """What a shell would offer for the word after the engagement's folder."""
    context = click.Context(program)
    found = program.get_command(context, command)
    assert found is not None
    context.params = {"folder": folder}
    (words,) = [p for p in found.params if p.name in ("words", "key", "subject")]
    return [item.value for item in words.shell_complete(context, incomplete)]


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but the lock, whose content means nothing."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }
