"""The formulas of the template: totals, means, and a word beside each row that cannot be right.

They help while somebody types; what they show is never read. Only functions that Excel, LibreOffice and their
older versions share.
"""

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from reporting.workbook import choices, spec

# As the rules have them, which may not be imported here; a test holds that they agree.
MANY_RESPONDENTS, LEAST_PERCENT, MOST_PERCENT = 200, 99, 101
NO_FLAG = "Nothing is flagged. Save the workbook and upload it."
NOTHING_YET = "Nothing is filled in yet: write this quarter’s figures on Touchpoints and Responses."


@dataclass(frozen=True)
class Extent:
    """Where the tables stand: the first row under the headings, and how many surveys there is room for."""

    first: int
    room: int

    def rows(self, table: spec.Sheet) -> range:
        return range(self.first, self.first + self.room * (len(choices.QUESTIONS) if table is spec.RESPONSES else 1))

    def cells(self, table: spec.Sheet, name: str, last: str = "") -> str:
        """`H5:H19`: a column, or all up to another."""
        at, rows = letters(table), self.rows(table)
        return f"{at[name]}{rows[0]}:{at[last or name]}{rows[-1]}"

    def column(self, table: spec.Sheet, name: str, last: str = "") -> str:
        """`Touchpoints!$H$5:$H$19`: a column, or all up to another."""
        at, rows = letters(table), self.rows(table)
        return f"{table.name}!${at[name]}${rows[0]}:${at[last or name]}${rows[-1]}"


def letters(table: spec.Sheet) -> dict[str, str]:
    """Name of the column in the spec -> its letter."""
    return {column.name: get_column_letter(n) for n, column in enumerate(table.columns, start=1)}


def _at(table: spec.Sheet, row: int) -> dict[str, str]:
    return {name: f"{letter}{row}" for name, letter in letters(table).items()}


def responses(row: int, extent: Extent) -> dict[str, str]:
    """For a row of Responses: name of the column -> its formula."""
    at = _at(spec.RESPONSES, row)
    counts = f"{at['n1']}:{at['n5']}"
    return {
        "touchpoint": f'=IF({is_unused(row, extent)},"",{_of_survey(at, extent, "service")}'
        f'&IF({_of_survey(at, extent, "service_provided")}="","",": "&{_of_survey(at, extent, "service_provided")}))',
        "total": f'=IF(COUNT({counts})=0,"",SUM({counts}))',
        "mean": f'=IF(N({at["total"]})=0,"",SUMPRODUCT({{1,2,3,4,5}},{counts})/{at["total"]})',
        "check": _first_that_holds(
            (f"COUNTA({counts})=0", ""),
            (f"COUNT({counts})<COUNTA({counts})", "Numbers only, no words or %"),
            (is_unused(row, extent), f"Fill in this survey on {spec.TOUCHPOINTS.name}"),
            (f'{at["asked"]}="No"', "Has answers, but Asked? says No"),
            (f"COUNT({counts})<5", "Fill in all five counts"),
            (f"SUMPRODUCT(({counts}<0)+({counts}<>INT({counts})))>0", "Whole numbers, 0 or more"),
            (f'TRIM({at["wording"]})=""', "Question as asked is missing"),
            (_looks_like_percentages(at, extent), "Numbers of people, not percent"),
            (_exceeds_respondents(at, extent), "More answers than respondents"),
        ),
    }


def touchpoints(row: int) -> dict[str, str]:
    """For a row of Touchpoints."""
    at = _at(spec.TOUCHPOINTS, row)
    customers, offered, respondents = at["customers"], at["offered"], at["respondents"]
    volumes = f"{customers}:{respondents}"
    return {
        "check": _first_that_holds(
            (f"COUNTA({volumes})=0", ""),
            (f"COUNT({volumes})<COUNTA({volumes})", "Numbers only, no words or %"),
            (f'{at["service"]}=""', "Choose the service"),
            (f'{at["channel"]}=""', "Choose the channel"),
            (f"AND(COUNT({offered}:{respondents})=2,{respondents}>{offered})", "More respondents than offered"),
            (f"AND(COUNT({customers}:{offered})=2,{offered}>{customers})", "More offered than customers"),
            (f'AND(COUNT({volumes})<3,TRIM({at["volume_notes"]})="")', "Say why a volume is unknown"),
        )
    }


def flagged(extent: Extent) -> str:
    """For Cover: how many rows are flagged, once there are figures."""
    count = "+".join(f'COUNTIF({extent.column(table, "check")},"?*")' for table in (spec.TOUCHPOINTS, spec.RESPONSES))
    figures = (
        f"COUNTA({extent.column(spec.TOUCHPOINTS, 'customers', 'respondents')})"
        f"+COUNTA({extent.column(spec.RESPONSES, 'n1', 'n5')})"
    )
    return (
        f'=IF({figures}=0,"{NOTHING_YET}",IF({count}=0,"{NO_FLAG}",{count}&IF({count}=1," row is"," rows are")'
        '&" flagged: see the Check columns of Touchpoints and Responses."))'
    )


def is_unused(row: int, extent: Extent) -> str:
    """Whether the survey of a row of Responses has no service on Touchpoints."""
    numbers, services = (extent.column(spec.TOUCHPOINTS, name) for name in ("survey", "service"))
    return f'COUNTIFS({numbers},${letters(spec.RESPONSES)["survey"]}{row},{services},"<>")=0'


def is_without_answers(row: int) -> str:
    at = _at(spec.RESPONSES, row)
    return f"COUNTA(${at['n1']}:${at['n5']})=0"


def _of_survey(at: dict[str, str], extent: Extent, name: str) -> str:
    numbers = extent.column(spec.TOUCHPOINTS, "survey")
    return f"INDEX({extent.column(spec.TOUCHPOINTS, name)},MATCH({at['survey']},{numbers},0))"


def _respondents(at: dict[str, str], extent: Extent) -> str:
    return f"N({_of_survey(at, extent, 'respondents')})"


def _looks_like_percentages(at: dict[str, str], extent: Extent) -> str:
    """As the rule of that name sees it, but for the number of points that are filled."""
    many = f"{_respondents(at, extent)}>={MANY_RESPONDENTS}"
    return f"AND({many},{at['total']}>={LEAST_PERCENT},{at['total']}<={MOST_PERCENT})"


def _exceeds_respondents(at: dict[str, str], extent: Extent) -> str:
    respondents = _respondents(at, extent)
    return f"AND({respondents}>0,{at['total']}>{respondents})"


def _first_that_holds(*cases: tuple[str, str]) -> str:
    return "=" + "".join(f'IF({condition},"{words}",' for condition, words in cases) + '""' + ")" * len(cases)
