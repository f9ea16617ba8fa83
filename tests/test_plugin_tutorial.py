"""The tutorial for plugin authors works as it stands: every command, every piece of code."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from tests.plugins.installing import install, run, start

PAGE = (Path(__file__).parents[1] / "docs" / "plugins.md").read_text("utf-8")
PIECES = re.findall(r"^```(console|toml)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = [line[2:] for kind, text in PIECES if kind == "console" for line in text.splitlines()]
EDITED = "acme-stores/acme_stores/acme_stores/rules.toml"


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What each command of the tutorial printed, in the page's own order."""
    work, site = tmp_path_factory.mktemp("work"), tmp_path_factory.mktemp("site")
    found: dict[str, str] = {}
    for kind, text in PIECES:
        if kind == "toml":
            with (work / EDITED).open("a", encoding="utf-8") as rules:
                rules.write(f"\n{text}")
            continue
        for line in text.splitlines():
            found[line[2:]] = carried_out(line[2:], work, site)
    return found


def carried_out(command: str, work: Path, site: Path) -> str:
    """Run a command of the page; pip is stood in for by unpacking the package's wheel."""
    program, *words = shlex.split(command)
    if words[:3] == ["-m", "pip", "install"]:
        install(work / words[3], site)
        return ""
    if program == "python":
        settings = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": "-p no:cacheprovider"}
        # Before it is installed, the package is found beside its tests.
        done = run(*words, site=work / words[-1], cwd=work, **settings)
    else:
        done = start(*words, site=site, cwd=work)
    assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    return " ".join(done.stdout.split())


def test_it_takes_at_most_twelve_commands():
    assert 8 <= len(COMMANDS) <= 12


def test_the_page_names_the_file_that_is_edited():
    assert f"`{EDITED}`" in PAGE
    (edit,) = (text for kind, text in PIECES if kind == "toml")
    assert set(tomllib.loads(edit)["rules"]) == {"PROMISE_UNCOUNTED"}


def test_every_command_runs(said: dict[str, str]):
    assert list(said) == COMMANDS


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("python -m pytest acme-stores", "passed"),
        ("cxmaturity plugin list", "acme-stores"),
        ("cxmaturity rubric list", "acme_stores"),
        ("cxmaturity score harbour", "Promised, never counted"),
        ("cxmaturity why harbour PROMISE_UNCOUNTED", "Count for a month"),
    ],
)
def test_commands_show_the_pack(said: dict[str, str], command: str, words: str):
    assert words in said[command]


def test_the_python_on_the_page_runs():
    (code,) = re.findall(r"^```python\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    names: dict[str, object] = {}
    exec(code, names)  # noqa: S102 - the page's own example
    assert "card" in names


def test_the_table_of_hooks_is_complete():
    from cxmaturity.hookspecs import RECORDS

    assert set(re.findall(r"`(cxm_\w+)`", PAGE)) == set(RECORDS)


def test_the_helpers_it_lists_are_there():
    import cxmaturity.testing

    named = set(re.findall(r"^\| `(\w+)\(", PAGE, re.MULTILINE))
    assert named <= set(cxmaturity.testing.__all__)
    assert len(named) == 8
