"""The packages in plugins/: built, installed in a folder of their own, listed, used, tested."""

import csv
import io
import json
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from cxmaturity.hookspecs import RECORDS
from tests.plugins.installing import cxmaturity, install, run, start

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = sorted(path.parent for path in ROOT.glob("plugins/*/pyproject.toml"))
each_package = pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all packages installed."""
    folder = tmp_path_factory.mktemp("site")
    for package in PACKAGES:
        install(package, folder)
    return folder


@pytest.fixture(scope="module")
def listed(site: Path) -> dict[str, dict[str, object]]:
    """What `plugin list` says of each distribution."""
    said = json.loads(cxmaturity("plugin", "list", "--json", site=site, cwd=site))
    plugins = said["plugins"] if isinstance(said, dict) else said
    return {plugin["distribution"]: plugin for plugin in plugins}


def project(package: Path) -> dict[str, object]:
    found: dict[str, object] = tomllib.loads((package / "pyproject.toml").read_text("utf-8"))
    return found["project"]  # type: ignore[return-value]


def test_the_six_packages_are_there():
    assert [package.name.removeprefix("cxmaturity-") for package in PACKAGES] == [
        "export-csv-nodes",
        "house-rules",
        "kind-allocation",
        "measure-emotion",
        "pack-retail",
        "reader-zendesk",
    ]


@each_package
def test_its_metadata_say_what_it_is(package: Path, site: Path):
    (found,) = metadata.distributions(name=package.name, path=[str(site)])
    assert found.version == project(package)["version"]
    assert found.metadata["Summary"].startswith("For cxmaturity: ")
    assert found.metadata["License-Expression"] == "MIT"
    assert found.requires == ["cxmaturity<1,>=0.1"]
    groups = {entry.group: entry for entry in found.entry_points}
    assert groups["cxmaturity.api"].value == "v1"
    assert groups["cxmaturity.api"].name == groups["cxmaturity"].name


@each_package
def test_its_page_says_what_it_is_how_to_install_and_use_it(package: Path):
    page = (package / "README.md").read_text("utf-8")
    assert page.startswith(f"# {package.name}\n")
    assert "## Install" in page
    assert f"pip install {package.name}" in page
    assert "## Use" in page


@each_package
def test_the_wheel_holds_the_package_and_nothing_else(package: Path, site: Path):
    (found,) = metadata.distributions(name=package.name, path=[str(site)])
    module = package.name.replace("-", "_")
    files = {str(file) for file in found.files or ()}
    tops = {file.split("/")[0] for file in files}
    assert tops == {module, f"{module}-{found.version}.dist-info"}
    tracked = {
        str(path.relative_to(package))
        for path in (package / module).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert {file for file in files if file.startswith(f"{module}/")} == tracked


@each_package
def test_it_is_listed_without_fault(package: Path, listed: dict[str, dict[str, object]]):
    assert listed[package.name]["version"] == project(package)["version"]
    assert "failed" not in json.dumps(listed[package.name])


@each_package
def test_its_own_tests_pass(package: Path, site: Path, tmp_path: Path):
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    done = run(
        *("-m", "pytest", "-q", "-p", "no:cacheprovider", "-c", str(tmp_path / "pytest.ini")),
        *("--import-mode=importlib", "-W", "error", str(package / "tests")),
        site=site,
        cwd=tmp_path,
        PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout


@each_package
def test_its_tests_use_only_the_public_helpers(package: Path):
    module = package.name.replace("-", "_")
    for path in (package / "tests").glob("*.py"):
        used = re.findall(r"^\s*(?:from|import) (\S+)", path.read_text("utf-8"), re.MULTILINE)
        foreign = {name for name in used if name.startswith("cxmaturity.")}
        assert foreign <= {"cxmaturity.testing"}, path
        assert any(name.startswith(module) for name in used), path


def test_between_them_they_show_every_hook():
    shown = {
        name
        for package in PACKAGES
        for path in package.glob("cxmaturity_*/*.py")
        for name in re.findall(r"^def (cxm_\w+)\(", path.read_text("utf-8"), re.MULTILINE)
    }
    assert shown == set(RECORDS)


@each_package
def test_the_python_on_its_page_runs(package: Path, site: Path):
    page = (package / "README.md").read_text("utf-8")
    for code in re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL):
        done = run("-c", code, site=site, cwd=site)
        assert done.returncode == 0, done.stderr


# used together --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def shop(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An engagement with the retail pack, made as its page says."""
    folder = tmp_path_factory.mktemp("work")
    page = (ROOT / "plugins" / "cxmaturity-pack-retail" / "README.md").read_text("utf-8")
    lines = re.findall(r"^    cxmaturity (new .*|answer .*)$", page, re.MULTILINE)
    assert len(lines) == 2
    for line in lines:
        words = [word.strip('"') for word in re.findall(r'"[^"]*"|\S+', line)]
        cxmaturity(*words, site=site, cwd=folder)
    return folder / "shop"


def test_the_pack_is_listed_with_its_owner(site: Path):
    said = cxmaturity("rubric", "list", site=site, cwd=site)
    assert "retail" in said
    assert "cxmaturity-pack-retail" in said


def test_an_engagement_is_scored_with_the_pack(site: Path, shop: Path):
    card = json.loads(cxmaturity("score", "shop", "--format", "json", site=site, cwd=shop.parent))
    assert card["rubric"]["id"] == "retail"
    assert [finding["id"] for finding in card["findings"]] == ["QUEUE_DRIVES_OUT"]


@pytest.mark.parametrize(
    ("language", "said"), [("en", "wait 14 minutes"), ("fi", "odotetaan 14 minuuttia")]
)
def test_why_tells_a_finding_of_the_pack(site: Path, shop: Path, language: str, said: str):
    words = ("--lang", language, "why", "shop", "QUEUE_DRIVES_OUT")
    page = cxmaturity(*words, site=site, cwd=shop.parent)
    assert said in " ".join(page.split())


def test_a_pinned_engagement_outlives_the_pack(shop: Path, tmp_path: Path):
    card = json.loads(
        cxmaturity("score", "shop", "--format", "json", site=tmp_path, cwd=shop.parent)
    )
    assert card["rubric"]["id"] == "retail"


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Store experience"), ("fi", "Myymäläkokemus")]
)
def test_the_scorecard_is_written_in_the_new_format(
    site: Path, shop: Path, language: str, title: str
):
    words = ("--lang", language, "score", "shop", "--format", "csv-nodes")
    rows = list(csv.reader(io.StringIO(cxmaturity(*words, site=site, cwd=shop.parent))))
    assert title in {row[2] for row in rows}


def test_the_command_writes_a_calendar(site: Path, shop: Path):
    said = cxmaturity("calendar", "shop", "--lang", "fi", site=site, cwd=shop.parent)
    assert said.startswith("BEGIN:VCALENDAR")
    assert "SUMMARY:Kouluttakaa" in said
    assert "calendar" in cxmaturity("--help", site=site, cwd=site)


def test_the_house_rules_look_at_a_rubric(site: Path, tmp_path: Path):
    cxmaturity("rubric", "new", "own", site=site, cwd=tmp_path)
    done = start("rubric", "check", "./own", site=site, cwd=tmp_path)
    assert "cites no source" in " ".join(done.stdout.split()), done.stdout + done.stderr
