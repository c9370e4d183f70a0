"""Makes the workbook of one HISP and quarter: the spec, and what we know of the HISP from last quarter.

Last quarter's volumes and counts are never prefilled as input; their totals and means stand beside, greyed.
"""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reporting.contents import Contents, Index, Metric, Question, Survey
from reporting.domains import EXTRA_SLUGS, QUESTION_SLUGS, SEVEN_DOMAINS
from reporting.fiscal import EASTERN, FiscalQuarter
from reporting.scoring import Tally
from reporting.workbook import looks, spec, validations
from reporting.workbook.definitions import write_definitions
from reporting.workbook.kinds import Choice
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
    def _official_questions(self) -> tuple[Question, ...]:
        wordings = [domain.statement.replace("[Program/Service name]", self.hisp_name) for domain in SEVEN_DOMAINS]
        return tuple(
            Question(domain.slug, wording, no_data="no_answers")
            for domain, wording in zip(SEVEN_DOMAINS, wordings, strict=True)
        )


def build(template: Template) -> bytes:
    book = Workbook()
    _cover(book.active, template)  # type: ignore[arg-type]
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
    return file.getvalue()


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
        _response_formulas(sheet, _FIRST + offset, row["last"], template.room)
    _shade_what_is_not_asked(sheet, template.room, len(rows))


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


def _letters(table: spec.Sheet) -> dict[str, str]:
    """Name of the column in the spec -> its letter."""
    return {column.name: get_column_letter(n) for n, column in enumerate(table.columns, start=1)}


def _response_formulas(sheet: Worksheet, row: int, last: Tally, room: int) -> None:
    at = {name: f"{letter}{row}" for name, letter in _letters(spec.RESPONSES).items()}
    counts = f"{at['n1']}:{at['n5']}"
    numbers, services, provided = (
        f"{spec.TOUCHPOINTS.name}!${letter}${_FIRST}:${letter}${HEADER_ROW + room}" for letter in "ABC"
    )
    match = f"MATCH({at['survey']},{numbers},0)"
    sheet[at["touchpoint"]] = (
        f'=IF(COUNTIFS({numbers},{at["survey"]},{services},"<>")=0,"",'
        f'INDEX({services},{match})&": "&INDEX({provided},{match}))'
    )
    sheet[at["total"]] = f'=IF(COUNT({counts})=0,"",SUM({counts}))'
    sheet[at["mean"]] = f'=IF(N({at["total"]})=0,"",SUMPRODUCT({{1,2,3,4,5}},{counts})/{at["total"]})'
    if last.mean is not None:
        sheet[at["last_total"]], sheet[at["last_mean"]] = last.n, float(last.mean)


def _shade_what_is_not_asked(sheet: Worksheet, room: int, rows: int) -> None:
    """Grey for the counts of a question that is not asked, and for surveys without a row on Touchpoints."""
    letters = _letters(spec.RESPONSES)
    last_row, last = HEADER_ROW + rows, get_column_letter(len(spec.RESPONSES.columns))
    numbers, services = (f"{spec.TOUCHPOINTS.name}!${c}${_FIRST}:${c}${HEADER_ROW + room}" for c in "AB")
    unused = f'COUNTIFS({numbers},$A{_FIRST},{services},"<>")=0'
    sheet.conditional_formatting.add(
        f"A{_FIRST}:{last}{last_row}", FormulaRule([unused], font=looks.QUIET, fill=looks.shade(), stopIfTrue=True)
    )
    first_count, last_count, asked = letters["n1"], letters["n5"], f"${letters['asked']}{_FIRST}"
    sheet.conditional_formatting.add(
        f"{first_count}{_FIRST}:{last_count}{last_row}",
        FormulaRule([f'{asked}="No"'], fill=looks.shade()),
    )


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
    letters = _letters(table)
    ranges = [(c.kind, f"{letters[c.name]}{_FIRST}:{letters[c.name]}{HEADER_ROW + count}") for c in table.columns]
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
