"""The command line run in this process, and distributions that are only there for one test."""

import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner, Result

from cxmaturity.cli import program
from cxmaturity.text.click_words import translate_click
from cxmaturity.text.messages import use_language


@pytest.fixture(autouse=True)
def english_before_and_after():
    use_language("en")
    yield
    use_language("en")
    translate_click("en")


@pytest.fixture
def cx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run `cxmaturity` with some words in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    runner = CliRunner()
    return lambda *words: runner.invoke(program, list(words))


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Put a distribution with one module and its entry points where Python finds it."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))

    def put(
        module: str, body: str, *, version: str = "1.0.0", api: str = "v1", commands: str = ""
    ) -> Path:
        name = module.replace("_", "-")
        path = site / f"{module}.py"
        path.write_text(dedent(body), "utf-8")
        info = site / f"{module}-{version}.dist-info"
        info.mkdir(exist_ok=True)
        about = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nSummary: of a test\n"
        (info / "METADATA").write_text(about)
        (info / "RECORD").write_text(
            f"{module}.py,sha256={sha256(body.encode()).hexdigest()},1\nx-info/RECORD,,\n"
        )
        points = (
            f"[cxmaturity]\n{name} = {module}\n\n[cxmaturity.api]\n{name} = {api}\n\n"
            f"[cxmaturity.commands]\n{commands}\n"
        )
        (info / "entry_points.txt").write_text(points)
        monkeypatch.delitem(sys.modules, module, raising=False)
        return path

    return put
