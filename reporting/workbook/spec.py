"""THE source of truth of the workbook: its version, sheets and columns. Nobody else spells a sheet or a column.

`generate` makes the template from it, `parse` reads by it, the Definitions sheet prints it. A change that makes old
files unreadable raises VERSION.
"""

from dataclasses import dataclass
from decimal import Decimal

from reporting.workbook.choices import ASKED, CHANNEL, QUESTION, QUESTIONS, SCALE, YES_OR_NO
from reporting.workbook.kinds import ControlNumber, Email, KnownName, Shown, Text, Url
from reporting.workbook.numbers import Count, Number
from reporting.workbook.readings import Kind

VERSION = "1"

ROOM_FOR_SURVEYS = 15  # published submissions have up to 11
MOST_SURVEYS = 80  # what fits into the form area
LAST_ROW, LAST_COLUMN = 1000, 60  # the form area: a cell with data beyond it is refused before anything is read


@dataclass(frozen=True)
class Column:
    """A column (on Cover: a line). `fills` is the field of reporting.contents it goes into; a column that is only
    there to be read has none; `shows` says what. `keep`: brought forward from last quarter. `width` in characters."""

    header: str
    kind: Kind
    fills: str = ""
    help: str = ""
    required: bool = False
    keep: bool = False
    width: int = 16
    shows: str = ""

    @property
    def name(self) -> str:
        return self.fills or self.shows


@dataclass(frozen=True)
class Sheet:
    """A table with a header row (Cover: lines of label and value). `rows`: how many are made ready for input.

    `given`: columns filled beforehand in every row; a row with nothing else in it counts as blank.
    """

    name: str
    intro: str
    columns: tuple[Column, ...]
    rows: int = 0
    given: tuple[str, ...] = ()

    def column(self, fills: str) -> Column:
        return next(column for column in self.columns if column.fills == fills)


SURVEY_NUMBER = Count(
    expected=f"A survey’s number, 1 to {MOST_SURVEYS}.",
    least=1,
    most=MOST_SURVEYS,
    number_format="0",
    if_unknown=f"Write the survey’s number alone, 1 to {MOST_SURVEYS}.",
    in_digits="",
)
SERVICE = KnownName(expected="One of the HISP’s designated services.", list_name="Services")
ANSWERS = Count(
    expected="A whole number of answers, 0 or more.",
    if_unknown="Write 0 if nobody gave this answer. If the question was not asked, choose No under “Asked?”.",
    if_limit="Write the exact number, and no 0 in its place. If it must not be told, clear all five counts, and say "
    "why under Notes.",
)

CHECK = Column(
    "Check", Shown(), shows="check", help="Computed: says what cannot be right in this row. Blank is good.", width=31
)
OF_A_SERVICE = Column("Service", SERVICE, "service", "If it belongs to one designated service.", keep=True, width=28)

COVER = Sheet(
    "Cover",
    "One workbook per HISP and quarter. Fill in the white cells of each sheet, save, and upload the file.",
    (
        Column("HISP", Shown(), shows="hisp", help="The High Impact Service Provider this workbook was made for."),
        Column("Department", Shown(), shows="department", help="The department that the HISP belongs to."),
        Column(
            "Fiscal quarter",
            Shown(),
            shows="quarter",
            help="The quarter this workbook was made for, with its first and last day.",
        ),
        Column("Due", Shown(), shows="due", help="The end of this day, US Eastern time."),
        Column("Designated services", Shown(), shows="services", help="The services that the HISP reports on."),
        Column("Contact name", Text(most=200), "contact_name", "Whom OMB can ask about these figures.", keep=True),
        Column("Contact e-mail", Email(), "contact_email", "Such as name@agency.gov.", keep=True),
        Column(
            "Reflection",
            Text(most=5000, wraps=True),
            "reflection",
            "What you learned this quarter: what matters to your customers, what works, where the pain is, what you "
            "will do. Published with your scores. Up to 5,000 characters.",
        ),
        Column(
            "Comment for OMB",
            Text(most=2000, wraps=True),
            "comment",
            "Anything the reviewer should know. Not published.",
        ),
        Column(
            "Before you upload",
            Shown(),
            shows="flags",
            help="Computed while you type; the full check comes when you upload.",
        ),
    ),
)

TOUCHPOINTS = Sheet(
    "Touchpoints",
    "One row per survey: a service, at one touchpoint, over one channel. Last quarter’s surveys are filled in: check "
    "them, add this quarter’s volumes, and clear the row of a survey that was not carried out.",
    (
        Column(
            "Survey",
            SURVEY_NUMBER,
            "survey",
            "Ties this row to the rows with the same number on the Responses sheet.",
            required=True,
            width=8,
        ),
        Column(
            "Service", SERVICE, "service", "The designated service, from the list.", required=True, keep=True, width=26
        ),
        Column(
            "Service provided",
            Text(most=500, wraps=True),
            "service_provided",
            "What the customer came for, in your words, such as “Outpatient appointment”.",
            required=True,
            keep=True,
            width=30,
        ),
        Column(
            "Transaction point",
            Text(most=500, wraps=True),
            "transaction_point",
            "Where in the journey the survey is offered, such as “E-mail after the visit”.",
            keep=True,
            width=30,
        ),
        Column("Channel", CHANNEL, "channel", "How the customer was served there; choose one.", keep=True, width=17),
        Column(
            "Customers",
            Count(),
            "customers",
            "People who interacted with this transaction point in the quarter. Leave blank if unknown.",
            width=14,
        ),
        Column(
            "Offered the survey",
            Count(),
            "offered",
            "People who were given the chance to answer. Leave blank if unknown; 0 means that nobody was asked.",
            width=14,
        ),
        Column(
            "Respondents",
            Count(),
            "respondents",
            "People who answered at least one question. Leave blank if unknown.",
            width=14,
        ),
        Column(
            "Why a volume is unknown",
            Text(wraps=True),
            "volume_notes",
            "One sentence, for every volume that is left blank.",
            width=26,
        ),
        CHECK,
        Column(
            "OMB control number",
            ControlNumber(),
            "control_number",
            "Of the survey’s paperwork clearance: NNNN-NNNN, such as 2900-0770.",
            keep=True,
            width=14,
        ),
        Column(
            "Collection URL",
            Url(wraps=True),
            "collection_url",
            "Address of the information collection at reginfo.gov or in the Federal Register.",
            keep=True,
            width=30,
        ),
        Column(
            "Answer scale",
            SCALE,
            "scale",
            "The scale on which people answered, before it became counts of 1 to 5. Blank means five-point.",
            keep=True,
            width=13,
        ),
        Column(
            "Conversion",
            Text(wraps=True),
            "conversion",
            "How answers on another scale became 1 to 5, such as “Yes = 5, No = 1”.",
            keep=True,
            width=24,
        ),
        Column(
            "May be published?",
            YES_OR_NO,
            "publishable",
            "No only if the survey’s clearance forbids publication. Blank means yes.",
            keep=True,
            width=13,
        ),
        Column(
            "If not, why",
            Text(wraps=True),
            "publishable_reason",
            "What the clearance says. Shown in place of the scores.",
            keep=True,
            width=24,
        ),
    ),
    rows=ROOM_FOR_SURVEYS,
    given=("survey", "scale", "publishable"),
)

COUNTS = ("n1", "n2", "n3", "n4", "n5")
ANSWER_HEADERS = ("1 Strongly disagree", "2 Disagree", "3 Neutral", "4 Agree", "5 Strongly agree")
LABELS = {"wording": "question as asked", **{n: f"answers of {n[1]}" for n in COUNTS}}

RESPONSES = Sheet(
    "Responses",
    "How many people gave each answer, from 1 (strongly disagree) to 5 (strongly agree). Write numbers of people, not "
    "percentages or averages. Total and mean are computed; the gray columns show last quarter’s for comparison.",
    (
        Column(
            "Survey", SURVEY_NUMBER, "survey", "The survey’s number on the Touchpoints sheet.", required=True, width=8
        ),
        Column(
            "Service and touchpoint",
            Shown(),
            shows="touchpoint",
            help="Repeated from the Touchpoints sheet.",
            width=40,
        ),
        Column("Question", QUESTION, "domain", "The domain that the question measures.", required=True, width=16),
        Column(
            "Question as asked",
            Text(wraps=True),
            "wording",
            "The exact words that people saw.",
            keep=True,
            width=52,
        ),
        Column("Asked?", ASKED, "asked", "No if this survey does not ask it: not asked is not zero.", width=9),
        *(
            Column(header, ANSWERS, n, f"Number of people who answered {n[1]}.", width=11)
            for header, n in zip(ANSWER_HEADERS, COUNTS, strict=True)
        ),
        Column("Total", Shown(number_format="#,##0"), shows="total", help="Computed.", width=11),
        Column(
            "Mean",
            Shown(number_format="0.00"),
            shows="mean",
            help="Computed: the mean of the answers, 1 to 5.",
            width=8,
        ),
        CHECK,
        Column(
            "Last quarter: total",
            Shown(number_format="#,##0"),
            shows="last_total",
            help="From your last published figures.",
            width=14,
        ),
        Column(
            "Last quarter: mean",
            Shown(number_format="0.00"),
            shows="last_mean",
            help="From your last published figures.",
            width=14,
        ),
        Column("Notes", Text(wraps=True), "notes", "Anything a reader of this row should know.", width=30),
    ),
    rows=ROOM_FOR_SURVEYS * len(QUESTIONS),
    given=("survey", "domain"),
)

OPERATIONS = Sheet(
    "Operations",
    "Operational figures of the quarter, such as completed transactions, call volumes, wait and handle times, users. "
    "One row per figure; footnotes are published beside it.",
    (
        Column(
            "Metric",
            Text(most=300, wraps=True),
            "name",
            "What is counted or measured.",
            required=True,
            keep=True,
            width=44,
        ),
        Column(
            "Value",
            Number(has_unit=True),
            "value",
            "The figure, in digits. Put “million”, “minutes” or “percent” into Unit.",
            required=True,
            width=16,
        ),
        Column("Unit", Text(most=100), "unit", "Such as “million”, “minutes”, “calls”.", keep=True, width=18),
        OF_A_SERVICE,
        Column(
            "Footnote",
            Text(wraps=True),
            "footnote",
            "How it is counted, or what a reader should know.",
            keep=True,
            width=60,
        ),
    ),
    rows=40,
)

INDEXES = Sheet(
    "Index scores",
    "Scores on a scale of their own, such as a satisfaction index of 0 to 100. They are shown as they are and never "
    "mixed with scores of 1 to 5.",
    (
        Column("Index", Text(most=300, wraps=True), "name", "Name of the index.", required=True, keep=True, width=32),
        Column("Value", Number(least=Decimal(0)), "value", "The score of this quarter.", required=True, width=10),
        Column(
            "Highest possible",
            Number(least=Decimal(0)),
            "scale_maximum",
            "Top of the scale. Blank means 100.",
            keep=True,
            width=10,
        ),
        Column(
            "Threshold",
            Number(least=Decimal(0)),
            "threshold",
            "From where on a score is good, such as 80.",
            keep=True,
            width=11,
        ),
        Column("Threshold means", Text(most=100), "threshold_label", "Such as “excellent”.", keep=True, width=18),
        OF_A_SERVICE,
        Column(
            "Covers",
            Text(most=2000, wraps=True),
            "covers",
            "The one online service it measures, or what a reported average is made of.",
            keep=True,
            width=44,
        ),
        Column("Footnote", Text(wraps=True), "footnote", "What a reader should know.", keep=True, width=44),
    ),
    rows=40,
)

TABLES = (TOUCHPOINTS, RESPONSES, OPERATIONS, INDEXES)
INPUT_SHEETS = (COVER, *TABLES)
DEFINITIONS, LISTS, STAMP = "Definitions", "Lists", "_stamp"
PROBLEMS = ("Problems", "Problems found")  # the list in an annotated copy; the second if the first name is taken
