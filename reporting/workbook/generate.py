"""Makes the workbook of one HISP and quarter: the spec, and what we know of the HISP from last quarter.

Last quarter's volumes and counts are never prefilled as input; their totals and means stand beside, greyed.
"""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reporting.contents import Contents, Index, Metric, Question, Survey
from reporting.domains import EXTRA_SLUGS, QUESTION_SLUGS, SEVEN_DOMAINS
from reporting.fiscal import EASTERN, FiscalQuarter
from reporting.scoring import Tally
from reporting.workbook import formulas, live, looks, spec, validations
from reporting.workbook.definitions import write_definitions
from reporting.workbook.formulas import Extent, letters
from reporting.workbook.kinds import Choice
from reporting.workbook.results import with_results
from reporting.workbook.stamp import PROPERTY, Stamp
from reporting.workbook.texts import cleaned

HEADER_ROW = 4
_FIRST = HEADER_ROW + 1


@dataclass(frozen=True)
class Template:
    """What a template is made of. `previous`: last quarter's contents, if any; `secret` signs the stamp."""

    hisp_slug: str
    hisp_name: str
    department: str
    quarter: FiscalQuarter
    due_at: datetime
    services: tuple[str, ...]
    previous: Contents | None
    issue_id: str
    secret: str

    @property
    def surveys(self) -> tuple[Survey, ...]:
        """Last quarter's, or one per designated service."""
        if self.previous is not None and self.previous.surveys:
            return self.previous.surveys
        return tuple(Survey(service, "", questions=self._official_questions) for service in self.services)

    @property
    def room(self) -> int:
        return max(spec.ROOM_FOR_SURVEYS, len(self.surveys) + 3)

    @property
    def extent(self) -> Extent:
        return Extent(_FIRST, self.room)

    @property
    def _official_questions(self) -> tuple[Question, ...]:
        wordings = [domain.statement.replace("[Program/Service name]", self.hisp_name) for domain in SEVEN_DOMAINS]
        return tuple(
            Question(domain.slug, wording, no_data="no_answers")
            for domain, wording in zip(SEVEN_DOMAINS, wordings, strict=True)
        )


def build(template: Template) -> bytes:
    book = Workbook()
    _cover(book.worksheets[0], template)
    _touchpoints(book.create_sheet(), template)
    _responses(book.create_sheet(), template)
    previous = template.previous or Contents()
    _table(book.create_sheet(), spec.OPERATIONS, template, [_kept(spec.OPERATIONS, m) for m in previous.metrics])
    _table(book.create_sheet(), spec.INDEXES, template, [_kept(spec.INDEXES, i) for i in previous.indexes])
    write_definitions(book.create_sheet(spec.DEFINITIONS))
    validations.write_lists(book.create_sheet(spec.LISTS), template.services)
    _stamp(book, template)
    book.properties.title = f"{template.hisp_name}, {template.quarter.label}"
    book.properties.creator = "HISP Quarterly"
    book.calculation.fullCalcOnLoad = True
    file = BytesIO()
    book.save(file)
    return with_results(file.getvalue(), _results(template))


def _results(template: Template) -> dict[str, dict[str, str]]:
    """What the formulas of a template give before anybody typed: the names of the surveys, and blanks."""
    touchpoint = letters(spec.RESPONSES)["touchpoint"]
    named = {
        f"{touchpoint}{_FIRST + number * len(QUESTION_SLUGS) + offset}": cleaned(survey.label)
        for number, survey in enumerate(template.surveys)
        for offset in range(len(QUESTION_SLUGS))
    }
    return {spec.RESPONSES.name: named, spec.COVER.name: {_flags_cell(): formulas.NOTHING_YET}}


def _flags_cell() -> str:
    return f"B{HEADER_ROW + [column.name for column in spec.COVER.columns].index('flags')}"


def _put(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """Text stays text, even where it starts with an equals sign."""
    cell = sheet.cell(row, column)
    cell.value = cleaned(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"


def _cover(sheet: Worksheet, template: Template) -> None:
    sheet.title = spec.COVER.name
    looks.title(sheet, "Customer experience report", spec.COVER.intro, 3)
    looks.widths(sheet, [24, 84, 58])
    quarter = template.quarter
    facts = {
        "hisp": template.hisp_name,
        "department": template.department,
        "quarter": f"{quarter.label} ({_day(quarter.first_day)} to {_day(quarter.last_day)})",
        "due": f"{_day(template.due_at.astimezone(EASTERN))}, end of day US Eastern",
        "services": "\n".join(template.services),
    }
    for row, column in enumerate(spec.COVER.columns, start=HEADER_ROW):
        _cover_line(sheet, row, column, facts.get(column.shows) or _last_quarters(template.previous, column))
    sheet.row_dimensions[HEADER_ROW + 4].height = max(20, 15.5 * len(template.services) + 4)
    sheet[_flags_cell()] = formulas.flagged(template.extent)
    validations.add(sheet, [(c.kind, f"B{row}") for row, c in enumerate(spec.COVER.columns, start=HEADER_ROW)], ())
    looks.page(sheet, None, None)


def _day(day: Any) -> str:
    return f"{day:%B} {day.day}, {day.year}"


def _last_quarters(previous: Contents | None, column: spec.Column) -> str:
    return getattr(previous, column.fills) if previous is not None and column.keep else ""


def _cover_line(sheet: Worksheet, row: int, column: spec.Column, value: str) -> None:
    looks.body_cell(sheet, row, 2, column)
    for number, text, font in ((1, column.header, looks.LABEL), (3, column.help, looks.SMALL)):
        cell = sheet.cell(row, number, text)
        cell.font, cell.alignment = font, looks.TOP_WRAP
    _put(sheet, row, 2, value or None)
    sheet.cell(row, 2).alignment = looks.TOP_WRAP
    sheet.row_dimensions[row].height = {"reflection": 260, "comment": 80}.get(column.fills, 22)


def _touchpoints(sheet: Worksheet, template: Template) -> None:
    rows: list[dict[str, Any]] = [{"survey": number} for number in range(1, template.room + 1)]
    for row, survey in zip(rows, template.surveys, strict=False):
        row |= _kept(spec.TOUCHPOINTS, survey)
    _table(sheet, spec.TOUCHPOINTS, template, rows, freeze_column=4)
    live.touchpoints(sheet, template.extent)


def _kept(table: spec.Sheet, thing: Survey | Metric | Index | Question) -> dict[str, Any]:
    return {column.fills: getattr(thing, column.fills) for column in table.columns if column.keep}


def _responses(sheet: Worksheet, template: Template) -> None:
    surveys = template.surveys
    rows = [
        _question_row(number, slug, surveys[number - 1] if number <= len(surveys) else None)
        for number in range(1, template.room + 1)
        for slug in QUESTION_SLUGS
    ]
    _table(sheet, spec.RESPONSES, template, rows, freeze_column=4)
    for offset, row in enumerate(rows):
        _last_figures(sheet, _FIRST + offset, row["last"])
    live.responses(sheet, template.extent)


def _last_figures(sheet: Worksheet, row: int, last: Tally) -> None:
    at = letters(spec.RESPONSES)
    if last.mean is not None:
        sheet[f"{at['last_total']}{row}"], sheet[f"{at['last_mean']}{row}"] = last.n, float(last.mean)


def _question_row(number: int, slug: str, survey: Survey | None) -> dict[str, Any]:
    question = survey.question(slug) if survey else None
    row: dict[str, Any] = {"survey": number, "domain": slug, "last": Tally()}
    if question is None:
        return row | {"asked": False if survey and slug not in EXTRA_SLUGS else None}
    return row | {
        "asked": question.no_data != "not_asked",
        "wording": question.wording,
        "last": question.tally or Tally(),
    }


def _table(
    sheet: Worksheet, table: spec.Sheet, template: Template, rows: list[dict[str, Any]], freeze_column: int = 2
) -> None:
    sheet.title = table.name
    looks.title(sheet, f"{table.name}: {template.hisp_name}, {template.quarter.label}", table.intro, 8)
    looks.header(sheet, HEADER_ROW, [column.header for column in table.columns])
    looks.widths(sheet, [column.width for column in table.columns])
    count = max(len(rows), table.rows)
    for offset in range(count):
        _row(sheet, _FIRST + offset, table, rows[offset] if offset < len(rows) else {})
    for number, column in enumerate(table.columns, start=1):
        sheet.cell(HEADER_ROW, number).comment = _comment(column)
    looks.mark_headings(sheet, HEADER_ROW, HEADER_ROW + count)
    at = letters(table)
    ranges = [(c.kind, f"{at[c.name]}{_FIRST}:{at[c.name]}{HEADER_ROW + count}") for c in table.columns]
    validations.add(sheet, ranges, template.services)
    looks.page(sheet, HEADER_ROW, f"{get_column_letter(freeze_column)}{_FIRST}")


def _row(sheet: Worksheet, row: int, table: spec.Sheet, values: dict[str, Any]) -> None:
    starts_block = values.get("domain") == QUESTION_SLUGS[0]
    for number, column in enumerate(table.columns, start=1):
        looks.body_cell(sheet, row, number, column, starts_block)
        if shown := _shown(column, values):
            _put(sheet, row, number, shown)
    shown_texts = ((_shown(c, values), c.width) for c in table.columns if c.kind.wraps)
    looks.grow(sheet, row, [(text, width) for text, width in shown_texts if isinstance(text, str)])


def _shown(column: spec.Column, values: dict[str, Any]) -> Any:
    """What stands in the cell: the label of a choice, otherwise the value; None for nothing."""
    value = values.get(column.fills) if column.fills else None
    if isinstance(column.kind, Choice):
        return column.kind.label_of(value) if value is not None else None
    return value


def _comment(column: spec.Column) -> Comment:
    lines = [column.help, column.kind.expected if column.fills else "Nothing to fill in here."]
    lines.append("Required." if column.required else "")
    text = "\n".join(line for line in lines if line)
    return Comment(text, "HISP Quarterly", height=40 + 18 * (len(text) // 38 + text.count("\n")), width=280)


def _stamp(book: Workbook, template: Template) -> None:
    stamp = Stamp(spec.VERSION, template.hisp_slug, template.quarter, template.issue_id).sign(template.secret)
    sheet = book.create_sheet(spec.STAMP)
    sheet["A1"] = stamp.text
    sheet.sheet_state = "veryHidden"
    sheet.protection.sheet = True
    book.custom_doc_props.append(StringProperty(name=PROPERTY, value=stamp.text))
