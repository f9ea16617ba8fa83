"""`answer` and `evidence`: everything is saved, or nothing and every reason is said."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import completed, contents


def ratings(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "assessor.toml").read_text("utf-8")).get("ratings", {})  # type: ignore[no-any-return]


def facts(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "engagement.toml").read_text("utf-8")).get("facts", {})  # type: ignore[no-any-return]


def test_answers_of_every_kind(cx, answered):
    said = ratings(answered)
    assert said["listening"]["asked"]["value"] == 3
    assert said["listening"]["in_person"]["value"] == "monthly"
    assert said["listening"]["share_asked"]["value"] == 62.5
    assert said["acting"]["told"]["value"] is True
    assert facts(answered)["people"]["value"] == "mid"


@pytest.mark.parametrize("value", ["unknown", "na:out_of_scope", "na:other", "0", "4"])
def test_words_that_every_question_knows(cx, acme, value):
    assert cx("answer", "acme", f"listening.asked={value}").exit_code == 0
    assert str(ratings(acme)["listening"]["asked"]["value"]) == value


def test_a_note_and_a_mark_stay_until_they_are_changed(cx, acme):
    cx("answer", "acme", "listening.asked=3", "--note", "Seen", "--flag", "--who", "Aino")
    cx("answer", "acme", "listening.asked=2")
    entry = ratings(acme)["listening"]["asked"]
    assert (entry["value"], entry["note"], entry["flag"], entry["who"]) == (2, "Seen", True, "Aino")
    cx("answer", "acme", "listening.asked=clear", "--no-flag")
    assert ratings(acme)["listening"]["asked"] == {"note": "Seen"}
    cx("answer", "acme", "listening.asked=clear", "--note", "")
    assert ratings(acme) == {}


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("listening.askd=3", "listening.asked"),
        ("fact.peple=mid", "fact.people"),
        ("listening.asked=5", "a level: 0, 1, 2, 3, 4"),
        ("listening.asked=2.5", "a level: 0, 1, 2, 3, 4"),
        ("listening.asked=na", "na:out_of_scope"),
        ("listening.asked=na:because", "na:out_of_scope"),
        ("listening.in_person=daily", "one of never, yearly, monthly, weekly, no_leaders"),
        ("listening.share_asked=62,5", "a number from 0 to 100"),
        ("listening.share_asked=101", "a number from 0 to 100"),
        ("listening.share_asked=" + "9" * 5000, "a number from 0 to 100"),
        ("acting.told=maybe", "yes or no"),
        ("fact.people=", "one of small, mid, large"),
        ("listening.asked", "KEY=VALUE"),
        ("=3", "KEY=VALUE"),
    ],
)
def test_a_wrong_answer_saves_nothing_and_says_what_is_allowed(cx, acme, word, said):
    before = contents(acme)
    refused = cx("answer", "acme", "acting.causes=2", word)
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert contents(acme) == before


def test_every_wrong_answer_is_said_at_once_in_finnish_too(cx, acme):
    refused = cx("answer", "acme", "a.b=1", "listening.asked=9", "acting.told=no!", "--lang", "fi")
    assert refused.exit_code == 2
    assert all(word in refused.stderr for word in ("a.b", "listening.asked", "acting.told"))
    assert "problems" not in refused.stderr


def test_an_answer_said_twice_is_refused(cx, acme):
    refused = cx("answer", "acme", "acting.causes=2", "acting.causes=3")
    assert refused.exit_code == 2
    assert "twice" in refused.stderr


def test_a_file_of_answers(cx, acme):
    (acme.parent / "answers.toml").write_text(
        """
        [ratings]
        "listening.asked" = { value = 3, note = "In the file" }
        [ratings.acting]
        causes = 2
        told = "yes"
        [facts]
        people = "mid"
        [evidence]
        "acting.causes" = { grade = "documented", reference = "List", date = 2026-03-01 }
        """
    )
    done = cx("answer", "acme", "--from", "answers.toml", "acting.answered=1", "--note", "All")
    assert done.exit_code == 0, done.stderr
    said = ratings(acme)
    assert said["listening"]["asked"]["note"] == "In the file"
    assert said["acting"]["causes"]["note"] == "All"
    assert said["acting"]["answered"]["value"] == 1
    assert facts(acme)["people"]["value"] == "mid"
    evidence = tomllib.loads((acme / "evidence.toml").read_text("utf-8"))["evidence"]
    assert evidence["acting"]["causes"]["grade"] == "documented"


@pytest.mark.parametrize(
    "text",
    [
        '{"listening.asked": 3, "acting": {"causes": 2}, "fact.people": "mid"}',
        '{"ratings": {"listening.asked": 3, "acting": {"causes": 2}}, "facts": {"people": "mid"}}',
        'listening.asked = 3\nacting.causes = 2\nfact.people = "mid"\n',
    ],
)
def test_answers_from_the_input(cx, acme, text):
    done = cx("answer", "acme", "--from", "-", typed=text)
    assert done.exit_code == 0, done.stderr
    assert ratings(acme)["listening"]["asked"]["value"] == 3
    assert ratings(acme)["acting"]["causes"]["value"] == 2
    assert facts(acme)["people"]["value"] == "mid"


def test_dates_in_json_are_texts(cx, acme):
    said = {"evidence": {"acting.causes": {"grade": "documented", "date": "2026-03-01"}}}
    assert cx("answer", "acme", "--from", "-", typed=json.dumps(said)).exit_code == 0
    assert "date = 2026-03-01" in (acme / "evidence.toml").read_text("utf-8")


def test_null_and_clear_in_a_file_take_an_answer_away(cx, answered):
    text = '{"listening.asked": null, "acting.causes": "clear"}'
    assert cx("answer", "acme", "--from", "-", typed=text).exit_code == 0
    assert "asked" not in ratings(answered)["listening"]
    assert "causes" not in ratings(answered)["acting"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[ratings]\n"listening.asked" = 9\n', ":2:1 "),
        ('[ratings]\n"listening.asked" = 2.0000001\n', "a level"),
        ("[ratings.listening]\nasked = 3\naskd = 3\n", "listening.asked"),
        ('organisation = "X"\n[ratings]\n', "setting"),
        ("ratings = 3\n", "table"),
        ('[ratings]\n"listening.asked" = { value = 3, nte = "x" }\n', "note"),
        ('[evidence]\n"acting.causes" = { grade = "seen" }\n', "claimed"),
        ('[evidence]\n"acting.causes" = "documented"\n"fact.people" = "documented"\n', "fact"),
        ('[evidence]\n"acting.causes" = { grade = "claimed", date = 2027-01-01 }\n', "2026-03-31"),
        ("[ratings\n", ":1:"),
        ('{"listening.asked": NaN}', "JSON"),
        ("{" + '"a":{' * 2000, "JSON"),
        ('{"listening.asked": 3', "JSON"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_wrong_file_saves_nothing_and_says_where(cx, acme, text, said):
    before = contents(acme)
    data = text if isinstance(text, bytes) else text.encode()
    Path("answers.toml").write_bytes(data)
    refused = cx("answer", "acme", "acting.causes=1", "--from", "answers.toml")
    assert refused.exit_code == 3
    assert said in refused.stderr
    assert "answers.toml" in refused.stderr
    assert contents(acme) == before


def test_an_answer_to_a_question_of_a_module_that_is_off(cx, acme):
    for folder in ("acme/rubric",):
        path = acme.parent / folder / "facts.toml"
        path.write_text(path.read_text("utf-8") + 'module = "more"\n', "utf-8")
        main = acme.parent / folder / "rubric.toml"
        main.write_text(
            main.read_text("utf-8") + '[modules.more]\ntitle = { en = "More", fi = "Lisää" }\n',
            "utf-8",
        )
    refused = cx("answer", "acme", "fact.owner_named=yes")
    assert refused.exit_code == 2
    assert "modules=more" in refused.stderr


# evidence -----------------------------------------------------------------------------------------


def test_evidence_is_kept_until_it_is_changed(cx, answered):
    words = ("evidence", "acme", "acting.answered", "--grade")
    assert cx(*words, "documented", "--ref", "List", "--date", "2026-03-01").exit_code == 0
    assert cx(*words, "demonstrated").exit_code == 0
    text = (answered / "evidence.toml").read_text("utf-8")
    assert all(part in text for part in ('"demonstrated"', '"List"', "2026-03-01"))
    assert cx(*words, "clear").exit_code == 0
    assert "acting" not in (answered / "evidence.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("acting.answerd", "--grade", "documented"), "acting.answered"),
        (("fact.people", "--grade", "documented"), "fact"),
        (("acting.answered", "--grade", "documented", "--date", "2026-04-01"), "2026-03-31"),
        (("acting.answered", "--grade", "documented", "--ref", "x" * 10_001), "10000"),
        (("acting.answered", "--grade", "seen"), "documented"),
    ],
)
def test_wrong_evidence_saves_nothing(cx, answered, words, said):
    before = contents(answered)
    refused = cx("evidence", "acme", *words)
    assert refused.exit_code == 2
    assert said in refused.stderr
    assert contents(answered) == before


# completion ---------------------------------------------------------------------------------------


def test_keys_and_their_answers_are_completed(acme):
    assert completed("answer", acme, "acting.") == [
        "acting.answered",
        "acting.causes",
        "acting.told",
    ]
    assert completed("answer", acme, "listening.in_person=m") == ["listening.in_person=monthly"]
    assert completed("answer", acme, "acting.told=") == ["acting.told=yes", "acting.told=no"]
    assert completed("evidence", acme, "fact.p") == ["fact.people"]
    assert completed("why", acme, "ph") == ["phase"]
    assert completed("answer", acme / "nowhere", "a") == []
