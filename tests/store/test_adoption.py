"""Another rubric under the same answers: before or after, whatever fails or crashes in between."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cxmaturity.errors import ConflictError, CxError, StoreError
from cxmaturity.model.engagement import Rating
from cxmaturity.store import adoption, files
from cxmaturity.store.adoption import repin, settle
from cxmaturity.store.engagement_folder import open_engagement
from cxmaturity.store.rubric_copy import rubric_problems
from cxmaturity.store.saving import set_answer, set_settings
from tests.store.engagements import RUBRIC_FILES, new_engagement

NEWER = {"rubric.toml": b'format = 1\nid = "tiny"\n# newer\n', "rules.toml": b"# rules\n"}


def state(path: Path) -> str:
    """Which rubric the engagement is judged by; it must be exactly one of the two, whole."""
    folder = open_engagement(path)
    assert list(rubric_problems(folder.rubric_folder, folder.engagement.rubric)) == []
    return folder.engagement.rubric.version


def leftovers(path: Path) -> list[str]:
    return [p.name for p in path.iterdir() if p.name.startswith(".rubric")]


def test_the_new_rubric_is_there_whole_and_the_answers_stay(tmp_path):
    folder = set_answer(new_engagement(tmp_path / "e"), "loop.weekly", Rating(value=3))
    after = repin(folder, "tiny", "2.0.0", NEWER)
    assert state(folder.path) == "2.0.0"
    assert sorted(p.name for p in folder.rubric_folder.iterdir()) == [
        "SHA256SUMS", "rubric.toml", "rules.toml",
    ]  # fmt: skip
    assert open_engagement(folder.path).assessor == folder.assessor
    assert leftovers(folder.path) == []
    set_settings(after, language="fi")
    assert state(folder.path) == "2.0.0"


def test_somebody_else_s_change_is_not_overwritten(tmp_path):
    folder = new_engagement(tmp_path / "e")
    set_settings(folder, language="fi")
    with pytest.raises(ConflictError):
        repin(folder, "tiny", "2.0.0", NEWER)
    assert state(folder.path) == "1.0.0"
    assert leftovers(folder.path) == []


@pytest.mark.parametrize("name", ["rename", "replace", "mkdir"])
def test_every_refusal_of_the_disk_leaves_the_old_rubric(tmp_path, monkeypatch, name):
    """The n-th call fails, for each n, until nothing fails any more."""
    whole = getattr(Path, name)
    for number in range(1, 30):
        folder = new_engagement(tmp_path / f"{name}-{number}")
        left = number

        def failing(self, *arguments, **settings):
            nonlocal left
            left -= 1
            if left == 0:
                raise OSError(5, "Input/output error")
            return whole(self, *arguments, **settings)

        with monkeypatch.context() as patch:
            patch.setattr(Path, name, failing)
            try:
                repin(folder, "tiny", "2.0.0", NEWER)
            except StoreError:
                failed = True
            else:
                failed = False
        settle(folder.path)
        assert state(folder.path) == ("1.0.0" if failed else "2.0.0")
        assert leftovers(folder.path) == []
        if left > 0:
            return
    pytest.fail("it never came to an end")


class Crash(BaseException):
    """The process is gone: nothing after it runs, not even what would clean up."""


@pytest.mark.parametrize("place", range(6))
def test_a_crash_at_any_step_leaves_one_of_the_two(tmp_path, monkeypatch, place):
    folder = new_engagement(tmp_path / "e")
    steps = iter(range(100))
    before = tmp_path / "as_it_was"

    def crashing(function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments, **settings):
            if next(steps) == place:
                shutil.copytree(folder.path, before, symlinks=True)
            return function(*arguments, **settings)

        return run

    with monkeypatch.context() as patch:
        for owner, name in [
            (Path, "rename"), (Path, "replace"), (adoption, "write_folder"),
            (adoption, "write_file"), (shutil, "rmtree"),
        ]:  # fmt: skip
            patch.setattr(owner, name, crashing(getattr(owner, name)))
        repin(folder, "tiny", "2.0.0", NEWER)
    if not before.exists():
        shutil.copytree(folder.path, before)
    settle(before)
    assert state(before) in ("1.0.0", "2.0.0")
    settle(before)
    assert files.names_in(before / "rubric") != []
    again = repin(open_engagement(before), "tiny", "2.0.0", NEWER)
    assert state(before) == again.engagement.rubric.version == "2.0.0"
    assert leftovers(before) == []


def test_an_untouched_engagement_is_not_locked_or_written(tmp_path):
    folder = new_engagement(tmp_path / "e")
    settle(folder.path)
    assert not (folder.path / ".lock").exists()
    settle(tmp_path / "nowhere")


def test_with_an_unreadable_pin_the_old_rubric_comes_back(tmp_path):
    folder = new_engagement(tmp_path / "e")
    (folder.path / "rubric").rename(folder.path / ".rubric-previous")
    shutil.copytree(folder.path / ".rubric-previous", folder.path / "rubric")
    (folder.path / "rubric" / "rubric.toml").write_bytes(b"# other\n")
    (folder.path / "engagement.toml").write_text("[rubric")
    settle(folder.path)
    assert (folder.path / "rubric" / "rubric.toml").read_bytes() == RUBRIC_FILES["rubric.toml"]
    with pytest.raises(CxError):
        open_engagement(folder.path)
