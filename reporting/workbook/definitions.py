"""The sheet that says of every cell what goes into it, made from the spec."""

from openpyxl.worksheet.worksheet import Worksheet

from reporting.domains import CHANNELS, SEVEN_DOMAINS
from reporting.workbook import looks, spec

_HEADER_ROW = 4
_WIDTHS = [16, 26, 70, 56, 11]


def write_definitions(sheet: Worksheet) -> None:
    looks.title(
        sheet, spec.DEFINITIONS, "Every cell of this workbook, what goes into it and what it may hold.", 5, None
    )
    looks.header(sheet, _HEADER_ROW, ["Sheet", "Column", "What it is", "What it may hold", "Required"])
    looks.widths(sheet, _WIDTHS)
    rows = [
        (table.name, column.header, column.help, column.kind.expected, "Yes" if column.required else "")
        for table in spec.INPUT_SHEETS
        for column in table.columns
        if column.fills
    ]
    rows += [
        ("Questions", d.name, d.statement, f"{d.group}{', if applicable' * d.if_applicable}", "")
        for d in SEVEN_DOMAINS
    ]
    rows += [("Channels", name, "", "", "") for name in CHANNELS.values()]
    for number, row in enumerate(rows, start=_HEADER_ROW + 1):
        for column, text in enumerate(row, start=1):
            cell = sheet.cell(number, column, text or None)
            cell.font, cell.alignment = looks.LABEL if column == 2 else looks.BODY, looks.LEFT_WRAP
            cell.border = looks.BOX
        looks.grow(sheet, number, list(zip(row, _WIDTHS, strict=True)))
    looks.page(sheet, _HEADER_ROW, f"A{_HEADER_ROW + 1}")
