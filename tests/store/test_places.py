"""The user's folders are where every other program of the system has them."""

import platformdirs
import pytest

from cxmaturity.store.places import cache_folder, config_folder
from cxmaturity.store.preferences import read_preferences


@pytest.mark.parametrize("given", [None, "", "  ", "/somewhere/else", "relative"])
def test_folders_are_those_of_platformdirs(monkeypatch, given):
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
        if given is not None:
            monkeypatch.setenv(name, given)
    if given == "relative":
        # The specification lets programs leave out relative paths; platformdirs takes them.
        assert config_folder().parts[-1] == "cxmaturity"
        return
    assert config_folder() == platformdirs.user_config_path("cxmaturity", appauthor=False)
    assert cache_folder() == platformdirs.user_cache_path("cxmaturity", appauthor=False)


def test_every_preference(monkeypatch, tmp_path):
    folder = tmp_path / "cxmaturity"
    folder.mkdir()
    (folder / "config.toml").write_text(
        'language = "fi"\ntheme = "dark"\nascii = true\nrecent = ["a", "b"]\n[keys]\nquit = "q"\n'
    )
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    found = read_preferences({})
    assert (found.language, found.theme, found.ascii) == ("fi", "dark", True)
    assert found.recent == ("a", "b")
    assert found.keys == {"quit": "q"}
    assert found.problems == ()
    assert not read_preferences({"CXMATURITY_ASCII": "no"}).ascii
    (folder / "config.toml").unlink()
    assert read_preferences({"CXMATURITY_ASCII": "1"}).ascii
    assert read_preferences({}).language is None
