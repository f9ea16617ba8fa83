"""An engagement is opened with all its problems at once, changed, and opened again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from cxmaturity.errors import ConflictError, InputError, StoreError, UsageError
from cxmaturity.model.engagement import Evidence, Rating
from cxmaturity.store import creation, upgrade
from cxmaturity.store.canonical import ASSESSOR, canonical
from cxmaturity.store.edits import Edits, checked, edited
from cxmaturity.store.engagement_folder import EngagementFolder, open_engagement
from cxmaturity.store.files import write_file
from cxmaturity.store.revision import ABSENT
from cxmaturity.store.saving import (
    keep_both,
    save_edits,
    set_answer,
    set_evidence,
    set_fact,
    set_settings,
)
from cxmaturity.store.settings import KEYS, read_setting

from .engagements import DATE, new_engagement


@pytest.fixture
def folder(tmp_path: Path) -> EngagementFolder:
    return new_engagement(tmp_path / "acme")


def same_content(one: EngagementFolder, other: EngagementFolder) -> bool:
    return (one.engagement, one.assessor, one.evidence, one.versions) == (
        other.engagement,
        other.assessor,
        other.evidence,
        other.versions,
    )


def test_every_change_is_there_when_opened_again(folder: EngagementFolder) -> None:
    state = set_answer(folder, "loop.weekly", Rating(value=2, note="seen", when=DATE))
    state = set_answer(state, "loop.channels", Rating(value=["mail", "chat"]))
    state = set_fact(state, "size", Rating(value="mid"))
    state = set_evidence(state, "loop.weekly", Evidence(grade="documented", date=DATE))
    state = set_settings(state, **{"weight.people": Decimal("1.5"), "n_min": 7})
    again = open_engagement(folder.path)
    assert same_content(again, state)
    assert again.assessor.ratings["loop"]["weekly"].value == 2
    assert again.assessor.ratings["loop"]["channels"].value == ("mail", "chat")
    assert again.engagement.facts["size"].value == "mid"
    assert again.engagement.weights == {"people": 1_500_000}
    assert again.evidence.evidence["loop"]["weekly"].grade == "documented"


def test_clearing_leaves_the_bytes_of_before(folder: EngagementFolder) -> None:
    before = {path: path.read_bytes() for path in folder.path.glob("*.toml")}
    state = set_answer(folder, "loop.weekly", Rating(value=2))
    state = set_answer(state, "loop.weekly", None)
    state = set_fact(state, "size", Rating(value="mid"))
    state = set_fact(state, "size", Rating())
    state = set_evidence(state, "loop.weekly", Evidence(grade="claimed"))
    state = set_evidence(state, "loop.weekly", None)
    state = set_settings(state, profile="high_touch", **{"target.silos": 3})
    set_settings(state, profile=None, **{"target.silos": None})
    assert {path: path.read_bytes() for path in folder.path.glob("*.toml")} == before


def test_one_change_is_one_renamed_file(
    folder: EngagementFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed: list[str] = []
    real = Path.replace

    def replace(self: Path, target: Path) -> Path:
        renamed.append(target.name)
        return real(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    set_answer(folder, "loop.weekly", Rating(value=2))
    assert renamed == ["assessor.toml"]


def test_edits_in_several_files_are_saved_together_or_not_at_all(folder: EngagementFolder) -> None:
    edits = Edits(ratings={"loop.weekly": Rating(value=1)}, facts={"size": Rating(value="mid")})
    other = set_fact(folder, "size", Rating(value="small"))
    with pytest.raises(ConflictError):
        save_edits(folder, edits)
    assert same_content(open_engagement(folder.path), other)
    saved = save_edits(other, edits)
    assert same_content(open_engagement(folder.path), saved)


def test_the_second_of_two_sessions_gets_a_conflict_and_keeps_both(
    folder: EngagementFolder,
) -> None:
    mine = Edits(ratings={"loop.weekly": Rating(value=1)})
    theirs = set_answer(folder, "loop.weekly", Rating(value=4))
    with pytest.raises(ConflictError) as caught:
        save_edits(folder, mine)
    assert caught.value.problems[0].where.file == str(folder.path / "assessor.toml")
    kept = keep_both(folder, mine)
    assert [path.name for path in kept] == ["assessor.conflict-1.toml"]
    assert kept[0].read_bytes() == canonical(ASSESSOR, edited(folder, mine).assessor)
    assert same_content(open_engagement(folder.path), theirs)


def test_sessions_that_change_different_files_do_not_meet(folder: EngagementFolder) -> None:
    set_fact(folder, "size", Rating(value="mid"))
    set_answer(folder, "loop.weekly", Rating(value=4))
    again = open_engagement(folder.path)
    assert (
        again.engagement.facts["size"].value,
        again.assessor.ratings["loop"]["weekly"].value,
    ) == (
        "mid",
        4,
    )


def test_an_empty_edit_writes_nothing(folder: EngagementFolder) -> None:
    before = (folder.path / "engagement.toml").stat().st_ino
    assert same_content(save_edits(folder, Edits()), folder)
    assert (folder.path / "engagement.toml").stat().st_ino == before


BAD_FILES = {
    "engagement.toml": b"""\
organisation = ""
dat = 2026-03-31
date = "2026-03-31"
n_min = 2
modules = "extended"
flavour_of_the_month = 1
language = "sv"
[rubric]
id = "Tiny"
version = 1
[weights]
people = 1.0000001
silos = true
[facts.size]
valeu = "mid"
""",
    "assessor.toml": b"""\
[ratings.loop.weekly]
value = 2
flag = 1
when = 2026-01-01T10:00:00
[ratings.loop]
Bad = { value = 1 }
""",
    "evidence.toml": b"""\
[evidence.loop.weekly]
grade = "sworn"
evidence = [
""",
}


def test_all_problems_of_all_files_are_said_with_their_places(folder: EngagementFolder) -> None:
    for name, data in BAD_FILES.items():
        (folder.path / name).write_bytes(data)
    with pytest.raises(InputError) as caught:
        open_engagement(folder.path)
    said = [
        (
            Path(problem.where.file).name,
            problem.where.line,
            problem.where.key,
            problem.code,
        )
        for problem in caught.value.problems
    ]
    assert said == [
        ("engagement.toml", 1, "organisation", "wrong_value"),
        ("engagement.toml", 2, "dat", "unknown_key"),
        ("engagement.toml", 3, "date", "wrong_value"),
        ("engagement.toml", 4, "n_min", "wrong_value"),
        ("engagement.toml", 5, "modules", "wrong_value"),
        ("engagement.toml", 6, "flavour_of_the_month", "unknown_key"),
        ("engagement.toml", 7, "language", "wrong_value"),
        ("engagement.toml", 8, "rubric.sha256", "missing_key"),
        ("engagement.toml", 9, "rubric.id", "wrong_value"),
        ("engagement.toml", 10, "rubric.version", "wrong_value"),
        ("engagement.toml", 12, "weights.people", "wrong_value"),
        ("engagement.toml", 13, "weights.silos", "wrong_value"),
        ("engagement.toml", 15, "facts.size.valeu", "unknown_key"),
        ("assessor.toml", 3, "ratings.loop.weekly.flag", "wrong_value"),
        ("assessor.toml", 4, "ratings.loop.weekly.when", "wrong_value"),
        ("assessor.toml", 6, "ratings.loop.Bad", "wrong_value"),
        ("evidence.toml", 4, "", "toml_syntax"),
    ]
    text = str(caught.value)
    assert "did you mean date?" in text
    assert "did you mean value?" in text
    assert "remove it, or use one of format, organisation" in text
    assert "'en' or 'fi'" in text
    assert "at most six decimals" in text


def test_a_folder_that_is_no_engagement_is_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        with pytest.raises(StoreError) as caught:
            open_engagement(path)
        assert [problem.code for problem in caught.value.problems] == ["not_an_engagement"]


def test_files_that_are_not_there_say_nothing(folder: EngagementFolder) -> None:
    (folder.path / "assessor.toml").unlink()
    (folder.path / "evidence.toml").unlink()
    again = open_engagement(folder.path)
    assert again.assessor.ratings == {}
    assert again.versions["assessor.toml"].revision == ABSENT
    set_answer(again, "loop.weekly", Rating(value=1))
    assert open_engagement(folder.path).assessor.ratings["loop"]["weekly"].value == 1


def test_an_unreadable_file_is_a_store_error_beside_other_problems(
    folder: EngagementFolder,
) -> None:
    (folder.path / "assessor.toml").unlink()
    (folder.path / "assessor.toml").mkdir()
    (folder.path / "evidence.toml").write_bytes(b"x")
    with pytest.raises(StoreError) as caught:
        open_engagement(folder.path)
    assert [problem.code for problem in caught.value.problems] == ["not_a_file", "toml_syntax"]


def test_evidence_may_not_be_younger_than_the_engagement(folder: EngagementFolder) -> None:
    tomorrow = DATE + dt.timedelta(days=1)
    entry = Evidence(grade="documented", date=tomorrow)
    with pytest.raises(UsageError) as refused:
        set_evidence(folder, "loop.weekly", entry)
    assert refused.value.problems[0].code == "evidence_too_late"
    later = set_settings(folder, date=tomorrow)
    later = set_evidence(later, "loop.weekly", entry)
    with pytest.raises(UsageError):
        set_settings(later, date=DATE)
    path = folder.path / "engagement.toml"
    path.write_bytes(path.read_bytes().replace(b"2026-04-01", b"2026-03-31"))
    with pytest.raises(InputError) as caught:
        open_engagement(folder.path)
    where = caught.value.problems[0].where
    assert (Path(where.file).name, where.key) == ("evidence.toml", "evidence.loop.weekly.date")
    assert where.line == 7


@pytest.mark.parametrize("key", ["loop", "loop.", "Loop.weekly", "loop.weekly.x", "fact.äö", ""])
def test_a_key_that_can_name_no_question_is_refused(folder: EngagementFolder, key: str) -> None:
    attempts: list[Callable[[], object]] = [
        lambda: set_answer(folder, key, Rating(value=1)),
        lambda: set_evidence(folder, key, Evidence(grade="claimed")),
    ]
    if key != "loop":
        attempts.append(lambda: set_fact(folder, key, Rating(value=1)))
    for attempt in attempts:
        with pytest.raises(UsageError) as caught:
            attempt()
        assert caught.value.problems[0].code == "wrong_key"
    assert same_content(open_engagement(folder.path), folder)


def test_what_a_user_says_beside_an_answer_is_checked() -> None:
    assert checked(Rating, value=1, note="n") == Rating(value=1, note="n")
    with pytest.raises(UsageError) as caught:
        checked(Rating, value=1, note="x" * 10_001, flag="yes", who="half \ud800")
    assert [problem.where.key for problem in caught.value.problems] == ["note", "flag", "who"]
    with pytest.raises(UsageError):
        checked(Evidence, grade="sworn")


SETTINGS: dict[str, tuple[str, object]] = {
    "organisation": ("Beta Oy", "Beta Oy"),
    "date": ("2026-12-31", dt.date(2026, 12, 31)),
    "profile": ("high_touch", "high_touch"),
    "modules": ("extended, forms", ("extended", "forms")),
    "language": ("fi", "fi"),
    "baseline": ("../old/results/2025-03-31-1.json", "../old/results/2025-03-31-1.json"),
    "aggregate_over": ("unit", "unit"),
    "respondents": ("pooled", "pooled"),
    "average": ("median", "median"),
    "n_min": ("7", 7),
    "retention": ("2027-12-31", dt.date(2027, 12, 31)),
    "advisors": ("none", ()),
    "weight.loop.weekly": ("0.5", Decimal("0.5")),
    "target.silos": ("3", 3),
    "group_weight.front": ("2.5", Decimal("2.5")),
    "axes.unit": ("north,south", ("north", "south")),
    "labels.unit code": ("U-1", "U-1"),
}


def test_every_setting_is_read_saved_and_cleared(folder: EngagementFolder) -> None:
    assert {key.partition(".")[0] for key in SETTINGS} == {key.partition(".")[0] for key in KEYS}
    typed = {key: read_setting(key, text) for key, (text, _) in SETTINGS.items()}
    assert typed == {key: value for key, (_, value) in SETTINGS.items()}
    state = set_settings(folder, **typed)
    assert same_content(open_engagement(folder.path), state)
    engagement = state.engagement
    assert engagement.weights == {"loop.weekly": 500_000}
    assert engagement.targets == {"silos": 3_000_000}
    assert engagement.axes == {"unit": ("north", "south")}
    assert engagement.labels == {"unit code": "U-1"}
    kept = ("organisation", "date")
    cleared = {key: read_setting(key, "clear") for key in SETTINGS if key not in kept}
    again = set_settings(state, **cleared, organisation="Acme Oy", date=DATE)
    assert again.engagement == folder.engagement


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("date", "31.3.2026", "wrong_value"),
        ("n_min", "five", "wrong_value"),
        ("weight.people", "1,5", "wrong_value"),
        ("colour", "red", "unknown_setting"),
        ("weight", "1", "unknown_setting"),
        ("weight.", "1", "unknown_setting"),
        ("facts.size", "mid", "unknown_setting"),
    ],
)
def test_a_text_that_is_no_setting_is_refused(key: str, text: str, code: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_setting(key, text)
    assert caught.value.problems[0].code == code
    assert caught.value.problems[0].where.key == key


def test_a_setting_that_the_model_refuses_is_said_with_its_key(folder: EngagementFolder) -> None:
    with pytest.raises(UsageError) as caught:
        set_settings(folder, organisation=None, n_min=2, **{"weight.a": Decimal("nan")})
    keys = {problem.where.key: problem.code for problem in caught.value.problems}
    assert keys == {
        "organisation": "missing_key",
        "n_min": "wrong_value",
        "weights.a": "wrong_value",
    }
    assert same_content(open_engagement(folder.path), folder)


def test_a_newer_file_is_refused_and_never_rewritten(folder: EngagementFolder) -> None:
    path = folder.path / "assessor.toml"
    newer = path.read_bytes().replace(b"format = 1", b"format = 2")
    path.write_bytes(newer)
    with pytest.raises(InputError) as caught:
        open_engagement(folder.path)
    problem = caught.value.problems[0]
    assert (problem.code, problem.where.line) == ("newer_format", 3)
    with pytest.raises(ConflictError):
        set_answer(folder, "loop.weekly", Rating(value=1))
    assert path.read_bytes() == newer


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (b"0", "unknown_format"),
        (b"-1", "wrong_format"),
        (b"true", "wrong_format"),
        (b'"1"', "wrong_format"),
        (b"1.0", "wrong_format"),
    ],
)
def test_a_format_that_never_was_is_said(
    folder: EngagementFolder, number: bytes, code: str
) -> None:
    (folder.path / "evidence.toml").write_bytes(b"format = " + number + b"\n")
    with pytest.raises(InputError) as caught:
        open_engagement(folder.path)
    assert caught.value.problems[0].code == code


def rename_answers(data: Any) -> dict[str, Any]:
    """An upgrade as a release would bring it: the table had another name."""
    return {"ratings": {"loop": data["answers"]}}


def test_an_older_file_is_upgraded_when_saved_and_its_original_kept(
    folder: EngagementFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(upgrade.UPGRADES, "assessor.toml", {0: rename_answers})
    old = b"format = 0\n[answers.weekly]\nvalue = 3\n"
    path = folder.path / "assessor.toml"
    write_file(path, old)
    opened = open_engagement(folder.path)
    assert opened.assessor.ratings["loop"]["weekly"].value == 3
    assert path.read_bytes() == old
    state = set_answer(opened, "loop.other", Rating(value=1))
    original = folder.path / "assessor.format-0-1.toml"
    assert original.read_bytes() == old
    assert same_content(open_engagement(folder.path), state)
    set_answer(state, "loop.other", Rating(value=2))
    assert list(folder.path.glob("*.format-*")) == [original]


def test_the_engagement_can_be_saved_elsewhere(folder: EngagementFolder, tmp_path: Path) -> None:
    unsaved = edited(folder, Edits(ratings={"loop.weekly": Rating(value=4)}))
    copy = creation.save_elsewhere(unsaved, tmp_path / "rescue")
    assert copy.assessor == unsaved.assessor
    assert copy.engagement == folder.engagement
    assert open_engagement(folder.path).assessor.ratings == {}
