"""One line of the collections file as a survey.

Unknown typed as 0 becomes unknown, placeholder words become “not asked”; each such reading is named in
`Row.normalized`, so that the import can say what it changed.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from hisps import names
from reporting.contents import Question, Survey
from reporting.domains import DOMAIN_BY_SLUG, QUESTION_SLUGS, question_name
from reporting.fiscal import FiscalQuarter
from reporting.history import values
from reporting.history.columns import VOLUMES
from reporting.history.table import Line, Table
from reporting.history.values import Slip, reported
from reporting.scoring import Tally
from reporting.workbook.cells import Cell
from reporting.workbook.texts import control_number, is_address_placeholder, is_placeholder

ZERO = "The published file holds 0, which stands for unknown."
BLANK = "The published file leaves it blank."


@dataclass(frozen=True)
class Row:
    """One line of the file: whose survey of which quarter, and the survey. `normalized` names what was read anew."""

    line: int
    quarter: FiscalQuarter
    organization: str
    organization_abbreviation: str
    provider: str
    survey: Survey
    created_at: datetime | None = None
    updated_at: datetime | None = None
    normalized: tuple[str, ...] = ()

    @property
    def identity(self) -> tuple[str, ...]:
        """What two lines may not have in common: they would be one survey twice."""
        survey = self.survey
        texts = (self.organization, self.provider, survey.service, survey.service_provided, survey.transaction_point)
        return (self.quarter.slug, survey.channel, *map(names.key, texts))


class LineReader:
    """Reads one line column by column; a fault is reported to the table and the next column is read."""

    def __init__(self, table: Table, line: Line, today: date) -> None:
        self.table, self.line, self.today = table, line, today
        self.normalized: Counter[str] = Counter()

    def row(self) -> Row | None:
        faults = len(self.table.problems)
        quarter = self._quarter()
        organization = self._text("organization_name", 200, required=True)
        provider = self._text("service_provider_name", 200, required=True)
        survey = self._survey()
        created_at, updated_at = self._moment("created_at"), self._moment("updated_at")
        if quarter is None or len(self.table.problems) > faults:
            return None
        return Row(
            line=self.line.number,
            quarter=quarter,
            organization=organization,
            organization_abbreviation=self._value("organization_abbreviation").strip()[:20],
            provider=provider,
            survey=survey,
            created_at=created_at,
            updated_at=updated_at,
            normalized=tuple(self.normalized.elements()),
        )

    def _value(self, column: str) -> str:
        return self.line.values.get(column, "")

    def _cell(self, column: str) -> Cell:
        return Cell("", self.line.number, column)

    def _quarter(self) -> FiscalQuarter | None:
        year = number = None
        typed = self._value("collection_year")
        with reported(self.table, self.line.number, "collection_year", typed):
            year = values.fiscal_year(typed, self.today)
        typed = self._value("collection_quarter")
        with reported(self.table, self.line.number, "collection_quarter", typed):
            number = values.quarter_number(typed)
            if year and FiscalQuarter(year, number).last_day >= self.today:
                raise Slip("quarter", "A quarter that has ended.", "Check the year and the quarter.")
        return FiscalQuarter(year, number) if year and number else None

    def _text(self, column: str, longest: int, required: bool = False) -> str:
        typed = self._value(column)
        with reported(self.table, self.line.number, column, typed):
            return values.text(typed, longest, required)
        return ""

    def _moment(self, column: str) -> datetime | None:
        typed = self._value(column)
        with reported(self.table, self.line.number, column, typed):
            return values.moment(typed, self.today)
        return None

    def _people(self, column: str) -> int | None:
        typed = self._value(column)
        with reported(self.table, self.line.number, column, typed):
            return values.people(typed)
        return None

    def _survey(self) -> Survey:
        volumes = {field: self._people(column) for field, column in VOLUMES.items()}
        notes = {field: BLANK if number is None else ZERO for field, number in volumes.items() if not number}
        self.normalized["number 0 read as unknown"] += list(notes.values()).count(ZERO)
        offered, respondents = volumes["offered"], volumes["respondents"]
        if offered and respondents and respondents > offered:
            found = f"{respondents:,} people answered, but only {offered:,} were offered the survey."
            wanted = "At most as many respondents as were offered the survey."
            fix = "Check both numbers; leave the number offered blank if it is unknown."
            self.table.report("respondents_over_offered", self.line.number, VOLUMES["respondents"], found, wanted, fix)
        typed = self._value("omb_control_number")[:200]
        return Survey(
            service=self._text("service_name", 300, required=True),
            service_provided=self._text("service_provided", 500),
            transaction_point=self._text("transaction_point", 5000),
            channel=self._channel(),
            customers=volumes["customers"] or None,
            offered=offered or None,
            respondents=respondents or None,
            control_number=self._control_number(typed),
            control_number_typed=typed,
            collection_url=self._address(),
            metrics_text=self._text("operational_metrics", 50_000),
            volume_notes=notes,
            questions=tuple(self._questions()),
            places={
                "line": self._cell(""),
                "service": self._cell("service_name"),
                "service_provided": self._cell("service_provided"),
                "transaction_point": self._cell("transaction_point"),
                "channel": self._cell("channel"),
                "control_number": self._cell("omb_control_number"),
                "collection_url": self._cell("federal_register_url"),
                **{field: self._cell(column) for field, column in VOLUMES.items()},
            },
        )

    def _channel(self) -> str:
        typed = self._value("channel")
        with reported(self.table, self.line.number, "channel", typed):
            return values.channel(typed)
        return ""

    def _control_number(self, typed: str) -> str:
        number = control_number(typed)
        self.normalized["control number cleaned"] += bool(number) and number != typed
        self.normalized["control number left out: none in the text"] += bool(typed.strip()) and not number
        return number

    def _address(self) -> str:
        typed = self._text("federal_register_url", 5000)
        if typed and is_address_placeholder(typed):
            self.normalized["address left out: a placeholder"] += 1
            return ""
        address = values.address(typed)
        self.normalized["address cleaned"] += address != typed
        return address

    def _questions(self) -> list[Question]:
        read = [self._question(number, slug) for number, slug in enumerate(QUESTION_SLUGS, start=1)]
        return [question for question in read if question is not None]

    def _question(self, number: int, slug: str) -> Question | None:
        """None for an extra question that is not there."""
        wording, tally = self._wording(number), self._tally(number)
        score_column = f"q{number}_point_scale"
        typed, score = self._value(score_column), None
        with reported(self.table, self.line.number, score_column, typed):
            score = values.score(typed)
            if score and tally is None:
                raise Slip("score_alone", f"No score for {question_name(slug)}: nobody answered.", "Check the counts.")
        if tally is None and not wording and slug not in DOMAIN_BY_SLUG:
            return None
        no_data = "" if tally else "no_answers" if wording else "not_asked"
        places = {
            "wording": self._cell(f"q{number}_text"),
            **{f"n{answer}": self._cell(f"q{number}_{answer}") for answer in range(1, 6)},
        }
        return Question(slug, wording, tally, no_data, published_score=score, places=places)

    def _wording(self, number: int) -> str:
        typed = self._text(f"q{number}_text", 5000)
        if typed and is_placeholder(typed):
            self.normalized["placeholder wording read as not asked"] += 1
            return ""
        return typed

    def _tally(self, number: int) -> Tally | None:
        columns = [f"q{number}_{answer}" for answer in range(1, 6)]
        counts = [self._people(column) for column in columns]
        if any(counts) and None in counts:
            column = columns[counts.index(None)]
            if not self._value(column).strip():  # else it was reported when it was read
                found = "Nothing stands here, but other answers to the question are counted."
                self.table.report("blank", self.line.number, column, found, "A whole number.", "Write 0 for nobody.")
        return Tally(*(count or 0 for count in counts)) if any(counts) else None
