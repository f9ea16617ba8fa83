"""Layouts of survey tools: the header shapes of real exports, with answers of our own."""

from collections.abc import Sequence
from typing import Any

import pytest

from cxmaturity.errors import InputError
from cxmaturity.intake.layouts import Column, LaidOut, LayoutOptions
from cxmaturity.intake.layouts.known import LAYOUTS, layout_named, recognised
from cxmaturity.intake.tables import open_table


def laid(name: str, rows: Sequence[Sequence[str]], **asked: Any) -> LaidOut:
    """The rows laid out as the layout of this name, which must recognise them by itself."""
    numbered = list(enumerate(rows, start=1))
    assert recognised([cells for _, cells in numbered[:5]], "f").name == name
    return layout_named(name).lay_out(((n, list(c)) for n, c in numbered), LayoutOptions(**asked))


def used(laid_out: LaidOut) -> tuple[list[int], dict[int, str]]:
    """Numbers of the rows that are used, and why the others are not."""
    rows = [number for number, _ in laid_out.rows]
    return rows, {dropped.row: dropped.reason.code for dropped in laid_out.dropped}


def column(laid_out: LaidOut, name: str) -> Column:
    return next(column for column in laid_out.columns if column.name == name)


# Qualtrics --------------------------------------------------------------------------------------

QUALTRICS = [
    "StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished",
    "RecordedDate", "ResponseId", "RecipientLastName", "RecipientFirstName", "RecipientEmail",
    "ExternalReference", "LocationLatitude", "LocationLongitude", "DistributionChannel",
    "UserLanguage", "Q1", "Q2_1", "Q2_2",
]  # fmt: skip
TEXTS = [
    *["Start Date", "End Date", "Response Type"], *(["-"] * 14),
    "Do we tell customers what changed? [loop.told_back]",
    "How well do we - Listen", "How well do we - Act",
]  # fmt: skip
IMPORT_IDS = [f'{{"ImportId":"QID{n}"}}' for n in range(len(QUALTRICS))]


def response(
    code: str,
    *answers: str,
    status: str = "0",
    finished: str = "1",
    progress: str = "100",
    channel: str = "anonymous",
) -> list[str]:
    start = "2026-03-02 08:28:09"
    return [
        start, start, status, "192.0.2.1", progress, "39", finished, start, code, "Virtanen",
        "Aino", "aino@example.org", "77", "60.2", "24.9", channel, "FI", *answers,
    ]  # fmt: skip


def test_qualtrics_three_header_rows():
    """ropensci/qualtRics, inst/extdata/sample.csv."""
    out = laid("qualtrics", [QUALTRICS, TEXTS, IMPORT_IDS, response("R_1", "3", "2", "1")])
    assert used(out) == ([4], {})
    assert (out.respondent, out.respondent_place) == ("ResponseId", 8)
    assert [c.name for c in out.columns] == [
        "StartDate", "EndDate", "Status", "Finished", "RecordedDate", "UserLanguage", "Q1", "Q2_1",
        "Q2_2",
    ]  # fmt: skip
    assert column(out, "Q1").code == "loop.told_back"
    assert (column(out, "Q2_2").sub, column(out, "Q2_2").place) == ("Act", 19)


def test_qualtrics_never_gives_out_who_answered():
    out = laid("qualtrics", [QUALTRICS, TEXTS, IMPORT_IDS, response("R_1", "3", "2", "1")])
    hidden = {
        "IPAddress", "RecipientLastName", "RecipientFirstName", "RecipientEmail",
        "ExternalReference", "LocationLatitude", "LocationLongitude",
    }  # fmt: skip
    assert hidden <= set(out.ignored)
    assert not hidden & {c.name for c in out.columns}


@pytest.mark.parametrize(
    "about",
    [{"status": "1"}, {"status": "Survey Preview"}, {"channel": "preview"}, {"channel": "test"}],
)  # fmt: skip
@pytest.mark.parametrize("keep", [False, True])
def test_qualtrics_previews_are_dropped_whatever_is_asked(about, keep):
    """Status and DistributionChannel as in
    https://www.qualtrics.com/support/survey-platform/data-and-analysis-module/data/download-data/understanding-your-dataset/
    """
    rows = [QUALTRICS, TEXTS, IMPORT_IDS, response("R_1", "3", "", "", **about)]
    assert used(laid("qualtrics", rows, keep_unfinished=keep)) == ([], {4: "preview"})


@pytest.mark.parametrize(
    "about", [{"finished": "0"}, {"finished": "False"}, {"finished": "Falsch", "progress": "40"}]
)
def test_qualtrics_unfinished_are_dropped_unless_asked(about):
    rows = [QUALTRICS, TEXTS, IMPORT_IDS, response("R_1", "3", "", "", **about)]
    assert used(laid("qualtrics", rows)) == ([], {4: "unfinished"})
    assert used(laid("qualtrics", rows, keep_unfinished=True)) == ([4], {})


def test_qualtrics_responses_without_answers_are_dropped():
    rows = [
        QUALTRICS,
        TEXTS,
        IMPORT_IDS,
        response("R_1", "", " ", ""),
        response("R_2", "1", "", ""),
    ]
    assert used(laid("qualtrics", rows)) == ([5], {4: "empty_response"})


def test_qualtrics_workbooks_have_two_header_rows():
    rows = [QUALTRICS, TEXTS, response("R_1", "3", "2", "1")]
    assert used(laid("qualtrics", rows)) == ([3], {})


def test_qualtrics_with_one_header_row_left():
    rows = [QUALTRICS, response("R_1", "3", "2", "1"), response("R_2", "3", "2", "1")]
    assert used(laid("qualtrics", rows)) == ([2, 3], {})
    assert used(laid("qualtrics", rows, header_rows=2)) == ([3], {})


def test_qualtrics_legacy_two_header_rows():
    """ropensci/qualtRics, inst/extdata/sample_legacy.csv."""
    ids = [*(f"V{n}" for n in range(1, 11)), "Q1", "Q2", "LocationLatitude", ""]
    texts = [
        "ResponseID", "ResponseSet", "Name", "ExternalDataReference", "EmailAddress", "IPAddress",
        "Status", "StartDate", "EndDate", "Finished", "Do we listen?", "Why?", "LocationLatitude",
        "",
    ]  # fmt: skip
    first = ["R_1", "Set", "Aino", "", "", "192.0.2.1", "0", "2026-03-02", "2026-03-02", "1"]
    rows = [ids, texts, [*first, "2", "So", "", ""], [*first[:-1], "0", "2", "So", "", ""]]
    out = laid("qualtrics", rows)
    assert used(out) == ([3], {4: "unfinished"})
    assert (out.respondent, column(out, "Q1").text) == ("ResponseID", "Do we listen?")
    assert {"Name", "EmailAddress", "IPAddress"} <= set(out.ignored)


@pytest.mark.parametrize("name", ["", "_legacy"])
def test_qualtrics_samples_as_exported(shared, name):
    table = open_table(shared / "data" / f"qualtrics_sample_export{name}.csv")
    assert recognised(table.preview, table.name).name == "qualtrics"
    out = layout_named("qualtrics").lay_out(table.rows(), LayoutOptions())
    ((_, cells),) = out.rows
    assert cells[column(out, "Q1").place] == "2"
    assert cells[column(out, "Q2").place] == "Hello World!"
    assert out.respondent_place is not None
    assert cells[out.respondent_place] == "R_2YPOQ602ER1jkf1"
    assert column(out, "Q1").text == "This is a multiple choice question."


# Google Forms -----------------------------------------------------------------------------------


@pytest.mark.parametrize("first", ["Timestamp", "Aikaleima"])
def test_google_forms(first):
    """sshah98/GW-Data-Workshop, Form Responses 1.csv; grids as in
    lesmana/google-sheet-format-form-grid-responses.
    """
    out = laid("google_forms", [
        [first, "Email Address", "What is your role?", "How well do we? [Listen]",
         "How well do we? [Act]", "Do we tell? [loop.told_back]"],
        ["9/6/2026 0:06:16", "aino@example.org", "Sales", "3", "2", "1"],
        ["9/6/2026 0:07:00", "", "", "", "", ""],
    ])  # fmt: skip
    assert used(out) == ([2], {3: "empty_response"})
    assert (out.respondent, out.respondent_place, out.ignored) == (None, None, ("Email Address",))
    grid = column(out, "How well do we? [Act]")
    assert (grid.text, grid.sub, grid.code) == ("How well do we?", "Act", "")
    coded = column(out, "Do we tell? [loop.told_back]")
    assert (coded.text, coded.sub, coded.code) == ("", "", "loop.told_back")


# Microsoft Forms --------------------------------------------------------------------------------


def test_microsoft_forms():
    """acl-org/acl-anthology, bin/add_attachments.py, quotes the header of its form's export."""
    out = laid("microsoft_forms", [
        ["ID", "Start time", "Completion time", "Email", "Name", "Do we listen? [loop.weekly]",
         "Which channels?"],
        ["1", "2026-03-02T11:00:22", "2026-03-02T11:01:24", "aino@example.org", "Aino", "3",
         "Phone;Chat;"],
        ["2", "2026-03-02T11:00:22", "2026-03-02T11:01:24", "anonymous", "", "", ""],
    ])  # fmt: skip
    assert used(out) == ([2], {3: "empty_response"})
    assert (out.respondent, out.ignored) == ("ID", ("Email", "Name"))
    assert column(out, "Do we listen? [loop.weekly]").code == "loop.weekly"


def test_microsoft_forms_quizzes_and_finnish():
    """A quiz adds points and feedback to every question."""
    out = laid("microsoft_forms", [
        ["Tunnus", "Aloitusaika", "Valmistumisaika", "Sähköposti", "Nimi", "Total points",
         "Kuunnellaanko?", "Points - Kuunnellaanko?", "Feedback - Kuunnellaanko?"],
        ["1", "2.3.2026 11.00", "2.3.2026 11.01", "a@example.org", "Aino", "1", "3", "1", ""],
    ])  # fmt: skip
    assert [c.name for c in out.columns] == ["Aloitusaika", "Valmistumisaika", "Kuunnellaanko?"]
    assert {"Sähköposti", "Nimi"} <= set(out.ignored)


# LimeSurvey -------------------------------------------------------------------------------------


def test_limesurvey_codes_as_headings():
    """bdrhoa/pulsemanager, pulsemanager/users/tests/test_views.py, keeps an export's bytes."""
    out = laid("limesurvey", [
        ["id", "submitdate", "lastpage", "startlanguage", "seed", "token", "ipaddr", "G01Q01",
         "G01Q02[SQ001]", "G01Q02[SQ002]", "interviewtime"],
        ["1", "1980-01-01 00:00:00", "2", "fi", "77", "abc", "192.0.2.1", "3", "A1", "A2", "31.2"],
        ["2", "", "1", "fi", "78", "abd", "192.0.2.1", "3", "", "", "9"],
    ])  # fmt: skip
    assert used(out) == ([2], {3: "unfinished"})
    assert out.respondent == "id"
    assert {"token", "ipaddr", "seed", "interviewtime"} <= set(out.ignored)
    assert column(out, "G01Q02[SQ002]").sub == "SQ002"
    assert [c.name for c in out.columns][:2] == ["submitdate", "startlanguage"]


def test_limesurvey_unfinished_can_be_asked_for():
    rows = [
        ["id", "submitdate", "lastpage", "startlanguage", "Q1"],
        ["1", "", "1", "fi", "3"],
        ["2", "", "1", "fi", ""],
    ]
    assert used(laid("limesurvey", rows, keep_unfinished=True)) == ([2], {3: "empty_response"})


def test_limesurvey_texts_as_headings():
    """wittenborg/2025-scicom-ki-survey, results-survey.csv, has such sub-questions."""
    out = laid("limesurvey", [
        ["Response ID", "Date submitted", "Last page", "Start language", "Seed",
         "How well do we? [Listen]", "Do we tell? [loop.told_back]"],
        ["1", "2026-03-02 11:00:22", "2", "fi", "77", "3", "2"],
    ])  # fmt: skip
    assert used(out) == ([2], {})
    assert (column(out, "How well do we? [Listen]").sub) == "Listen"
    assert column(out, "Do we tell? [loop.told_back]").code == "loop.told_back"


def test_limesurvey_codes_and_texts_as_headings():
    """Heading kind "code & text": each heading is the code, a full stop, and the text."""
    out = laid("limesurvey", [
        ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page",
         "startlanguage. Start language", "G01Q01. Do we listen?", "Q2[SQ1]. How well? [Speed]"],
        ["1", "2026-03-02 11:00:22", "2", "fi", "3", "2"],
        ["2", "", "1", "fi", "3", "2"],
    ])  # fmt: skip
    assert used(out) == ([2], {3: "unfinished"})
    assert column(out, "G01Q01").text == "Do we listen?"
    assert (column(out, "Q2[SQ1]").text, column(out, "Q2[SQ1]").sub) == ("How well?", "Speed")


# SurveyMonkey -----------------------------------------------------------------------------------


def test_surveymonkey():
    """fivethirtyeight/data, star-wars-survey/StarWars.csv, has the two rows; the columns about the
    respondent are those quoted by exports of complete collectors.
    """
    out = laid("surveymonkey", [
        ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address",
         "First Name", "Last Name", "Custom Data 1", "Do we listen? [loop.weekly]",
         "Which channels do we watch?", "", "", "Why?"],
        ["", "", "", "", "", "", "", "", "", "Response", "Phone", "Chat", "Other (please specify)",
         "Open-Ended Response"],
        ["3292879998", "1", "03/02/2026", "03/02/2026", "192.0.2.1", "", "", "", "north", "3",
         "Phone", "", "", "So"],
        ["3292879999", "1", "03/02/2026", "03/02/2026", "192.0.2.1", "", "", "", "", "", "", "",
         "", ""],
    ])  # fmt: skip
    assert used(out) == ([3], {4: "empty_response"})
    assert out.respondent == "Respondent ID"
    assert {"IP Address", "Email Address", "First Name", "Last Name"} <= set(out.ignored)
    chat = column(out, "Which channels do we watch? [Chat]")
    assert (chat.text, chat.sub, chat.place) == ("Which channels do we watch?", "Chat", 11)
    assert column(out, "Do we listen? [loop.weekly]").code == "loop.weekly"
    assert column(out, "Why?").sub == ""


def test_surveymonkey_without_columns_about_the_respondent():
    """fivethirtyeight/data, star-wars-survey/StarWars.csv: one column before the questions."""
    rows = [
        ["RespondentID", "Listen?", "Rank:", ""],
        ["", "Response", "A", "B"],
        ["1", "3", "1", "2"],
    ]
    assert used(laid("surveymonkey", rows)) == ([3], {})


def test_surveymonkey_with_one_header_row():
    rows = [["Respondent ID", "Collector ID", "Listen?"], ["1", "7", "3"], ["2", "7", "1"]]
    assert used(laid("surveymonkey", rows)) == ([2, 3], {})


# KoboToolbox and ODK Central --------------------------------------------------------------------

KOBO = [
    "start", "end", "loop/weekly", "loop/channels", "loop/channels/phone", "loop/channels/chat",
    "_place_latitude", "_place_longitude", "_id", "_uuid", "_submission_time", "_validation_status",
    "_notes", "_status", "_submitted_by", "__version__", "_tags", "_index",
]  # fmt: skip


def submission(*answers: str, review: str = "") -> list[str]:
    about = [
        "60.2",
        "24.9",
        "17",
        "uu-1",
        "2026-03-02T11:01:24",
        review,
        "",
        "",
        "aino",
        "v1",
        "",
        "1",
    ]
    return ["2026-03-02", "2026-03-02", *answers, *about]


def test_kobo():
    """kobotoolbox/kpi, kpi/models/import_export_task.py, COPY_FIELDS and its separators."""
    out = laid("kobo", [
        KOBO,
        submission("3", "phone chat", "1", "1"),
        submission("", "", "", ""),
        submission("2", "", "", "", review="Not approved"),
    ])  # fmt: skip
    assert used(out) == ([2], {3: "empty_response", 4: "rejected"})
    assert out.respondent == "_uuid"
    assert {"_submitted_by", "_place_latitude", "_place_longitude", "_id"} <= set(out.ignored)
    assert column(out, "loop/weekly").text == "loop.weekly"
    phone = column(out, "loop/channels/phone")
    assert (phone.text, phone.sub) == ("loop.channels", "phone")
    assert "loop/channels" not in {c.name for c in out.columns}


def test_kobo_tags_below_the_header_are_no_answers():
    """kobotoolbox/kpi, kpi/models/import_export_task.py, tag_cols_for_header."""
    tags = [""] * 2 + ["#affected"] + [""] * (len(KOBO) - 3)
    assert used(laid("kobo", [KOBO, tags, submission("3", "", "", "")])) == ([3], {})


def test_odk_central():
    """getodk/central-backend, test/unit/data/briefcase.js, has the header of an export."""
    header = [
        "SubmissionDate", "meta-instanceID", "loop-weekly", "q2", "KEY", "SubmitterID",
        "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "Status", "ReviewState",
        "DeviceID", "Edits", "FormVersion",
    ]  # fmt: skip
    about = ["5", "Alice", "0", "0", "", "", "", "0", "2"]
    date = "2026-03-02T00:00:00.000Z"
    rejected = [*about[:5], "rejected", *about[6:]]
    out = laid("kobo", [
        header, [date, "one", "3", "1", "one", *about], [date, "two", "3", "1", "two", *rejected],
    ])  # fmt: skip
    assert used(out) == ([2], {3: "rejected"})
    assert (out.respondent, out.respondent_place) == ("KEY", 4)
    assert column(out, "loop-weekly").text == "loop.weekly"
    assert {"SubmitterName", "DeviceID"} <= set(out.ignored)


# all --------------------------------------------------------------------------------------------

VENDORS = ["qualtrics", "google_forms", "microsoft_forms", "limesurvey", "surveymonkey", "kobo"]


@pytest.mark.parametrize("name", VENDORS)
def test_a_table_of_another_shape_is_refused(name):
    with pytest.raises(InputError) as error:
        layout_named(name).lay_out(iter([(1, ["code", "loop.weekly"])]), LayoutOptions())
    assert error.value.problems[0].code == "wrong_layout"


@pytest.mark.parametrize("name", VENDORS)
def test_a_table_without_rows_is_refused(name):
    with pytest.raises(InputError):
        layout_named(name).lay_out(iter(()), LayoutOptions())


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("rows", [[], [[]], [[""]], [[], []], [["a"], ["b"], ["c"]]])
def test_recognising_never_fails(layout, rows):
    assert 0 <= layout.recognise(rows) <= 1


def test_headers_that_stand_twice_are_refused():
    rows = [["Timestamp", "Listen?", "listen? "], ["x", "1", "2"]]
    with pytest.raises(InputError) as error:
        laid("google_forms", rows)
    assert error.value.problems[0].code == "duplicate_header"
