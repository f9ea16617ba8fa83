"""How large and how odd an input may be, all in one place, each limit with its reason.

Whatever reads foreign bytes takes its limits from here and ``cxmaturity doctor`` prints them, so
that a refusal can always be looked up.  Nothing here reads or measures anything.
"""

from __future__ import annotations

from typing import Final, Self

from cxmaturity.text.messages import N_


class Limit(int):
    """A limit: the number itself (usable as one), its unit, and why it is where it is.

    ``unit`` and ``reason`` are English source texts, worded in the user's language on display.
    """

    unit: str
    reason: str

    def __new__(cls, value: int, unit: str, reason: str) -> Self:
        """Make a limit of ``value`` units."""
        limit = super().__new__(cls, value)
        limit.unit = unit
        limit.reason = reason
        return limit


TOML_BYTES: Final = Limit(
    1_048_576, N_("bytes a file"), N_("A rubric of a thousand questions needs a third of this.")
)
TOML_LINES: Final = Limit(
    20_000, N_("lines a file"), N_("Hundreds of thousands of keys take seconds to parse.")
)
TOML_LINE: Final = Limit(
    20_000, N_("characters a line"), N_("A longer line is not written by a person.")
)
TOML_NESTING: Final = Limit(
    16, N_("levels of brackets"), N_("Deeply nested brackets exhaust the parser's stack.")
)
TOML_KEY_PARTS: Final = Limit(
    8,
    N_("parts of a dotted key"),
    N_("A dotted key of ten thousand parts costs seconds and gigabytes to parse."),
)
TOML_TABLES: Final = Limit(
    5_000, N_("tables a file"), N_("Each table header costs memory and time.")
)
TOML_INLINE_TABLES: Final = Limit(
    20_000,
    N_("inline tables a file"),
    N_("A bilingual text is one; a thousand questions have ten thousand."),
)
TOML_VALUES: Final = Limit(
    200_000, N_("values a file"), N_("Half a million numbers in one file take seconds to parse.")
)
TOML_STRING: Final = Limit(
    10_000, N_("characters a text"), N_("Texts are read by people on a screen or a page.")
)
TOML_WORD: Final = Limit(
    100,
    N_("characters a number, date or bare key"),
    N_("Numbers, dates and keys without quotation marks are short."),
)
NUMBER_SIZE: Final = Limit(
    1_000_000_000,
    N_("as the largest number"),
    N_("Scores are exact integers in millionths and must fit in 64 bits."),
)
NUMBER_DECIMALS: Final = Limit(
    30, N_("decimals a number"), N_("Finer figures are noise, and slow to make exact.")
)
RUBRIC_FILES: Final = Limit(
    500, N_("files a rubric"), N_("A rubric has one file a dimension and one a case.")
)
RUBRIC_CHAIN: Final = Limit(
    4,
    N_("rubrics in a chain"),
    N_("Nobody can follow where a longer chain of extensions takes a text from."),
)
RULES: Final = Limit(1_000, N_("rules a rubric"), N_("Scoring costs rules times organisations."))
CONDITIONS: Final = Limit(1_000, N_("conditions a rubric"), N_("They cost as much as rules."))
DIMENSIONS: Final = Limit(
    500, N_("dimensions a rubric"), N_("More cannot be told apart on a page.")
)
INDICATORS: Final = Limit(2_000, N_("indicators a rubric"), N_("Nobody answers more questions."))
FACTS: Final = Limit(2_000, N_("facts a rubric"), N_("Nobody answers more questions."))
ACTIONS: Final = Limit(1_000, N_("actions a rubric"), N_("Nobody does more at once."))
PHASES: Final = Limit(50, N_("phases a rubric"), N_("A path with more steps is a score."))
QUESTION: Final = Limit(
    160, N_("characters a question"), N_("A question is one sentence on the screen.")
)
TABLE_BYTES: Final = Limit(
    512_000_000,
    N_("bytes a CSV file"),
    N_("Two million rows of answers fit; more is a database, not a survey."),
)
TABLE_ROWS: Final = Limit(
    2_000_000, N_("rows a CSV file"), N_("They are read in seconds; more is a database.")
)
TABLE_LINE: Final = Limit(
    8_000_000,
    N_("characters a line of a CSV file"),
    N_("A line is held in memory whole; a file without line breaks is no table."),
)
TABLE_COLUMNS: Final = Limit(
    1_000, N_("columns a table"), N_("Nobody is asked more questions than that.")
)
TABLE_CELL: Final = Limit(
    32_767, N_("characters a cell"), N_("Spreadsheets themselves hold no more.")
)
SHEET_ROWS: Final = Limit(
    100_000, N_("rows a sheet"), N_("A sheet is held in memory whole; CSV takes more rows.")
)
SHEET_CELLS: Final = Limit(
    5_000_000, N_("cells a sheet"), N_("Each takes memory, empty ones between others too.")
)
WORKBOOK_ENTRIES: Final = Limit(
    1_000, N_("files in an XLSX workbook"), N_("A workbook of a hundred sheets has 300.")
)
WORKBOOK_ENTRY: Final = Limit(
    50_000_000, N_("bytes a file in a workbook"), N_("Counted while it is unpacked, not believed.")
)
WORKBOOK_BYTES: Final = Limit(
    200_000_000, N_("bytes an unpacked workbook"), N_("A small file can unpack into gigabytes.")
)
WORKBOOK_RATIO: Final = Limit(
    200,
    N_("times its size that a file in a workbook may unpack to"),
    N_("Honest sheets shrink to a twentieth, bombs to a thousandth."),
)
WORKBOOK_MEMORY: Final = Limit(
    1_000_000_000,
    N_("bytes of memory for reading a workbook"),
    N_("It is read in a process of its own, which the system stops beyond this."),
)
WORKBOOK_SECONDS: Final = Limit(
    60, N_("seconds for reading a workbook"), N_("The largest honest one takes a quarter.")
)
PROBLEMS: Final = Limit(
    100, N_("problems at once"), N_("Nobody reads more; the rest comes with the next check.")
)


def all_limits() -> dict[str, Limit]:
    """Every limit in force by name, in the order of this module."""
    return {name: value for name, value in globals().items() if isinstance(value, Limit)}
