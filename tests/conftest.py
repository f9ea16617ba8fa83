"""What every test may count on: the same examples each run, the shared corpora if present."""

import os
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent

# Nothing of the developer's own may be read or left behind: parsed rubrics, settings, language.
os.environ["CXMATURITY_CACHE"] = "off"
os.environ["XDG_CONFIG_HOME"] = str(ROOT / "tests" / "no-settings")
for name in ("CXMATURITY_LANG", "CXMATURITY_ASCII", "FORCE_COLOR", "NO_COLOR", "LANG", "LC_ALL"):
    os.environ.pop(name, None)

# A failing run must fail again on the next machine; slow machines are no bug.
settings.register_profile("deterministic", derandomize=True, deadline=None, database=None)
settings.load_profile("deterministic")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of corpora and survey data beside the checkout, which not everybody has."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs the folder ../shared with corpora and survey data")
    return folder
